import Tables

/// Builds a column of labels. Whether they are categories, truth values, identifiers or prose is
/// decided at the end.
struct LabelBuilder: KindBuilder {
  /// Whether a quoted missing token is text: true unless the file quotes everything.
  private let quotedTokensAreText: Bool
  private var index = LabelIndex()
  private var codes: [Int32] = []
  private var tally: MissingTally
  private(set) var isFull = false

  init(quotedTokensAreText: Bool, missingTokens: MissingTokens, expectedRows: Int) {
    self.quotedTokensAreText = quotedTokensAreText
    tally = MissingTally(missingTokens)
    codes.reserveCapacity(expectedRows)
  }

  mutating func appendMissing(_ count: Int, tally: MissingTally) {
    codes.append(contentsOf: repeatElement(Cells.missingCode, count: count))
    self.tally = tally
  }

  package mutating func append(_ block: RowBlock, column: Int) -> Bool {
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
    BuiltColumn(type: .category, cells: .labels(codes: codes, dictionary: index.dictionary), tally: tally)
  }

  /// Converts the codes of two labels, the only ones there are, to ticks 0 and 1.
  static func asBoolean(_ column: BuiltColumn, _ labels: BooleanLabels) -> BuiltColumn {
    guard case .labels(let codes, let dictionary) = column.cells else { return column }
    var result = column
    let ticks = dictionary.labels.map { label -> Int64? in
      label == labels.whenFalse ? 0 : label == labels.whenTrue ? 1 : nil
    }
    result.type = .boolean(labels)
    result.cells = .ticks(codes.map { $0 < 0 ? Cells.missingTick : ticks[Int($0)] ?? Cells.missingTick })
    return result
  }
}
