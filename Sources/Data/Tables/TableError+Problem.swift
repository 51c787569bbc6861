extension TableError {
  /// The problem with a file.
  package enum Problem: Sendable, Equatable {
    case missingFile
    case directory
    /// The operating system's reason.
    case unreadable(String)
    case unwritable(String)
    case emptyFile
    case damagedGzip
    case notGzip
    case gzipWithoutSuffix
    /// A format other than a text table.
    case otherFormat(FileKind)
    case utf16
    /// Zero-based offset into the (unpacked) text, and whether Windows-1252 or Latin-1 is likely.
    case invalidUTF8(byteOffset: Int, looksLikeLatin1: Bool)
    case nulByte
    case carriageReturnsOnly
    case raggedRow(found: Int, expected: Int)
    case cellTooLarge(limitMegabytes: Int)
    case unclosedQuote
    case textAfterQuote
    case tooManyDistinctLabels
    case changedWhileReading
    case doesNotFit([ColumnMismatch])
  }
}

extension TableError.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missingFile: "there is no such file. Check the name and the folder."
    case .directory: "this is a folder, not a file. Name one table in it."
    case .unreadable(let reason): "the file cannot be read (\(reason)). Check its permissions."
    case .unwritable(let reason):
      "the file cannot be written (\(reason)). Check the folder, its permissions and the space left."
    case .emptyFile: "the file is empty. A table needs at least a header line."
    case .changedWhileReading:
      "the file changed while it was being read. Read it again when nothing writes to it."
    case .tooManyDistinctLabels:
      "more than two thousand million distinct labels. Split the table or leave this column out."
    case .doesNotFit(let mismatches): TableError.describe(mismatches)
    case .damagedGzip:
      "the gzip data are damaged or cut short. Test with `gzip -t` and fetch the file again."
    case .notGzip:
      "the name ends in .gz but the content is not gzip. Rename the file or compress it with `gzip`."
    case .gzipWithoutSuffix:
      "the content is gzip but the name does not end in .gz. Rename the file."
    case .otherFormat(let kind): kind.advice
    case .utf16:
      "the text is UTF-16; UTF-8 is needed. Save it as `CSV UTF-8` in the spreadsheet, or convert it with `iconv -f UTF-16 -t UTF-8`."
    case .invalidUTF8(let offset, let looksLikeLatin1):
      "byte \(offset) is not valid UTF-8. "
        + (looksLikeLatin1
          ? "It looks like Windows-1252 or Latin-1: convert the file with `iconv -f WINDOWS-1252 -t UTF-8`."
          : "Find the file's encoding and convert it with `iconv -f ENCODING -t UTF-8`.")
    case .nulByte:
      "a NUL byte, which no text table has. This may be a binary file or UTF-16: convert it with `iconv`, "
        + "or remove the bytes with `tr -d '\\000'`."
    case .carriageReturnsOnly:
      "the lines end in carriage returns only. Convert them with `tr '\\r' '\\n'`."
    case .raggedRow(let found, let expected):
      "the row has \(found) \(found == 1 ? "cell" : "cells") where \(expected) \(expected == 1 ? "is" : "are") expected. "
        + "Every row needs as many cells as the first line: put double quotes around a cell that holds the delimiter, "
        + "or name the right delimiter. Where each line is a list of its own length, write one row per item first."
    case .cellTooLarge(let limit):
      "the cell is larger than \(limit) MB, the most that is allowed. A double quote may be missing near it."
    case .unclosedQuote:
      "a double quote opens this cell and never closes. Close it, or write a quote inside a quoted cell twice."
    case .textAfterQuote:
      "a closing double quote is followed by more text. Only a delimiter or a line end may follow; "
        + "write a quote inside a quoted cell twice."
    }
  }
}

extension TableError.Problem {
  /// A stable name for programs that read errors.
  package var id: String {
    switch self {
    case .missingFile: "table.missing"
    case .directory: "table.folder"
    case .unreadable: "table.unreadable"
    case .unwritable: "table.unwritable"
    case .emptyFile: "table.empty"
    case .damagedGzip: "table.damaged-gzip"
    case .notGzip: "table.not-gzip"
    case .gzipWithoutSuffix: "table.gzip-without-suffix"
    case .otherFormat: "table.other-format"
    case .utf16: "table.utf16"
    case .invalidUTF8: "table.not-utf8"
    case .nulByte: "table.nul-byte"
    case .carriageReturnsOnly: "table.carriage-returns"
    case .raggedRow: "table.ragged-row"
    case .cellTooLarge: "table.cell-too-large"
    case .unclosedQuote: "table.open-quote"
    case .textAfterQuote: "table.text-after-quote"
    case .tooManyDistinctLabels: "table.too-many-labels"
    case .changedWhileReading: "table.changed"
    case .doesNotFit: "table.does-not-fit"
    }
  }
}
