import EncryptedScoring
import Foundation

/// How the mean of a target follows from a sum of points: generalised linear models with their
/// canonical links (McCullagh and Nelder 1989, section 2.2).
package enum PredictionFamily: String, Sendable, Codable {
  case logistic
  case linear
  case poisson

  /// Returns the mean at a sum of points.
  func mean(_ sum: Double) -> Double {
    switch self {
    case .logistic: 1 / (1 + exp(-sum))
    case .linear: sum
    case .poisson: exp(min(sum, 30))
    }
  }

  /// Returns the sum of points at a mean.
  func sum(_ mean: Double) -> Double {
    switch self {
    case .logistic: log(mean / (1 - mean))
    case .linear: mean
    case .poisson: log(mean)
    }
  }

  /// Returns the public function from points to scores.
  func link(takesRoot: Bool) -> Link {
    switch self {
    case .logistic: .logistic
    case .linear: takesRoot ? .square : .identity
    case .poisson: .exponential
    }
  }
}

/// The target as training sees it: an outcome for each of its codes, and the scale of residuals,
/// all of it public or paid for.
package struct TargetScale: Sendable {
  let family: PredictionFamily
  /// The outcome of each code; nil for rows that say nothing.
  let outcomes: [Double?]
  /// The noisy number of rows with each code.
  let counts: [Double]
  /// The target's value at outcome 0, and at an outcome of 1 above it.
  package let centre: Double
  package let unit: Double
  /// The outcome's mean over the rows.
  package let mean: Double
  /// The variance of residuals, about.
  let variance: Double

  /// The slope of the mean, about, which a ridge and errors are set by.
  var slope: Double { family == .logistic ? variance / 2 : family == .poisson ? mean : 1 }
  /// The largest slope that a step must expect.
  var steepest: Double { family == .logistic ? 0.25 : family == .poisson ? 2 * mean : 1 }
  /// The residual that a gradient of the usual length may have: longer ones are clipped to as much.
  package var bound: Double {
    switch family {
    case .logistic: 0.6
    case .linear: 1
    case .poisson: 2 * variance.squareRoot()
    }
  }

  /// Residuals beyond it are moved to it when errors are measured.
  var widestResidual: Double { family == .logistic ? 1 : 4 * variance.squareRoot() }

  /// The variance of a row's residual, as far as it sets errors: for a flag it follows from the
  /// mean.
  var residualVariance: Double { family == .logistic ? slope : variance }

  /// The sum of points at the outcome's mean.
  package var base: Double { family.sum(mean) }

  /// - Parameters:
  ///   - values: the target's value for each code, nil for rows that say nothing; 0 or 1 for an
  ///     event.
  ///   - counts: the noisy number of rows with each code.
  /// - Throws: ``PredictionFault/targetNotLearned(_:)`` if no code has rows.
  package init(_ family: PredictionFamily, values: [Double?], counts: [Double], target: String)
    throws(PredictionFault)
  {
    (self.family, self.counts) = (family, counts)
    guard let moments = NoisyMoments(values: values, counts: counts) else {
      throw .targetNotLearned(target)
    }
    let (mean, spread, total) = (moments.mean, moments.variance, moments.rows)
    switch family {
    case .logistic:
      (centre, unit) = (0, 1)
      self.mean = min(max(mean, 0.5 / (1 + total)), 1 - 0.5 / (1 + total))
      variance = max(self.mean * (1 - self.mean), 1e-4)
    case .linear:
      guard spread > 0 else { throw .targetNotLearned(target) }
      (centre, unit) = (mean, spread.squareRoot())
      (self.mean, variance) = (0, 1)
    case .poisson:
      guard mean > 0, spread > 0 else { throw .targetNotLearned(target) }
      (centre, unit) = (0, 1)
      (self.mean, variance) = (mean, max(spread, mean))
    }
    let (centre, unit) = (centre, unit)
    outcomes = values.map { $0.map { ($0 - centre) / unit } }
  }
}

/// The mean and the variance of values by noisy counts. Counts below zero stay so: noise then
/// cancels out instead of adding up to rows that nobody has.
struct NoisyMoments {
  let rows: Double
  let mean: Double
  let variance: Double

  /// Returns nil if noise hides the rows. Moments that no such values have are taken as those of
  /// values that are equally frequent.
  init?(values: [Double?], counts: [Double]) {
    let known = zip(values, counts).compactMap { value, count in value.map { ($0, count) } }
    rows = known.reduce(0) { $0 + $1.1 }
    guard rows > 0, let low = known.map(\.0).min(), let high = known.map(\.0).max() else {
      return nil
    }
    func moments(_ weights: [Double]) -> (mean: Double, variance: Double) {
      let total = weights.reduce(0, +)
      let mean = zip(known, weights).reduce(0) { $0 + $1.0.0 * $1.1 } / total
      let squares = zip(known, weights).reduce(0) {
        $0 + ($1.0.0 - mean) * ($1.0.0 - mean) * $1.1
      }
      return (mean, squares / total)
    }
    let found = moments(known.map(\.1))
    let isPossible =
      found.mean > low && found.mean < high && found.variance > 0
      && found.variance <= (high - low) * (high - low) / 4
    let even = isPossible ? found : moments(known.map { _ in 1 })
    (mean, variance) = (even.mean, even.variance)
  }
}
