import Attacks
import Basics
import Encoding
import Foundation
import Testing

/// Bets on two rates, and their result on runs of mechanisms whose privacy is known.
@Suite struct NeighbourEvidenceTests {
  // MARK: The bet

  /// The proof in ``RateBet``, checked on a grid of all rates: against a true claim nobody gains on
  /// average.
  @Test(arguments: [0.0, 0.02, 0.1, 0.5, 1, 3], [0.0, 1e-9, 1e-3, 0.2])
  func noBetGainsAgainstATrueClaim(_ epsilon: Double, _ delta: Double) {
    var most = 0.0
    for believed in [
      (0.5, 0.1), (0.999, 0.001), (0.9, 0.5), (0.3, 1e-4), (0.05, 1e-6), (0.99, 0.9),
    ] {
      let bet = RateBet(likely: believed.0, unlikely: believed.1, epsilon: epsilon, delta: delta)
      for step in 0...200 {
        let unlikely = Double(step) / 200
        let highest = min(1, exp(epsilon) * unlikely + delta)
        for part in 0...20 {
          let likely = highest * Double(part) / 20
          most = max(most, Self.mean(bet, likely, unlikely))
        }
      }
    }
    #expect(most <= 1 + 1e-9, "\(most)")
  }

  private static func mean(_ bet: RateBet, _ likely: Double, _ unlikely: Double) -> Double {
    likely * unlikely * bet.pay(first: true, second: true) + likely * (1 - unlikely)
      * bet.pay(first: true, second: false)
      + (1 - likely) * unlikely * bet.pay(first: false, second: true)
      + (1 - likely) * (1 - unlikely) * bet.pay(first: false, second: false)
  }

