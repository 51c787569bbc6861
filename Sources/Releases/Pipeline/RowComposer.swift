import Encoding
import Identifiers
import Tables

/// Turns sampled codes into rows of the original's columns: modelled values decoded, identifiers replaced by fakes, prose by a placeholder.
struct RowComposer {
  let schema: Schema
  let blueprint: Blueprint
  let domain: Domain
  private var generator: SamplingGenerator
  private let fakes: FakePeople
  private var nextRow = 0

  init(schema: Schema, domain: Domain, seed: UInt64) throws {
    self.schema = schema
    self.blueprint = try Blueprint(schema: schema)
    self.domain = domain
    generator = SamplingGenerator(seed: seed)
    fakes = FakePeople(using: &generator)
  }

  /// The columns of the release, without rows: what the writer needs to know beforehand.
  func emptyTable() -> Table {
    var copy = self
    return copy.compose(domain.sizes.map { _ in [] })
  }

  /// The rows that follow those composed so far.
  mutating func compose(_ codes: [[UInt16]]) -> Table {
    let count = codes.first?.count ?? 0
    let values = zip(domain.codecs, codes).map { $0.decode($1, using: &generator) }
    let modelled = Dictionary(uniqueKeysWithValues: blueprint.restore(values).map { ($0.name, $0) })
    let columns = schema.columns.compactMap { column -> Column? in
      if let modelled = modelled[column.name] { return modelled }
      return RowComposer.filling(of: column, unit: schema.unit).map { filling in
        switch filling {
        case .fake(let kind): FakeColumn.make(kind: kind, column: column, rows: nextRow..<(nextRow + count), people: fakes)
        case .placeholder: FakeColumn.prose(column: column, rows: nextRow..<(nextRow + count))
        }
      }
    }
    nextRow += count
    return Table(columns: columns)
  }

  enum Filling {
    case fake(IdentifierKind)
    case placeholder
  }

  /// What stands in a column that is not modelled; nil where it is dropped.
  static func filling(of column: ColumnSchema, unit: PrivacyUnit) -> Filling? {
    switch (column.role, column.type) {
    case (.drop, _): return nil
    case (.identifier(let kind), _): return .fake(kind)
    case (.prose, _), (_, .text): return .placeholder
    case (.ordinary, _), (.target, _):
      if case .person(column.name, _) = unit { return .fake(.code) }
      return .fake(.other)
    }
  }
}
