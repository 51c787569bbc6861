import Foundation

extension PrivacyLossDistribution {
  /// Returns the losses of `count` mechanisms in sequence, each with losses in an interval of
  /// length `range`, such as the exponential mechanism. The position of the interval may depend on
  /// everything seen before (Dong, Durfee and Rogers 2020, in numbers instead of sums).
  ///
  /// Losses are multiples of the range divided by `cells`. Let V be the hockey-stick divergence by
  /// the ratio P/Q so far, divided by gamma. At the end it is (ratio - 1)⁺, before a choice the
  /// most that two outcomes can make of it. See `docs/proofs/pld.md`. Complexity: count² cells².
  package static func choices(range: Double, count: Int, cells: Int = 400) -> PrivacyLossDistribution {
    let spacing = range / Double(cells)
    let middle = (count + 1) * (cells + 1)
    func ratio(_ place: Int) -> Double { exp(Double(place - middle) * spacing) }
    var values = (0...2 * middle).map { max(0, expm1(Double($0 - middle) * spacing)) }
    // An interval between two points of the grid is widened to them.
    let steps = (1...cells).map { up -> (up: Int, down: Int, share: Double) in
      let down = cells + 1 - up
      let (rise, fall) = (expm1(Double(up) * spacing), -expm1(-Double(down) * spacing))
      return (up, down, fall / (rise + fall))
    }
    for _ in 0..<count {
      let later = values
      for place in cells + 1...2 * middle - cells - 1 {
        for (up, down, share) in steps {
          values[place] = max(values[place], share * later[place + up] + (1 - share) * later[place - down])
        }
      }
    }
    // V is convex in the ratio and below its chords. Each change of its slope is an outcome with
    // that probability under P.
    var losses = PrivacyLossDistribution(spacing: spacing, lowest: -middle, count: 2 * middle + 1)
    var slope = 0.0
    for place in 0...2 * middle {
      let next = place < 2 * middle ? (values[place + 1] - values[place]) / (ratio(place + 1) - ratio(place)) : 1
      losses.add(mass: max(0, next - slope), loss: -Double(place - middle) * spacing)
      slope = max(slope, next)
    }
    return losses
  }
}
