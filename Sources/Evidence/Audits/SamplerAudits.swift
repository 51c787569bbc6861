import Accounting
import Attacks
import Foundation
import Mechanisms

/// Audits of the mechanisms themselves, on neighbouring counts and scores.
package enum SamplerAudits {
  package static let all = [
    discreteGaussian { try calibrated().sample(using: $0) }, discreteLaplace, exponentialMechanism,
    partitionSelection, newLabel,
  ]

  private static let usualRuns = 400_000

  /// Returns an audit of a mechanism. `observe` is told whether the person is in, and returns its
  /// observations as numbers.
  package static func audit(
    _ name: String, _ summary: String,
    claim: @escaping @Sendable () throws -> (PrivacyClaim, PrivacyCost),
    observe: @escaping @Sendable (_ isIn: Bool, SecureRandom) throws -> [Double]
  ) -> Audit {
    Audit(name: name, summary: summary, method: .manyRuns, usualRuns: usualRuns) { effort in
      let (claim, cost) = try claim()
      let each = effort.runs
      let runs = try ParallelRuns.collect(2 * each, progress: effort.progress) { run, random in
        try observe(run < each, random)
      }
      let verdict = ManyRunAudit(claim: claim, falseAlarm: effort.falseAlarm)
        .judge(with: Array(runs[..<each]), without: Array(runs[each...]))
      return AuditResult(verdict, runs: runs.count, cost: cost, falseAlarm: effort.falseAlarm)
    }
  }

  // MARK: Counts

  static func calibrated() throws -> DiscreteGaussian {
    try DiscreteGaussian.calibrated(sensitivity: Sensitivity(checked: 1), rho: Rho(checked: 0.5))
  }

  /// - Parameter noise: draws the noise that is added to the count; the tests of the audit pass a
  ///   broken one.
  package static func discreteGaussian(_ noise: @escaping @Sendable (SecureRandom) throws -> Int)
    -> Audit
  {
    audit(
      "discrete-gaussian", "A count with discrete Gaussian noise, one row more or fewer.",
      claim: {
        let noise = try calibrated()
        let event = PrivacyEvent.discreteGaussian(
          question: "count", sensitivity: Sensitivity(checked: 1), sigmaSquared: noise.sigmaSquared)
        return (PrivacyClaim(discreteGaussian: noise.sigmaSquared, shift: 1), event.cost)
      },
      observe: { isIn, random in [Double((isIn ? 1 : 0) + (try noise(random)))] })
  }

  static let discreteLaplace = audit(
    "discrete-laplace", "A count with discrete Laplace noise, one row more or fewer.",
    claim: {
      let event = PrivacyEvent.discreteLaplace(
        question: "count", sensitivity: Sensitivity(checked: 1), scale: try PositiveRational(1))
      return (PrivacyClaim(epsilon: 1), event.cost)
    },
    observe: { isIn, random in
      [
        Double(
          (isIn ? 1 : 0) + (try DiscreteLaplace(scale: PositiveRational(1))).sample(using: random))
      ]
    })

  // MARK: Choices

  /// The person raises the score of an unlikely candidate and lowers that of the likely one, each
  /// by the whole sensitivity.
  static let exponentialMechanism = audit(
    "exponential-mechanism",
    "A choice between two candidates, of which the person lifts one score and lowers the other.",
    claim: {
      let (epsilon, one) = (Epsilon(checked: 1), Sensitivity(checked: 1))
      let event = PrivacyEvent.exponentialMechanism(
        question: "choice", candidates: 2, sensitivity: one, epsilon: epsilon)
      return (
        PrivacyClaim([.init(epsilon: 1, delta: 0)] + PrivacyClaim(event.cost).pairs), event.cost
      )
    },
    observe: { isIn, random in
      let chosen = try ExponentialMechanism.select(
        scores: isIn ? [1, 4] : [0, 5], sensitivity: Sensitivity(checked: 1),
        epsilon: Epsilon(checked: 1), using: random)
      return [chosen == 0 ? 1 : 0]
    })

  // MARK: Labels

  /// - Parameter sigmaSquared: the sigma squared of the noise; a person has at most two rows.
  private static func selection(sigmaSquared: Int, delta: Double) throws -> PartitionSelection {
    try PartitionSelection(
      maximumRowsPerUnit: 2, sigmaSquared: PositiveRational(sigmaSquared),
      delta: Delta(checked: delta))
  }

  static let partitionSelection = audit(
    "partition-selection",
    "The noisy count of a frequent label, a person with two rows more or fewer.",
    claim: {
      let used = try selection(sigmaSquared: 4, delta: 1e-3)
      return (
        PrivacyClaim(discreteGaussian: used.noise.sigmaSquared, shift: 2),
        used.event(question: "labels").cost
      )
    },
    observe: { isIn, random in
      let shown = try selection(sigmaSquared: 4, delta: 1e-3).select(
        counts: [isIn ? 42 : 40], using: random)
      return [shown.first.map { Double($0.noisyCount) } ?? -1]
    })

  /// Without the person, the labels are absent: one of them may show with probability delta, and
  /// nothing else may differ. Two labels of one row each are the worst case for two rows at this
  /// noise.
  static let newLabel = audit(
    "partition-selection-new-label", "Whether a label shows that one person has and nobody else.",
    claim: {
      let cost = try selection(sigmaSquared: 100, delta: 0.05).event(question: "labels").cost
      return (PrivacyClaim(epsilon: 0, delta: cost.delta.value), cost)
    },
    observe: { isIn, random in
      [
        try selection(sigmaSquared: 100, delta: 0.05).select(
          counts: isIn ? [1, 1] : [], using: random
        ).isEmpty ? 0 : 1
      ]
    })
}
