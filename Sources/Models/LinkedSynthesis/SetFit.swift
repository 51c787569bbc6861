import Foundation

/// What drawn sets show of a variable whose values come back from event to event.
struct SetTally {
  /// For each parent of the variable's link: how many rows have each code and group; the group
  /// varies fastest.
  var rows: [[Double]]
  /// For each group that an event before had, by whether the last event had it (0) or an earlier
  /// one alone (1): how often the next event is without it, and with it.
  var returns: [[(without: Double, with: Double)]]
}

/// Fits the chances of a table of sets so that what is drawn has the shares that were measured: of
/// values in first events and of new ones in later events, of values in each context, and of values
/// that come back.
///
/// No set has a value twice, and no event has more values than its number says. Both take more from
/// frequent values than from rare ones, so that chances which are drawn as they were measured would
/// come out smaller. It reads paid answers and drawn rows alone.
enum SetFit {
  static let rounds = 12
  /// The rounds if pairs are fitted too, and those before and after in which they are not.
  static let (roundsOfPairs, roundsAlone) = (24, 4)
  private static let factors = 0.002...500.0
  private static let odds = 0.0002...500.0
  /// The share of a correction that a round makes.
  private static let step = 0.7

  /// - Parameters:
  ///   - measured: the table as it was measured.
  ///   - tally: what `table` draws.
  static func improved(_ table: TableModel, measured: TableModel, by tally: SetTally) -> TableModel
  {
    guard var returns = table.returns, let wanted = measured.returns,
      let place = table.chain.firstIndex(where: { $0.variable == returns.variable })
    else { return table }
    var table = table
    for parent in table.chain[place].parents.indices {
      improve(
        &table.chain[place].parents[parent], by: tally.rows[parent],
        step: step / Double(table.chain[place].parents.count).squareRoot())
    }
    returns.afterLast = chances(returns.afterLast, wanted.afterLast, tally.returns[0])
    returns.afterEarlier = chances(returns.afterEarlier, wanted.afterEarlier, tally.returns[1])
    table.returns = returns
    return table
  }

  private static func improve(_ parent: inout ChainParent, by rows: [Double], step: Double) {
    let groups = parent.shares.count / parent.size
    for code in 0..<parent.size {
      let cells = code * groups..<(code + 1) * groups
      let total = rows[cells].reduce(0, +)
      guard total > 0 else { continue }
      for cell in cells where rows[cell] > 0 {
        let factor = pow(parent.shares[cell] * total / rows[cell], step) * parent.factors[cell]
        parent.factors[cell] = min(max(factor, factors.lowerBound), factors.upperBound)
      }
    }
  }

  private static func chances(
    _ chances: [Double], _ wanted: [Double], _ drawn: [(without: Double, with: Double)]
  ) -> [Double] {
    zip(zip(chances, wanted), drawn).map { pair, drawn in
      let (chance, wanted) = pair
      guard drawn.with > 0, drawn.without > 0, wanted > 0, wanted < 1, chance < 1 else {
        return chance
      }
      let ratio = wanted / (1 - wanted) * drawn.without / drawn.with
      let odds = min(
        max(chance / (1 - chance) * pow(ratio, step), odds.lowerBound), odds.upperBound)
      return odds / (1 + odds)
    }
  }
}

extension ChainDrawing {
  /// Counts what the sets that were drawn show.
  func tally(of returns: ReturnModel, series: [Range<Int>]) -> SetTally {
    guard let link = table.chain.first(where: { $0.variable == returns.variable }) else {
      return SetTally(rows: [], returns: [[], []])
    }
    let groups = link.base.count
    let none = (without: 0.0, with: 0.0)
    var tally = SetTally(
      rows: link.parents.map { [Double](repeating: 0, count: $0.size * groups) },
      returns: [[(without: Double, with: Double)]](
        repeating: Array(repeating: none, count: groups), count: 2))
    let values = rows.codes[returns.variable].map { max(link.drawn.groups[Int($0)], 0) }
    for events in series {
      var (before, all): (Set<Int>, Set<Int>) = ([], [])
      for event in events {
        let isFirst = event == events.lowerBound
        let now = Set(values[rows.starts[event]..<rows.starts[event + 1]])
        for value in all {
          let state = before.contains(value) ? 0 : 1
          if now.contains(value) {
            tally.returns[state][value].with += 1
          } else {
            tally.returns[state][value].without += 1
          }
        }
        let known = codes(of: link, owner: event, row: 0, position: 0, novelty: 2)
        for value in values[rows.starts[event]..<rows.starts[event + 1]] {
          for (place, parent) in link.parents.enumerated() {
            let isNovelty = parent.context == .novelty
            let code = isNovelty ? (isFirst ? 0 : all.contains(value) ? 2 : 1) : known[place]
            tally.rows[place][code * groups + value] += 1
          }
        }
        before = now
        all.formUnion(now)
      }
    }
    return tally
  }
}
