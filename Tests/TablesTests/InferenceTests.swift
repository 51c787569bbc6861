import DelimitedText
import Foundation
import Tables
import Testing

@Suite struct InferenceTests {
  /// Reads one column beside a plain one.
  private func column(_ cells: [String], _ options: ReadOptions = ReadOptions()) throws -> Column {
    let text = "x,other\n" + cells.map { "\($0),w\n" }.joined()
    return try #require(try read(text, options).table.column(named: "x"))
  }

  @Test func numbers() throws {
    let integer = try column(["1", "-20", "", "0", "9223372036854775807"])
    #expect(integer.type == .integer)
    #expect(integer.cells == .ticks([1, -20, Cells.missingTick, 0, Int64.max]))
    let decimal = try column(["2.5", "2.25", "3", "NA", "-0.5"])
    #expect(decimal.type == .decimal(fractionDigits: 2))
    #expect(decimal.cells == .ticks([250, 225, 300, Cells.missingTick, -50]))
    #expect(decimal.minimumFractionDigits == 0 && decimal.missingToken == "NA")
    #expect(try column(["1.50", "2.00"]).minimumFractionDigits == 2)
    #expect(try column(["2.50E-01", "1e+02", "0.125"]).cells == .ticks([250, 100_000, 125]))
    #expect(try column(["1.0", "2"]).type == .decimal(fractionDigits: 1))
    #expect(try column([" 12", "13 "]).type == .integer)
    #expect(try column(["\"12\"", "\"13\""]).type == .integer)
  }

  @Test(arguments: [
    ["02139", "10001"], ["1", "two"], ["1E5", "2E7"], ["9223372036854775808", "1"], ["+5", "+6"],
    ["1,5", "2"], ["None", "1"],
    ["inf", "1"],
  ])
  func notNumbers(_ cells: [String]) throws {
    let quoted = cells.map { $0.contains(",") ? "\"\($0)\"" : $0 }
    let column = try column(quoted)
    #expect(column.type == .category)
    #expect(column.texts == cells)
  }

  @Test func tooManyDigitsAreRoundedWithANote() throws {
    let result = try read("x,y\n0.30000000000000004,1.12345678912\n5.98,2\n")
    #expect(result.table.columns[0].type == .decimal(fractionDigits: 2))
    #expect(result.table.columns[1].type == .decimal(fractionDigits: 9))
    #expect(result.table.columns[1].cells == .ticks([1_123_456_789, 2_000_000_000]))
    #expect(result.notes.contains(.roundedDecimals(column: "y", fractionDigits: 9)))
    // A large number leaves less room after the point, whichever comes first.
    for cells in ["123456789012345.5\n0.123456789", "0.123456789\n123456789012345.5"] {
      let large = try read("x\n\(cells)\n")
      #expect(large.table.columns[0].type == .decimal(fractionDigits: 4))
      #expect(large.notes == [.roundedDecimals(column: "x", fractionDigits: 4)])
    }
  }

  /// The scale is found over all rows, so the place of the longest number does not matter.
  @Test func decimalsAgreeWithFoundation() throws {
    var generator = SeededGenerator(7)
    for _ in 0..<200 {
      let cells = (0..<20).map { _ in
        let digits = generator.below(7)
        let whole = String(generator.below(100_000))
        let fraction = (0..<digits).map { _ in String(generator.below(10)) }.joined()
        return (generator.below(3) == 0 ? "-" : "") + whole + (digits > 0 ? "." + fraction : "")
      }
      let column = try column(cells)
      for (text, cell) in zip(column.texts, cells) {
        #expect(Decimal(string: try #require(text)) == Decimal(string: cell))
      }
    }
  }

  @Test func booleans() throws {
    for (no, yes) in [("false", "true"), ("F", "T"), ("No", "Yes"), ("n", "y"), ("FALSE", "TRUE")] {
      let column = try column([yes, no, "?", yes])
      #expect(column.type == .boolean(BooleanLabels(whenFalse: no, whenTrue: yes)))
      #expect(column.cells == .ticks([1, 0, Cells.missingTick, 1]))
    }
    #expect(try column(["0", "1"]).type == .boolean(BooleanLabels(whenFalse: "0", whenTrue: "1")))
    #expect(try column(["0", "1", "2"]).type == .integer)
    #expect(try column(["No", "No"]).type == .category)
    #expect(try column(["no", "No", "yes"]).type == .category)
  }

  @Test(arguments: [
    ("yyyy-MM-dd", ["2024-02-29", "2150-12-31"]), ("yyyy/MM/dd", ["2024/02/29"]),
    ("M/d/yyyy", ["1/31/2024", "12/1/2024"]),
    ("d/M/yyyy", ["31/1/2024", "1/12/2024"]), ("dd.MM.yyyy", ["31.01.2024"]),
    ("d.M.yyyy", ["1.2.2024"]),
    ("dd-MMM-yyyy", ["31-Jan-2024", "01-Dec-1999"]), ("MM/dd/yyyy", ["01/31/2024", "11/02/2024"]),
    ("dd/MM/yyyy", ["01/02/2024", "31/12/2023"]),
  ])
  func dates(_ pattern: String, _ cells: [String]) throws {
    let column = try column(cells)
    #expect(column.type == .date(DateFormat(pattern: pattern)))
    #expect(column.texts == cells)
  }

