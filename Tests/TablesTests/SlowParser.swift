/// RFC 4180, one byte at a time: the oracle for the fast reader.
struct SlowParser {
  enum Failure: Error { case unclosedQuote, textAfterQuote }

  struct Cell: Equatable {
    var bytes: [UInt8] = []
    var isQuoted = false
  }

  static func parse(_ text: [UInt8], delimiter: UInt8) throws -> [[Cell]] {
    var parser = SlowParser(text: text, delimiter: delimiter)
    var rows: [[Cell]] = []
    while parser.at < text.count {
      let row = try parser.row()
      if row != [Cell()] { rows.append(row) }
    }
    return rows
  }

  private let text: [UInt8]
  private let delimiter: UInt8
  private var at = 0

  private init(text: [UInt8], delimiter: UInt8) {
    self.text = text
    self.delimiter = delimiter
  }

  private mutating func row() throws -> [Cell] {
    var cells: [Cell] = []
    while true {
      cells.append(try cell())
      if at < text.count && text[at] == delimiter {
        at += 1
        continue
      }
      at += atLineEnd ? (text[at] == 13 ? 2 : 1) : 0
      return cells
    }
  }

  /// At LF, at CR LF, or at a CR that ends the file.
  private var atLineEnd: Bool {
    at < text.count
      && (text[at] == 10 || (text[at] == 13 && (at + 1 == text.count || text[at + 1] == 10)))
  }

  private mutating func cell() throws -> Cell {
    if at < text.count && text[at] == 34 { return try quotedCell() }
    var cell = Cell()
    while at < text.count, text[at] != delimiter, !atLineEnd {
      cell.bytes.append(text[at])
      at += 1
    }
    return cell
  }

  private mutating func quotedCell() throws -> Cell {
    var cell = Cell(isQuoted: true)
    at += 1
    while at < text.count {
      if text[at] != 34 {
        cell.bytes.append(text[at])
        at += 1
      } else if at + 1 < text.count && text[at + 1] == 34 {
        cell.bytes.append(34)
        at += 2
      } else {
        at += 1
        guard at == text.count || text[at] == delimiter || atLineEnd else {
          throw Failure.textAfterQuote
        }
        return cell
      }
    }
    throw Failure.unclosedQuote
  }
}
