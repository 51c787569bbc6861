import Curation
import Encoding
import Ledger
import Tables

/// Turns leaves and noisy counts into runs to measure and bins to model. Post-processing: it sees
/// public and noisy values only.
package enum OrderedBins {
  /// Returns single ticks alone and about `count` other runs of equal weight: full leaves are cut,
  /// adjacent light ones joined. Single ticks do not count, so that rows beside a tick that most
  /// rows share are told apart as finely as their own number allows.
  /// - Parameters:
  ///   - edges: Ticks at which no run may reach over from below, see ``cut(_:at:)``.
  ///   - scale: The scale on which leaves are cut.
  package static func runs(
    from leaves: [OrderedSearch.Leaf], count: Int, edges: Set<Int64> = [], scale: TickScale = .even
  ) -> [ClosedRange<Int64>] {
    let weights = leaves.map { max($0.count, 0) }
    let target =
      zip(leaves, weights).reduce(0) { $1.0.isSingle ? $0 : $0 + $1.1 } / Double(max(count, 1))
    var pieces: [OrderedSearch.Leaf] = []
    for (leaf, weight) in zip(leaves, weights) {
      let parts = target > 0 ? Int(min((weight / target).rounded(), leaf.width, Double(count))) : 1
      let ranges = parts > 1 ? scale.split(leaf.range, into: parts) : [leaf.range]
      pieces += ranges.map {
        OrderedSearch.Leaf(range: $0, count: weight / Double(ranges.count), isEnd: leaf.isEnd)
      }
    }
    var runs: [OrderedSearch.Leaf] = []
    for piece in pieces {
      if let last = runs.last, !last.isEnd, !piece.isEnd, !edges.contains(piece.range.lowerBound),
        last.count + piece.count <= 1.25 * target,
        last.range.upperBound + 1 == piece.range.lowerBound
      {
        runs[runs.count - 1] = OrderedSearch.Leaf(
          range: last.range.lowerBound...piece.range.upperBound, count: last.count + piece.count)
      } else {
        runs.append(piece)
      }
    }
    return runs.map(\.range)
  }

  /// Returns the leaves, cut around ticks that many rows share, which become leaves of their own.
  package static func cut(_ leaves: [OrderedSearch.Leaf], around ticks: [TickCount])
    -> [OrderedSearch.Leaf]
  {
    leaves.flatMap { leaf -> [OrderedSearch.Leaf] in
      let inside = ticks.filter { leaf.range.contains($0.tick) }
      guard !inside.isEmpty, !leaf.isSingle else { return [leaf] }
      let rest = max(leaf.count - Double(inside.reduce(0) { $0 + $1.count }), 0)
      var parts: [OrderedSearch.Leaf] = []
      func between(_ low: Int64, _ high: Int64) {
        guard low <= high else { return }
        let width = Double(high) - Double(low) + 1
        parts.append(
          .init(
            range: low...high, count: rest * width / leaf.width, isEnd: leaf.isEnd, isInside: true))
      }
      var low = leaf.range.lowerBound
      for tick in inside {
        if tick.tick > low { between(low, tick.tick - 1) }
        parts.append(
          .init(
            range: tick.tick...tick.tick, count: Double(tick.count), isEnd: true, isInside: true))
        low = tick.tick &+ 1
      }
      if let last = inside.last, last.tick < leaf.range.upperBound {
        between(low, leaf.range.upperBound)
      }
      return parts
    }
  }

  /// Returns the leaves, cut so that none holds ticks on both sides of one of the ascending edges,
  /// which rules name.
  package static func cut(_ leaves: [OrderedSearch.Leaf], at edges: [Int64]) -> [OrderedSearch.Leaf]
  {
    leaves.flatMap { leaf -> [OrderedSearch.Leaf] in
      let inside = edges.filter { $0 > leaf.range.lowerBound && $0 <= leaf.range.upperBound }
      guard !inside.isEmpty else { return [leaf] }
      let starts = [leaf.range.lowerBound] + inside
      let ends = inside.map { $0 - 1 } + [leaf.range.upperBound]
      return zip(starts, ends).map { low, high in
        let width = Double(high) - Double(low) + 1
        return OrderedSearch.Leaf(
          range: low...high, count: leaf.count * width / leaf.width, isEnd: leaf.isEnd,
          isInside: leaf.isInside, isAside: leaf.isAside)
      }
    }
  }

  /// Returns the same runs, stretched so that together they hold every tick: a tick between two
  /// runs goes to the one that ``OrderedCodec`` encodes it with.
  package static func territories(of runs: [ClosedRange<Int64>]) -> [ClosedRange<Int64>] {
    runs.indices.map { index in
      let low =
        index == 0
        ? Cells.lowestValue : OrderedCodec.cut(between: runs[index - 1], and: runs[index]) &+ 1
      let high =
        index + 1 == runs.count
        ? Int64.max : OrderedCodec.cut(between: runs[index], and: runs[index + 1])
      return low...high
    }
  }

  /// The share of rows on one tick above which it stands aside before bins are cut.
  private static let dominant = 0.2

  /// Groups measured runs into bins with the runs as the bins' shapes.
  ///
  /// Ticks that hold many rows stand aside, as do far-off codes. The rows that are left get bins of
  /// equal weight: of `count` the root of their share, more than their share, since what tells
  /// those people apart is among them.
  ///
  /// - Parameters:
  ///   - sigma: The standard deviation of the noise on each run's count.
  ///   - edges: Ticks at which a bin has to begin, if a run does.
  ///   - scale: The scale on which rows of a run are spread.
  /// - Returns: Each bin with the indices of its runs.
  package static func bins(
    _ runs: [OrderedSearch.Leaf], count: Int, sigma: Double, edges: Set<Int64> = [],
    scale: TickScale = .even
  ) -> [(bin: OrderedCodec.Bin, members: Range<Int>)] {
    let weights = runs.map { $0.weight(sigma: sigma) }
    let all = weights.reduce(0, +)
    let aside = runs.indices.map {
      runs[$0].isAside || runs[$0].isSingle && weights[$0] >= dominant * all
    }
    let left = zip(weights, aside).reduce(0) { $1.1 ? $0 : $0 + $1.0 }
    let target = all > 0 ? (left * all).squareRoot() / Double(max(count, 1)) : 0
    var groups: [Range<Int>] = []
    var weight = 0.0
    var start = 0
    func isAtom(_ index: Int) -> Bool {
      aside[index] || runs[index].isSingle && weights[index] >= target / 2
    }
    // A run below an edge and one above it, or beyond it, part.
    func isDivided(_ index: Int) -> Bool {
      index > 0
        && edges.contains {
          $0 > runs[index - 1].range.upperBound && $0 <= runs[index].range.lowerBound
        }
    }
    for index in runs.indices {
      let isCut = isAtom(index) || index > 0 && isAtom(index - 1) || isDivided(index)
      if index > start, isCut || weight + weights[index] / 2 > target {
        groups.append(start..<index)
        start = index
        weight = 0
      }
      weight += weights[index]
    }
    if start < runs.count { groups.append(start..<runs.count) }
    return groups.map { members in
      let weights = shrunk(Array(runs[members]), sigma: sigma, scale: scale)
      let shape = zip(runs[members], weights).flatMap { $0.pieces(weight: $1, scale: scale) }
      return (OrderedCodec.Bin(shape: shape), members)
    }
  }

  /// Returns the weights of one bin's runs, shrunk towards equally likely ticks, or towards the law
  /// of the column's end, as far as their differences may be noise (the positive-part estimator of
  /// James and Stein 1961). Runs beyond the counted ones have the rows that the law expects.
  private static func shrunk(_ runs: [OrderedSearch.Leaf], sigma: Double, scale: TickScale)
    -> [Double]
  {
    let counted = runs.filter { !$0.isBeyond }
    var rest = shrunkCounts(counted, sigma: sigma, scale: scale)[...]
    return runs.map { $0.isBeyond ? $0.expected : rest.removeFirst() }
  }

  private static func shrunkCounts(_ runs: [OrderedSearch.Leaf], sigma: Double, scale: TickScale)
    -> [Double]
  {
    let weights = runs.map { max($0.count, 0) }
    let hasLaw = runs.allSatisfy { !$0.law.isEmpty } && runs.contains { $0.expected > 0 }
    let likely = runs.map { hasLaw ? $0.expected : scale.width(of: $0.range) }
    let (total, whole) = (weights.reduce(0, +), likely.reduce(0, +))
    guard total > 0 else { return hasLaw ? likely : weights }
    let even = likely.map { total * $0 / whole }
    let deviation = zip(runs, even).reduce(0) { $0 + ($1.0.count - $1.1) * ($1.0.count - $1.1) }
    let noise = Double(runs.count - 1) * sigma * sigma
    let trust = deviation > noise ? 1 - noise / deviation : 0
    return zip(weights, even).map { trust * $0 + (1 - trust) * $1 }
  }
}

extension OrderedSearch.Leaf {
  /// The rows that the law of the column's end expects in it; 0 without a law.
  fileprivate var expected: Double { law.reduce(0) { $0 + $1.weight } }

  /// Returns the weight by which bins are cut: the count, or if that is faint, the law's.
  fileprivate func weight(sigma: Double) -> Double {
    isBeyond || !law.isEmpty && count <= 4 * sigma ? expected : max(count, 0)
  }

  /// Returns the run as pieces of a bin's shape.
  fileprivate func pieces(weight: Double, scale: TickScale) -> [OrderedCodec.Piece] {
    let expected = expected
    guard expected > 0 else { return scale.pieces(of: range, weight: weight) }
    return law.map { .init(low: $0.low, high: $0.high, weight: weight * $0.weight / expected) }
  }
}
