import DelimitedText
import Foundation
import SchemaFiles
import Tables
import Testing

/// Lines before the column names, lines that are missing there, and rows that are not data.
@Suite struct FirstLinesTests {
  private static func rows(_ count: Int, separator: String = ",") -> String {
    (0..<count).map {
      ["\(["A", "B", "C"][$0 % 3])", "2023-07-\(10 + $0 % 20)", "\($0 * 7 % 31)"].joined(
        separator: separator) + "\n"
    }
    .joined()
  }

  private static func schema(of found: ReadTable) -> Schema {
    Schema(
      name: "t", format: found.format,
      columns: found.table.columns.map { ColumnSchema(name: $0.name, type: $0.type) })
  }

  private static func cells(_ text: String, under schema: Schema) throws -> Table {
    let folder = try TemporaryFolder()
    return try TableReader.read(try folder.file("table.csv", text), under: schema).table
  }

  struct Beginning: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let skipped: Int
    let notes: [ReadNote]
    var testDescription: String { name }
  }

  static let beginnings = [
    Beginning(name: "nothing", text: "ward,admitted,los\n" + rows(30), skipped: 0, notes: []),
    Beginning(
      name: "sep", text: "sep=;\nward;admitted;los\n" + rows(30, separator: ";"), skipped: 1,
      notes: [.separatorLine]),
    Beginning(
      name: "sep in quotes, of a bar",
      text: "\"SEP=|\"\r\nward|admitted|los\r\n" + rows(30, separator: "|"), skipped: 1,
      notes: [.separatorLine]),
    Beginning(
      name: "comments", text: "# from the portal\n# CC-BY, 2024\nward,admitted,los\n" + rows(30),
      skipped: 2,
      notes: [.commentLines(count: 2)]),
    Beginning(
      name: "slashes", text: "// export v2\nward,admitted,los\n" + rows(30), skipped: 1,
      notes: [.commentLines(count: 1)]),
    Beginning(
      name: "names behind a hash", text: "##source=x\n#ward,admitted,los\n" + rows(30), skipped: 1,
      notes: [.commentLines(count: 1)]),
    Beginning(
      name: "a title and a date",
      text: "Report:,Admissions by ward,\nGenerated:,2024-03-05,\nward,admitted,los\n" + rows(30),
      skipped: 2,
      notes: [.titleLines(count: 2)]),
    Beginning(
      name: "a quoted title and an empty row",
      text: "\"Table 4: Attendances, by site\",,\n,,\nward,admitted,los\n" + rows(30), skipped: 2,
      notes: [.titleLines(count: 2)]),
    Beginning(
      name: "a title of one cell", text: "Admissions in July\nward,admitted,los\n" + rows(30),
      skipped: 1, notes: [.titleLines(count: 1)]),
    Beginning(
      name: "sep and a title", text: "sep=,\nAdmissions in July\nward,admitted,los\n" + rows(30),
      skipped: 2,
      notes: [.separatorLine, .titleLines(count: 1)]),
  ]

  @Test(arguments: beginnings) func whatBelongsToNobodyIsSkipped(_ beginning: Beginning) throws {
    let found = try read(beginning.text)
    #expect(found.format.skippedLines == beginning.skipped && found.notes == beginning.notes)
    #expect(
      found.table.columns.map(\.name).last == "los" && found.table.columns.last?.type == .integer)
    #expect(found.table.rowCount == 30)
    // A schema with the same facts reads the same.
    let schema = Self.schema(of: found)
    let written = SchemaFile.text(schema)
    #expect(written.contains("  skip: \(beginning.skipped)") == (beginning.skipped > 0))
    #expect(try SchemaFile.parse(written, file: "t.yaml").format == found.format)
    #expect(
      try Self.cells(beginning.text, under: schema).columns.map(\.texts)
        == found.table.columns.map(\.texts))
  }

  /// Lines that slightly resemble a title and are not one.
  @Test(arguments: [
    ",a,b\nx,1,2\ny,3,4\nz,5,6\n", "a,b,\nx,y,z\nu,v,w\nx,y,u\n",
    "name,ward,\nAnn,A,\nBob,B,\nCid,C,x\n", "#1,2\n#3,4\n#5,6\n",
    "a\nb\nc\nd\n", "sepal,width\n1,2\n3,4\n",
  ]) func whatIsNoTitleIsKept(_ text: String) throws {
    let found = try read(text)
    #expect(found.format.skippedLines == 0)
    #expect(
      found.table.rowCount + (found.format.hasHeader ? 1 : 0) == text.split(separator: "\n").count)
  }

  @Test func aFirstLineLikeTheOthersIsData() throws {
    func codes(_ number: Int) -> String {
      "Q\("XYZ".randomCase(number))-\(70417 + number * 37),E1\(number % 2).9,LS\(number % 7) 4AP,F\n"
    }
    let data = try read((0..<40).map(codes).joined())
    #expect(!data.format.hasHeader && data.table.rowCount == 40 && data.notes == [.noHeader])
    let named = try read("record,diagnosis,postcode,sex\n" + (0..<40).map(codes).joined())
    #expect(named.format.hasHeader && named.notes == [])
    let words = try read(
      (0..<40).map {
        "Person \($0),\(["asthma", "flu"][$0 % 2]),\(["Leeds", "Hull", "York"][$0 % 3])\n"
      }.joined())
    #expect(!words.format.hasHeader)
    // Only one of several words also occurs below: they are column names as usual, but with a
    // doubt.
    let one = try read(
      "drug,dose,route,unit\n"
        + (0..<40).map { "d\($0 % 4),low\($0 % 3)x,\(["oral", "route"][$0 % 2]),mg\($0)\n" }
        .joined())
    #expect(
      one.format.hasHeader && one.notes == [.headerInDoubt] && one.notes.allSatisfy(\.isDoubt))
  }

  @Test func namesThatOccurTwiceAreToldApart() throws {
    let found = try read("id,score,score,score 2,score\n1,2,3,4,5\n6,7,8,9,1\n")
    #expect(found.table.columns.map(\.name) == ["id", "score", "score 3", "score 2", "score 4"])
    #expect(found.table.columns.map(\.header) == ["id", "score", "score", "score 2", "score"])
    #expect(found.notes == [.repeatedNames(positions: [3, 5])])
  }

  @Test(arguments: ["Total", "TOTAL:", "Gesamt", "Somme", "Total general"]) func aTotalIsPointedOut(
    _ word: String
  ) throws {
    #expect(try read("ward,admitted,los\n" + Self.rows(30) + "\(word),,480\n").notes == [.totalRow])
    #expect(
      try read(
        "ward,admitted,los\n\(word),2023-07-01,3\n" + Self.rows(30) + "\(word),2023-07-02,4\n"
      ).notes == [])
  }

  /// Files that were joined have the names in their middle; such names are still names.
  @Test(arguments: [0, 1, 17, 30]) func namesThatComeAgainArePointedOut(_ place: Int) throws {
    var lines = Self.rows(30).split(separator: "\n").map(String.init)
    lines.insert("ward,admitted,los", at: place)
    let found = try read((["ward,admitted,los"] + lines).joined(separator: "\n") + "\n")
    #expect(found.format.hasHeader && found.table.columns.map(\.name).first == "ward")
    #expect(found.notes.contains(.namesAgain(row: place + 1)))
    #expect(ReadNote.namesAgain(row: 1).isDoubt)
  }

  @Test func aFirstRowThatComesAgainIsARow() throws {
    let rows = (0..<30).map { "\(["A", "B"][$0 % 2]),\(["x", "y", "z"][$0 % 3])\n" }.joined()
    #expect(try !read(rows).format.hasHeader)
    #expect(try !read("A,2023-07-10,4\n" + Self.rows(30)).format.hasHeader)
  }

  @Test func aLineOfUnitsIsPointedOut() throws {
    #expect(
      try read(
        "id,weight,height\n,kg,cm\n" + (0..<30).map { "\($0),\(50 + $0),\(150 + $0)\n" }.joined()
      ).notes.contains(.secondLineIsWords)
    )
    #expect(
      try read(
        "id,weight\n1,unknown\n2,70\n3,unknown\n" + (4..<30).map { "\($0),\(50 + $0)\n" }.joined()
      ).notes == [
        .codeWords(column: "weight", count: 1)
      ])
  }

  @Test func anOddDelimiterIsPointedOut() throws {
    for character in ["^", "~", "!"] {
      let text = "a,b,c\n1,y,0.98\n7,y,0.27\n2,x,0.25\n".replacing(",", with: character)
      #expect(try read(text).notes == [.oneColumn(character: Character(character))])
      let told = try read(text, ReadOptions(delimiter: Character(character).asciiValue))
      #expect(told.table.columns.map(\.name) == ["a", "b", "c"] && told.notes == [])
    }
  }

  /// A release of a table with a title has none.
  @Test func aReleaseHasNoTitle() throws {
    let title = "Admissions in July\n"
    let found = try read(title + "ward,admitted,los\n" + Self.rows(30))
    let folder = try TemporaryFolder()
    let release = try folder.file("synthetic.csv", "ward,admitted,los\n" + Self.rows(9))
    let table = try TableReader.read(release, under: Self.schema(of: found), columns: .anyDescribed)
      .table
    #expect(
      found.format.skippedLines == 1 && table.rowCount == 9
        && table.columns.map(\.name) == ["ward", "admitted", "los"])
  }

  /// One more row does not change how the others are read.
  @Test func skippingIsByTheSchemaAlone() throws {
    var schema = Self.schema(of: try read("ward,admitted,los\n" + Self.rows(30)))
    schema.format.skippedLines = 3
    // Two lines above the names, not three: the first row is taken for names, which the schema does
    // not know.
    #expect(throws: TableError.self) {
      try Self.cells("one\ntwo\nward,admitted,los\n" + Self.rows(3), under: schema)
    }
    let text = "one\n\"two\n\nward,admitted,los\n"
    #expect(try Self.cells(text + Self.rows(5), under: schema).rowCount == 5)
  }
}

extension String {
  /// A letter of the text, by number.
  fileprivate func randomCase(_ number: Int) -> Character {
    self[index(startIndex, offsetBy: number % count)]
  }
}
