import Foundation

/// A generalised Pareto law of the distances beyond a point near the end of a column: the form that
/// the tails of nearly all distributions approach (Pickands 1975). Fitted to noisy counts, so that
/// few rows spread over wide runs are placed by the trend of the runs before them.
struct TailLaw: Equatable {
  /// Negative: the tail ends; zero: exponential; positive: heavy.
  let shape: Double
  /// The width over which rows thin out, in ticks.
  let scale: Double
  /// The number of rows beyond the point.
  let mass: Double

  /// A run of distances and the noisy number of rows in it.
  struct Cell {
    let low: Double
    /// The end, not included.
    let high: Double
    let count: Double
  }

  /// Returns the expected number of rows farther than `distance`.
  func beyond(_ distance: Double) -> Double {
    mass * TailLaw.survival(distance / scale, shape: shape)
  }

  func expected(from low: Double, to high: Double) -> Double { beyond(low) - beyond(high) }

  /// Returns the distance beyond which `rows` are expected.
  func distance(leaving rows: Double) -> Double {
    guard mass > rows else { return 0 }
    let ratio = mass / rows
    return shape == 0 ? scale * log(ratio) : scale / shape * (pow(ratio, shape) - 1)
  }

  /// Returns the rows per tick at a distance, as a share of those at its start.
  func relativeDensity(at distance: Double) -> Double {
    let base = 1 + shape * distance / scale
    guard base > 0 else { return 0 }
    return shape == 0 ? exp(-distance / scale) : pow(base, -1 / shape - 1)
  }

  private static func survival(_ ratio: Double, shape: Double) -> Double {
    guard ratio > 0 else { return 1 }
    if shape == 0 { return exp(-ratio) }
    let base = 1 + shape * ratio
    return base > 0 ? pow(base, -1 / shape) : 0
  }

  private static let shapes = [-1, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1]
  private static let scales = 28
  /// The cost of a heavy tail, in units of the fit's gain, for each unit of the shape: noise alone
  /// should not spread rows over many powers of ten.
  private static let heaviness = 8.0

  /// Returns the law that fits best by weighted least squares, and its gain: how much better than
  /// no rows at all it explains the counts, in units of their variances.
  /// - Parameters:
  ///   - reach: The distance that surely holds rows; scales are tried from a fraction of it to some
  ///     times it.
  ///   - sigma: The standard deviation of the noise on each count.
  static func fitted(to cells: [Cell], reach: ClosedRange<Double>, sigma: Double) -> (
    law: TailLaw, gain: Double
  )? {
    let variances = cells.map { sigma * sigma + max($0.count, 0) }
    var best: (law: TailLaw, gain: Double)?
    var highest = 0.0
    let step = pow(reach.upperBound / reach.lowerBound, 1 / Double(scales - 1))
    for shape in shapes {
      var scale = reach.lowerBound
      for _ in 0..<scales {
        var (product, square) = (0.0, 0.0)
        for (cell, variance) in zip(cells, variances) {
          let share =
            survival(cell.low / scale, shape: shape) - survival(cell.high / scale, shape: shape)
          product += share * cell.count / variance
          square += share * share / variance
        }
        let gain = product > 0 && square > 0 ? product * product / square : 0
        let preference = gain - heaviness * max(shape, 0)
        if preference > highest {
          highest = preference
          best = (TailLaw(shape: shape, scale: scale, mass: product / square), gain)
        }
        scale *= step
      }
    }
    return best
  }
}
