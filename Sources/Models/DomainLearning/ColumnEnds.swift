import Encoding
import Foundation
import Ledger

/// Finds the ends of a column's values, and the distribution of the rows near them, from the noisy
/// counts of its runs. Post-processing: it sees public and noisy values only.
///
/// Rows thin out towards the ends of many columns, until no run can be told from an empty one. The
/// runs before tell how: a law fitted to the outermost tenth of the rows gives the shape of the
/// outermost bins, and the end beyond which no row is expected.
struct ColumnEnds {
  typealias Leaf = OrderedSearch.Leaf

  /// The standard deviation of the noise on each count.
  let sigma: Double
  /// Ticks beyond which a law adds none, unless counts show that rows are there.
  let plausible: ClosedRange<Int64>

  /// The share of the rows whose runs a law is fitted to.
  private static let share = 0.1
  /// The least number of runs that a law is fitted to and that hold rows.
  private static let leastRuns = 6
  /// The number of ticks below which a column has few values: none is added beside them unless
  /// counts show rows there.
  private static let fewTicks = 8.0
  /// The gain of a fit that shows rows that no run shows alone: four standard deviations.
  private static let sureGain = 16.0
  /// The gain of a law over no rows beyond the counted ones, above which rows go on there, and
  /// below which nothing is concluded.
  private static let likelyGain = 9.0
  private static let faintGain = 6.0
  /// Rows per tick at the end of the counted rows, as a share of those at the start of the law,
  /// above which a column ends rather than thins out.
  private static let thin = 1.0 / 3
  /// The number of rows beyond the end of a law.
  private static let leftOut = 0.5
  /// How far a law reaches beyond the counted rows without counts that show it, as a multiple of
  /// the distance from its start to their end.
  private static let unseen = 1.5
  private static let parts = 8

  /// Returns the runs that are kept, with the law of those near an end.
  /// - Parameter core: The runs that hold rows.
  func shaped(_ runs: [Leaf], core: Range<Int>) -> [Leaf] {
    let upper = shapedAbove(runs, core: core)
    let mirror = ColumnEnds(
      sigma: sigma, plausible: -plausible.upperBound ... -plausible.lowerBound)
    let end = upper.count - core.lowerBound
    let lower = mirror.shapedAbove(
      upper.reversed().map(\.mirrored), core: max(end - core.count, 0)..<end)
    return lower.reversed().map(\.mirrored)
  }

  /// Does the same for the upper end alone: keeps all runs below the core.
  private func shapedAbove(_ runs: [Leaf], core: Range<Int>) -> [Leaf] {
    let cut = Array(runs[..<core.upperBound])
    let region = self.region(runs, core: core)
    guard let first = region.first, region.count >= ColumnEnds.leastRuns || first >= core.upperBound
    else { return cut }
    let start = runs[first].range.lowerBound
    func distance(_ tick: Int64) -> Double { Double(tick) - Double(start) }
    let cells = region.map {
      TailLaw.Cell(
        low: distance(runs[$0].range.lowerBound), high: distance(runs[$0].range.upperBound) + 1,
        count: runs[$0].count)
    }
    let coreEnd = distance(runs[core.upperBound - 1].range.upperBound) + 1
    let isBeyond = first >= core.upperBound
    let last = max(cells[cells.count - 1].high, 2)
    let reach = isBeyond ? 1...last : max(coreEnd / 30, 0.5)...max(coreEnd * 4, 2)
    guard let (law, gain) = TailLaw.fitted(to: cells, reach: reach, sigma: sigma) else {
      return cut
    }
    let outside = zip(region, cells).filter { $0.0 >= core.upperBound }.map(\.1)
    let shown = ColumnEnds.shown(of: law, on: outside, sigma: sigma)
    let isSure = shown.gain > ColumnEnds.sureGain
    let continues =
      law.relativeDensity(at: coreEnd) < ColumnEnds.thin || shown.gain > ColumnEnds.likelyGain
    guard isBeyond ? gain > ColumnEnds.sureGain : continues else { return cut }
    let width = runs[core].reduce(0) { $0 + $1.width }
    var end = runs[core.upperBound - 1].range.upperBound
    if isBeyond || isSure || width >= ColumnEnds.fewTicks {
      let most = max(shown.distance, isBeyond ? 0 : ColumnEnds.unseen * coreEnd)
      let reach = min(law.distance(leaving: ColumnEnds.leftOut), most)
      let limit =
        isSure
        ? runs[runs.count - 1].range.upperBound
        : min(runs[runs.count - 1].range.upperBound, max(plausible.upperBound, start))
      end = max(end, ColumnEnds.tick(at: reach, from: start, limit: limit))
    }
    let atoms = Set(core).subtracting(region)
    return runs.enumerated().compactMap { index, run in
      guard index >= first, !atoms.contains(index) else { return run }
      guard run.range.lowerBound <= end else { return nil }
      var leaf = run.following(law, from: start, end: end, parts: ColumnEnds.parts)
      leaf.isBeyond = leaf.isBeyond || index >= core.upperBound
      return leaf
    }
  }

