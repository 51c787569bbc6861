import Basics
import Foundation
import Quality

/// Linkability (WP29 opinion 05/2014; Giomi et al. 2023): an attacker holds two tables about the
/// same people with different columns, and looks up the synthetic rows nearest to a person by each.
/// If the two sets meet, the release has linked the two halves.
package struct Linkability {
  let space: RowSpace
  /// The two sets of columns, as places in the table.
  let halves: [Set<Int>]
  let neighbours: Int

  package init(space: RowSpace, halves: [Set<Int>], neighbours: Int) {
    (self.space, self.halves, self.neighbours) = (space, halves, neighbours)
  }

  /// Returns halves of about the same information: columns by falling entropy, dealt out in turn.
  static func halves(of tables: AttackTables) -> [Set<Int>]? {
    guard tables.columns.count > 1 else { return nil }
    let entropies = Concurrently.map(tables.columns.count) {
      Entropy.of(tables.values($0, of: .synthetic))
    }
    let ranked = tables.columns.indices.sorted { (entropies[$1], $0) < (entropies[$0], $1) }
    // Dealt as 0, 1, 1, 0, so that neither half gets the better of every pair.
    let isFirst = ranked.indices.map { $0 % 4 == 0 || $0 % 4 == 3 }
    return [true, false].map { half in
      Set(ranked.indices.filter { isFirst[$0] == half }.map { ranked[$0] })
    }
  }

  package func run(original: [Int], control: [Int], seed: UInt64) -> AttackOutcome {
    let rows = space.tables.syntheticRows
    let linked = links(.original, original)
    var outcome = AttackOutcome(
      name: "linkability", attempts: original.count, successes: linked.count { $0 })
    outcome.hitRows = original.indices.filter { linked[$0] }.map { original[$0] }
    if space.tables.hasControl {
      outcome.setControl(attempts: control.count, raw: links(.control, control).count { $0 })
    }
    var draw = Draw(seed: seed)
    outcome.baselineAttempts = original.count
    outcome.baselineSuccesses = original.indices.count { _ in
      !Set(draw.choose(neighbours, of: rows)).isDisjoint(with: draw.choose(neighbours, of: rows))
    }
    outcome.detail =
      "\(neighbours) nearest rows by two halves of \(halves[0].count) and \(halves[1].count) columns"
    return outcome
  }

  private func links(_ side: AttackTables.Side, _ targets: [Int]) -> [Bool] {
    let found = halves.map { half in
      let part = space.only(half)
      return NeighbourSearch(matrix: RowMatrix(part, side: .synthetic)).nearest(
        neighbours, to: QueryRows(part, side: side, rows: targets))
    }
    let width = found[0].perQuery
    return targets.indices.map { target in
      let first = found[0].rows[target * width..<(target + 1) * width]
      return found[1].rows[target * width..<(target + 1) * width].contains { first.contains($0) }
    }
  }
}

/// The information in a column, in nats.
private enum Entropy {
  /// Returns the entropy of the shares of distinct cells, missing ones included.
  static func of(_ values: ColumnValues) -> Double {
    var counts: [UInt64: Int] = [:]
    switch values {
    case .numbers(let numbers):
      for number in numbers { counts[number.isNaN ? 1 : (number + 0).bitPattern, default: 0] += 1 }
    case .labels(let codes):
      for code in codes { counts[UInt64(UInt32(bitPattern: code)), default: 0] += 1 }
    }
    let total = Double(max(values.count, 1))
    return counts.values.map { Double($0) / total }.sorted().reduce(0) { $0 - $1 * log($1) }
  }
}