  /// The bet is as bold as possible: on the border of the claim the nearest rates give exactly 1,
  /// and true beliefs gain.
  @Test func aBetIsAsBoldAsItMayBe() {
    for (likely, unlikely, epsilon) in [(0.999, 0.001, 0.1), (0.9, 0.3, 0.5), (0.2, 0.001, 1.0)] {
      let bet = RateBet(likely: likely, unlikely: unlikely, epsilon: epsilon, delta: 0)
      let best =
        (0...20_000).map { step -> Double in
          let rate = Double(step) / 20_000 * exp(-epsilon)
          return Self.mean(bet, exp(epsilon) * rate, rate)
        }.max() ?? 0
      #expect(abs(best - 1) < 1e-6)
      #expect(bet.growth > 0)
      #expect(abs(bet.growth - Self.growth(bet, likely, unlikely)) < 1e-12)
    }
    // A certain difference multiplies the stake by 4 e^-ε if ε is below ln 2, and by 1 / (1 - e^-ε)
    // otherwise.
    #expect(
      abs(
        RateBet(likely: 1 - 1e-9, unlikely: 1e-9, epsilon: 0.1, delta: 0).pay(
          first: true, second: false) - 4 * exp(-0.1)) < 1e-3)
    #expect(
      abs(
        RateBet(likely: 1 - 1e-9, unlikely: 1e-9, epsilon: 1, delta: 0).pay(
          first: true, second: false) - 1 / (1 - exp(-1))) < 1e-3)
  }

  private static func growth(_ bet: RateBet, _ likely: Double, _ unlikely: Double) -> Double {
    [(true, true), (true, false), (false, true), (false, false)].reduce(0) { sum, seen in
      let chance = (seen.0 ? likely : 1 - likely) * (seen.1 ? unlikely : 1 - unlikely)
      return sum + chance * log(bet.pay(first: seen.0, second: seen.1))
    }
  }

  // MARK: Runs

  /// A run of an invented program: one informative feature among many that are noise.
  private static func sighting(
    _ word: String, _ generator: inout SamplingGenerator, noise: Int = 200
  ) -> Sighting {
    var sighting: Sighting = [
      Feature(.outcome, "exit status"): .word("0"), Feature(.word, "telling"): .word(word),
    ]
    for place in 0..<noise {
      sighting[Feature(.number, "noise \(place)")] = .number(Double(generator.next() % 1000))
    }
    for place in 0..<noise / 4 where generator.next() % 2 == 0 {
      sighting[Feature(.word, "label \(place)")] = .word("yes")
    }
    return sighting
  }

  private static func evidence(_ epsilon: Double, falseAlarm: Double = 1e-5) -> NeighbourEvidence {
    NeighbourEvidence(
      claim: PrivacyClaim.Pair(epsilon: epsilon, delta: 1e-9), falseAlarm: falseAlarm)
  }

  /// A certain difference is caught within the stated number of pairs of runs, whatever else is
  /// noise.
  @Test(arguments: [(0.02, 15), (0.1, 16), (0.5, 22), (1.0, 44)]) func aCertainDifferenceIsCaught(
    _ epsilon: Double, _ rounds: Int
  ) {
    var generator = SamplingGenerator(seed: 1)
    var evidence = Self.evidence(epsilon)
    while !evidence.isRefuted, evidence.rounds < rounds {
      evidence.add(with: Self.sighting("yes", &generator), without: Self.sighting("no", &generator))
    }
    print(
      "a certain difference at epsilon \(epsilon): refuted after \(evidence.refutedAfter ?? -1) pairs of runs"
    )
    #expect(evidence.isRefuted)
    #expect(evidence.leader?.feature.name == "telling")
    #expect(evidence.epsilon >= epsilon)
  }

  /// The exit status is compared before anything else.
  @Test func anExitStatusIsCaughtSooner() {
    var generator = SamplingGenerator(seed: 2)
    var evidence = Self.evidence(0.1)
    while !evidence.isRefuted, evidence.rounds < 14 {
      var with = Self.sighting("no", &generator)
      with[Feature(.outcome, "exit status")] = .word("1")
      evidence.add(with: with, without: Self.sighting("no", &generator))
    }
    print(
      "an exit status at epsilon 0.1: refuted after \(evidence.refutedAfter ?? -1) pairs of runs")
    #expect(evidence.isRefuted && evidence.leader?.feature.name == "exit status")
  }

  /// A label that occurs in nine of ten runs with the unit and in three of ten without: ε is 1.95.
  @Test func anUncertainDifferenceIsCaught() {
    var generator = SamplingGenerator(seed: 3)
    var evidence = Self.evidence(0.5)
    while !evidence.isRefuted, evidence.rounds < 150 {
      evidence.add(
        with: Self.sighting(generator.next() % 10 < 9 ? "yes" : "no", &generator),
        without: Self.sighting(generator.next() % 10 < 3 ? "yes" : "no", &generator))
    }
    print(
      "nine of ten beside three of ten at epsilon 0.5: refuted after \(evidence.refutedAfter ?? -1) pairs of runs"
    )
    #expect(evidence.isRefuted && evidence.epsilon >= 0.5 && evidence.epsilon < 1.95)
  }

  /// A difference that shows in no single number, only in all of them together.
  @Test func whatIsSpreadOverManyNumbersIsCaught() {
    var generator = SamplingGenerator(seed: 4)
    var evidence = Self.evidence(0.1)
    func spread(_ isWith: Bool) -> Sighting {
      var sighting: Sighting = [:]
      for place in 0..<60 {
        let noise = (0..<6).reduce(0.0) { sum, _ in sum + generator.unit() }
        sighting[Feature(.number, "cell \(place)")] = .number(10 + noise + (isWith ? 0.35 : 0))
      }
      return sighting
    }
    while !evidence.isRefuted, evidence.rounds < 100 {
      evidence.add(with: spread(true), without: spread(false))
    }
    print(
      "60 numbers, each moved by half its noise: refuted after \(evidence.refutedAfter ?? -1) pairs of runs"
    )
    #expect(evidence.isRefuted && evidence.leader?.feature.name == "all numbers together")
  }

  /// Randomised response with a known ε: the bound stays below it at every moment, in 120 audits at
  /// a joint false-alarm probability of 1e-6.
  @Test func theBoundStaysBelowTheTruth() {
    var generator = SamplingGenerator(seed: 5)
    var highest = 0.0
    for _ in 0..<120 {
      var evidence = Self.evidence(1, falseAlarm: 8e-9)
      for _ in 0..<60 {
        // Tells the truth with probability e / (1 + e): ε is exactly 1.
        func answer(_ truth: String, _ lie: String) -> String {
          generator.unit() < 0.731_058 ? truth : lie
        }
        evidence.add(
          with: Self.sighting(answer("yes", "no"), &generator, noise: 8),
          without: Self.sighting(answer("no", "yes"), &generator, noise: 8))
      }
      highest = max(highest, evidence.epsilon)
      #expect(!evidence.isRefuted)
    }
    #expect(highest <= 1)
  }

  /// The bound is not vacuous either: many runs prove most of the true ε.
  @Test func theBoundComesClose() {
    var generator = SamplingGenerator(seed: 6)
    var evidence = Self.evidence(1, falseAlarm: 1e-3)
    for _ in 0..<1_500 {
      func answer(_ truth: String, _ lie: String) -> String {
        generator.unit() < 0.731_058 ? truth : lie
      }
      evidence.add(
        with: Self.sighting(answer("yes", "no"), &generator, noise: 4),
        without: Self.sighting(answer("no", "yes"), &generator, noise: 4))
    }
    #expect(evidence.epsilon >= 0.75 && evidence.epsilon <= 1, "\(evidence.epsilon)")
  }

  /// How often a true claim on its border reaches a level of 1 in 20, over 400 audits.
  @Test func falseAlarmsAreAsRareAsStated() {
    var generator = SamplingGenerator(seed: 7)
    var alarms = 0
    for _ in 0..<400 {
      var evidence = Self.evidence(0.5, falseAlarm: 0.05)
      for _ in 0..<40 where !evidence.isRefuted {
        func answer(_ truth: String, _ lie: String) -> String {
          generator.unit() < 0.622_459 ? truth : lie
        }
        evidence.add(
          with: Self.sighting(answer("yes", "no"), &generator, noise: 2),
          without: Self.sighting(answer("no", "yes"), &generator, noise: 2))
      }
      if evidence.isRefuted { alarms += 1 }
    }
    // At most 20 are expected; more than 48 have a probability of 1e-7.
    #expect(alarms <= 48, "n 400, k \(alarms)")
  }
}
