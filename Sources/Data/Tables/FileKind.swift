/// Formats that hold tables but are not delimited text, recognised by their first bytes.
package enum FileKind: Sendable, Equatable, CaseIterable {
  case workbook
  case parquet
  case sqlite
  case json
  case stata
  case spss
  case sas
  case sasTransport
  case arrowStream
  case arrowFile
  case pdf
  case packed
  case markup

  /// Returns nil for anything that may be a text table.
  package init?(beginning bytes: [UInt8]) {
    func begins(_ text: String) -> Bool { bytes.starts(with: Array(text.utf8)) }
    // A zip archive (newer workbooks) or a compound file (older ones).
    if begins("PK\u{3}\u{4}") || bytes.starts(with: [0xd0, 0xcf, 0x11, 0xe0]) {
      self = .workbook
    } else if begins("PAR1") {
      self = .parquet
    } else if begins("SQLite format 3\0") {
      self = .sqlite
    } else if begins("<stata_dta>") || Self.isOldStata(bytes) {
      self = .stata
    } else if begins("HEADER RECORD*******LIB") {
      self = .sasTransport
    } else if bytes.starts(with: [0xff, 0xff, 0xff, 0xff]) {
      self = .arrowStream
    } else if begins("ARROW1\0\0") {
      self = .arrowFile
    } else if begins("$FL2") || begins("$FL3") {
      self = .spss
    } else if begins("%PDF-") {
      self = .pdf
    } else if Self.packings.contains(where: { bytes.starts(with: $0) }) {
      self = .packed
    } else if Self.isMarkup(bytes) {
      self = .markup
    } else if bytes.count > 44, bytes[..<12].allSatisfy({ $0 == 0 }),
      bytes[12...].starts(with: [0xc2, 0xea, 0x81, 0x60])
    {
      self = .sas
    } else if Self.isJSON(bytes) {
      self = .json
    } else {
      return nil
    }
  }

  /// The first bytes of bzip2, xz, Zstandard, 7-Zip and RAR.
  private static let packings: [[UInt8]] = [
    Array("BZh".utf8), [0xfd] + Array("7zXZ\0".utf8), [0x28, 0xb5, 0x2f, 0xfd],
    Array("7z".utf8) + [0xbc, 0xaf, 0x27, 0x1c], Array("Rar!".utf8) + [0x1a, 0x07],
  ]

  /// Whether the bytes begin a page or a document of markup.
  private static func isMarkup(_ bytes: [UInt8]) -> Bool {
    let start = bytes.drop { [9, 10, 13, 32].contains($0) }.prefix(14)
    let text = String(decoding: start, as: UTF8.self).lowercased()
    return ["<!doctype html", "<html>", "<html ", "<?xml "].contains { text.hasPrefix($0) }
  }

  /// Whether the bytes are those of Stata 8 to 12: a version, an order of bytes, a one and a zero.
  private static func isOldStata(_ bytes: [UInt8]) -> Bool {
    bytes.count > 4 && (113...115).contains(bytes[0]) && (1...2).contains(bytes[1]) && bytes[2] == 1
      && bytes[3] == 0
  }

  /// Whether the bytes begin an object with a quoted key, or a list of objects, lists or nothing.
  private static func isJSON(_ bytes: [UInt8]) -> Bool {
    let solid = bytes.lazy.filter { ![9, 10, 13, 32].contains($0) }.prefix(2)
    return ["{\"", "{}", "[{", "[[", "[]"].contains(String(decoding: Array(solid), as: UTF8.self))
  }

  /// Names the format and explains how to make a text table of it.
  var advice: String {
    switch self {
    case .workbook:
      "this is a spreadsheet's workbook, not a text table. Open it there, save the sheet as `CSV UTF-8`, and use that file."
    case .parquet:
      "this is a Parquet file, not a text table. Export it as CSV, for instance with DuckDB, and use that file."
    case .sqlite:
      "this is an SQLite database, not a text table. Export one table of it (`sqlite3 -csv -header FILE 'SELECT …'`), and use that file."
    case .json:
      "this is JSON, not a text table. Write one row per record as CSV, and use that file."
    case .arrowStream, .arrowFile:
      "this is a table in Arrow's format, not a text table. Write it as CSV, and use that file."
    case .stata, .spss, .sas, .sasTransport:
      "this is a file of a statistics program, not a text table. Export it there as CSV in UTF-8, and use that file."
    case .pdf:
      "this is a PDF document, not a text table. Ask for the table as CSV, and use that file."
    case .packed:
      "this is a packed file, not a text table. Unpack it first; only files that end in .gz are read as they are."
    case .markup:
      "this is a page or document of markup (HTML or XML), not a text table. In place of a table it is often a message of a portal: "
        + "open it in a browser, and fetch the table as CSV."
    }
  }
}
