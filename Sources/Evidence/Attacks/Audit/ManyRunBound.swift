import Foundation
import Quality

/// A lower bound on epsilon from many runs of a mechanism with one person in and as many without,
/// and a test that says "in" or "out".
///
/// The test must be fixed before these runs are looked at (``ManyRunAudit`` sees to it). Clopper
/// and Pearson's exact limits hold for both rates at once, with half of the false-alarm probability
/// each. So the roles of "in" and "out" may be swapped, and any number of deltas looked at, at no
/// further cost.
package struct ManyRunBound: Sendable, Hashable {
  /// "In" verdicts on runs with the person.
  package let truePositives: Int
  package let runsIn: Int
  /// "In" verdicts on runs without.
  package let falsePositives: Int
  package let runsOut: Int

  /// Requires at least one run of each kind, and no more positives than runs.
  package init(truePositives: Int, runsIn: Int, falsePositives: Int, runsOut: Int) {
    precondition(runsIn > 0 && runsOut > 0, "a rate needs a run")
    precondition((0...runsIn).contains(truePositives) && (0...runsOut).contains(falsePositives), "more positives than runs")
    self.truePositives = truePositives
    self.runsIn = runsIn
    self.falsePositives = falsePositives
    self.runsOut = runsOut
  }

  /// Returns the larger of ln((TPR - δ) / FPR) and ln((TNR - δ) / FNR) at the unfavourable limits
  /// of the rates; 0 if neither is above.
  package func epsilon(delta: Double = 0, confidence: Double = 0.95) -> Double { limits(confidence: confidence).epsilon(delta: delta) }

  /// Returns the mu of Gaussian differential privacy (Dong, Roth and Su 2022) that the rates
  /// require: Φ⁻¹(TPR) - Φ⁻¹(FPR) at the same limits.
  package func gaussianMu(confidence: Double = 0.95) -> Double {
    let limits = limits(confidence: confidence)
    guard limits.likely > 0, limits.unlikely < 1 else { return 0 }
    return max(0, GaussianPrivacy.quantile(limits.likely) - GaussianPrivacy.quantile(limits.unlikely))
  }

  /// Returns both rates at the limits that are unfavourable to the test.
  package func limits(confidence: Double) -> RateLimits {
    precondition(confidence > 0 && confidence < 1, "a confidence is above 0 and below 1")
    let side = (1 - confidence) / 2
    let likely = Self.lowerLimit(truePositives, of: runsIn, falseAlarm: side)
    return RateLimits(likely: likely, unlikely: 1 - Self.lowerLimit(runsOut - falsePositives, of: runsOut, falseAlarm: side))
  }

  /// Returns the largest rate at which this many successes or more are no likelier than
  /// `falseAlarm` (Clopper and Pearson 1934).
  private static func lowerLimit(_ successes: Int, of trials: Int, falseAlarm: Double) -> Double {
    guard successes > 0 else { return 0 }
    return Bisection.last(from: 0, to: 1) { rate in
      BinomialLaw(trials: trials, probability: rate).probability(atLeast: successes) < falseAlarm
    }
  }
}
