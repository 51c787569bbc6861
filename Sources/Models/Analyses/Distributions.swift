import Foundation

/// Quantiles and tails of the distributions that intervals and tests rest on. Post-processing:
/// these never make noise for a mechanism.
package enum Distributions {
  /// Returns the probability that a standard normal variable is at most `x`.
  package static func normal(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

  /// Returns the standard normal quantile, by bisection on ``normal(_:)`` to 1e-12.
  /// - Parameter share: above 0 and below 1.
  package static func normalQuantile(_ share: Double) -> Double {
    var (low, high) = (-40.0, 40.0)
    while high - low > 1e-12 {
      let middle = (low + high) / 2
      if normal(middle) < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// Returns the number of standard errors on each side of an interval of the given level.
  package static func reach(level: Double) -> Double { normalQuantile(0.5 + level / 2) }

  /// Returns the same for a variance that is estimated with some degrees of freedom: the expansion
  /// of Student's quantile by Cornish and Fisher (Abramowitz and Stegun 26.7.5), within 1 % from 5
  /// degrees of freedom on.
  package static func reach(level: Double, degrees: Double) -> Double {
    let z = reach(level: level)
    let (z3, z5, z7) = (z * z * z, pow(z, 5), pow(z, 7))
    let terms = [
      (z3 + z) / 4, (5 * z5 + 16 * z3 + 3 * z) / 96, (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384,
    ]
    return terms.enumerated().reduce(z) { $0 + $1.element / pow(degrees, Double($1.offset + 1)) }
  }

  /// Returns the probability that a chi-squared variable with some degrees of freedom exceeds `x`,
  /// from the series and the continued fraction of the incomplete gamma function.
  package static func chiSquaredTail(_ x: Double, degrees: Double) -> Double {
    guard x > 0 else { return 1 }
    let (shape, half) = (degrees / 2, x / 2)
    let scale = exp(-half + shape * log(half) - lgamma(shape))
    if half < shape + 1 {
      var (term, sum, next) = (1 / shape, 1 / shape, shape)
      while term > sum * 1e-15 {
        next += 1
        term *= half / next
        sum += term
      }
      return max(0, 1 - sum * scale)
    }
    var b = half + 1 - shape
    var c = 1e300
    var d = 1 / b
    var fraction = d
    for index in 1...500 {
      let a = -Double(index) * (Double(index) - shape)
      b += 2
      d = 1 / (a * d + b)
      c = b + a / c
      fraction *= d * c
      if abs(d * c - 1) < 1e-15 { break }
    }
    return min(1, fraction * scale)
  }
}
