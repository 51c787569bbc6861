import Basics
import Curation
import Encoding
import LinkedTables
import Tables

/// Turns drawn codes into the modelled columns of every table, with times that are in order and
/// rows that keep the rules. Keys and invented cells are added by whoever writes the files.
package struct LinkedComposer {
  private let plan: LinkedPlan
  private let model: LinkedModel
  private let drawn: [Int: DrawnRows]
  private var generator: SamplingGenerator
  /// The columns of the views, decoded, by table.
  private var decoded: [Int: [String: Column]] = [:]
  private var clock: TreeClock

  package init(plan: LinkedPlan, model: LinkedModel, drawn: [Int: DrawnRows], seed: UInt64) throws {
    (self.plan, self.model, self.drawn) = (plan, model, drawn)
    generator = SamplingGenerator(seed: seed, stream: 1 << 32)
    clock = TreeClock(plan: plan, drawn: drawn)
    let root = plan.tables[0]
    try decode(
      root, domain: model.person.domain, unlearned: model.person.unlearned, viewOf: root)
    for table in model.tables {
      try decode(
        plan.plan(of: table.table), domain: table.domain, unlearned: table.unlearned,
        viewOf: plan.plan(of: table.table))
    }
  }

  /// Returns the columns of each table by its place in the schema.
  package mutating func compose() -> [Int: [String: Column]] {
    clock.set(from: decoded)
    clock.keepRules(plan.schema.rules, decoded: decoded)
    var composed: [Int: [String: Column]] = [:]
    for table in plan.tables {
      let described = plan.schema.tables[table.table].schema
      var columns: [String: Column] = [:]
      for column in table.columns {
        guard case .cell(let name) = column.value, let own = described.column(named: name),
          let cells = decoded[table.table]?[name]?.cells
        else { continue }
        columns[name] = own.filled(with: cells)
      }
      for recipe in table.times where !recipe.column.isEmpty {
        guard let own = described.column(named: recipe.column),
          let ticks = clock.ticks(of: ColumnPlace(table.name, recipe.column), type: own.type)
        else { continue }
        columns[recipe.column] = own.filled(with: .ticks(ticks))
      }
      composed[table.table] = columns
    }
    return composed
  }

  private mutating func decode(
    _ table: TablePlan, domain: Domain, unlearned: [Int], viewOf plan: TablePlan
  ) throws {
    guard let rows = drawn[table.table] else { return }
    let names = Set(table.columns.map(\.schema.name))
    let sketches = domain.variables.filter { !names.contains($0.source.names[0]) }
    var view = table.view()
    if !sketches.isEmpty {
      view = table.view(
        adding: sketches.map {
          .init(
            ColumnSchema(name: $0.name, type: .category, categories: .declared(["0"])),
            .attribute(0))
        })
    }
    let blueprint = try Blueprint(schema: view.schema)
    let empty = Set(unlearned)
    let values = domain.codecs.enumerated().map { index, codec -> Cells in
      if empty.contains(index) {
        return domain.variables[index].isOrdered
          ? .ticks([Int64](repeating: Cells.missingTick, count: rows.count))
          : .labels(
            codes: [Int32](repeating: Cells.missingCode, count: rows.count),
            dictionary: LabelDictionary())
      }
      return codec.decode(rows.codes[index], using: &generator)
    }
    let columns = blueprint.keepingRules(blueprint.restore(values))
    decoded[table.table] = Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0) })
  }
}
