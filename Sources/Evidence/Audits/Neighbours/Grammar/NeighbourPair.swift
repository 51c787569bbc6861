/// Two files that differ by one unit, a schema, and how the program runs on them.
package struct NeighbourPair: Sendable {
  /// The number of the pair, counted from 1.
  package let number: Int
  /// The file without the unit, and the file with it.
  package let without: FuzzedTable
  package let with: FuzzedTable
  package let schema: FuzzedSchema
  package internal(set) var run: FuzzedRun
  /// The contents of the unit, in words.
  package let change: String
  /// Letters and digits that occur in the unit's cells and nowhere else.
  package let marks: [String]

  package init(
    number: Int, without: FuzzedTable, with: FuzzedTable, schema: FuzzedSchema, run: FuzzedRun,
    change: String, marks: [String]
  ) {
    (self.number, self.without, self.with) = (number, without, with)
    (self.schema, self.run, self.change, self.marks) = (schema, run, change, marks)
  }

  /// The pair in one line, for people.
  package var description: String {
    let made = run.training.map { "\($0.form) model" } ?? run.engine
    var parts = [change, "\(without.rows.count) rows", "\(made) at epsilon \(run.epsilon)"]
    if run.origin != .declared { parts.append("schema \(run.origin.rawValue)") }
    if schema.version > 2, run.origin == .declared {
      parts.append("facts \(schema.facts)\(schema.isReviewed ? " and signed for" : "")")
    }
    if let policy = run.policy {
      parts.append(
        "policy with "
          + (policy.attacks
            ? "attacks" : policy.judgesLater ? "attacks after publication" : "floors"))
    }
    if run.isStrict { parts.append("strict") }
    return parts.joined(separator: "; ")
  }
}

/// A cell, byte for byte as written in a file.
package struct FuzzedCell: Sendable, Equatable {
  package var text: String
  /// Whether the cell is in quotation marks, needed or not.
  package var isQuoted = false

  package init(text: String, isQuoted: Bool = false) {
    (self.text, self.isQuoted) = (text, isQuoted)
  }
}

/// A row as written in a file.
package struct FuzzedRow: Sendable, Equatable {
  package var cells: [FuzzedCell]
  /// Whether the row ends with carriage return and line feed, regardless of the other rows.
  package var endsAsWindows = false

  package init(cells: [FuzzedCell], endsAsWindows: Bool = false) {
    (self.cells, self.endsAsWindows) = (cells, endsAsWindows)
  }
}

/// A well-formed delimited file, however odd its rows: UTF-8, the same number of cells in each row,
/// closed quotation marks.
package struct FuzzedTable: Sendable, Equatable {
  package var names: [String]
  package var rows: [FuzzedRow]
  var delimiter: Character = ","
  var quotesHeader = false
  var hasByteOrderMark = false
  var endsWithLineFeed = true

  package init(
    names: [String], rows: [FuzzedRow], delimiter: Character = ",", endsWithLineFeed: Bool = true
  ) {
    (self.names, self.rows, self.delimiter, self.endsWithLineFeed) = (
      names, rows, delimiter, endsWithLineFeed
    )
  }

  package var text: String {
    let header = FuzzedRow(cells: names.map { FuzzedCell(text: $0, isQuoted: quotesHeader) })
    var lines = ([header] + rows).map { row in
      row.cells.map(written).joined(separator: String(delimiter))
        + (row.endsAsWindows ? "\r\n" : "\n")
    }
    if !endsWithLineFeed, let last = lines.last { lines[lines.count - 1] = String(last.dropLast()) }
    return (hasByteOrderMark ? "\u{FEFF}" : "") + lines.joined()
  }

  private func written(_ cell: FuzzedCell) -> String {
    let needs =
      cell.text.unicodeScalars.contains { ["\"", "\n", "\r"].contains($0) }
      || cell.text.contains(delimiter)
    // An empty line is not a row, so the only cell of a row is quoted when it is empty.
    let isBlankLine = names.count == 1 && cell.text.isEmpty
    guard cell.isQuoted || needs || isBlankLine else { return cell.text }
    return "\"" + cell.text.replacing("\"", with: "\"\"") + "\""
  }
}
