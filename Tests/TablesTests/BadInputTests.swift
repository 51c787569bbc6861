import DelimitedText
import Foundation
import Tables
import Testing

/// Golden messages for ordinary bad inputs. None may show a cell, so each faulty text contains a
/// marked value.
@Suite struct BadInputTests {
  private static let canary = "canary-7f3a"

  private func expect(
    _ text: String, name: String = "table.csv", _ options: ReadOptions = ReadOptions(),
    gives message: String
  ) throws {
    try expect(Array(text.utf8), name: name, options, gives: message)
  }

  private func expect(
    _ bytes: [UInt8], name: String = "table.csv", _ options: ReadOptions = ReadOptions(),
    gives message: String
  ) throws {
    let found = try readingError(bytes, name: name, options)
    #expect(found == message)
    #expect(found?.contains(BadInputTests.canary) == false)
  }

  @Test func raggedRow() throws {
    let advice =
      "Every row needs as many cells as the first line: put double quotes around a cell that holds the delimiter, or name the "
      + "right delimiter. Where each line is a list of its own length, write one row per item first."
    try expect(
      "a,b\n1,2\n\"x\ny\",\(Self.canary)\n3,4,\(Self.canary)\n",
      gives: "table.csv, row 3 (line 5): the row has 3 cells where 2 are expected. " + advice)
    try expect(
      "a,b\n\(Self.canary)\n",
      gives: "table.csv, row 1 (line 2): the row has 1 cell where 2 are expected. " + advice)
  }

  @Test func emptyFile() throws {
    for text in ["", "\n\n", "\r\n", "\u{feff}"] {
      try expect(text, gives: "table.csv: the file is empty. A table needs at least a header line.")
    }
    try expect(
      "", name: "table.csv.gz",
      gives: "table.csv.gz: the file is empty. A table needs at least a header line.")
  }

  @Test func nulByte() throws {
    try expect(
      "a,b\n1,2\n1,\(Self.canary)\0\n",
      gives:
        "table.csv, row 2 (line 3), column 'b': a NUL byte, which no text table has. This may be a binary file or UTF-16: "
        + "convert it with `iconv`, or remove the bytes with `tr -d '\\000'`.")
  }

  @Test func cellTooLarge() throws {
    let large = String(repeating: Self.canary, count: 1_000_000)
    let message =
      "table.csv, row 2 (line 3), column 'b': the cell is larger than 10 MB, the most that is allowed. "
      + "A double quote may be missing near it."
    try expect("a,b\n1,2\n1,\(large)\n3,4\n", gives: message)
    try expect("a,b\n1,2\n1,\"\(large)\"\n3,4\n", gives: message)
    try expect("a,b\n1,2\n1,\"\(large)", gives: message)
    let allowed = String(repeating: "x", count: 9_999_999)
    #expect(try read("a,b\n1,\"\(allowed)\"\n2,y\n").table.rowCount == 2)
  }

  @Test func wrongEncoding() throws {
    try expect(
      Array("a,b\n1,\(Self.canary)\n1,caf".utf8) + [0xe9] + Array("s\n".utf8),
      gives:
        "table.csv, row 2 (line 3), column 'b': byte 23 is not valid UTF-8. It looks like Windows-1252 or Latin-1: convert the file "
        + "with `iconv -f WINDOWS-1252 -t UTF-8`.")
    try expect(
      Array("a,b\n1,\(Self.canary)\n1,".utf8) + [0x80, 0x81] + Array("s\n".utf8),
      gives:
        "table.csv, row 2 (line 3), column 'b': byte 20 is not valid UTF-8. Find the file's encoding and convert it with "
        + "`iconv -f ENCODING -t UTF-8`.")
    try expect(
      [0xef, 0xbb, 0xbf, 0xe9] + Array(",b\n1,2\n".utf8),
      gives:
        "table.csv, header (line 1), column 'column 1': byte 3 is not valid UTF-8. It looks like Windows-1252 or Latin-1: convert "
        + "the file with `iconv -f WINDOWS-1252 -t UTF-8`.")
    try expect(
      Array("caf".utf8) + [0xe9] + Array(",b\n1,2\n".utf8),
      gives:
        "table.csv, header (line 1), column 'column 1': byte 3 is not valid UTF-8. It looks like Windows-1252 or Latin-1: convert "
        + "the file with `iconv -f WINDOWS-1252 -t UTF-8`.")
    try expect(
      [0xff, 0xfe, 0x61, 0, 0x0a, 0],
      gives:
        "table.csv: the text is UTF-16; UTF-8 is needed. Save it as `CSV UTF-8` in the spreadsheet, or convert it with "
        + "`iconv -f UTF-16 -t UTF-8`.")
    try expect(
      [0x50, 0x4b, 0x03, 0x04, 0x14, 0, 0x06, 0],
      gives:
        "table.csv: this is a spreadsheet's workbook, not a text table. Open it there, save the sheet as `CSV UTF-8`, and use that "
        + "file.")
  }

