import DelimitedText
import Foundation
import Tables
import Testing

/// What each cell becomes under a schema: the public rules of docs/proofs/reading.md.
@Suite struct DeclaredReadingTests {
  private func read(
    _ cells: [String], as type: ColumnType, format: TableFormat = TableFormat(),
    unit: PrivacyUnit = .row
  ) throws -> (texts: [String?], departure: ColumnDeparture) {
    let folder = try TemporaryFolder()
    let file = try folder.file("t.csv", "a,b\n" + cells.map { "\($0),0\n" }.joined())
    let schema = Schema(
      name: "t", format: format, unit: unit,
      columns: [ColumnSchema(name: "a", type: type), ColumnSchema(name: "b", type: .integer)])
    let read = try TableReader.read(file, under: schema)
    return (read.table.columns[0].texts, read.departures["a"] ?? ColumnDeparture())
  }

  @Test func integers() throws {
    let cells = [
      "5", "33.5", "-33.5", "33.4", "0.5", "-0.5", "+5", "007", "1E5", "1e+3", "\"7\"", " 8 ",
      "\"1,5\"", "five", "2.9999999999999999",
    ]
    let read = try read(cells, as: .integer)
    #expect(
      read.texts == [
        "5", "34", "-34", "33", "1", "-1", "5", "7", "100000", "1000", "7", "8", nil, nil, "3",
      ])
    #expect(read.departure.fitted.count == 10 && read.departure.fitted.firstRow == 2)
    #expect(read.departure.unreadable.count == 2 && read.departure.unreadable.firstRow == 13)
    let ends = try self.read(
      ["9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e400"], as: .integer)
    #expect(ends.texts == ["9223372036854775807", nil, nil, nil])
  }

  @Test func decimals() throws {
    let read = try read(
      [
        "1", "1.25", "1.255", "-1.255", "1.3", "+1.5", "2.4699999999999998", "92233720368547758.08",
      ], as: .decimal(fractionDigits: 2))
    #expect(read.texts == ["1.00", "1.25", "1.26", "-1.26", "1.30", "1.50", "2.47", nil])
    #expect(read.departure.fitted.count == 3 && read.departure.unreadable.count == 1)
  }

  @Test func wordsAndTimes() throws {
    let flag = ColumnType.boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes"))
    #expect(
      try read(["yes", "no", "Yes", "\"yes\"", "\"NA\"", ""], as: flag).texts == [
        "yes", "no", nil, "yes", nil, nil,
      ])
    #expect(try read(["yes", "maybe", "\"NA\""], as: flag).departure.unreadable.count == 1)
    #expect(
      try read(["2024-02-29", "29.2.2024", "2024-02-30", "\"NA\""], as: .date(.iso)).texts == [
        "2024-02-29", nil, nil, nil,
      ])
    #expect(try read(["2024-02-29"], as: .date(DateFormat(pattern: "nonsense"))).texts == [nil])
  }

  /// The schema has one rule for all rows, whatever else is quoted in the file.
  @Test func missingTokensInQuotes() throws {
    var format = TableFormat()
    let cells = ["\"NA\"", "NA", "x", "\"\"", "\" ? \"", "\"x\""]
    let text = try read(cells, as: .category, format: format)
    #expect(text.texts == ["NA", nil, "x", "", " ? ", "x"])
    #expect(text.departure.quotedTokens.count == 3 && text.departure.quotedTokens.firstRow == 1)
    format.quotedTokens = .missing
    let missing = try read(cells, as: .category, format: format)
    #expect(missing.texts == [nil, nil, "x", nil, nil, "x"] && missing.departure.isNone)
    #expect(try read(["\"NA\"", "4"], as: .integer).texts == [nil, "4"])
  }

  /// Rounding never merges two people: a number that does not fit names nobody.
  @Test func personsAreNeverRounded() throws {
    let person = PrivacyUnit.person(column: "a", maximumRows: 1)
    #expect(
      try read(["34", "33.5", "034", "+34"], as: .integer, unit: person).texts == [
        "34", nil, nil, nil,
      ])
  }

  /// A schema with the inferred facts reads the same table again, quotes included.
  @Test func anInferredSchemaReadsWhatWasInferred() throws {
    let folder = try TemporaryFolder()
    var grammar = UglyRows(5)
    var compared = 0
    for _ in 0..<300 {
      var schema = grammar.schema(columns: 2 + grammar.generator.below(4))
      schema.format.hasHeader = true
      let rows = (0..<(1 + grammar.generator.below(8))).map { _ in grammar.row(schema) }
      let file = try folder.file(
        "t.csv",
        UglyRows.file(rows, schema, hasMark: false, isQuoted: grammar.generator.below(2) == 0))
      let options = ReadOptions(
        delimiter: schema.format.delimiter, hasHeader: true,
        missingTokens: schema.format.missingTokens)
      let inferred = try TableReader.read(file, options: options)
      let again = try TableReader.read(file, under: Schema(of: inferred))
      #expect(again.table.columns.map(\.texts) == inferred.table.columns.map(\.texts))
      #expect(again.departures.values.allSatisfy { $0.unreadable.count == 0 })
      compared += 1
    }
    #expect(compared == 300)
    for text in ["\"x\",\"y\"\n\"\",\"b\"\n\"NA\",\"c\"\n", "\"x\",\"y\"\n\"\",\"b\"\n\"NA\",c\n"] {
      let file = try folder.file("q.csv", text)
      let inferred = try TableReader.read(file)
      #expect(inferred.format.quotedTokens == (text.contains(",c\n") ? .text : .missing))
      #expect(
        try TableReader.read(file, under: Schema(of: inferred)).table.columns.map(\.texts)
          == inferred.table.columns.map(\.texts))
    }
  }

  /// A file without a header begins with a row, which may look like anything.
  @Test func theFirstRowOfAFileWithoutAHeaderIsARow() throws {
    let folder = try TemporaryFolder()
    let schema = Schema(
      name: "t", format: TableFormat(hasHeader: false),
      columns: [
        ColumnSchema(name: "column 1", type: .category),
        ColumnSchema(name: "column 2", type: .integer),
      ])
    for first in ["PK\u{3}\u{4}", "a\rb", "column 1"] {
      let table = try TableReader.read(try folder.file("t.csv", "\(first),7\n"), under: schema)
        .table
      #expect(table.columns.map(\.texts) == [[first], ["7"]])
    }
    let short = #expect(throws: TableError.self) {
      try TableReader.read(try folder.file("t.csv", "a\nb\n"), under: schema)
    }
    #expect(short?.problem == .raggedRow(found: 1, expected: 2) && short?.place?.row == 1)
  }
}
