import Accounting
import Curation
import Encoding
import Foundation
import Ledger
import Tables

/// Finds where the values of an ordered variable lie, with a histogram over public runs of ticks
/// whose full runs are split again.
///
/// Every look is one noisy histogram whose runs depend only on earlier noisy answers
/// (docs/proofs/dyadic-histogram.md).
package struct OrderedSearch {
  /// A run of ticks and the approximate number of rows it holds.
  package struct Leaf: Equatable {
    package let range: ClosedRange<Int64>
    package let count: Double
    /// Whether it belongs to an outermost leaf, not joined with its neighbours before a finer look.
    var isEnd = false
    /// Whether it belongs to a larger run that holds rows: not judged by its own count alone.
    var isInside = false

    package init(range: ClosedRange<Int64>, count: Double, isEnd: Bool = false, isInside: Bool = false) {
      self.range = range
      self.count = count
      self.isEnd = isEnd
      self.isInside = isInside
    }

    /// The number of ticks, as a Double since it may exceed Int64.
    var width: Double { Double(range.upperBound) - Double(range.lowerBound) + 1 }
    var isSingle: Bool { range.lowerBound == range.upperBound }
  }

  /// The share of the budget for the first look, which has the most runs to tell from empty ones.
  static let firstShare = 0.4
  /// The number of ticks below which a range is not searched: each tick is a run.
  static let narrow: Int64 = 64

  let curator: Curator
  let total: Double
  /// The budget of all looks together.
  let rho: Rho
  /// The thinness of the budget (see ``DomainBudget``). If there are few rows for the noise, looks
  /// are fewer and sharper, and leaves are split sooner: if one look cannot tell, the next cannot
  /// either.
  let thinness: Double

  /// The number of looks; later ones share the rest of the budget.
  private var looks: Int { thinness > 0.5 ? 3 : 4 }
  /// The count a part of a leaf should hold, in standard deviations of the noise.
  private var partDeviations: Double { 8 * pow(4, -thinness) }

  /// Returns leaves that together hold (nearly) all rows, ascending and disjoint; empty if nothing
  /// could be told.
  /// - Parameter start: Ascending, disjoint, public runs that hold every possible tick, used if no
  ///   bounds are declared.
  func leaves(of variable: Int, bounds: Knowledge<ClosedRange<Int64>>, start: [ClosedRange<Int64>]) throws -> [Leaf] {
    var open = bounds.declaredValue.map(OrderedSearch.start) ?? start
    if let declared = bounds.declaredValue, OrderedSearch.isNarrow(declared) {
      return open.map { Leaf(range: $0, count: total / Double(open.count)) }
    }
    var closed: [Leaf] = []
    var sigma = 0.0
    for look in 0..<looks where !open.isEmpty {
      let share = look == 0 ? OrderedSearch.firstShare : (1 - OrderedSearch.firstShare) / Double(looks - 1)
      let answer = try curator.histogram(of: variable, runs: open, rho: rho.share(share))
      sigma = answer.variance.squareRoot()
      var counted = zip(open, answer.values).map { Leaf(range: $0, count: Double($1), isInside: look > 0) }
      if look == 0, bounds.declaredValue == nil {
        counted = OrderedSearch.plausible(counted, sigma: sigma)
        if counted.isEmpty { return [] }
      }
      open = []
      for leaf in counted {
        let parts = look + 1 < looks ? parts(of: leaf, sigma: sigma) : 1
        if parts > 1 { open += OrderedSearch.split(leaf.range, into: parts) } else { closed.append(leaf) }
      }
    }
    closed.sort { $0.range.lowerBound < $1.range.lowerBound }
    // Declared bounds say where rows can lie: nothing is cut off.
    if bounds.declaredValue != nil { return closed }
    return OrderedSearch.withFineEnds(closed, occupied: OrderedSearch.occupied(closed, sigma: sigma))
  }

  /// Returns the first, public runs that almost surely hold rows, the adjacent runs that together
  /// probably hold some, and one more at either end, where the tails would be.
  ///
  /// If nothing is sure, the result is empty: a guess among noise would put values anywhere.
  package static func plausible(_ leaves: [Leaf], sigma: Double) -> [Leaf] {
    var kept: Set<Int> = []
    for sure in surely(leaves, sigma: sigma) {
      let left = reach(leaves[..<sure.lowerBound].reversed().map(\.count), sigma: sigma)
      let right = reach(leaves[sure.upperBound...].map(\.count), sigma: sigma)
      kept.formUnion(max(sure.lowerBound - left - 1, 0)..<min(sure.upperBound + right + 1, leaves.count))
    }
    return kept.sorted().map { leaves[$0] }
  }

  /// Returns single runs too full to be noise (4.5 deviations: of 127 empty runs one passes in
  /// 2,000 columns), and the stretch of up to 16 runs that is fullest for its noise, if it is too
  /// full (5 deviations: of the 2,000 stretches one passes in 1,700 columns).
  private static func surely(_ leaves: [Leaf], sigma: Double) -> [Range<Int>] {
    let single = leaves.indices.filter { leaves[$0].count > 4.5 * sigma }.map { $0..<($0 + 1) }
    var best: (score: Double, stretch: Range<Int>) = (0, 0..<0)
    for start in leaves.indices {
      var sum = 0.0
      for end in start..<min(start + 16, leaves.count) {
        sum += leaves[end].count
        let score = sum / (sigma * Double(end - start + 1).squareRoot())
        if score > best.score { best = (score, start..<(end + 1)) }
      }
    }
    return best.score > 5 ? single + [best.stretch] : single
  }

  /// Returns how many of the runs beside a sure one belong to it: the number that holds the most
  /// beyond noise alone, two deviations and slowly more. A tail may be so thin over powers of two
  /// that none of its runs stands out alone.
  private static func reach(_ counts: [Double], sigma: Double) -> Int {
    var (sum, most, reach) = (0.0, 0.0, 0)
    for (index, count) in counts.enumerated() {
      let runs = Double(index + 1)
      sum += count
      let excess = sum - ((4 + 2 * log(runs)) * runs).squareRoot() * sigma
      if excess > most { (most, reach) = (excess, index + 1) }
    }
    return reach
  }

  /// Returns the stretch of leaves left after cutting off those at either end that cannot be told
  /// from empty ones; at least the fullest leaf.
  ///
  /// If few ticks are left, one too many would be a value that nobody has in a column of few
  /// values: a leaf has to be three standard deviations above zero. In a wide column it is a part
  /// of a tail, and two are enough.
  package static func occupied(_ leaves: [Leaf], sigma: Double) -> Range<Int> {
    let strict = occupied(leaves, sigma: sigma, deviations: 3)
    guard let first = leaves[strict].first, let last = leaves[strict].last,
      !isNarrow(first.range.lowerBound...last.range.upperBound)
    else { return strict }
    return occupied(leaves, sigma: sigma, deviations: 2)
  }

  private static func occupied(_ leaves: [Leaf], sigma: Double, deviations: Double) -> Range<Int> {
    func empty(_ leaves: some Sequence<Leaf>) -> Int {
      var sum = 0.0
      var count = 0
      for leaf in leaves {
        sum += leaf.count
        guard !leaf.isInside, leaf.count < (deviations + 0.5) * sigma, sum < deviations * sigma * Double(count + 1).squareRoot() else {
          break
        }
        count += 1
      }
      return count
    }
    let first = empty(leaves)
    let last = leaves.count - 1 - empty(leaves.reversed())
    guard first < leaves.count, last >= 0 else {
      return leaves.indices.max { leaves[$0].count < leaves[$1].count }.map { $0..<($0 + 1) } ?? 0..<0
    }
    // Several leaves may hold rows together although none does alone: the two scans then stop
    // beyond each other.
    return min(first, last)..<(max(first, last) + 1)
  }

  /// Returns the occupied leaves and one more at either end, with the outermost three cut up so
  /// that a finer look can find where rows end.
  private static func withFineEnds(_ leaves: [Leaf], occupied: Range<Int>) -> [Leaf] {
    let kept = leaves[max(occupied.lowerBound - 1, 0)..<min(occupied.upperBound + 1, leaves.count)]
    return kept.enumerated().flatMap { index, leaf -> [Leaf] in
      guard index < 3 || index >= kept.count - 3, !leaf.isSingle else { return [leaf] }
      let parts = split(leaf.range, into: 16)
      return parts.map { Leaf(range: $0, count: leaf.count / Double(parts.count), isEnd: true) }
    }
  }

  /// Returns the number of runs to split a leaf into: as many as can be told from noise, if it is
  /// full and has several ticks.
  private func parts(of leaf: Leaf, sigma: Double) -> Int {
    guard !leaf.isSingle, leaf.count > max(total / 400, 3 * sigma) else { return 1 }
    if leaf.width <= 16, leaf.count > sigma * leaf.width { return Int(leaf.width) }
    var parts = 2
    while parts < 64, leaf.count > partDeviations * sigma * Double(parts) { parts *= 2 }
    return Int(min(Double(parts), leaf.width))
  }

  private static func start(_ range: ClosedRange<Int64>) -> [ClosedRange<Int64>] {
    split(range, into: isNarrow(range) ? Int(range.upperBound - range.lowerBound) + 1 : 32)
  }

  private static func isNarrow(_ range: ClosedRange<Int64>) -> Bool {
    let (width, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
    return !overflow && width < narrow
  }

  /// All ticks of values by sign and powers of two: public for every possible column.
  package static let dyadic: [ClosedRange<Int64>] = {
    let positive = (0..<63).map { exponent -> ClosedRange<Int64> in
      let low = Int64(1) << exponent
      return low...(exponent == 62 ? Int64.max : low * 2 - 1)
    }
    return positive.reversed().map { max(-$0.upperBound, Cells.lowestValue) ... -$0.lowerBound } + [0...0] + positive
  }()

  /// Splits a range into ascending runs of about equal width; never more than there are ticks.
  package static func split(_ range: ClosedRange<Int64>, into parts: Int) -> [ClosedRange<Int64>] {
    let width = UInt64(bitPattern: range.upperBound &- range.lowerBound)
    let parts = width < UInt64(parts) ? width + 1 : UInt64(parts)
    // Part i starts at i·(width + 1) / parts, in 128 bits.
    func start(_ part: UInt64) -> Int64 {
      let product = UInt128(part) * (UInt128(width) + 1) / UInt128(parts)
      return range.lowerBound &+ Int64(truncatingIfNeeded: product)
    }
    return (0..<parts).map { part in start(part)...(part + 1 == parts ? range.upperBound : start(part + 1) &- 1) }
  }
}

extension Knowledge {
  var declaredValue: Value? {
    guard case .declared(let value) = self else { return nil }
    return value
  }
}