  @Test func quotes() throws {
    try expect(
      "a,b\n1,\"\(Self.canary)\n2,3\n",
      gives:
        "table.csv, row 1 (line 2), column 'b': a double quote opens this cell and never closes. Close it, or write a quote inside "
        + "a quoted cell twice.")
    try expect(
      "a,b\n1,\"x\"\(Self.canary)\n2,3\n",
      gives:
        "table.csv, row 1 (line 2), column 'b': a closing double quote is followed by more text. Only a delimiter or a line end may "
        + "follow; write a quote inside a quoted cell twice.")
  }

  @Test func carriageReturns() throws {
    try expect(
      "a,b\r1,\(Self.canary)\r2,3\r",
      gives:
        "table.csv: the lines end in carriage returns only. Convert them with `tr '\\r' '\\n'`.")
  }

  @Test func fileItself() throws {
    let folder = try TemporaryFolder()
    let missing = #expect(throws: TableError.self) {
      try TableReader.read(folder.url.appending(path: "none.csv"))
    }
    #expect(missing?.problem == .missingFile)
    #expect(
      missing?.description.hasSuffix(
        "none.csv: there is no such file. Check the name and the folder.") == true)
    let directory = #expect(throws: TableError.self) { try TableReader.read(folder.url) }
    #expect(
      directory?.description.hasSuffix(": this is a folder, not a file. Name one table in it.")
        == true)
  }

  @Test func gzip() throws {
    let folder = try TemporaryFolder()
    let table = try read("a,b\n" + (0..<20_000).map { "\($0),\($0 % 97)\n" }.joined()).table
    let file = folder.url.appending(path: "t.csv.gz")
    try CSVWriter.write(table, to: file, format: TableFormat())
    var packed = Array(try Data(contentsOf: file))
    try expect(
      packed,
      gives: "table.csv: the content is gzip but the name does not end in .gz. Rename the file.")
    let damaged =
      "t.gz: the gzip data are damaged or cut short. Test with `gzip -t` and fetch the file again."
    try expect(Array(packed.prefix(packed.count / 2)), name: "t.gz", gives: damaged)
    try expect(Array(packed.dropLast(4)), name: "t.gz", gives: damaged)
    packed[packed.count / 2] ^= 0x55
    try expect(packed, name: "t.gz", gives: damaged)
    try expect(
      "a,b\n1,2\n", name: "t.gz",
      gives:
        "t.gz: the name ends in .gz but the content is not gzip. Rename the file or compress it with `gzip`."
    )
  }

  /// Under a schema the header must match; the contents of rows cause no refusal.
  @Test func headerThatDoesNotFit() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("table.csv", "age,colour,c\n\(Self.canary),2,x\n")
    let schema = Schema(
      name: "t",
      columns: ["age", "color", "gone"].map { ColumnSchema(name: $0, type: .integer) } + [
        ColumnSchema(name: "c", type: .category)
      ])
    let error = try #require(throws: TableError.self) { try TableReader.read(file, under: schema) }
    #expect(
      error.description.replacing(folder.url.path + "/", with: "") == """
        table.csv: the file's header does not fit its schema. Correct one of the two:
          column 'color' of the schema is not in the file; did you mean 'colour'?
          column 'gone' of the schema is not in the file
          column 'colour' of the file is not in the schema; did you mean 'color'?
        """)
    #expect(
      try TableReader.read(file, under: schema, columns: .anyDescribed).table.columns.map(\.name)
        == ["age", "c"])
  }
}
