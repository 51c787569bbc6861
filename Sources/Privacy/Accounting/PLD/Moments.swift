import Foundation

/// Exponential moments of a sum of independent privacy losses.
struct Moments {
  package let parts: [(losses: PrivacyLossDistribution, count: Int)]

  init(_ parts: [(losses: PrivacyLossDistribution, count: Int)]) { self.parts = parts }

  /// Returns the log of the mean of exp(tilt loss), over finite losses.
  package func log(_ tilt: Double) -> Double {
    parts.reduce(0) { $0 + Double($1.count) * $1.losses.logMoment(tilt) }
  }

  /// Returns the most informative tilt for the epsilon at this delta: the one with the smallest
  /// (log moment + log 1/delta) / tilt. It decides how close a bound is, never whether it holds.
  func tilt(delta: Double) -> Double { best { (self.log($0) - Foundation.log(delta)) / $0 } }

  /// Returns the same for the delta at this epsilon.
  func tilt(epsilon: Double) -> Double { best { self.log($0) - $0 * epsilon } }

  /// Returns a range outside of which the tilted distribution has probability at most
  /// exp(-exponent) on each side (Chernoff).
  func window(tilt: Double, logMoment: Double, exponent: Double) -> ClosedRange<Double> {
    var (low, high) = (-Double.infinity, Double.infinity)
    var step = 1e-6
    while step < 1e9 {
      let up = (log(tilt + step) - logMoment + exponent) / step
      let down = -(log(tilt - step) - logMoment + exponent) / step
      if up.isFinite { high = min(high, up) }
      if down.isFinite { low = max(low, down) }
      step *= 2
    }
    let most = parts.reduce(0) { $0 + Double($1.count) * $1.losses.greatest }
    let least = parts.reduce(0) { $0 + Double($1.count) * $1.losses.loss(0) }
    return max(low, least)...max(min(high, most), max(low, least))
  }

  /// Returns the tilt that minimises a function: a grid by factors of √2, then golden sections.
  private func best(_ function: (Double) -> Double) -> Double {
    let grid = (-14...40).map { exp2(Double($0) / 2) }
    let values = grid.map(function)
    guard
      let index = values.indices.filter({ values[$0].isFinite }).min(by: { values[$0] < values[$1] }
      )
    else { return 1 }
    var (low, high) = (
      Foundation.log(grid[max(index - 1, 0)]), Foundation.log(grid[min(index + 1, grid.count - 1)])
    )
    let ratio = (5.0.squareRoot() - 1) / 2
    for _ in 0..<12 {
      let (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
      if function(exp(left)) < function(exp(right)) { high = right } else { low = left }
    }
    return exp((low + high) / 2)
  }
}
