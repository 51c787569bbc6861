import Basics
import Encoding
import GraphicalModels
import MarginalSynthesis
import Tables

/// Rows of one table drawn from a model: for each row its owner's, and the codes of each variable.
package struct DrawnRows: Sendable {
  /// The row of the owner's table; empty for the root.
  package var owners: [Int32] = []
  /// The first row of each row of the owner; one more at the end.
  package var starts: [Int] = []
  /// By variable of the domain.
  package var codes: [[UInt16]] = []

  package var count: Int { codes.first?.count ?? owners.count }
}

/// Draws people with their whole trees: each person's row, then the rows below, the first of
/// everybody, then the second, and so on, each given those before it.
package struct LinkedSampler {
  package let plan: LinkedPlan
  package let model: LinkedModel
  private let seed: UInt64

  package init(plan: LinkedPlan, model: LinkedModel, seed: UInt64) {
    (self.plan, self.model, self.seed) = (plan, model, seed)
  }

  /// Returns the rows of every table of people, by place in the schema.
  /// - Parameter tables: the number of tables below the root that are drawn; nil for all.
  package func draw(people: Int, tables: Int? = nil) throws -> [Int: DrawnRows] {
    let sampled = ModelSampler.self
    var root = DrawnRows()
    let codes = try sampled.sample(model.person.fit.model, rows: people, seed: seed)
    root.codes = Array(codes.prefix(model.person.domain.count))
    root.owners = [Int32](repeating: -1, count: people)
    var drawn = [plan.tables[0].table: root]
    for (number, table) in model.tables.prefix(tables ?? .max).enumerated() {
      var generator = SamplingGenerator(seed: seed, stream: UInt64(number) + 1)
      drawn[table.table] = draw(table, given: drawn, using: &generator)
    }
    return drawn
  }

  /// Returns the drawing of a table whose rows are drawn.
  func drawing(of table: TableModel, given drawn: [Int: DrawnRows]) -> ChainDrawing? {
    let own = plan.plan(of: table.table)
    guard let owner = own.owner, let rows = drawn[table.table] else { return nil }
    return ChainDrawing(
      plan: own, table: table, rows: rows,
      above: contexts(of: table, from: owner, drawn: drawn))
  }

  /// Returns the person of each drawn row of a table.
  func people(of table: Int, in drawn: [Int: DrawnRows]) -> [Int32] {
    var people = drawn[table]?.owners ?? []
    var owner = plan.plan(of: table).owner
    while let above = owner, let next = plan.plan(of: above).owner {
      let owners = drawn[above]?.owners ?? []
      people = people.map { owners[Int($0)] }
      owner = next
    }
    return people
  }

  /// Returns a table whose sets, drawn for rows that are drawn, come out as they were measured.
  func fittedSets(of measured: TableModel, given drawn: [Int: DrawnRows]) -> TableModel {
    guard let owner = plan.plan(of: measured.table).owner, let above = drawn[owner] else {
      return measured
    }
    let series = series(owner: owner, rows: above)
    var table = measured
    var pairFit: PairFit?
    let rounds = table.pairs == nil ? SetFit.rounds : SetFit.roundsOfPairs
    for round in 0..<rounds {
      guard let returns = table.returns, var drawing = drawing(of: table, given: drawn) else {
        return measured
      }
      var generator = SamplingGenerator(seed: seed, stream: (1 << 35) + UInt64(round))
      drawing.drawSets(returns, series: series, using: &generator)
      table = SetFit.improved(
        table, measured: measured, by: drawing.tally(of: returns, series: series))
      guard let pairs = table.pairs, round >= SetFit.roundsAlone,
        round < rounds - SetFit.roundsAlone
      else { continue }
      let drawnPairs = drawing.pairs(of: pairs, variable: returns.variable)
      let fit = pairFit ?? PairFit(pairs, usual: drawnPairs)
      pairFit = fit
      table.pairs = fit.improved(pairs, by: drawnPairs)
    }
    return table
  }

  // MARK: One table

  private func draw(
    _ table: TableModel, given drawn: [Int: DrawnRows], using generator: inout SamplingGenerator
  ) -> DrawnRows {
    let own = plan.plan(of: table.table)
    guard let owner = own.owner, let above = drawn[owner] else { return DrawnRows() }
    let counts = self.counts(of: own, owner: owner, rows: above, using: &generator)
    var rows = DrawnRows()
    rows.starts = [0]
    for (index, count) in counts.enumerated() {
      rows.starts.append(rows.starts[index] + count)
      rows.owners.append(contentsOf: repeatElement(Int32(index), count: count))
    }
    let total = rows.owners.count
    rows.codes = table.domain.sizes.map { _ in [UInt16](repeating: 0, count: total) }
    var drawing = ChainDrawing(
      plan: own, table: table, rows: rows, above: contexts(of: table, from: owner, drawn: drawn))
    if let returns = table.returns {
      let series = self.series(owner: owner, rows: above)
      drawing.drawSets(returns, series: series, using: &generator)
    }
    drawing.drawChain(using: &generator)
    return drawing.rows
  }

  /// Returns the number of rows of each row of the owner.
  private func counts(
    of table: TablePlan, owner: Int, rows: DrawnRows, using generator: inout SamplingGenerator
  ) -> [Int] {
    let isRoot = owner == plan.tables[0].table
    let model = self.model.tables.first { $0.table == owner }
    let domain = isRoot ? self.model.person.domain : model?.domain
    let unlearned = isRoot ? self.model.person.unlearned : model?.unlearned ?? []
    let name = TablePlan.countName(table.name)
    guard let domain, let index = domain.variables.firstIndex(where: { $0.name == name }),
      !unlearned.contains(index),
      case .ticks(let ticks) = domain.codecs[index].decode(rows.codes[index], using: &generator)
    else { return [Int](repeating: 1, count: rows.count) }
    return Self.bounded(ticks.map { Cells.isValue($0) ? Int(min(max($0, 0), 100_000)) : 0 })
  }

  /// Returns numbers of rows of which none is more than twenty times as large as nineteen of twenty
  /// others. In a table of few people, noise may have put some of them into a bin far beyond
  /// everybody's number of rows, and they alone would have more rows than all.
  package static func bounded(_ counts: [Int]) -> [Int] {
    let sorted = counts.sorted()
    guard let most = sorted.last, most > 20 else { return counts }
    let limit = 20 * max(sorted[sorted.count * 19 / 20], 1)
    return counts.map { min($0, limit) }
  }

  /// Returns the codes of the contexts above a table that its chain names, by row of the owner.
  private func contexts(of table: TableModel, from owner: Int, drawn: [Int: DrawnRows]) -> [Context:
    [UInt16]]
  {
    var found: [Context: [UInt16]] = [:]
    for context in table.chain.flatMap(\.parents).map(\.context) {
      guard case .above(let levels, let variable) = context, found[context] == nil else { continue }
      var (index, rows): (Int, [Int32]?) = (owner, nil)
      for _ in 1..<levels {
        let owners = drawn[index]?.owners ?? []
        rows = rows.map { $0.map { owners[Int($0)] } } ?? owners
        index = plan.plan(of: index).owner ?? index
      }
      let isRoot = index == plan.tables[0].table
      let coarse =
        isRoot
        ? model.person.coarse[variable]
        : model.tables.first { $0.table == index }?.coarse[variable] ?? Grouping(groups: [0])
      let codes = drawn[index]?.codes[variable] ?? []
      let groups = coarse.groups.map { UInt16(max($0, 0)) }
      found[context] =
        rows.map { $0.map { groups[Int(codes[Int($0)])] } } ?? codes.map { groups[Int($0)] }
    }
    return found
  }

  /// Returns the rows of the owner in series: those of one row above, in order.
  private func series(owner: Int, rows: DrawnRows) -> [Range<Int>] {
    // People stand for themselves: their sets have no history.
    if owner == plan.tables[0].table { return (0..<rows.count).map { $0..<$0 + 1 } }
    return rows.starts.indices.dropLast().map { rows.starts[$0]..<rows.starts[$0 + 1] }
  }
}
