import Basics
import Foundation
import SchemaFiles
import Tables
import Testing

@Suite struct SchemaFileTests {
  @Test func everyKeyIsRead() throws {
    let schema = try SchemaFile.parse(
      """
      version: 1
      table: patients
      format: {delimiter: semicolon, header: no, missing: ["", "-9", unknown]}
      rows: {about: 20000, public: yes}
      unit: {person: patient, at most: 3}
      columns:
        - {name: patient, type: identifier, role: identifier, kind: uuid}
        - {name: age, type: integer, bounds: {low: 0, high: 120, provenance: declared}}
        - {name: cost, header: "", type: decimal, digits: 2, fewest digits: 1, missing: yes, missing token: "-9", bounds: learn}
        - {name: dead, type: boolean, words: {no: N, yes: Y}, role: target}
        - {name: sex, type: category, categories: {values: [F, M], provenance: declared}, other: X}
        - {name: in, type: date, format: yyyy-MM-dd}
        - {name: out, type: date}
        - {name: seen, type: timestamp, format: "yyyy-MM-dd HH:mm"}
        - {name: note, type: text, role: prose}
        - {name: country, type: category, categories: [NO, SE], role: drop}
      constraints:
        - ordered: [in, out]
        - determines: [country, sex]
      """)
    #expect(schema.name == "patients")
    #expect(
      schema.format
        == TableFormat(
          delimiter: UInt8(ascii: ";"), hasHeader: false, missingTokens: ["", "-9", "unknown"]))
    #expect(schema.approximateRows == 20000)
    #expect(schema.unit == .person(column: "patient", maximumRows: 3))
    #expect(schema.origin == .declared)
    #expect(
      schema.columns == [
        ColumnSchema(name: "patient", type: .identifier, role: .identifier(.uuid)),
        ColumnSchema(name: "age", type: .integer, bounds: .declared(0...120)),
        ColumnSchema(
          name: "cost", type: .decimal(fractionDigits: 2), isNullable: true, missingToken: "-9",
          header: "", minimumFractionDigits: 1),
        ColumnSchema(
          name: "dead", type: .boolean(BooleanLabels(whenFalse: "N", whenTrue: "Y")), role: .target),
        ColumnSchema(
          name: "sex", type: .category, categories: .declared(["F", "M"]), otherLabel: "X"),
        ColumnSchema(name: "in", type: .date(.iso)), ColumnSchema(name: "out", type: .date(.iso)),
        ColumnSchema(
          name: "seen",
          type: .timestamp(TimestampFormat(pattern: "yyyy-MM-dd HH:mm", secondsPerTick: 60))),
        ColumnSchema(name: "note", type: .text, role: .prose),
        ColumnSchema(
          name: "country", type: .category, role: .drop, categories: .declared(["NO", "SE"])),
      ])
    #expect(
      schema.rules == [
        .ordered(earlier: "in", later: "out"),
        .determines(determinant: "country", dependent: "sex"),
      ])
  }

  @Test func shortFormsAreRead() throws {
    let schema = try SchemaFile.parse(
      """
      version: 1
      rows: 5000
      unit: {person: id}
      columns:
        id: {type: id, role: identifier(code)}
        age: int
        cost: {type: decimal(2), bounds: [0, 99.5]}
        smoker: {type: bool, words: [n, y]}
        born: date(dd.MM.yyyy)
        note: text
      """)
    #expect(
      schema.unit == .person(column: "id", maximumRows: 1),
      "one row for a person unless more are allowed")
    #expect(schema.approximateRows == 5000)
    #expect(schema.columns[0].role == .identifier(.code))
    #expect(schema.columns[2].bounds == .declared(0...9950))
    #expect(schema.columns[3].type == .boolean(BooleanLabels(whenFalse: "n", whenTrue: "y")))
    #expect(schema.columns[4].type == .date(DateFormat(pattern: "dd.MM.yyyy")))
    #expect(schema.columns[5].role == .prose)
  }

  @Test func aRowCountThatIsNotPublicIsNotUsed() throws {
    let schema = try SchemaFile.parse(
      "{version: 1, rows: {about: 12, public: no}, columns: {a: integer}}")
    #expect(schema.approximateRows == nil)
  }

  @Test func whatIsWrittenReadsBackUnchanged() throws {
    var random = RandomSchemas(generator: SplitMix64(seed: 7))
    for _ in 0..<2000 {
      let schema = random.schema()
      let annotation = ColumnAnnotation(
        about: [random.text()], role: [random.text()], missing: ["a\nrole: drop"],
        bounds: [random.text()], categories: [random.text()])
      let annotations = SchemaAnnotations(
        header: ["x\nversion: 9", random.text()], rows: [random.text()], unit: [random.text()],
        columns: Dictionary(schema.columns.map { ($0.name, annotation) }) { first, _ in first },
        ruleLines: [random.text()])
      let text = SchemaFile.text(schema, annotations: annotations)
      let read = try SchemaFile.parse(text)
      #expect(read == schema, "\(firstDifference(read, schema))")
    }
  }

  private func firstDifference(_ first: Schema, _ second: Schema) -> String {
    let pairs = zip(
      first.canonicalText.split(separator: "\n"), second.canonicalText.split(separator: "\n"))
    return pairs.first { $0 != $1 }.map { "\($0) became \($1)" } ?? "another number of lines"
  }

  @Test func commentsStandBesideTheirKey() throws {
    let schema = Schema(
      name: "t", approximateRows: 300, columns: [ColumnSchema(name: "age", type: .integer)],
      origin: .inferred)
    let annotation = ColumnAnnotation(bounds: ["observed, for your eyes only: 17 ... 90."])
    let text = SchemaFile.text(schema, annotations: SchemaAnnotations(columns: ["age": annotation]))
    #expect(text.contains("    bounds: learn\n    # observed, for your eyes only: 17 ... 90.\n"))
    let read = try SchemaFile.parse(text)
    #expect(read.approximateRows == nil, "an observed row count is a comment, not public knowledge")
    #expect(read.columns == schema.columns)
  }

  @Test func filesAreWrittenAndRead() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "schema-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: url) }
    let schema = Schema(name: "t", columns: [ColumnSchema(name: "age", type: .integer)])
    try SchemaFile.write(schema, to: url)
    #expect(try SchemaFile.read(url) == schema)
    try Data([0xFF, 0xFE, 0x20]).write(to: url)
    #expect(throws: SchemaError.self) { try SchemaFile.read(url) }
  }

  @Test func canonicalTextIsStable() {
    let schema = Schema(
      name: "t", approximateRows: 10, unit: .person(column: "a\"b", maximumRows: 2),
      columns: [
        ColumnSchema(name: "a\"b", type: .identifier, role: .identifier(.email)),
        ColumnSchema(
          name: "c", type: .decimal(fractionDigits: 2), isNullable: true, bounds: .declared(0...5)),
      ], rules: [.determines(determinant: "a\"b", dependent: "c")])
    let expected = #"""
      understudy-schema-canonical 1
      table "t"
      delimiter 44
      header true
      missing ["","NA","N/A","NaN","nan","NULL","null","?"]
      rows 10
      unit person "a\"b" 2
      column "a\"b"
      type identifier
      role identifier email
      nullable false
      token ""
      bounds learned
      categories learned
      other "other"
      column "c"
      type decimal 2
      role ordinary
      nullable true
      token ""
      bounds declared 0 5
      categories learned
      other "other"
      determines ["a\"b","c"]

      """#
    #expect(schema.canonicalText == expected)
  }

  @Test func aRowCountThatWasSeenIsInNoHash() {
    let schema = Schema(name: "t", approximateRows: 10, columns: [], origin: .inferred)
    var silent = schema
    silent.approximateRows = nil
    #expect(schema.canonicalText == silent.canonicalText)
  }

  @Test func canonicalTextTellsSchemasApart() {
    var random = RandomSchemas(generator: SplitMix64(seed: 11))
    let schemas = (0..<500).map { _ in random.schema() }
    var byText: [String: Schema] = [:]
    for schema in schemas {
      #expect(byText[schema.canonicalText, default: schema] == schema)
      byText[schema.canonicalText] = schema
    }
  }
}
