import Basics
import Encoding
import Pseudonyms
import Tables

/// Turns sampled codes into rows of the original's columns: modelled values are decoded,
/// identifiers are replaced by fakes, and prose by a placeholder. Cells of columns about which
/// nothing was learned are empty. Every row keeps the schema's rules.
struct RowComposer {
  let schema: Schema
  let blueprint: Blueprint
  let domain: Domain
  private let unlearned: Set<String>
  private let fakes: FakePeople
  /// The column that gives the sex of a row's invented person.
  private let sexColumn: SexColumn?

  init(schema: Schema, domain: Domain, unlearned: [String], seed: UInt64) throws {
    self.schema = schema
    self.blueprint = try Blueprint(schema: schema)
    self.domain = domain
    self.unlearned = Set(unlearned)
    var generator = SamplingGenerator(seed: seed)
    fakes = FakePeople(using: &generator)
    sexColumn = SexColumn(schema: schema)
  }

  /// Returns the columns of the release without rows, as the writer needs them beforehand.
  func emptyTable() -> Table {
    compose(domain.sizes.map { _ in [] }, firstRow: 0, seed: 0)
  }

  /// Composes rows of the release, the first with the number `firstRow`, counting from 0. Blocks
  /// can be composed in any order and on any thread.
  func compose(_ codes: [[UInt16]], firstRow: Int, seed: UInt64) -> Table {
    var generator = SamplingGenerator(seed: seed)
    let rows = firstRow..<firstRow + (codes.first?.count ?? 0)
    let values = zip(domain.codecs, codes).map { $0.decode($1, using: &generator) }
    let restored = Dictionary(uniqueKeysWithValues: blueprint.restore(values).map { ($0.name, $0) })
    let empty = schema.columns.filter { unlearned.contains($0.name) }
      .map { ($0.name, UnlearnedColumns.empty($0, rows: rows.count)) }
    let kept = blueprint.keepingRules(Array(restored.merging(empty) { _, empty in empty }.values))
    let modelled = Dictionary(uniqueKeysWithValues: kept.map { ($0.name, $0) })
    let areFemale =
      sexColumn.flatMap { column in modelled[column.name].map(column.areFemale) } ?? []
    let columns = schema.columns.compactMap { column -> Column? in
      if let modelled = modelled[column.name] { return modelled }
      return RowComposer.filling(of: column, unit: schema.unit).map { filling in
        switch filling {
        case .fake(let kind):
          FakeColumn.make(
            kind: kind, column: column, rows: rows, people: fakes, areFemale: areFemale)
        case .placeholder: FakeColumn.prose(column: column, rows: rows)
        }
      }
    }
    return Table(columns: columns)
  }

  enum Filling {
    case fake(IdentifierKind)
    case placeholder
  }

  /// Returns the filling of a column that is not modelled; nil if it is dropped.
  static func filling(of column: ColumnSchema, unit: PrivacyUnit) -> Filling? {
    switch (column.role, column.type) {
    case (.drop, _): return nil
    case (.identifier, _) where column.treatment == .drop: return nil
    case (.identifier(let kind), _): return .fake(kind)
    case (.prose, _), (_, .text): return .placeholder
    case (.ordinary, _), (.quasiIdentifier, _), (.sensitive, _), (.target, _):
      if case .person(column.name, _) = unit { return .fake(.code) }
      return .fake(.other)
    }
  }
}
