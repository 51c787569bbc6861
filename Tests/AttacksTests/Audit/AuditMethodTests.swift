import Attacks
import Foundation
import Testing

/// The procedures that turn runs and canaries into bounds. The generators are seeded, so that a
/// failure repeats.
@Suite struct AuditMethodTests {
  /// xorshift64*: good enough to toss coins with.
  struct Coins: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
      return state &* 2_685_821_657_736_338_717
    }
    mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }
    mutating func normal() -> Double {
      (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
    }
  }

  /// Continuous Gaussian noise of scale one: the claim is its exact curve (Dong, Roth and Su 2022).
  private static func gaussian(mu: Double) -> PrivacyClaim {
    PrivacyClaim(
      stride(from: -4.0, through: -0.4, by: 0.2).map {
        let delta = pow(10, $0)
        return PrivacyClaim.Pair(
          epsilon: GaussianPrivacy.epsilon(mu: mu, delta: delta), delta: delta)
      })
  }

  private func runs(_ count: Int, mean: Double, seed: UInt64) -> [[Double]] {
    var coins = Coins(state: seed)
    return (0..<count).map { _ in [mean + coins.normal()] }
  }

  @Test func manyRunsComeCloseToTheClaimAndNotAbove() {
    let verdict = ManyRunAudit(claim: Self.gaussian(mu: 1), falseAlarm: 1e-6)
      .judge(with: runs(100_000, mean: 1, seed: 1), without: runs(100_000, mean: 0, seed: 2))
    #expect(!verdict.isBreach)
    #expect(verdict.epsilon > 0.85 * verdict.pair.epsilon, "\(verdict)")
    #expect(verdict.delta <= verdict.pair.delta)
  }

  @Test func manyRunsCatchHalfTheNoise() {
    let verdict = ManyRunAudit(claim: Self.gaussian(mu: 1), falseAlarm: 1e-6)
      .judge(with: runs(2_000, mean: 2, seed: 1), without: runs(2_000, mean: 0, seed: 2))
    #expect(verdict.isBreach, "\(verdict)")
  }

  /// The direction does not matter: a person may also lower a statistic.
  @Test func aStatisticMayFall() {
    let verdict = ManyRunAudit(claim: Self.gaussian(mu: 1), falseAlarm: 1e-6)
      .judge(with: runs(2_000, mean: -2, seed: 1), without: runs(2_000, mean: 0, seed: 2))
    #expect(verdict.isBreach, "\(verdict)")
  }

  /// Two noisy numbers, only one of which moves. Each alone keeps its claim; together they do not
  /// if the noise is the same.
  @Test(arguments: [true, false]) func sharedNoiseIsTakenOut(_ isShared: Bool) {
    func pairs(_ mean: Double, seed: UInt64) -> [[Double]] {
      var coins = Coins(state: seed)
      return (0..<2_000).map { _ in
        let noise = coins.normal()
        return [mean + noise, isShared ? noise : coins.normal()]
      }
    }
    let verdict = ManyRunAudit(claim: Self.gaussian(mu: 1), falseAlarm: 1e-6)
      .judge(with: pairs(1, seed: 3), without: pairs(0, seed: 4))
    #expect(verdict.isBreach == isShared, "\(verdict)")
  }

  /// Runs that two numbers without any noise tell apart with certainty; a third number is
  /// uninformative.
  @Test func certaintyIsSeen() {
    let verdict = ManyRunAudit(claim: PrivacyClaim(epsilon: 1), falseAlarm: 1e-6)
      .judge(
        with: [[Double]](repeating: [50, 50, 0], count: 200),
        without: [[Double]](repeating: [-50, -50, 0], count: 200))
    #expect(verdict.isBreach, "\(verdict)")
  }

  /// 400 audits of a mechanism at the very edge of its claim, with a false-alarm probability of
  /// 0.05: far more than 20 alarms would be a fault (P[Bin(400, 0.05) > 47] < 1e-6).
  @Test func falseAlarmsAreAsRareAsStated() {
    let edge = PrivacyClaim(epsilon: log(0.6 / 0.2))
    var coins = Coins(state: 9)
    let alarms = (0..<400).count { _ in
      let with = (0..<400).map { _ in [coins.uniform() < 0.6 ? 1.0 : 0] }
      let without = (0..<400).map { _ in [coins.uniform() < 0.2 ? 1.0 : 0] }
      return ManyRunAudit(claim: edge, falseAlarm: 0.05).judge(with: with, without: without)
        .isBreach
    }
    #expect(alarms <= 47, "\(alarms) of 400")
  }

  @Test func oneRunFindsCanariesAndAbstains() {
    var coins = Coins(state: 5)
    let audit = OneRunAudit(canaries: 1_000, using: &coins)
    #expect((400...600).contains(audit.included.count))
    let told = audit.isIn.map { $0 ? 1.0 : -1 }
    let claim = PrivacyClaim.Pair(epsilon: 4, delta: 1e-12)
    #expect(audit.verdict(scores: told, claim: claim, falseAlarm: 1e-6).isBreach)
    let blind = audit.isIn.map { _ in coins.normal() }
    let verdict = audit.verdict(scores: blind, claim: claim, falseAlarm: 1e-6)
    #expect(!verdict.isBreach && verdict.epsilon < 0.5, "\(verdict)")
    // Only included canaries have copies; no guess is made about a canary that is not seen.
    let copies = audit.isIn.enumerated().map { $1 && $0 % 5 == 0 ? 2.0 : 0 }
    let bound = audit.bound(scores: copies, above: 0)
    #expect(bound.guesses == bound.correct && bound.guesses < 150 && bound.epsilon() > 3)
  }

  @Test func tiesGoByPosition() {
    let audit = OneRunAudit(isIn: [true, false, true, false])
    #expect(audit.bound(scores: [0, 0, 0, 0], positive: 2, negative: 1).correct == 2)
    #expect(audit.bound(scores: [3, 1, 2, 0], positive: 2, negative: 2).correct == 4)
    #expect(audit.bound(scores: [0, 1, 2, 3], positive: 2, negative: 2).correct == 2)
  }

  /// The upper limit of a rate of zero is 1 - (α/2)^(1/n), by hand.
  @Test func limitsInClosedForm() {
    let limits = ManyRunBound(truePositives: 50, runsIn: 50, falsePositives: 0, runsOut: 50).limits(
      confidence: 0.95)
    #expect(abs(limits.unlikely - (1 - pow(0.025, 1.0 / 50))) < 1e-12)
    #expect(abs(limits.likely - pow(0.025, 1.0 / 50)) < 1e-12)
    #expect(limits.delta(epsilon: 0) > 0.8)
  }
}
