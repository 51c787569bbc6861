import Accounting
import Foundation

/// Chooses one of several candidates, better scores being likelier, without floating-point noise.
///
/// Scores are rounded to a grid that depends on the sensitivity alone, and the rounding is added to
/// the sensitivity. The choice is then exact: uniform candidates are drawn, each kept with
/// probability exp(-epsilon (best - score) / (2 sensitivity)), until one is kept.
/// `docs/proofs/exponential-mechanism.md`.
package enum ExponentialMechanism {
  /// Grid steps in one sensitivity: between 2^20 and 2^21.
  private static let stepsPerSensitivity = 20

  /// Returns the position of the chosen candidate in `scores`.
  ///
  /// Between neighbouring tables, one privacy unit added or removed changes each score by at most
  /// `sensitivity`. Costs rho = epsilon² / 8. Floating-point error in a score is covered up to
  /// `sensitivity` * 2^-22 for each. The average number of tries is at most the number of
  /// candidates. Throws ``MechanismError`` if there are no candidates or a score is not finite.
  package static func select(
    scores: [Double], sensitivity: Sensitivity, epsilon: Epsilon, using random: SecureRandom
  ) throws -> Int {
    guard !scores.isEmpty else { throw MechanismError.noCandidates }
    guard sensitivity.value >= Double.leastNormalMagnitude * 0x1p64 else {
      throw MechanismError.nothingToProtect
    }
    let grid = Grid(sensitivity: sensitivity)
    let steps = try scores.enumerated().map { position, score in
      guard score.isFinite else { throw MechanismError.scoreNotFinite(candidate: position) }
      return grid.step(of: score)
    }
    return select(steps: steps, sensitivity: grid.sensitivity, epsilon: epsilon, using: random)
  }

  /// Runs the exact mechanism over whole-number scores whose sensitivity is the whole number
  /// `sensitivity`.
  package static func select(
    steps: [Int64], sensitivity: UInt64, epsilon: Epsilon, using random: SecureRandom
  ) -> Int {
    guard let best = steps.max() else { preconditionFailure("a choice needs a candidate") }
    let (numerator, denominator) = fraction(below: epsilon.value)
    let divisor = 2 * sensitivity * denominator
    while true {
      let candidate = Int(random.uniform(below: UInt64(steps.count)))
      let shortfall = UInt64(bitPattern: best &- steps[candidate])
      if ExactBernoulli.expMinus(
        UInt128(shortfall) * UInt128(numerator), over: divisor, using: random)
      {
        return candidate
      }
    }
  }

  /// Returns a fraction of 31 significant bits at most `epsilon`, with a power of two below 2^41 as
  /// denominator; 0 below 2^-40.
  private static func fraction(below epsilon: Double) -> (numerator: UInt64, denominator: UInt64) {
    let capped = min(epsilon, 0x1p60)
    guard capped >= 0x1p-40 else { return (0, 1) }
    let shift = max(0, min(40, 30 - Int(capped.exponent)))
    return (UInt64((capped * scalbn(1, shift)).rounded(.down)), 1 << UInt64(shift))
  }

  /// The multiples of a power of two to which scores are rounded.
  package struct Grid {
    package let spacing: Double
    /// The number of steps one privacy unit can move a rounded score.
    package let sensitivity: UInt64

    package init(sensitivity: Sensitivity) {
      spacing = scalbn(1, Int(sensitivity.value.exponent) - stepsPerSensitivity)
      // For two scores at most `sensitivity` apart, rounding moves each by at most half a step, and
      // so may an error in computing it.
      self.sensitivity = UInt64((sensitivity.value / spacing).rounded(.up)) + 2
    }

    /// Returns the nearest multiple. Scores beyond 2^61 steps are moved to that bound, which brings
    /// no two scores further apart.
    package func step(of score: Double) -> Int64 {
      Int64(min(max((score / spacing).rounded(), -0x1p61), 0x1p61))
    }
  }
}
