import DelimitedText
import Foundation
import SchemaFiles
import Tables
import Testing

/// Numbers with a decimal comma, as spreadsheets in most of Europe write them.
@Suite struct DecimalMarkTests {
  private static let comma = "age;bmi;crp;town\n34;21,5;0,25;Ulm\n51;30,1;;Bonn\n47;19;1,5;\n"

  @Test func aSpreadsheetOfEuropeHasNumbers() throws {
    let read = try read(Self.comma)
    #expect(read.format.decimalMark == .comma && read.notes == [.decimalCommaRead])
    #expect(
      read.table.columns.map(\.type) == [
        .integer, .decimal(fractionDigits: 1), .decimal(fractionDigits: 2), .category,
      ])
    #expect(
      read.table.columns[1].texts == ["21.5", "30.1", "19.0"]
        && read.table.columns[2].texts == ["0.25", nil, "1.50"])
  }

  /// A comma that may have another meaning makes no decimals, and is reported.
  @Test(arguments: [
    "n;t\n1,250;x\n12,500;y\n", "a;b\n1,5;2.5\n2,5;3.5\n", "a,b\n\"1,5\",x\n\"2,5\",y\n",
    "a;b\n1,5,2;x\n2,5;y\n", "a;b\nx;1,5\ny;low\n",
  ])
  func aCommaInDoubtIsNone(_ text: String) throws {
    let read = try read(text)
    #expect(read.format.decimalMark == .point)
    #expect(!read.notes.contains(.decimalCommaRead))
  }

  @Test func whatIsSaidCounts() throws {
    var options = ReadOptions()
    options.decimalMark = .comma
    #expect(
      try read("a,b\n\"1,5\",x\n\"2,5\",y\n", options).table.columns[0].type
        == .decimal(fractionDigits: 1))
    #expect(
      try read("n;t\n1,250;x\n12,500;y\n", options).table.columns[0].texts == ["1.250", "12.500"])
    options.decimalMark = .point
    #expect(try read(Self.comma, options).table.columns[1].type == .category)
    #expect(try read(Self.comma, options).notes.contains(.decimalCommas(column: "bmi")))
  }

  /// Each cell is read by itself: if the schema declares a comma, text with a point is not a
  /// number.
  @Test func aSchemaSaysTheSign() throws {
    let text =
      "version: 3\nfacts: declared\nformat: {delimiter: semicolon, decimal: comma}\ncolumns:\n"
      + "  - {name: a, type: decimal, digits: 2, missing: yes}\n"
    let schema = try SchemaFile.parse(text, file: "s.yaml")
    #expect(schema.format.decimalMark == .comma)
    #expect(try SchemaFile.parse(SchemaFile.text(schema), file: "s.yaml") == schema)
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "t.csv")
    try Data("a\n1,25\n1.25\n3\n-0,5\n+7,255\n".utf8).write(to: file)
    let read = try TableReader.read(file, under: schema)
    #expect(read.table.columns[0].texts == ["1.25", nil, "3.00", "-0.50", "7.26"])
    #expect(read.departures["a"]?.unreadable.count == 1 && read.departures["a"]?.fitted.count == 1)
    var plain = schema
    plain.format.decimalMark = .point
    #expect(
      plain.canonicalText != schema.canonicalText && !plain.canonicalText.contains("decimal point"))
    #expect(throws: (any Error).self) {
      try SchemaFile.parse(
        text.replacing("version: 3\nfacts: declared", with: "version: 2"), file: "s.yaml")
    }
  }

  @Test(arguments: [UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\t")])
  func whatIsWrittenReadsBack(_ delimiter: UInt8) throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "t.csv")
    let ticks: [Int64] = [125, -50, 0, Cells.missingTick, 123_456_789]
    let table = Table(columns: [
      Column(name: "a", type: .decimal(fractionDigits: 2), cells: .ticks(ticks)),
      Column(name: "b", type: .integer, cells: .ticks(ticks)),
    ])
    var format = TableFormat(delimiter: delimiter)
    format.decimalMark = .comma
    try CSVWriter.write(table, to: file, format: format)
    #expect(try String(contentsOf: file, encoding: .utf8).contains("1,25"))
    let read = try TableReader.read(file, under: Schema(of: table, format: format)).table
    #expect(read.columns.map(\.texts) == table.columns.map(\.texts))
  }
}