  @Test(arguments: [
    ("yyyy-MM-dd'T'HH:mm:ss'Z'", ["2024-02-29T23:59:59Z"]),
    ("yyyy-MM-dd HH:mm:ss", ["1969-12-31 23:59:59"]),
    ("yyyy-MM-dd HH:mm:ss.SSS", ["2024-01-01 00:00:00.125", "1960-01-01 00:00:00.001"]),
    ("M/d/yyyy H:mm", ["9/13/2014 7:24", "1/2/2015 13:01"]),
    ("d.M.yyyy", ["3.4.2020"]),
    ("M/d/yyyy h:mm a", ["9/13/2014 7:24 AM", "9/3/2014 12:00 AM", "9/3/2014 12:01 PM"]),
  ])
  func timestamps(_ pattern: String, _ cells: [String]) throws {
    let column = try column(cells)
    switch column.type {
    case .timestamp(let format): #expect(format.pattern == pattern)
    case .date(let format): #expect(format.pattern == pattern)
    default: Issue.record("\(column.type)")
    }
    #expect(column.texts == cells)
  }

  @Test func dayAndMonth() throws {
    let open = try read("x,n\n01/02/2024,1\n03/04/2024,2\n")
    #expect(open.table.columns[0].type == .date(DateFormat(pattern: "MM/dd/yyyy")))
    #expect(
      open.notes == [
        .ambiguousDayAndMonth(
          column: "x", readAs: "MM/dd/yyyy",
          because: "no day above 12 decides and the month first is assumed")
      ])
    let decided = try read("x,y\n01/02/2024,31/12/2023\n03/04/2024,01/01/2024\n")
    #expect(
      decided.table.columns.map(\.type) == [
        .date(DateFormat(pattern: "dd/MM/yyyy")), .date(DateFormat(pattern: "dd/MM/yyyy")),
      ])
    #expect(decided.table.columns[0].texts == ["01/02/2024", "03/04/2024"])
    let tick = CivilDate(year: 2024, month: 2, day: 1).daysSince1970
    #expect(
      decided.table.columns[0].cells
        == .ticks([Int64(tick), Int64(CivilDate(year: 2024, month: 4, day: 3).daysSince1970)]))
    #expect(decided.notes.count == 1)
  }

  /// The cell that decides a type may be far behind the first block.
  @Test func lateSurprises() throws {
    let count = 60_000
    let rows = (0..<count).map { row in
      let isLast = row == count - 1
      return
        "\(isLast ? "word" : "\(row)"),\(isLast ? "13/1/2020" : "1/\(row % 12 + 1)/2020"),\(isLast ? "0.125" : "7"),\(isLast ? "x" : "")\n"
    }
    let table = try read("a,b,c,d\n" + rows.joined()).table
    #expect(table.columns[0].type == .integer)
    #expect(table.columns[1].type == .date(DateFormat(pattern: "d/M/yyyy")))
    #expect(table.columns[2].type == .decimal(fractionDigits: 3))
    #expect(table.columns[3].type == .category)
    #expect(table.columns[0].texts[5] == "5" && table.columns[0].texts[count - 1] == nil)
    #expect(table.columns[1].texts[3] == "1/4/2020")
    #expect(table.columns[2].texts[0] == "7.000")
    #expect(table.columns[3].texts[0] == nil && table.columns[3].texts[count - 1] == "x")
  }

  @Test func labels() throws {
    let identifiers = (0..<50).map { "user\($0)@example.org" }
    #expect(try column(identifiers).type == .identifier)
    let recurring = (0..<200).map { "0000000\($0 % 30 / 10)-0000-0000-0000-00000000000\($0 % 10)" }
    #expect(try column(recurring).type == .identifier)
    let prose = (0..<50).map { "patient \($0) came in with a cough and was sent home" }
    #expect(try column(prose).type == .text)
    #expect(try column((0..<50).map { "level \($0 % 5)" }).type == .category)
  }

  @Test func missing() throws {
    let all = try column(["", "NA", "NA"])
    #expect(all.type == .category && all.missingToken == "NA")
    #expect(all.cells == .labels(codes: [-1, -1, -1], dictionary: LabelDictionary()))
    #expect(try column(["None", "x"]).texts == ["None", "x"])
    let own = try column(["-9", "4", "NA"], ReadOptions(missingTokens: ["-9"]))
    #expect(own.type == .category && own.texts == [nil, "4", "NA"])
    #expect(
      try column(["-9", "4"], ReadOptions(missingTokens: ["-9"])).cells
        == .ticks([Cells.missingTick, 4]))
    // Quoted tokens: text among labels, missing among numbers, no evidence if every cell is quoted.
    #expect(try column(["\"NA\"", "NA", "x", "\"\"", ""]).texts == ["NA", nil, "x", "", nil])
    #expect(try column(["\"\"", "4"]).cells == .ticks([Cells.missingTick, 4]))
    #expect(
      try read("\"x\",\"y\"\n\"\",\"b\"\n\"NA\",\"c\"\n").table.columns[0].texts == [nil, nil])
  }
}
