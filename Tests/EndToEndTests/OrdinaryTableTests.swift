import DelimitedText
import Engines
import Foundation
import Manifests
import MarginalSynthesis
import Releases
import Synthesis
import Tables
import Testing

/// Tables that are odd in ordinary ways, through the whole pipeline. Each yields a release of the
/// same form.
@Suite struct OrdinaryTableTests {
  struct Odd: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    var testDescription: String { name }

    init(_ name: String, _ text: String) { self.init(name, bytes: Array(text.utf8)) }

    init(_ name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  private static func rows(_ count: Int, _ row: (Int) -> String) -> String {
    (0..<count).map { row($0) + "\n" }.joined()
  }

  static let tables = [
    Odd("one row", "age,town,ok\n31,Ashby,yes\n"),
    Odd("two rows", "age,town,ok\n31,Ashby,yes\n32,Corby,no\n"),
    Odd("one column of numbers", "age\n" + rows(300) { "\($0 % 60)" }),
    Odd("one column of labels", "town\n" + rows(300) { ["Ashby", "Corby", "Derby"][$0 % 3] }),
    Odd(
      "a column that is always missing",
      "age,gone,town\n" + rows(400) { "\($0 % 60),,\(["Ashby", "Corby"][$0 % 2])" }),
    Odd("all columns always missing", "a,b\n" + rows(50) { _ in "," }),
    Odd("a constant number", "age,same\n" + rows(400) { "\($0 % 60),7" }),
    Odd("a constant label", "age,same\n" + rows(400) { "\($0 % 60),x" }),
    Odd("a column unique per row", "age,code\n" + rows(400) { "\($0 % 60),c\($0 * 7919)x" }),
    Odd("10,000 categories", "age,place\n" + rows(20_000) { "\($0 % 60),place \($0 % 10_000)" }),
    Odd(
      "huge numbers",
      "amount,m\n"
        + rows(400) {
          "\($0 % 2 == 0 ? Int64.max - Int64($0) : Int64.min + 100 + Int64($0)),\($0 % 60)"
        }),
    Odd("negative decimals", "d,e\n" + rows(400) { "-\($0 % 40).\(10 + $0 % 90),\($0 % 9)" }),
    Odd(
      "CRLF and BOM",
      bytes: [0xEF, 0xBB, 0xBF] + Array("age,town\r\n".utf8)
        + Array(rows(300) { "\($0 % 60),Ashby\r" }.utf8)),
    Odd("quoted line ends", "age,\"to\nwn\"\n" + rows(300) { "\($0 % 60),\"Ash\n\($0 % 2)\"" }),
    Odd("semicolons", "age;town\n" + rows(300) { "\($0 % 60);\(["Ashby", "Corby"][$0 % 2])" }),
    Odd("tabs", "age\ttown\n" + rows(300) { "\($0 % 60)\t\(["Ashby", "Corby"][$0 % 2])" }),
    Odd("no header", rows(300) { "\($0 % 60),\($0 * 3),1.\($0 % 10)" }),
    Odd(
      "names that need quotes",
      "\"age, in years\",\"he said \"\"a\"\"\"\n"
        + rows(300) { "\($0 % 60),\"a, \"\"b\"\" \($0 % 2)\"" }),
    Odd(
      "missing tokens of several kinds",
      "age,town\n" + rows(400) { "\(["NA", "?", "5", "7"][$0 % 4]),\(["N/A", "Ashby"][$0 % 2])" }),
    Odd(
      "dates at the ends of time",
      "day,x\n" + rows(300) { "\(["0001-01-01", "9999-12-31", "2024-02-29"][$0 % 3]),\($0 % 5)" }),
    Odd(
      "labels in many scripts",
      "name of place,x\n" + rows(300) { "\(["Łódź", "東京", "Zürich", "🙂"][$0 % 4]),\($0 % 5)" }),
  ]

  @Test(arguments: tables, Engine.ofMarginals) func anOddTableComesThrough(
    _ odd: Odd, _ engine: Engine
  ) throws {
    let shop = try Workshop()
    try shop.write(odd.bytes, as: "table.csv")
    var request = try shop.request("table.csv", epsilon: 2, engine: engine)
    request.comparesWithOriginal = engine == .mst
    let summary = try Synthesis.run(request)
    #expect(summary.rows >= 1)
    let original = try TableReader.read(shop.file("table.csv"))
    let manifest = try shop.manifest()
    #expect(manifest.rows == summary.rows)
    // The release is read back with the types of the original, so a changed type would not fit.
    let read = try TableReader.read(
      shop.file("release/synthetic.csv"),
      under: Schema(
        name: "t", format: original.format,
        columns: original.table.columns.map {
          ColumnSchema(name: $0.name, type: $0.type, isNullable: true)
        }),
      columns: .anyDescribed)
    #expect(read.departures.isEmpty)
    let synthetic = read.table
    #expect(synthetic.columns.map(\.name) == original.table.columns.map(\.name))
    #expect(synthetic.columns.map(\.header) == original.table.columns.map(\.header))
    #expect(synthetic.columns.map(\.type) == original.table.columns.map(\.type))
    #expect(synthetic.rowCount == summary.rows)
    let unlearned = Set(manifest.unlearned ?? [])
    for column in original.table.columns
    where original.table.rowCount > 100 && !unlearned.contains(column.name) {
      if !original.table.texts(column.name).contains(nil) {
        #expect(
          !synthetic.texts(column.name).contains(nil),
          "missing cells in '\(column.name)', where there are none")
      }
    }
    #expect(try !shop.names().contains { $0.contains("partial") })
  }

