import Tables

extension DataDictionary {
  /// Returns a source's own words on its columns; nil if it says nothing.
  /// - Parameter name: The name of the source.
  package init?(_ facts: SourceFacts, of name: String) {
    guard !facts.isSilent else { return nil }
    self.init(form: .source, file: name, columns: facts.columns.map(Self.column))
    notes = facts.notes
  }

  private static func column(_ fact: SourceFacts.Column) -> ColumnSchema {
    // A category without declared categories says nothing about the type.
    var column = ColumnSchema(name: fact.name, type: .category, isNullable: !fact.isRequired)
    column.meaning = DictionaryWords.meaning([fact.meaning])
    if let categories = fact.categories {
      column.categories = .declared(categories)
    } else if let low = fact.lowest, let high = fact.highest {
      let types = [ColumnType.integer, DictionaryWords.decimal, .date(.iso)]
      if let type = types.first(where: { $0.parse(low) != nil && $0.parse(high) != nil }) {
        column.type = type
        var faults: [SchemaFault] = []
        column.bounds = DictionaryWords.bounds(
          low, high, type: type, column: fact.name, line: nil, &faults)
      }
    }
    return column
  }
}
