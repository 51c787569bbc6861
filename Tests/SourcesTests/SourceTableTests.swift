import Basics
import DelimitedText
import Foundation
import TableSources
import Tables
import Testing

/// Typed columns are written as the schema declares them, and read back as they were.
@Suite struct SourceTableTests {
  private func table() throws -> SourceTable {
    var dose = SourceColumn(name: "dose", kind: .real)
    var seen = SourceColumn(name: "seen", kind: .day)
    var at = SourceColumn(name: "at", kind: .instant(isUTC: false))
    var smokes = SourceColumn(name: "smokes", kind: .truth)
    var ward = SourceColumn(name: "ward", kind: .text)
    for (real, day) in [(1.5, Int64(0)), (0.25, 18_321)] {
      dose.append(real: real)
      let areKept = [
        seen.append(tick: day), at.append(tick: day * 86_400_000_000 + 3_600_000_000),
        smokes.append(tick: day == 0 ? 0 : 1),
      ]
      #expect(areKept == [true, true, true])
    }
    try ward.append(text: "?")
    try ward.append(text: "A;\"B\"")
    return SourceTable(name: "t", columns: [dose, seen, at, smokes, ward])
  }

  @Test func withoutASchemaTheFormIsOurs() throws {
    let lines = """
      dose,seen,at,smokes,ward
      1.5,1970-01-01,1970-01-01 01:00:00,false,?
      0.25,2020-02-29,2020-02-29 01:00:00,true,"A;""B""\"

      """
    #expect(try SourceFile.text(of: table()) == lines)
  }

  /// A schema that was made of a German file fits the same table in a database.
  @Test func theSchemaDecidesTheForm() throws {
    var format = TableFormat(delimiter: UInt8(ascii: ";"), missingTokens: ["-"])
    format.decimalMark = .comma
    let schema = Schema(
      name: "t", format: format,
      columns: [
        ColumnSchema(name: "dose", type: .decimal(fractionDigits: 2)),
        ColumnSchema(name: "seen", type: .date(DateFormat(pattern: "dd.MM.yyyy"))),
        ColumnSchema(
          name: "at",
          type: .timestamp(TimestampFormat(pattern: "dd.MM.yyyy HH:mm", secondsPerTick: 60))),
        ColumnSchema(
          name: "smokes", type: .boolean(BooleanLabels(whenFalse: "nein", whenTrue: "ja"))),
        ColumnSchema(name: "ward", type: .category),
      ])
    let lines = """
      dose;seen;at;smokes;ward
      1,5;01.01.1970;01.01.1970 01:00;nein;?
      0,25;29.02.2020;29.02.2020 01:00;ja;"A;""B""\"

      """
    #expect(try SourceFile.text(of: table(), under: schema) == lines)
  }

  @Test func aSchemaWithLinesAboveIsRefused() throws {
    var schema = Schema(name: "t", columns: [])
    schema.format.skippedLines = 2
    #expect(throws: SourceError.linesAbove(table: "t")) {
      try SourceFile.text(of: table(), under: schema)
    }
  }

  /// Binary numbers read back to the same bits, and with no more digits than the shortest text has.
  @Test func binaryNumbersAreWrittenExactly() throws {
    var generator = SplitMix64(seed: 11)
    let numbers = (0..<3000).map { turn -> Double in
      switch turn % 4 {
      case 0: Double(generator.below(100_000)) / 1000
      case 1: generator.uniform() * 1e6
      case 2: Double(generator.below(1_000_000)) - 500_000
      default: Double(bitPattern: generator.next())
      }
    }
    for share in [numbers, numbers.enumerated().filter { $0.offset % 4 == 0 }.map(\.element)] {
      var column = SourceColumn(name: "x", kind: .real)
      for number in share { column.append(real: number) }
      let cells = try SourceFile.cells(of: SourceTable(name: "t", columns: [column]))[0]
      for (number, cell) in zip(share, cells) {
        if number.isNaN {
          #expect(cell == nil)
        } else {
          #expect(Double(try #require(cell)) == number, "\(cell ?? "")")
        }
      }
    }
    var thousandths = SourceColumn(name: "x", kind: .real)
    thousandths.append(real: 0.001)
    thousandths.append(real: 12)
    #expect(
      try SourceFile.text(of: SourceTable(name: "t", columns: [thousandths])) == "x\n0.001\n12\n")
  }

  @Test func oneColumnAndNoRowsAreATable() throws {
    var column = SourceColumn(name: "", kind: .text)
    #expect(try SourceFile.text(of: SourceTable(name: "t", columns: [column])) == "\"\"\n")
    column.appendMissing()
    let text = try SourceFile.text(of: SourceTable(name: "t", columns: [column]))
    #expect(
      text.split(separator: "\n", omittingEmptySubsequences: false).count == 3,
      "a missing cell is a row")
    #expect(throws: SourceError.noColumns(table: "t")) {
      try SourceFile.text(of: SourceTable(name: "t", columns: []))
    }
  }

  /// The word that a source has for most missing cells is the one that the file has.
  @Test(arguments: [
    (["?", "?", nil, "x"], "?"), (["?", nil, nil, "x"], ""), (["NA", "NA", "?", nil], "NA"),
    (["", "x", "", nil], ""),
  ])
  func missingCellsHaveTheUsualWord(_ texts: [String?], _ word: String) throws {
    var column = SourceColumn(name: "c", kind: .text)
    for text in texts {
      if let text { try column.append(text: text) } else { column.appendMissing() }
    }
    var count = SourceColumn(name: "n", kind: .whole)
    for _ in texts { _ = count.append(tick: 1) }
    let cells = texts.map { $0 == "x" ? "x,1" : "\(word),1" }
    #expect(
      try SourceFile.text(of: SourceTable(name: "t", columns: [column, count])) == "c,n\n"
        + cells.joined(separator: "\n") + "\n")
  }
}
