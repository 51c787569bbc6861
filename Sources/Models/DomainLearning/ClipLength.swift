import Accounting

/// The length to which the counts of each person are shortened.
package enum ClipLength {
  /// The classes of lengths that are asked for: up to 1, up to √2, up to 2 and so on.
  package static let classes = 24
  /// The noise, in standard deviations, above which a class of lengths is taken for real: one that
  /// nobody is in would add people with very many rows.
  static let visible = 4.0
  /// The fewest cells that the noise of a usual question falls on.
  private static let leastCells = 40.0

  /// Returns the length at which noise and the bias from shortened vectors balance.
  /// - Parameters:
  ///   - lengths: how many people have each length, by class.
  ///   - variance: of the noise on each number.
  ///   - codes: the codes of the variable whose counts were measured.
  ///   - rho: of a usual question.
  package static func best(_ lengths: [Double], variance: Double, codes: Int, rho: Rho) -> Double {
    let spread = 2 * variance.squareRoot()
    let people = lengths.map { $0 > spread ? $0 : 0 }
    let total = people.indices.reduce(0) { $0 + people[$1] * length($1) }
    guard total > 0 else { return 1 }
    let noise = max(leastCells, 8 * Double(codes)) / (2 * rho.value).squareRoot()
    let costs = people.indices.map { step -> Double in
      let lost = people.indices.reduce(0) { sum, other in
        sum + people[other] * max(length(other) - length(step), 0)
      }
      return lost + 0.4 * noise * length(step)
    }
    return length(costs.indices.min { costs[$0] < costs[$1] } ?? 0)
  }

  /// The error of shares if all counts were shortened to almost nothing: people with many rows
  /// would weigh as much as others.
  private static let errorOfShortening = 0.1

  /// Returns the length that makes the error of shares smallest. Counts that are all shortened
  /// alike keep their shares, so that only noise, and the weight that people with many rows lose,
  /// count.
  /// - Parameters:
  ///   - rows: about the number of rows.
  ///   - codes: the combinations of codes whose counts were measured.
  static func ofShares(
    _ lengths: [Double], variance: Double, rows: Double, codes: Int, rho: Rho
  ) -> Double {
    let spread = visible * variance.squareRoot()
    let people = lengths.map { $0 > spread ? $0 : 0 }
    let total = people.indices.reduce(0) { $0 + people[$1] * length($1) }
    guard total > 0 else { return 1 }
    let noise = 0.4 * max(leastCells, Double(codes)) / (2 * rho.value).squareRoot()
    let costs = people.indices.map { step -> Double in
      let kept = people.indices.reduce(0) { $0 + people[$1] * min(length($1), length(step)) }
      return noise * length(step) / (rows * kept / total)
        + errorOfShortening * (1 - kept / total)
    }
    return length(costs.indices.min { costs[$0] < costs[$1] } ?? 0)
  }

  /// Returns about the factor by which shortened counts have fewer rows than before.
  static func lengthening(_ lengths: [Double], variance: Double, clip: Double) -> Double {
    let spread = visible * variance.squareRoot()
    let people = lengths.map { $0 > spread ? $0 : 0 }
    let before = people.indices.reduce(0) { $0 + people[$1] * length($1) }
    let after = people.indices.reduce(0) { $0 + people[$1] * min(length($1), clip) }
    return after > 0 ? before / after : 1
  }

  /// Returns the sum of lengths, each taken as the middle of its class.
  static func total(_ lengths: [Double]) -> Double {
    lengths.indices.reduce(0) { $0 + lengths[$1] * ($1 == 0 ? 1 : 0.85 * length($1)) }
  }

  static func length(_ step: Int) -> Double { Double(1 << step).squareRoot() }
}
