import DelimitedText
import Foundation
import SchemaFiles
import Tables
import Testing

/// Columns as people write them: which are recognised, which are not, and that every cell comes
/// back unchanged.
@Suite struct WrittenFormsTests {
  private func column(_ cells: [String], named name: String = "x", delimiter: String = ",") throws
    -> Column
  {
    let quoted = cells.map { $0.contains(delimiter) ? "\"\($0)\"" : $0 }
    let text = "\(name)\(delimiter)other\n" + quoted.map { "\($0)\(delimiter)w\n" }.joined()
    return try #require(try read(text).table.column(named: name))
  }

  private func days(_ write: (CivilDate) -> String) -> [String] {
    (0..<60).map { write(CivilDate(daysSince1970: 15_000 + $0 * 37)) }
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  // MARK: - Numbers

  @Test(arguments: [
    ("$%1,%2.50", "$#,##0.0"), ("%1.%2,50 €", "#.##0,0 €"), ("CHF %1'%2", "CHF #'##0"),
    ("%3.5%", "0.0%"), ("%3,5 kg", "0,0 kg"),
    ("(%3)", "0;(0)"), ("+%3.25", "+0.0;-0.0"), ("%3 %", "0 %"), ("-%1,%2", "#,##0"),
    ("R$ %3,99", "R$ 0,0"), ("%1'%2.-", "#'##0.-"), ("%1.%2,-", "#.##0,-"),
    ("Fr. %3.--", "Fr. 0.--"),
    ("%3,- €", "0,- €"), ("%3.\u{2013}", "0.\u{2013}"), ("%1.%2,50-", "#.##0,0;#.##0,0-"),
  ])
  func numbersWithSigns(_ template: String, format: String) throws {
    let cells = (0..<40).map { place in
      template.replacing("%1", with: "\(1 + place)").replacing("%2", with: "\(100 + place * 7)")
        .replacing("%3", with: "\(3 * place + 1)")
    }
    let column = try column(cells)
    #expect(column.numberFormat.text(isDecimal: column.type.isDecimal) == format)
    #expect(column.type.isOrdered)
    // A dash in place of cents is no minus.
    let isNegative = template.hasPrefix("-") || template.hasPrefix("(") || template.hasSuffix("0-")
    #expect(cells.indices.allSatisfy { column.cells.key($0).map { $0 < 0 } == isNegative })
    #expect(try comesBack(cells, delimiter: ",") && comesBack(cells, delimiter: ";"))
  }

  @Test func wordsAmongNumbersAreValuesOfTheirOwn() throws {
    let numbers = (0..<200).map { "\($0).5" }
    for word in ["N", ".", "unknown", "<0.1", ">100", "#DIV/0!", "90+", "k.A.", "--", "refused"] {
      let column = try column(numbers + [word])
      #expect(column.type == .decimal(fractionDigits: 1) && column.codes == [word], "\(word)")
      #expect(column.text(ofKey: try #require(column.cells.key(200))) == word)
    }
    // A word that nobody uses in this way is one odd cell, unless many rows have it.
    let odd = try column(numbers + ["Smith"])
    #expect(odd.type == .decimal(fractionDigits: 1) && odd.codes.isEmpty && odd.missingCount == 1)
    #expect(try column(numbers + Array(repeating: "Smith", count: 30)).codes == ["Smith"])
    #expect(try comesBack(numbers + ["N", "<0.1", "N"], delimiter: ","))
  }

  @Test(arguments: [
    (0..<60).map { "P\(1000 + $0)" }, (0..<60).map { "0\(2000 + $0 * 13)" },
    (0..<60).map { "555-\(1000 + $0)" },
    (0..<60).map { $0 % 2 == 0 ? "\(250 + $0)" : "V\($0)" }, ["1", "2", "3+", "4", "5", "1", "2"],
    (0..<60).map { "\($0) Main Street" },
    (0..<60).map { "\($0)/\($0 + 1)" }, (0..<60).map { "10.0.0.\($0)" },
    (0..<60).map { "E\($0 + 10).9" },
  ])
  func codesAreNoNumbers(_ cells: [String]) throws {
    let column = try column(cells)
    #expect(!column.type.isOrdered)
    #expect(column.texts == cells)
  }

  @Test func verySmallAndVeryLargeNumbers() throws {
    let small = (0..<60).map { "\($0 % 9 + 1).\($0 + 10)e-\($0 + 1)" }
    #expect(
      try column(small).type == .scientific(ScientificFormat(digits: 3))
        || column(small).type.isOrdered)
    let column = try column(small)
    #expect(column.cells.key(59) != column.cells.key(58) && column.missingCount == 0)
    let large = (0..<40).map { "\($0 + 1)E+\($0 + 10)" }
    #expect(
      try self.column(large).type == .scientific(ScientificFormat(digits: 2, alwaysExponent: true)))
  }

  // MARK: - Times

  @Test(arguments: [
    "yyyyMMdd", "yyyyMM", "yyyy-MM", "MM/yyyy", "dd MMMM yyyy", "MMMM d, yyyy", "[De]d. MMMM yyyy",
    "[fr]d MMMM yyyy", "[EN]ddMMMyyyy",
    "[es]d 'de' MMMM 'de' yyyy", "[It]d MMMM yyyy", "[nl]d MMMM yyyy", "[pt]d 'de' MMMM 'de' yyyy",
    "MMM yyyy", "MMM-yy",
  ])
  func datesInOtherWords(_ pattern: String) throws {
    let type = ColumnType.date(DateFormat(pattern: pattern))
    let cells = (0..<60).map { type.format(tick: Int64(15_000 + $0 * 37)) }
    let column = try column(cells)
    guard case .date(let found) = column.type else {
      Issue.record("\(pattern) is read as \(column.type)")
      return
    }
    // Another pattern may write the same cells.
    #expect(column.texts == cells, "\(pattern) is read as \(found.pattern)")
    #expect(try comesBack(cells, delimiter: ","))
    #expect(try self.column(cells + ["unknown"]).codes == ["unknown"])
  }

  @Test(arguments: ["HH:mm", "HH:mm:ss", "h:mm a", "H:mm:ss", "HH:mm:ss.SSS"])
  func timesOfDay(_ pattern: String) throws {
    let type = ColumnType.timestamp(
      TimestampFormat(
        pattern: pattern, fractionDigits: pattern.contains("S") ? 3 : 0,
        secondsPerTick: pattern.contains("ss") ? 1 : 60))
    let day = try #require(TimePattern(type)).ticksPerDay
    let cells = (0..<80).map { type.format(tick: Int64($0) * 1_000_003 % day) }
    #expect(try column(cells).type.schemaWord == "time" && comesBack(cells, delimiter: ","))
    if pattern.hasPrefix("H"), !pattern.contains("a") {
      let long = cells + (0..<10).map { type.format(tick: day + Int64($0) * 3_700_001 % (3 * day)) }
      #expect(try comesBack(long, delimiter: ";"))
    }
  }

  @Test func clocksInWholeNumbers() throws {
    let times = (0..<200).map { ($0 * 7 % 24) * 100 + $0 * 11 % 60 }
    #expect(try column(times.map(String.init)).type.schemaWord == "time")
    #expect(try column(stride(from: 0, to: 2000, by: 50).map(String.init)).type == .integer)
    #expect(try column((0..<60).map(String.init)).type == .integer)
    #expect(try column((0..<60).map(String.init), named: "time").type == .integer)
    #expect(
      try column(
        ["830", "845", "1200", "1330", "1745", "905", "1015", "1100", "5", "2359"],
        named: "crash_time"
      ).type.schemaWord == "time")
    #expect(try column((0..<60).map { "\(20_190_100 + $0)" }).type == .integer)
    #expect(try column((0..<60).map { "\(199_900 + $0)" }).type == .integer)
  }

  @Test func offsetsFromUTC() throws {
    let shared = (0..<60).map { "2020-01-\(Self.padded($0 % 28 + 1)) 1\($0 % 10):30:00+02:00" }
    #expect(
      try column(shared).type == .timestamp(TimestampFormat(pattern: "yyyy-MM-dd HH:mm:ss'+02:00'"))
    )
    #expect(try comesBack(shared, delimiter: ","))
    let changing = try column([
      "2020-01-01T10:00:00+01:00", "2020-07-01T10:00:00+02:00", "2020-07-01T10:00:00+00:00",
    ])
    #expect(
      changing.texts == [
        "2020-01-01T09:00:00+00:00", "2020-07-01T08:00:00+00:00", "2020-07-01T10:00:00+00:00",
      ])
  }

  // MARK: - Flags

  @Test(arguments: [
    ("0", "1"), ("F", "M"), ("female", "male"), ("nein", "ja"), ("FAUX", "VRAI"), ("no", "sí"),
    ("Mujer", "Hombre"), ("nee", "ja"),
    ("weiblich", "männlich"), ("Alive", "Dead"), ("não", "sim"), ("negative", "positive"),
  ])
  func flags(_ whenFalse: String, _ whenTrue: String) throws {
    for cells in [[whenTrue, whenFalse, whenFalse], [whenFalse, whenTrue, ""]] {
      #expect(
        try column(cells).type == .boolean(BooleanLabels(whenFalse: whenFalse, whenTrue: whenTrue)))
    }
    #expect(
      try column([whenFalse, whenTrue, "maybe"]).type == .category
        || column([whenFalse, whenTrue, "maybe"]).type == .identifier)
  }

  @Test func flagsNeedBothWords() throws {
    #expect(try column(["0", "0"]).type == .integer)
    #expect(try column(["M", "M"]).type == .category)
  }

  // MARK: - There and back

  /// Whether cells come back byte for byte, read without a schema and under the inferred schema,
  /// and whether both readings agree.
  private func comesBack(_ cells: [String], delimiter: String) throws -> Bool {
    let quoted = cells.map { $0.contains(delimiter) ? "\"\($0)\"" : $0 }
    let text = "x\(delimiter)other\n" + quoted.map { "\($0)\(delimiter)w\n" }.joined()
    let folder = try TemporaryFolder()
    let file = try folder.file("t.csv", text)
    let first = try TableReader.read(file)
    var schema = Schema(name: "t", format: first.format, columns: [])
    schema.columns = first.table.columns.map { column in
      var described = ColumnSchema(
        name: column.name, type: column.type, isNullable: column.missingCount > 0,
        minimumFractionDigits: column.minimumFractionDigits)
      (described.numberFormat, described.codes) = (column.numberFormat, column.codes)
      return described
    }
    let reread = try SchemaFile.parse(SchemaFile.text(schema), file: "s.yaml")
    guard reread.columns == schema.columns else {
      Issue.record("the schema file changes the column: \(SchemaFile.text(schema))")
      return false
    }
    let second = try TableReader.read(file, under: reread)
    let written = folder.url.appending(path: "u.csv")
    try CSVWriter.write(second.table, to: written, format: schema.format)
    let result = try String(contentsOf: written, encoding: .utf8)
    #expect(result == text)
    return second.table.columns.map(\.cells) == first.table.columns.map(\.cells)
      && second.departures.isEmpty && result == text
  }
}
