/// Finds the point at which a condition stops holding.
enum Bisection {
  /// Returns the last point found at which `holds` is true. It is taken to be true at `low` and
  /// false at `high`.
  static func last(from low: Double, to high: Double, where holds: (Double) -> Bool) -> Double {
    var (low, high) = (low, high)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if holds(middle) { low = middle } else { high = middle }
    }
    return low
  }
}