  /// Returns the last tick within a distance of the start, at most the limit. From a very low
  /// start, a distance may exceed every `Int64`.
  private static func tick(at distance: Double, from start: Int64, limit: Int64) -> Int64 {
    guard Double(start) + distance < Double(limit) else { return limit }
    let steps = max(distance - 1, 0).rounded(.up)
    return steps < 0x1p62 ? start &+ Int64(steps) : min(Int64(Double(start) + steps), limit)
  }

  /// Returns the indices of the runs near the upper end: those of the outermost tenth of the rows,
  /// and those beyond that may hold some. Ticks that many rows share follow no law.
  private func region(_ runs: [Leaf], core: Range<Int>) -> [Int] {
    let all = core.filter { !isAtom($0, in: runs) }
    let whole = all.reduce(0) { $0 + max(runs[$1].count, 0) }
    var inside: [Int] = []
    var (weight, full) = (0.0, 0)
    for index in all.reversed()
    where weight < ColumnEnds.share * whole || full < ColumnEnds.leastRuns {
      inside.append(index)
      weight += max(runs[index].count, 0)
      full += runs[index].count > 2 * sigma ? 1 : 0
    }
    return inside.reversed() + Array(core.upperBound..<runs.count)
  }

  /// Whether a run is a single tick that stands out from the runs beside it.
  private func isAtom(_ index: Int, in runs: [Leaf]) -> Bool {
    guard runs[index].isSingle, runs[index].count > 4 * sigma else { return false }
    let beside = [index - 1, index + 1].filter(runs.indices.contains).map { runs[$0] }
    let width = beside.reduce(0) { $0 + $1.width }
    let density = width > 0 ? beside.reduce(0) { $0 + max($1.count, 0) } / width : 0
    return runs[index].count > 4 * sigma + 3 * density
  }

  /// Returns the distance up to which a law explains the counts of some cells better than no rows
  /// do, and how much better.
  private static func shown(of law: TailLaw, on cells: [TailLaw.Cell], sigma: Double) -> (
    distance: Double, gain: Double
  ) {
    var best = (distance: 0.0, gain: 0.0)
    var gain = 0.0
    for cell in cells {
      let (expected, variance) = (
        law.expected(from: cell.low, to: cell.high), sigma * sigma + max(cell.count, 0)
      )
      gain += expected * (2 * cell.count - expected) / variance
      if gain > max(best.gain, ColumnEnds.faintGain) { best = (cell.high, gain) }
    }
    return best
  }
}

extension OrderedSearch.Leaf {
  /// The same run of the negated ticks.
  fileprivate var mirrored: OrderedSearch.Leaf {
    var leaf = self
    leaf.range = -range.upperBound ... -range.lowerBound
    leaf.law = law.reversed().map {
      OrderedCodec.Piece(low: -$0.high, high: -$0.low, weight: $0.weight)
    }
    return leaf
  }

  /// Returns the run up to `end`, in parts that hold the rows that a law expects.
  fileprivate func following(_ law: TailLaw, from start: Int64, end: Int64, parts: Int)
    -> OrderedSearch.Leaf
  {
    var leaf = self
    leaf.range = range.lowerBound...min(range.upperBound, end)
    guard self.law.isEmpty else { return leaf }
    let thinning =
      law.relativeDensity(at: Double(range.lowerBound) - Double(start))
      / max(law.relativeDensity(at: Double(leaf.range.upperBound) - Double(start)), 1e-9)
    let needed = min(Int(log2(max(thinning, 1)) * 2) + 1, parts)
    leaf.law = OrderedSearch.split(leaf.range, into: needed).map { part in
      let (low, high) = (
        Double(part.lowerBound) - Double(start), Double(part.upperBound) - Double(start) + 1
      )
      return OrderedCodec.Piece(
        low: part.lowerBound, high: part.upperBound, weight: law.expected(from: low, to: high))
    }
    return leaf
  }
}
