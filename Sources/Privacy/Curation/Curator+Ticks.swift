import CountedTables
import Encoding
import Tables

/// Exact numbers of rows on the ticks of an ordered variable. A search asks many questions about
/// one variable before it goes on to the next, so the last tally is kept.
extension Curator {
  /// Returns how many rows of a variable fall into each of the ascending, disjoint `runs`, then how
  /// many are missing, then how many hold each code word.
  func histogram(_ variable: Int, runs: [ClosedRange<Int64>]) throws -> [Int] {
    let source = blueprint.variables[variable]
    let codes = blueprint.codes(of: source)
    if let elsewhere {
      return try elsewhere.histogram(of: source.name, runs: runs, codes: codes)
    }
    let tally = tally(of: variable)
    var counts = [Int](repeating: 0, count: runs.count + 1 + codes)
    tally.forEachValue(in: runs) { run, _, count in counts[run] += count }
    counts[runs.count] = rowsInUse - tally.present
    for (tick, count) in zip(tally.keys, tally.counts) {
      guard let code = Cells.code(tick) else { break }
      if code < codes { counts[runs.count + 1 + code] += count }
    }
    return counts
  }

  /// Returns the number of rows on each tick in the ascending, disjoint `runs`, in order.
  func ticks(of variable: Int, in runs: [ClosedRange<Int64>]) -> [TickCount] {
    var found: [TickCount] = []
    tally(of: variable).forEachValue(in: runs) { _, tick, count in
      found.append(TickCount(tick: tick, count: count))
    }
    return found
  }

  private func tally(of variable: Int) -> KeyTally {
    if let tallied, tallied.variable == variable { return tallied.tally }
    guard case .ticks = cells(of: variable) else { preconditionFailure("ticks of labels") }
    let tally = KeyTally(cells(of: variable))
    tallied = (variable, tally)
    return tally
  }
}

extension KeyTally {
  /// Passes on each value in the ascending, disjoint `runs` with its run and the number of its
  /// rows.
  fileprivate func forEachValue(
    in runs: [ClosedRange<Int64>], _ body: (_ run: Int, _ tick: Int64, _ count: Int) -> Void
  ) {
    var run = 0
    for (tick, count) in zip(keys, counts) where Cells.isValue(tick) {
      while run < runs.count, runs[run].upperBound < tick { run += 1 }
      guard run < runs.count else { return }
      if runs[run].lowerBound <= tick { body(run, tick, count) }
    }
  }
}
