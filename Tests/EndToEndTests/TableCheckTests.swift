import Foundation
import MarginalSynthesis
import Releases
import Synthesis
import Tables
import Testing

/// What an owner is shown before anything is spent, and what nobody else sees.
@Suite struct TableCheckTests {
  private static let schema = """
    version: 3
    facts: declared
    rows: {about: 900, public: yes}
    unit: {row: person}
    columns:
      - {name: sex, type: category, missing: no, categories: [male, femlae]}
      - {name: vote, type: boolean, words: ["no", "yes"], missing: no}
      - {name: age, type: integer, missing: no, bounds: [0, 80]}
      - {name: town, type: category, missing: yes, categories: [A, B, other]}
    """

  /// Every second person is female, a value that is not in the list; every fourth votes with a word
  /// that is not in the schema.
  private static func table(rows: Int = 861) -> String {
    "sex,vote,age,town\n"
      + (0..<rows).map {
        "\($0 % 2 == 0 ? "male" : "female"),\(["no", "yes", "yes", "maybe"][$0 % 4]),\($0 % 90),\(["A", "C"][$0 % 2])\n"
      }
      .joined()
  }

  private func shop(_ table: String = table(), _ schema: String = schema) throws -> Workshop {
    let shop = try Workshop()
    try shop.write(table, as: "people.csv")
    try shop.write(schema, as: "people.yaml")
    return shop
  }

  private func check(_ shop: Workshop, listsTexts: Bool = true) throws -> TableCheck {
    try TableCheck.of(
      shop.file("people.csv"), schemaFile: shop.file("people.yaml"), listsTexts: listsTexts)
  }