  /// With and without a schema, and also if rows are promised but the file has none: nothing is
  /// charged, and nothing is left behind.
  @Test(
    arguments: ["age,town,ok\n", "\u{feff}age,town,ok\r\n", "age,town,ok\n\n\n"], [false, true])
  func aTableWithoutRowsMakesNoRelease(_ text: String, _ hasSchema: Bool) throws {
    let shop = try Workshop()
    try shop.write(text, as: "table.csv")
    try shop.write(
      "version: 2\ncolumns:\n"
        + ["age: integer", "town: category", "ok: boolean"].map { line in
          let parts = line.split(separator: ":")
          return "  - name: \(parts[0])\n    type:\(parts[1])\n"
            + (parts[0] == "ok" ? "    words: {no: \"no\", yes: \"yes\"}\n" : "")
        }.joined(), as: "table.yaml")
    let request = try shop.request("table.csv", schema: hasSchema ? "table.yaml" : nil, epsilon: 1)
    #expect(throws: ReleaseError.noRows("table.csv")) { try Synthesis.run(request) }
    #expect(
      try !shop.names().contains {
        $0.hasPrefix("release") || $0.hasSuffix(".sqlite") || $0.contains("partial")
      })
  }

  /// Noise may turn a few rows into 'other' or missing. Ten of its standard deviations are below a
  /// tenth of 3,000 rows at this budget.
  @Test func constantAndMissingColumnsStayNearlySo() throws {
    let shop = try Workshop()
    try shop.write("age,same,word,gone\n" + Self.rows(3000) { "\($0 % 60),7,x," }, as: "table.csv")
    var request = try shop.request("table.csv", epsilon: 5)
    request.seed = 11
    _ = try Synthesis.run(request)
    let synthetic = try shop.synthetic()
    for (column, text) in [("same", "7"), ("word", "x"), ("gone", nil)] as [(String, String?)] {
      let texts = synthetic.texts(column)
      #expect(texts.count { $0 == text } > texts.count * 9 / 10, "\(column)")
    }
    #expect(Set(synthetic.texts("same")) == ["7"])
  }

  @Test func onlyIdentifiersIsAClearRefusal() throws {
    let shop = try Workshop()
    try shop.write("email\n" + Self.rows(300) { "person\($0)@example.org" }, as: "table.csv")
    let error = #expect(throws: ReleaseError.self) { try Synthesis.run(shop.request("table.csv")) }
    #expect(error == .nothingToModel)
    #expect(try shop.names() == ["table.csv"])
  }
}
