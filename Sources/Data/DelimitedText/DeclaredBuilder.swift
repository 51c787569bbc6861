import Tables

/// Turns the cells of one column, block by block, into storage of the type that a schema declares.
///
/// Each cell becomes a value by its own bytes and the schema alone, whatever other rows hold
/// (docs/proofs/reading.md). The only state of a builder that rows decide is its output, and counts
/// for the owner.
protocol DeclaredBuilder {
  /// Adds the column's cells of a block. Returns false only if there is no room for more labels.
  mutating func append(_ block: RowBlock, column: Int) -> Bool

  /// Returns the built cells.
  func finish() -> (cells: Cells, departure: ColumnDeparture)
}

/// Settings that all declared builders of a file share.
struct DeclaredSetting {
  let missingTokens: MissingTokens
  let quotedTokens: QuotedTokens
  let decimalMark: DecimalMark
  /// The number of rows to reserve room for; it decides no value.
  let expectedRows: Int
  /// The column that identifies the person: rounding never makes two people one.
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
    case .scientific, .boolean, .date, .timestamp:
      DeclaredTicks(column, tokens: missingTokens, mark: decimalMark, expectedRows: expectedRows)
    case .category, .identifier, .text:
      DeclaredLabels(tokens: missingTokens, quotedTokens: quotedTokens, expectedRows: expectedRows)
    }
  }

  private func numbers(_ column: ColumnSchema, digits: Int?) -> DeclaredNumbers {
    DeclaredNumbers(
      column, digits: digits, fits: column.name != personColumn, tokens: missingTokens, mark: decimalMark, expectedRows: expectedRows)
  }
}