  @Test func `cells that do not fit are counted, and their texts shown`() throws {
    let check = try check(try shop())
    #expect(check.rows == 861 && check.declaredRows == 900 && !check.fits)
    let texts = Dictionary(
      uniqueKeysWithValues: check.findings.map { finding in
        ("\(finding.column ?? "") \(finding.kind)", finding.texts.map { "\($0.text): \($0.rows)" })
      })
    #expect(
      Set(texts.keys) == [
        "sex outside-categories", "vote wrong-type", "age outside-bounds",
        "town outside-categories",
      ])
    #expect(texts["sex outside-categories"] == ["female: 430"])
    #expect(texts["vote wrong-type"] == ["maybe: 215"])
    #expect(texts["town outside-categories"] == ["C: 430"])
    #expect(try self.check(try shop(), listsTexts: false).findings.allSatisfy { $0.texts.isEmpty })
  }

  /// Numbers with signs, times and code words are read as such; only unreadable cells are stray.
  @Test func `signs and code words are not stray`() throws {
    let rows = (0..<400).map { row in
      "\(row % 40 == 0 ? "approx" : row % 9 == 0 ? "N" : "\"$1,\(200 + row)\""),\(row % 50 == 0 ? "noon" : "\(row % 24):30")\n"
    }
    let schema = """
      version: 4
      facts: declared
      rows: {about: 400, public: yes}
      unit: {row: person}
      columns:
        - {name: income, type: integer, format: "$#,##0", codes: [N], missing: no, bounds: [0, 5000]}
        - {name: seen, type: time, format: "H:mm", missing: no, bounds: [0:00, 23:59]}
      """
    let check = try check(try shop("income,seen\n" + rows.joined(), schema))
    let texts = check.findings.flatMap { finding in
      finding.texts.map { "\(finding.column ?? ""): \($0.text), \($0.rows)" }
    }
    #expect(texts == ["income: approx, 10", "seen: noon, 8"])
  }

  @Test func `a table that fits is said to fit`() throws {
    let check = try check(
      try shop(
        Self.table().replacing("female", with: "femlae").replacing("maybe", with: "no").replacing(
          ",C", with: ",B"),
        Self.schema.replacing("[0, 80]", with: "[0, 89]")))
    #expect(check.fits && check.findings.isEmpty && check.repetitions.isEmpty)
  }

  @Test func `the header is compared first`() throws {
    let check = try check(try shop(Self.table().replacing("sex,vote", with: "gender,vote")))
    #expect(
      check.rows == nil && check.header.map(\.kind) == ["missing-column", "extra-column"]
        && !check.fits)
    #expect(check.header.map(\.column) == ["sex", "gender"])
  }

  @Test func `a column that repeats like a person is named, and far too few rows are`() throws {
    let rows = "patient_id,age\n" + (0..<300).map { "P\(1000 + $0 / 3),\($0 % 80)\n" }.joined()
    let schema = """
      version: 3
      facts: declared
      rows: {about: 5000, public: yes}
      unit: row
      columns:
        - {name: patient_id, type: identifier, role: identifier(code)}
        - {name: age, type: integer, missing: no, bounds: [0, 110]}
      """
    let check = try check(try shop(rows, schema))
    #expect(check.findings.map(\.kind) == ["repeats-like-a-person", "rows-differ"])
    let found = try #require(check.repetitions.first)
    #expect(
      found.column == "patient_id" && found.values == 100 && found.mostRows == 3 && !found.isUnit)
    let protected = try self.check(
      try shop(rows, schema.replacing("unit: row", with: "unit: {person: patient_id, at most: 3}")))
    #expect(
      protected.findings.map(\.kind) == ["rows-differ"]
        && protected.repetitions.first?.isUnit == true)
    let said = try self.check(
      try shop(rows, schema.replacing("unit: row", with: "unit: {row: person}")))
    let sentence = try #require(said.findings.first?.sentence)
    #expect(sentence.contains("the schema says that each row is a person of its own"))
    #expect(!sentence.contains("protects rows") && sentence.contains("missing cells"))
  }

  /// A regression case: a typing error in a list made everybody male.
  @Test(arguments: [Engine.independent, .aim])
  func `nothing outside a list becomes one of the list`(engine: Engine) throws {
    let shop = try shop()
    var request = try shop.request("people.csv", schema: "people.yaml", epsilon: 2, engine: engine)
    request.seed = 3
    _ = try Synthesis.run(request)
    let table = try shop.synthetic()
    let rows = Double(table.rowCount)
    func share(_ column: String, _ text: String?) -> Double {
      Double(table.texts(column).count { $0 == text }) / rows
    }
    #expect(abs(share("sex", nil) - 0.5) < 0.15 && abs(share("sex", "male") - 0.5) < 0.15)
    #expect(abs(share("vote", nil) - 0.25) < 0.12 && abs(share("vote", "no") - 0.25) < 0.12)
    #expect(abs(share("town", "other") - 0.5) < 0.15 && abs(share("town", "A") - 0.5) < 0.15)
  }

  /// If everything fits, `missing: no` still means that no cell is empty.
  @Test(arguments: 1...5) func `no cell becomes empty that nobody left empty`(seed: UInt64) throws {
    let shop = try shop(
      Self.table().replacing("female", with: "femlae").replacing("maybe", with: "no"))
    var request = try shop.request("people.csv", schema: "people.yaml", epsilon: 1)
    request.seed = seed
    _ = try Synthesis.run(request)
    let table = try shop.synthetic()
    for name in ["sex", "vote", "age"] { #expect(!table.texts(name).contains(nil), "\(name)") }
  }

  @Test(.enabled(if: Command.built != nil, Command.absence)) func `only this command shows a text`()
    throws
  {
    let command = try #require(Command.built)
    let shop = try shop()
    let check = try command.run(["check", "people.csv", "--schema", "people.yaml"], in: shop)
    #expect(
      check.status == 3 && check.flat.contains("'female' (430 rows)")
        && check.flat.contains("NOT PRIVATE"), "\(check.all)")
    let json = try command.run(
      ["check", "people.csv", "--schema", "people.yaml", "--json"], in: shop)
    #expect(json.status == 3 && json.output.contains("\"fits\" : false"), "\(json.all)")
    let plan = try command.run(
      ["synthesize", "people.csv", "--schema", "people.yaml", "--epsilon", "1", "--plan"], in: shop)
    #expect(
      plan.status == 0 && plan.flat.contains("861 (the schema says about 900)"), "\(plan.all)")
    #expect(
      plan.flat.contains("430 of 861 cells outside its declared categories")
        && !plan.all.contains("female"))
    let made = try command.run(
      [
        "synthesize", "people.csv", "--schema", "people.yaml", "--epsilon", "1",
        "--no-owner-report", "-o", "release",
      ], in: shop)
    #expect(made.status == 0 && !made.all.contains("female"), "\(made.all)")
    try shop.write(Self.table().replacing("female", with: "femlae"), as: "people.csv")
    try shop.write(
      Self.schema.replacing("[\"no\", \"yes\"]", with: "[maybe, yes]"), as: "people.yaml")
    #expect(
      try command.run(["check", "people.csv", "--schema", "people.yaml"], in: shop).output.contains(
        "'no'"))
  }
}
