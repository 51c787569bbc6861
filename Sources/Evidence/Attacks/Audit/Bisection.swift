/// Where a condition that holds up to some point stops holding.
enum Bisection {
  /// The last point found at which `holds` is true, between `low`, where it is taken to be, and `high`, where it is taken not to be.
  static func last(from low: Double, to high: Double, where holds: (Double) -> Bool) -> Double {
    var (low, high) = (low, high)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if holds(middle) { low = middle } else { high = middle }
    }
    return low
  }
}
