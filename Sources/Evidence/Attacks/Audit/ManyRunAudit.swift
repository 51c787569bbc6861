import Foundation
import Quality

/// Tests a claim against many runs with one person in and as many without, each summed up in a few
/// numbers.
///
/// The first half of the runs chooses the test: if there are several numbers, the weights that best
/// tell the two kinds of run apart (Fisher's linear discriminant), then a threshold. The second
/// half is judged by that test, so the choice costs no confidence. A single number, the logarithm
/// of the likelihood ratio if it is known, is the best statistic there is (Neyman and Pearson
/// 1933).
package struct ManyRunAudit: Sendable {
  package let claim: PrivacyClaim
  /// The probability of reporting a breach for a mechanism that keeps the claim.
  package let falseAlarm: Double
  /// Thresholds tried.
  private static let mostThresholds = 256

  /// - Parameter falseAlarm: above 0 and below 1.
  package init(claim: PrivacyClaim, falseAlarm: Double) {
    precondition(
      falseAlarm > 0 && falseAlarm < 1, "a probability of a false alarm is above 0 and below 1")
    self.claim = claim
    self.falseAlarm = falseAlarm
  }

  /// The conclusion from the runs.
  package struct Verdict: Sendable, Hashable {
    /// The result of the chosen test on the second half.
    package let bound: ManyRunBound
    /// The pair of the claim that the runs come closest to, or exceed most.
    package let pair: PrivacyClaim.Pair
    /// The epsilon that the runs prove at the pair's delta; a sound claim is not below it.
    package let epsilon: Double
    /// The delta that the runs prove at the pair's epsilon.
    package let delta: Double
    /// Whether the claim is false, except with the stated probability.
    package let isBreach: Bool
  }

  /// - Parameters:
  ///   - with: the numbers of each run with the person, equally many for every run, none of them
  ///     NaN. At least two runs.
  ///   - without: the same for the runs without.
  package func judge(with: [[Double]], without: [[Double]]) -> Verdict {
    precondition(with.count >= 2 && without.count >= 2, "two halves need two runs")
    let (fitIn, fitOut) = (
      Array(with.prefix(with.count / 2)), Array(without.prefix(without.count / 2))
    )
    let (heldIn, heldOut) = (with.dropFirst(with.count / 2), without.dropFirst(without.count / 2))
    let raw = Self.score(fitIn, fitOut)
    let test = self.test(fitIn.map(raw), fitOut.map(raw))
    let bound = ManyRunBound(
      truePositives: heldIn.count { test.saysIn(raw($0)) }, runsIn: heldIn.count,
      falsePositives: heldOut.count { test.saysIn(raw($0)) }, runsOut: heldOut.count)
    let limits = bound.limits(confidence: 1 - falseAlarm)
    let pair = claim.closest(to: limits)
    return Verdict(
      bound: bound, pair: pair, epsilon: limits.epsilon(delta: pair.delta),
      delta: limits.delta(epsilon: pair.epsilon),
      isBreach: claim.isRefuted(by: limits))
  }

  private static func score(_ with: [[Double]], _ without: [[Double]]) -> ([Double]) -> Double {
    let count = with[0].count
    precondition(
      count > 0
        && (with + without).allSatisfy { $0.count == count && !$0.contains(where: \.isNaN) },
      "numbers of every run")
    guard count > 1 else { return { $0[0] } }
    let discriminant = LinearDiscriminant(with, without)
    return { discriminant.score($0) }
  }

  /// Says "in" if a score, or its negative, reaches a threshold.
  private struct Test {
    let sign: Double
    let threshold: Double
    func saysIn(_ score: Double) -> Bool { sign * score >= threshold }
  }

  /// Returns the test whose rates come closest to the claim: a person may raise a score or lower
  /// it.
  private func test(_ with: [Double], _ without: [Double]) -> Test {
    let rated = [1.0, -1].flatMap { sign -> [(test: Test, closeness: PrivacyClaim.Closeness)] in
      let (with, without) = (with.map { sign * $0 }.sorted(), without.map { sign * $0 }.sorted())
      return Self.thresholds(with, without).map { threshold in
        let bound = ManyRunBound(
          truePositives: Self.count(with, atLeast: threshold), runsIn: with.count,
          falsePositives: Self.count(without, atLeast: threshold), runsOut: without.count)
        return (
          Test(sign: sign, threshold: threshold),
          claim.closeness(of: bound.limits(confidence: 1 - falseAlarm))
        )
      }
    }
    return rated.max { $0.closeness < $1.closeness }?.test ?? Test(sign: 1, threshold: 0)
  }

  /// Returns scores at equal rank distances, and the largest.
  private static func thresholds(_ with: [Double], _ without: [Double]) -> Set<Double> {
    let all = (with + without).sorted()
    let step = max(1, all.count / mostThresholds)
    return Set(stride(from: 0, to: all.count, by: step).map { all[$0] } + all.suffix(1))
  }

  private static func count(_ sorted: [Double], atLeast threshold: Double) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < threshold { low = middle + 1 } else { high = middle }
    }
    return sorted.count - low
  }
}

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
    precondition(
      (0...runsIn).contains(truePositives) && (0...runsOut).contains(falsePositives),
      "more positives than runs")
    self.truePositives = truePositives
    self.runsIn = runsIn
    self.falsePositives = falsePositives
    self.runsOut = runsOut
  }

  /// Returns the larger of ln((TPR - δ) / FPR) and ln((TNR - δ) / FNR) at the unfavourable limits
  /// of the rates; 0 if neither is above.
  package func epsilon(delta: Double = 0, confidence: Double = 0.95) -> Double {
    limits(confidence: confidence).epsilon(delta: delta)
  }

  /// Returns the mu of Gaussian differential privacy (Dong, Roth and Su 2022) that the rates
  /// require: Φ⁻¹(TPR) - Φ⁻¹(FPR) at the same limits.
  package func gaussianMu(confidence: Double = 0.95) -> Double {
    let limits = limits(confidence: confidence)
    guard limits.likely > 0, limits.unlikely < 1 else { return 0 }
    return max(
      0, GaussianPrivacy.quantile(limits.likely) - GaussianPrivacy.quantile(limits.unlikely))
  }

  /// Returns both rates at the limits that are unfavourable to the test.
  package func limits(confidence: Double) -> RateLimits {
    precondition(confidence > 0 && confidence < 1, "a confidence is above 0 and below 1")
    let side = (1 - confidence) / 2
    let likely = Self.lowerLimit(truePositives, of: runsIn, falseAlarm: side)
    return RateLimits(
      likely: likely,
      unlikely: 1 - Self.lowerLimit(runsOut - falsePositives, of: runsOut, falseAlarm: side))
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

/// Epsilon and delta under Gaussian differential privacy (Dong, Roth and Su 2022).
package enum GaussianPrivacy {
  /// Returns the least epsilon that holds with `delta` for a mechanism whose trade-off is exactly
  /// that of `mu`. It is infinite if delta is zero, unless mu is zero.
  ///
  /// Corollary 2.13: δ(ε) = Φ(-ε/μ + μ/2) - e^ε Φ(-ε/μ - μ/2).
  package static func epsilon(mu: Double, delta: Double) -> Double {
    guard mu > 0 else { return 0 }
    guard delta > 0 else { return .infinity }
    func isTooSmall(_ epsilon: Double) -> Bool {
      distribution(-epsilon / mu + mu / 2) - exp(epsilon) * distribution(-epsilon / mu - mu / 2)
        > delta
    }
    guard isTooSmall(0) else { return 0 }
    var high = 1.0
    while isTooSmall(high), high < 512 { high *= 2 }
    return Bisection.last(from: 0, to: high, where: isTooSmall)
  }

  /// Returns the standard normal distribution function at `value`.
  static func distribution(_ value: Double) -> Double { 0.5 * erfc(-value * 0.5.squareRoot()) }

  /// Returns the standard normal quantile of a probability above 0 and below 1.
  static func quantile(_ probability: Double) -> Double {
    Bisection.last(from: -39, to: 39) { distribution($0) < probability }
  }
}
