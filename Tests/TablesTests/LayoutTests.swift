import DelimitedText
import Foundation
import Tables
import TestConditions
import Testing

@Suite struct LayoutTests {
  @Test(arguments: [",", ";", "\t", "|"])
  func delimiters(_ delimiter: String) throws {
    let lines = ["name,with;all", "a|b\tc", "1,5", "x"].map {
      $0.contains(delimiter) ? "\"\($0)\"" : $0
    }
    let text = "\(lines[0])\(delimiter)n\n" + lines[1...].map { "\($0)\(delimiter)7\n" }.joined()
    let result = try read(text)
    #expect(result.format.delimiter == delimiter.utf8.first)
    #expect(result.table.columns.count == 2 && result.table.rowCount == 3)
  }

  @Test func headers() throws {
    #expect(try read("a,b\n1,2\n").format.hasHeader)
    #expect(try read("a,b\nx,y\n").format.hasHeader)
    #expect(try read("country,2019,2020\nx,1,2\n").format.hasHeader)
    let data = try read("5,x\n6,y\n")
    #expect(!data.format.hasHeader && data.notes == [.noHeader])
    #expect(data.table.columns.map(\.name) == ["column 1", "column 2"] && data.table.rowCount == 2)
    #expect(try read("a,b\nx,y\n", ReadOptions(hasHeader: false)).table.rowCount == 2)
    let unnamed = try read(",column 1,\n1,2,3\n")
    #expect(unnamed.table.columns.map(\.name) == ["column 1'", "column 1", "column 3"])
    #expect(unnamed.table.columns.map(\.header) == ["", "column 1", ""])
    #expect(unnamed.notes == [.unnamedColumns(positions: [1, 3])])
  }

  @Test func lineEndsAndMarks() throws {
    for text in [
      "a,b\n1,x\n2,y\n", "a,b\r\n1,x\r\n2,y\r\n", "\u{feff}a,b\n1,x\n2,y", "a,b\n1,x\n\n2,y\n\n\n",
      "a,b\r\n1,x\r\n2,y",
      "a,b\n\"1\",\"x\"\r\n2,y",
    ] {
      let table = try read(text).table
      #expect(table.columns.map(\.name) == ["a", "b"])
      #expect(table.columns.map(\.texts) == [["1", "2"], ["x", "y"]])
    }
    #expect(try read("a,b\n1,2\n\n3,4\n").notes == [.blankLines(count: 1)])
  }

  @Test func smallTables() throws {
    let headerOnly = try read("a,b\n")
    #expect(
      headerOnly.table.rowCount == 0
        && headerOnly.table.columns.map(\.type) == [.category, .category])
    #expect(try read("a,b").table.columns.count == 2)
    let oneRow = try read("a,b\n1,x\n").table
    #expect(oneRow.rowCount == 1 && oneRow.columns.map(\.type) == [.integer, .category])
    let wide = (0..<60_000).map { "name\($0)" }.joined(separator: ",")
    #expect(
      try read(wide + "\n" + wide.replacing("name", with: "") + "\n").table.columns.count == 60_000)
    #expect(try read("a\n1\n2\n").table.columns.map(\.cells) == [.ticks([1, 2])])
  }

  @Test(
    .enabled(
      if: SharedFolder.has("adult.csv"),
      "the shared tables are not beside the checkout: say where in UNDERSTUDY_SHARED"))
  func everySharedTable() throws {
    let data = SharedFolder.data
    let files = FileManager.default.enumerator(at: data, includingPropertiesForKeys: nil)
    var count = 0
    while let file = files?.nextObject() as? URL {
      let name = file.lastPathComponent
      guard name.hasSuffix(".csv") || name.hasSuffix(".csv.gz") else { continue }
      count += 1
      if name == "groceries.csv" {
        let error = #expect(throws: TableError.self) { try TableReader.read(file) }
        #expect(error?.description.contains("one row per item") == true)
        continue
      }
      let result = try TableReader.read(file)
      #expect(result.table.rowCount > 0 && result.table.columns.count > 1, "\(name)")
      try expectSameAfterWriting(result, name)
    }
    #expect(count >= 40)
  }

  /// Writes the table and reads it again with the same types.
  private func expectSameAfterWriting(_ result: ReadTable, _ name: String) throws {
    let folder = try TemporaryFolder()
    let copy = folder.url.appending(path: name)
    try CSVWriter.write(result.table, to: copy, format: result.format)
    let again = try TableReader.read(copy, under: Schema(of: result))
    for (old, new) in zip(result.table.columns, again.table.columns) {
      #expect(
        old.name == new.name && old.header == new.header && old.cells == new.cells,
        "\(name), \(old.name)")
    }
  }

  @Test(
    .enabled(
      if: SharedFolder.has("adult.csv"),
      "the shared tables are not beside the checkout: say where in UNDERSTUDY_SHARED"))
  func knownColumns() throws {
    let data = SharedFolder.data
    let adult = try TableReader.read(data.appending(path: "adult.csv"))
    #expect(adult.table.rowCount == 48_842)
    let integers = adult.table.columns.filter { $0.type == .integer }.map(\.name)
    #expect(
      integers == [
        "age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week",
      ])
    #expect(adult.table.column(named: "workclass")?.missingToken == "?")
    let support = try TableReader.read(data.appending(path: "support2/support2.csv")).table
    #expect(
      support.columns[0].name == "column 1" && support.columns[0].header.isEmpty
        && support.rowCount == 9105)
    let diabetes = try TableReader.read(data.appending(path: "diabetes130/diabetic_data.csv.gz"))
      .table
    #expect(diabetes.rowCount == 101_766 && diabetes.columns.count == 50)
    #expect(diabetes.column(named: "diag_1")?.type == .category)
    let folder = try TemporaryFolder()
    let copy = folder.url.appending(path: "copy.csv")
    try CSVWriter.write(adult.table, to: copy, format: adult.format)
    #expect(
      try Data(contentsOf: copy) == Data(contentsOf: data.appending(path: "adult.csv")),
      "the same bytes")
  }
}
