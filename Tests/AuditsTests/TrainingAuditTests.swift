import Accounting
import Attacks
import Audits
import Curation
import Foundation
import Ledger
import TestConditions
import Testing

/// The audit of a training run: how much its adversary sees, and which mistakes in noisy gradients
/// it catches in one run.
@Suite struct TrainingAuditTests {
  /// The share that ``HonestBuildTests`` gives each of its audits.
  private static let falseAlarm = 1e-6 / 19

  private static func run(_ audit: TrainingAudit, _ fault: String) throws -> AuditResult {
    let result = try audit.run(AuditEffort(runs: audit.canaries, falseAlarm: falseAlarm))
    print(
      "training: \(fault): claimed \(result.claimedEpsilon) at \(result.delta), at least \(result.empiricalEpsilon),",
      "\(audit.canaries) canaries, \(result.correct ?? 0) of \(result.guesses ?? 0) right;",
      result.failures.joined(separator: " "))
    return result
  }

  /// Answers with a function of each coordinate of the exact and the noisy sum.
  private static func altered(
    _ canaries: Int, _ change: @escaping @Sendable (_ exact: Int, _ noisy: Int) -> Int
  ) -> TrainingAudit {
    var audit = TrainingAudit(canaries: canaries)
    audit.fault.alteration = {
      { question, exact, noisy in
        guard case .gradients = question, case .counts(let exact) = exact,
          case .counts(let noisy) = noisy
        else { return noisy }
        return .counts(zip(exact, noisy).map(change))
      }
    }
    return audit
  }

  // MARK: Power

  /// If the adversary saw all of rho, the scores of included and excluded canaries would differ by
  /// √(2 rho) of their deviation: 0.54. It sees two thirds of the gradient, which leaves at most
  /// 0.45. Many runs showed 0.37; 0.2 is five standard deviations below that.
  @Test func theAdversaryIsGood() throws {
    let sight = try TrainingAudit(canaries: 4_000).observe()
    let distance = Self.distance(sight)
    print("training: scores \(distance) deviations apart, rho \(sight.spent.rho.value)")
    #expect(distance > 0.2 && distance < (2 * sight.spent.rho.value).squareRoot())
    #expect(abs(sight.spent.rho.value - 0.148) < 0.01)
  }

  /// The difference of the mean scores, in standard deviations.
  private static func distance(_ sight: TrainingAudit.Sight) -> Double {
    func moments(isIn: Bool) -> (mean: Double, variance: Double) {
      let scores = sight.scores.indices.filter { sight.audit.isIn[$0] == isIn }.map {
        sight.scores[$0]
      }
      let mean = scores.reduce(0, +) / Double(scores.count)
      return (mean, scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scores.count))
    }
    let (with, without) = (moments(isIn: true), moments(isIn: false))
    return (with.mean - without.mean) / ((with.variance + without.variance) / 2).squareRoot()
  }

  /// More canaries see more of the claim: a tenth of it.
  @Test(.enabled(if: LongRun.isWanted, "takes more than 30 seconds")) func manyCanaries() throws {
    let result = try Self.run(TrainingAudit(canaries: 20_000), "nothing")
    #expect(result.failures == [])
    #expect(result.ratio > 0.05 && result.ratio < 1)
    let half = try Self.run(Self.altered(20_000) { $0 + ($1 - $0) / 2 }, "half the noise")
    #expect(half.empiricalEpsilon > 1.5 * result.empiricalEpsilon)
  }

  // MARK: Planted faults

  @Test func noNoise() throws {
    let result = try Self.run(Self.altered(2_000) { exact, _ in exact }, "no noise")
    #expect(result.empiricalEpsilon > result.claimedEpsilon)
    #expect(result.failures.contains { $0.contains("The runs prove") })
  }

  /// Clipped to sixteen times the length that the noise is made for, or not clipped at all.
  @Test func gradientsTooLong() throws {
    let result = try Self.run(
      Self.altered(4_000) { exact, noisy in noisy + 15 * exact },
      "gradients of sixteen times the clip")
    #expect(result.failures.contains { $0.contains("The runs prove") })
  }

  /// Skips some charges, or changes them.
  private final class Dishonest: BudgetSession {
    private let purse: Purse
    private let change: (PrivacyEvent) -> PrivacyEvent?

    init(_ purse: Purse, _ change: @escaping (PrivacyEvent) -> PrivacyEvent?) {
      (self.purse, self.change) = (purse, change)
    }

    func charge(_ event: PrivacyEvent) {
      if let changed = change(event) { purse.charge(changed) }
    }
  }

  /// Each step takes every row, but its noise and its charge are those for one row in twenty.
  @Test func everyRowInEveryStep() throws {
    var audit = TrainingAudit(canaries: 2_000)
    let honest = try NoisyGradientPlan.calibrated(
      samplingRate: 0.05, steps: 100, coordinates: 1, rho: audit.rho, delta: Delta(1e-13))
    audit.samplingRate = 2
    audit.rho = try Rho(100 / (2 * honest.noiseMultiplier * honest.noiseMultiplier))
    audit.fault.budget = { purse in
      Dishonest(purse) { event in
        guard
          case .noisyGradients(
            let question, _, let sensitivity, let steps, let coordinates, let tail) = event
        else { return event }
        return .noisyGradients(
          question: question, samplingRate: honest.samplingRate, sensitivity: sensitivity,
          steps: steps, coordinates: coordinates,
          tail: tail)
      }
    }
    let result = try Self.run(audit, "every row in every step")
    #expect(abs(result.claimedEpsilon - 3.9) < 0.2, "what is claimed is what an honest run claims")
    #expect(result.failures.contains { $0.contains("The runs prove") })
  }

  @Test func trainingThatNobodyPaidFor() throws {
    var audit = TrainingAudit(canaries: 200)
    audit.fault.budget = { purse in
      Dishonest(purse) { event in if case .noisyGradients = event { nil } else { event } }
    }
    let result = try Self.run(audit, "a forgotten charge")
    #expect(
      result.failures.contains { $0.contains("100 of 103 answers were given without a charge") })
  }
}
