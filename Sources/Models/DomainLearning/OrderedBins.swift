import Curation
import Encoding
import Ledger
import Tables

/// Turns leaves and noisy counts into runs to measure and bins to model. Post-processing: it sees
/// public and noisy values only.
package enum OrderedBins {
  /// Returns about `count` runs of equal weight: full leaves are cut, adjacent light ones joined,
  /// single heavy ticks kept alone.
  package static func runs(from leaves: [OrderedSearch.Leaf], count: Int) -> [ClosedRange<Int64>] {
    let weights = leaves.map { max($0.count, 0) }
    let target = weights.reduce(0, +) / Double(max(count, 1))
    var pieces: [OrderedSearch.Leaf] = []
    for (leaf, weight) in zip(leaves, weights) {
      let parts = target > 0 ? Int(min((weight / target).rounded(), leaf.width, Double(count))) : 1
      let ranges = parts > 1 ? OrderedSearch.split(leaf.range, into: parts) : [leaf.range]
      pieces += ranges.map { OrderedSearch.Leaf(range: $0, count: weight / Double(ranges.count), isEnd: leaf.isEnd) }
    }
    var runs: [OrderedSearch.Leaf] = []
    for piece in pieces {
      if let last = runs.last, !last.isEnd, !piece.isEnd, last.count + piece.count <= 1.25 * target,
        last.range.upperBound + 1 == piece.range.lowerBound
      {
        runs[runs.count - 1] = OrderedSearch.Leaf(range: last.range.lowerBound...piece.range.upperBound, count: last.count + piece.count)
      } else {
        runs.append(piece)
      }
    }
    return runs.map(\.range)
  }

  /// Returns the leaves, cut around ticks that many rows share, which become leaves of their own.
  package static func cut(_ leaves: [OrderedSearch.Leaf], around ticks: [TickCount]) -> [OrderedSearch.Leaf] {
    leaves.flatMap { leaf -> [OrderedSearch.Leaf] in
      let inside = ticks.filter { leaf.range.contains($0.tick) }
      guard !inside.isEmpty, !leaf.isSingle else { return [leaf] }
      let rest = max(leaf.count - Double(inside.reduce(0) { $0 + $1.count }), 0)
      var parts: [OrderedSearch.Leaf] = []
      func between(_ low: Int64, _ high: Int64) {
        guard low <= high else { return }
        let width = Double(high) - Double(low) + 1
        parts.append(.init(range: low...high, count: rest * width / leaf.width, isEnd: leaf.isEnd, isInside: true))
      }
      var low = leaf.range.lowerBound
      for tick in inside {
        if tick.tick > low { between(low, tick.tick - 1) }
        parts.append(.init(range: tick.tick...tick.tick, count: Double(tick.count), isEnd: true, isInside: true))
        low = tick.tick &+ 1
      }
      if let last = inside.last, last.tick < leaf.range.upperBound { between(low, leaf.range.upperBound) }
      return parts
    }
  }

  /// Returns the same runs, stretched so that together they hold every tick: a tick between two
  /// runs goes to the nearer one.
  package static func territories(of runs: [ClosedRange<Int64>]) -> [ClosedRange<Int64>] {
    runs.indices.map { index in
      let low = index == 0 ? Cells.lowestValue : middle(runs[index - 1].upperBound, runs[index].lowerBound) &+ 1
      let high = index + 1 == runs.count ? Int64.max : middle(runs[index].upperBound, runs[index + 1].lowerBound)
      return low...high
    }
  }

  /// Returns the last tick nearer to `left` than to `right`; as ``OrderedCodec`` encodes.
  private static func middle(_ left: Int64, _ right: Int64) -> Int64 {
    let gap = UInt64(bitPattern: right &- left)
    return left &+ Int64(bitPattern: gap == 0 ? 0 : (gap - 1) / 2)
  }

  /// Groups measured runs into at most about `count` bins of equal weight, with the runs as the
  /// bins' shapes.
  ///
  /// - Parameter sigma: The standard deviation of the noise on each run's count.
  /// - Returns: Each bin with the indices of its runs.
  package static func bins(_ runs: [OrderedSearch.Leaf], count: Int, sigma: Double) -> [(bin: OrderedCodec.Bin, members: Range<Int>)] {
    let weights = runs.map { max($0.count, 0) }
    let target = weights.reduce(0, +) / Double(max(count, 1))
    var groups: [Range<Int>] = []
    var weight = 0.0
    var start = 0
    func isAtom(_ index: Int) -> Bool { runs[index].isSingle && weights[index] >= target / 2 }
    for index in runs.indices {
      if index > start, isAtom(index) || isAtom(index - 1) || weight + weights[index] / 2 > target {
        groups.append(start..<index)
        start = index
        weight = 0
      }
      weight += weights[index]
    }
    if start < runs.count { groups.append(start..<runs.count) }
    return groups.map { members in
      let shape = zip(runs[members], shrunk(Array(runs[members]), sigma: sigma)).map { run, weight in
        OrderedCodec.Piece(low: run.range.lowerBound, high: run.range.upperBound, weight: weight)
      }
      return (OrderedCodec.Bin(shape: shape), members)
    }
  }

  /// Returns the weights of one bin's runs, shrunk towards equally likely ticks as far as their
  /// differences may be noise (the positive-part estimator of James and Stein 1961).
  private static func shrunk(_ runs: [OrderedSearch.Leaf], sigma: Double) -> [Double] {
    let weights = runs.map { max($0.count, 0) }
    let (total, width) = (weights.reduce(0, +), runs.reduce(0) { $0 + $1.width })
    let even = runs.map { total * $0.width / width }
    let deviation = zip(runs, even).reduce(0) { $0 + ($1.0.count - $1.1) * ($1.0.count - $1.1) }
    let noise = Double(runs.count - 1) * sigma * sigma
    let trust = deviation > noise ? 1 - noise / deviation : 0
    return zip(weights, even).map { trust * $0 + (1 - trust) * $1 }
  }
}
