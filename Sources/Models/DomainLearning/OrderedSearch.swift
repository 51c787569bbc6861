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
    package internal(set) var range: ClosedRange<Int64>
    package let count: Double
    /// Whether it belongs to an outermost leaf, not joined with its neighbours before a finer look.
    var isEnd = false
    /// Whether it belongs to a larger run that holds rows: not judged by its own count alone.
    var isInside = false
    /// Whether it is a far-off code, apart from the values of the column (``FarOffCodes``).
    package internal(set) var isAside = false
    /// Its parts with the rows that a law of the column's end expects in each; empty if no law was
    /// fitted (``ColumnEnds``).
    var law: [OrderedCodec.Piece] = []
    /// Whether only the law says that it holds rows, and not its count.
    var isBeyond = false

    package init(
      range: ClosedRange<Int64>, count: Double, isEnd: Bool = false, isInside: Bool = false,
      isAside: Bool = false
    ) {
      self.range = range
      self.count = count
      self.isEnd = isEnd
      self.isInside = isInside
      self.isAside = isAside
    }

    /// The number of ticks, as a Double since it may exceed Int64.
    var width: Double { Double(range.upperBound) - Double(range.lowerBound) + 1 }
    var isSingle: Bool { range.lowerBound == range.upperBound }
    /// The same leaf as an ordinary value.
    fileprivate var asValue: Leaf {
      Leaf(range: range, count: count, isEnd: isEnd, isInside: isInside)
    }
  }

  /// The share of the budget for the first look, which has the most runs to tell from empty ones.
  static let firstShare = 0.4
  /// The number of ticks below which a range is not searched: each tick is a run.
  static let narrow: Int64 = 64
  /// The number of runs kept beyond those that hold rows, at either end: a tail may be so thin that
  /// only a finer look can find it.
  static let margin = 6
  /// The share of all rows on far-off codes without which nothing stands out that makes them the
  /// values themselves.
  private static let mostlyCodes = 0.8
  /// The standard deviations above zero of a far-off code that may be all that a column has: of 30
  /// empty ones, one passes in 100,000 columns.
  private static let sureDeviations = 5.0

  let curator: Curator
  let total: Double
  /// The variance of the noise on ``total``.
  let variance: Double
  /// Ticks that most columns of the variable's type have.
  let ordinary: ClosedRange<Int64>
  /// The standard deviation of the noise of the finer look that follows.
  let fineSigma: Double
  /// The budget of all looks together.
  let rho: Rho
  /// The thinness of the budget (see ``DomainBudget``). If there are few rows for the noise, looks
  /// are fewer and sharper, and leaves are split sooner: if one look cannot tell, the next cannot
  /// either.
  let thinness: Double
  /// The scale on which runs are cut.
  var scale = TickScale.even

  /// The number of looks; later ones share the rest of the budget.
  private var looks: Int { thinness > 0.5 ? 3 : 4 }
  /// The count a part of a leaf should hold, in standard deviations of the noise.
  private var partDeviations: Double { 8 * pow(4, -thinness) }

  /// Returns leaves that together hold (nearly) all rows, ascending and disjoint; empty if nothing
  /// could be told.
  /// - Parameters:
  ///   - start: Ascending, disjoint, public runs that hold every possible tick, used if no bounds
  ///     are declared.
  ///   - codes: The public far-off codes of the variable, ascending.
  func leaves(
    of variable: Int, bounds: Knowledge<ClosedRange<Int64>>, start: [ClosedRange<Int64>],
    codes: [Int64]
  ) throws -> [Leaf] {
    var open =
      bounds.declaredValue.map { OrderedSearch.start($0, scale: scale) }
      ?? FarOffCodes.cut(start, around: codes)
    if let declared = bounds.declaredValue, OrderedSearch.isNarrow(declared) {
      return open.map { Leaf(range: $0, count: total / Double(open.count)) }
    }
    var closed: [Leaf] = []
    var aside: [Leaf] = []
    var sigma = 0.0
    // Declared bounds say where rows can lie. Nothing is cut off unless most of the range is empty.
    var isOpen = bounds.declaredValue == nil
    for look in 0..<looks where !open.isEmpty {
      let share =
        look == 0 ? OrderedSearch.firstShare : (1 - OrderedSearch.firstShare) / Double(looks - 1)
      let answer = try curator.histogram(of: variable, runs: open, rho: rho.share(share))
      sigma = answer.variance.squareRoot()
      var counted = zip(open, answer.values).map {
        Leaf(range: $0, count: Double($1), isInside: look > 0)
      }
      if look == 0, let declared = bounds.declaredValue {
        let occupied = OrderedSearch.occupied(counted, sigma: sigma, deviations: 2)
        let kept = OrderedSearch.widened(occupied, in: counted.indices)
        let rows = total - Double(answer.values[open.count...].reduce(0, +))
        isOpen = OrderedSearch.isMostlyEmpty(
          declared, beside: counted[kept], rows: rows, sigma: sigma)
        if isOpen { counted = Array(counted[kept]) }
      } else if look == 0 {
        (counted, aside) = FarOffCodes.separate(counted, codes: codes, sigma: sigma)
        let elsewhere = aside.reduce(Double(answer.values[open.count])) { $0 + $1.count }
        let rows = NoisyCount(
          value: total - elsewhere, variance: variance + Double(aside.count + 1) * answer.variance)
        counted = OrderedSearch.plausible(
          counted, sigma: sigma, margin: OrderedSearch.margin, rows: rows, ordinary: ordinary)
        if counted.isEmpty {
          let sure = aside.filter { $0.count > OrderedSearch.sureDeviations * sigma }
          return sure.reduce(0) { $0 + $1.count } > OrderedSearch.mostlyCodes * total
            ? sure.map(\.asValue) : []
        }
      }
      open = []
      for leaf in counted {
        let parts = look + 1 < looks ? parts(of: leaf, sigma: sigma) : 1
        if parts > 1 {
          open += scale.split(leaf.range, into: parts)
        } else {
          closed.append(leaf)
        }
      }
    }
    closed.sort { $0.range.lowerBound < $1.range.lowerBound }
    guard isOpen else { return closed }
    // A declared range is never so narrow that one tick too many would matter.
    let occupied =
      bounds.declaredValue == nil
      ? OrderedSearch.occupied(closed, sigma: sigma)
      : OrderedSearch.occupied(closed, sigma: sigma, deviations: 2)
    let values = withFineEnds(closed, occupied: occupied)
    return (values + aside).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// Returns the first, public runs that almost surely hold rows, the adjacent runs that together
  /// probably hold some, and `margin` more at either end, where the tails would be.
  ///
  /// If nothing is sure, the result is empty: a guess among noise would put values anywhere.
  /// - Parameter rows: About how many rows have a value, if known. If far more than the sure runs
  ///   hold, the others lie elsewhere, and the stretch where most of them may be is kept.
  package static func plausible(
    _ leaves: [Leaf], sigma: Double, margin: Int = 1, rows: NoisyCount? = nil,
    ordinary: ClosedRange<Int64> = -Int64.max...Int64.max
  ) -> [Leaf] {
    var (kept, inside): (Set<Int>, Set<Int>) = ([], [])
    let sure = surely(leaves, sigma: sigma, rows: rows, ordinary: ordinary)
    kept.formUnion(mirrored(sure, in: leaves, sigma: sigma))
    for sure in sure {
      let left = reach(leaves[..<sure.lowerBound].reversed().map(\.count), sigma: sigma)
      let right = reach(leaves[sure.upperBound...].map(\.count), sigma: sigma)
      inside.formUnion(sure.lowerBound - left..<sure.upperBound + right)
      kept.formUnion(
        max(
          sure.lowerBound - left - margin, 0)..<min(sure.upperBound + right + margin, leaves.count))
    }
    return kept.sorted().map { index in
      var leaf = leaves[index]
      leaf.isInside = inside.contains(index)
      return leaf
    }
  }

  /// Returns single runs too full to be noise (4.5 deviations: of 127 empty runs one passes in
  /// 2,000 columns), and one stretch of up to 16 other runs after another, fullest for their noise
  /// first, as long as they are too full (5 deviations: of the 2,000 stretches one passes in 1,700
  /// columns; 3.3 among ordinary values while rows are known to lie outside all runs so far).
  ///
  /// Values on both sides of zero are two stretches: many empty runs of small numbers lie between.
  private static func surely(
    _ leaves: [Leaf], sigma: Double, rows: NoisyCount?, ordinary: ClosedRange<Int64>
  ) -> [Range<Int>] {
    let single = leaves.indices.filter { leaves[$0].count > 4.5 * sigma }
    var sure = single.map { $0..<($0 + 1) }
    let whole = fullest(leaves, sigma: sigma, without: [])
    if whole.score > 5 { sure.append(whole.stretch) }
    var found = Set(single)
    while true {
      let next = fullest(leaves, sigma: sigma, without: found)
      var least = 5.0
      if let rows, leaves[next.stretch].allSatisfy({ ordinary.contains($0.range.lowerBound) }) {
        let rest = rows.value - found.reduce(0) { $0 + leaves[$1].count }
        if rest > 3.5 * (rows.variance + Double(found.count) * sigma * sigma).squareRoot() {
          least = 3.3
        }
      }
      guard next.score > least else { return sure }
      sure.append(next.stretch)
      found.formUnion(next.stretch)
    }
  }

  /// Returns the runs of the same size on the other side of zero if all sure ones are on one side
  /// and those may hold rows (2 deviations): values around zero are as frequent on both. They are
  /// only kept to be looked at again, and cut off if that look finds nothing.
  private static func mirrored(_ sure: [Range<Int>], in leaves: [Leaf], sigma: Double) -> [Int] {
    let found = sure.flatMap { leaves[$0].map(\.range) }.sorted { $0.lowerBound < $1.lowerBound }
    guard let first = found.first, let last = found.last,
      first.lowerBound > 0 || last.upperBound < 0, first.lowerBound > Int64.min
    else { return [] }
    let other = -last.upperBound ... -first.lowerBound
    let runs = leaves.indices.filter { leaves[$0].range.overlaps(other) }
    let sum = runs.reduce(0) { $0 + leaves[$1].count }
    return sum > 2 * sigma * Double(runs.count).squareRoot() ? runs : []
  }

  /// Returns the stretch of up to 16 runs that is fullest for its noise.
  private static func fullest(_ leaves: [Leaf], sigma: Double, without: Set<Int>) -> (
    score: Double, stretch: Range<Int>
  ) {
    var best: (score: Double, stretch: Range<Int>) = (0, 0..<0)
    for start in leaves.indices {
      var sum = 0.0
      for end in start..<min(start + 16, leaves.count) {
        guard !without.contains(end) else { break }
        sum += leaves[end].count
        let score = sum / (sigma * Double(end - start + 1).squareRoot())
        if score > best.score { best = (score, start..<(end + 1)) }
      }
    }
    return best
  }

  /// Returns how many of the runs beside a sure one belong to it: the number that holds the most
  /// beyond noise alone, two deviations and slowly more. A tail may be so thin over powers of two
  /// that none of its runs stands out alone.
  private static func reach(_ counts: [Double], sigma: Double, deviations: Double = 2) -> Int {
    var (sum, most, reach) = (0.0, 0.0, 0)
    for (index, count) in counts.enumerated() {
      let runs = Double(index + 1)
      sum += count
      let excess = sum - ((deviations * deviations + 2 * log(runs)) * runs).squareRoot() * sigma
      if excess > most { (most, reach) = (excess, index + 1) }
    }
    return reach
  }

  /// Returns the leaves of a fine look that hold rows: those left after cutting off ends that may
  /// be empty, strictly, and those beside them that together hold more than noise. A far-off leaf
  /// has to stand out by itself, a near one only with those before it.
  package static func core(_ leaves: [Leaf], sigma: Double) -> Range<Int> {
    let sure = occupied(leaves, sigma: sigma, deviations: 4)
    guard !sure.isEmpty else { return sure }
    let below = reach(
      leaves[..<sure.lowerBound].reversed().map(\.count), sigma: sigma, deviations: 3)
    let above = reach(leaves[sure.upperBound...].map(\.count), sigma: sigma, deviations: 3)
    return (sure.lowerBound - below)..<(sure.upperBound + above)
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
        guard !leaf.isInside, leaf.count < (deviations + 0.5) * sigma,
          sum < deviations * sigma * Double(count + 1).squareRoot()
        else {
          break
        }
        count += 1
      }
      return count
    }
    let first = empty(leaves)
    let last = leaves.count - 1 - empty(leaves.reversed())
    guard first < leaves.count, last >= 0 else {
      return leaves.indices.max { leaves[$0].count < leaves[$1].count }.map { $0..<($0 + 1) }
        ?? 0..<0
    }
    // Several leaves may hold rows together although none does alone: the two scans then stop
    // beyond each other.
    return min(first, last)..<(max(first, last) + 1)
  }

  /// Returns the occupied leaves and ``margin`` more at either end. The outermost two and the first
  /// beyond are cut up so that a finer look can find where rows end, into as many parts as that
  /// look can tell from empty ones.
  private func withFineEnds(_ leaves: [Leaf], occupied: Range<Int>) -> [Leaf] {
    OrderedSearch.widened(occupied, in: leaves.indices).flatMap { index -> [Leaf] in
      let leaf = leaves[index]
      let isNear = index < occupied.lowerBound + 2 || index >= occupied.upperBound - 2
      guard isNear, !leaf.isSingle else { return [leaf] }
      let isFar = index + 1 < occupied.lowerBound || index > occupied.upperBound
      let told = Int(min(max(leaf.count / (1.5 * fineSigma), 2), 16))
      let parts = scale.split(leaf.range, into: isFar ? 1 : told)
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

  private static func start(_ range: ClosedRange<Int64>, scale: TickScale) -> [ClosedRange<Int64>] {
    isNarrow(range)
      ? split(range, into: Int(range.upperBound - range.lowerBound) + 1)
      : scale.split(range, into: scale.startingRuns(of: range))
  }

  /// Returns the runs and ``margin`` more at either end, as far as there are any.
  private static func widened(_ runs: Range<Int>, in all: Range<Int>) -> Range<Int> {
    max(runs.lowerBound - margin, all.lowerBound)..<min(runs.upperBound + margin, all.upperBound)
  }

  /// The part of the rows that must lie in the runs beside which a declared range is empty. In a
  /// table of few people the runs that stand out of the noise may be the densest part of all.
  private static let leastKept = 0.75

  /// Whether runs that surely hold rows together (5 deviations), and most of them, reach over less
  /// than an eighth of a wide declared range. Noise in the rest would place people far from all
  /// others.
  /// - Parameter rows: about the number of rows with a value.
  package static func isMostlyEmpty(
    _ declared: ClosedRange<Int64>, beside kept: ArraySlice<Leaf>, rows: Double, sigma: Double
  ) -> Bool {
    let held = kept.reduce(0) { $0 + $1.count }
    guard let first = kept.first, let last = kept.last, !isNarrow(declared),
      held > sureDeviations * sigma * Double(kept.count).squareRoot(), held > leastKept * rows
    else { return false }
    let reach = Double(last.range.upperBound) - Double(first.range.lowerBound)
    return reach < (Double(declared.upperBound) - Double(declared.lowerBound)) / 8
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
    return positive.reversed().map { max(-$0.upperBound, Cells.lowestValue) ... -$0.lowerBound } + [
      0...0
    ] + positive
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
    return (0..<parts).map { part in
      start(part)...(part + 1 == parts ? range.upperBound : start(part + 1) &- 1)
    }
  }
}

extension Knowledge {
  var declaredValue: Value? {
    guard case .declared(let value) = self else { return nil }
    return value
  }
}
