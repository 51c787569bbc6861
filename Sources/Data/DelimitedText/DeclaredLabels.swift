import Tables

/// Builds the labels of a category, an identifier or prose: any text is one, byte for byte.
///
/// Codes follow the order in which labels first occur, so they depend on other rows. A code stands
/// for its label and for nothing else: only labels are compared, stored and released.
struct DeclaredLabels: DeclaredBuilder {
  private let tokens: MissingTokens
  private let quotedTokens: QuotedTokens
  private var index = LabelIndex()
  private var codes: [Int32] = []

  init(tokens: MissingTokens, quotedTokens: QuotedTokens, expectedRows: Int) {
    self.tokens = tokens
    self.quotedTokens = quotedTokens
    codes.reserveCapacity(expectedRows)
  }

  package mutating func append(_ block: RowBlock, column: Int) -> Bool {
    let quotedTokensAreText = quotedTokens == .text
    for row in 0..<block.rowCount {
      let span = block.span(row: row, column: column)
      let cell = block.bytes(span)
      if !(span.isQuoted && quotedTokensAreText) && tokens.match(cell) != nil {
        codes.append(Cells.missingCode)
      } else if let code = index.code(of: cell) {
        codes.append(code)
      } else {
        return false
      }
    }
    return true
  }

  func finish() -> (cells: Cells, departure: ColumnDeparture) {
    (.labels(codes: codes, dictionary: index.dictionary), departure)
  }

  /// Labels that are missing tokens can only come from between quotes.
  private var departure: ColumnDeparture {
    var departure = ColumnDeparture()
    let words = Set((0..<index.dictionary.count).lazy.filter { code in index.dictionary.withUTF8(code) { tokens.match($0) != nil } })
    guard !words.isEmpty else { return departure }
    for (row, code) in codes.enumerated() where words.contains(Int(code)) { departure.quotedTokens.note(row: row + 1) }
    return departure
  }
}
