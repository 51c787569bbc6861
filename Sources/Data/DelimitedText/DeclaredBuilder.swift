import Tables

/// Turns the cells of one column, block by block, into storage of the type that a schema declares.
///
/// Each cell becomes a value by its own bytes and the schema alone, whatever stands in other rows (docs/proofs/reading.md). So a builder
/// holds nothing that a row decides but what was built, and counts for the owner.
protocol DeclaredBuilder {
  /// Takes the column's cells of a block; false only where there is no room for more distinct labels.
  mutating func append(_ block: RowBlock, column: Int) -> Bool

  /// What was built.
  func finish() -> (cells: Cells, departure: ColumnDeparture)
}

/// What every declared builder of a file needs to know.
struct DeclaredSetting {
  let missingTokens: MissingTokens
  let quotedTokens: QuotedTokens
  let decimalMark: DecimalMark
  /// Room that is made beforehand; it decides no value.
  let expectedRows: Int
  /// The column that says whose a row is: two people are never made one by rounding.
  let personColumn: String?

  init(_ schema: Schema, expectedRows: Int) {
    missingTokens = MissingTokens(schema.format.missingTokens)
    quotedTokens = schema.format.quotedTokens
    decimalMark = schema.format.decimalMark
    self.expectedRows = expectedRows
    if case .person(let column, _) = schema.unit { personColumn = column } else { personColumn = nil }
  }

  func builder(of column: ColumnSchema) -> any DeclaredBuilder {
    switch column.type {
    case .integer: numbers(column, digits: nil)
    case .decimal(let digits): numbers(column, digits: digits)
    case .date, .timestamp:
      DeclaredTimes(pattern: TimePattern(column.type), tokens: missingTokens, expectedRows: expectedRows)
    case .boolean(let words): DeclaredBooleans(words, tokens: missingTokens, expectedRows: expectedRows)
    case .category, .identifier, .text:
      DeclaredLabels(tokens: missingTokens, quotedTokens: quotedTokens, expectedRows: expectedRows)
    }
  }

  private func numbers(_ column: ColumnSchema, digits: Int?) -> DeclaredNumbers {
    DeclaredNumbers(digits: digits, fits: column.name != personColumn, tokens: missingTokens, mark: decimalMark, expectedRows: expectedRows)
  }
}
