/// Builds a column of labels; whether they are categories, truth values, identifiers or prose is decided at the end.
struct LabelBuilder: ColumnBuilder {
  private let told: ColumnType?
  /// Whether a quoted missing token is text: so unless the file quotes everything.
  private let quotedTokensAreText: Bool
  private var index = LabelIndex()
  private var codes: [Int32] = []
  private var tally: MissingTally
  private(set) var isFull = false

  init(told: ColumnType?, quotedTokensAreText: Bool, missingTokens: MissingTokens, expectedRows: Int) {
    self.told = told
    self.quotedTokensAreText = quotedTokensAreText
    tally = MissingTally(missingTokens)
    codes.reserveCapacity(expectedRows)
  }

  /// Takes rows that are known to be missing.
  mutating func appendMissing(_ count: Int, tally: MissingTally) {
    codes.append(contentsOf: repeatElement(Cells.missingCode, count: count))
    self.tally = tally
  }

  mutating func append(_ block: RowBlock, column: Int) -> Bool {
    for row in 0..<block.rowCount {
      let span = block.span(row: row, column: column)
      let cell = block.bytes(span)
      if !(span.isQuoted && quotedTokensAreText) && tally.matches(cell) {
        codes.append(Cells.missingCode)
      } else if let code = index.code(of: cell) {
        codes.append(code)
      } else {
        isFull = true
        return false
      }
    }
    return true
  }

  mutating func finish() -> BuiltColumn? {
    var built = BuiltColumn(
      type: told ?? .category, cells: .labels(codes: codes, dictionary: index.dictionary), tally: tally)
    if case .boolean(let labels) = told { built = LabelBuilder.asBoolean(built, labels) }
    return built
  }

  /// Codes of two labels as ticks 0 and 1; other labels are misfits.
  static func asBoolean(_ column: BuiltColumn, _ labels: BooleanLabels) -> BuiltColumn {
    guard case .labels(let codes, let dictionary) = column.cells else { return column }
    var result = column
    let ticks = dictionary.labels.map { label -> Int64? in
      label == labels.whenFalse ? 0 : label == labels.whenTrue ? 1 : nil
    }
    var cells: [Int64] = []
    cells.reserveCapacity(codes.count)
    for (row, code) in codes.enumerated() {
      if code >= 0 && ticks[Int(code)] == nil { result.misfits.note(row: row + 1) }
      cells.append(code < 0 ? Cells.missingTick : ticks[Int(code)] ?? Cells.missingTick)
    }
    result.type = .boolean(labels)
    result.cells = .ticks(cells)
    return result
  }
}
