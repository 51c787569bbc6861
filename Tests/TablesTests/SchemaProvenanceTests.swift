import Foundation
import SchemaFiles
import Tables
import Testing

/// The origin of a schema's facts, and who answers for them.
@Suite struct SchemaProvenanceTests {
  private static func file(_ head: String, version: Int = 3) -> String {
    """
    version: \(version)
    \(head)
    table: t
    format: {delimiter: comma, header: yes, missing: [""]}
    unit: row
    columns:
      - {name: age, type: integer, bounds: [0, 110]}
      - {name: ill, type: boolean, words: {no: n, yes: y}}
      - {name: town, type: category, categories: learn}

    """
  }

  @Test func howQuotedWordsForMissingAreReadIsKept() throws {
    let text = Self.file("facts: observed").replacing(
      "missing: [\"\"]}", with: "missing: [\"\", NA], quoted: missing}")
    let schema = try SchemaFile.parse(text)
    #expect(schema.format.quotedTokens == .missing)
    #expect(try SchemaFile.parse(SchemaFile.text(schema)).format.quotedTokens == .missing)
    #expect(try SchemaFile.parse(Self.file("facts: observed")).format.quotedTokens == .text)
    #expect(throws: SchemaError.self, "version 2 does not know the key") {
      try SchemaFile.parse(
        text.replacing("version: \(Schema.currentVersion)", with: "version: 2").replacing(
          "facts: observed", with: ""))
    }
  }

  @Test func observedFactsCoverWhateverSaysNothingElse() throws {
    let schema = try SchemaFile.parse(Self.file("facts: observed"))
    #expect(
      schema.observedFacts == [
        .format, .unit, .column("age"), .bounds("age"), .column("ill"), .column("town"),
      ], "a request to learn is no fact")
    #expect(try SchemaFile.parse(Self.file("facts: declared")).observedFacts.isEmpty)
    #expect(try SchemaFile.parse(Self.file("facts: learned")).observedFacts.isEmpty)
    #expect(
      try SchemaFile.parse(Self.file("facts: learned")).provenance(of: .column("ill")) == .learned)
  }

  @Test func theInnermostProvenanceCounts() throws {
    let schema = try SchemaFile.parse(
      """
      version: 3
      facts: observed
      format: {delimiter: comma, provenance: declared}
      rows: {about: 300, public: yes}
      unit: {row: row, provenance: declared}
      columns:
        - {name: a, type: integer, provenance: declared, bounds: [0, 5]}
        - {name: b, type: integer, provenance: declared, bounds: {low: 0, high: 5, provenance: observed}}
        - {name: c, type: category, categories: {values: [x], provenance: declared}}
        - {name: d, type: category, provenance: learned, categories: [x]}
      constraints:
        - {determines: [c, d], provenance: declared}
        - {ordered: [a, b]}
      """)
    #expect(
      schema.observedFacts == [
        .bounds("b"), .column("c"), .rule(.ordered(earlier: "a", later: "b")),
      ])
    #expect(
      schema.provenance(of: .bounds("a")) == .declared
        && schema.provenance(of: .categories("d")) == .learned)
    #expect(schema.provenance(of: .rows) == .declared)
  }

  @Test func aReviewDeclaresWhatWasObservedAndNothingElse() throws {
    let text = Self.file("facts: observed\nreviewed: {by: Ada Lovelace, on: 2024-03-01}")
    let schema = try SchemaFile.parse(text)
    #expect(schema.observedFacts.isEmpty && schema.provenance(of: .bounds("age")) == .declared)
    #expect(schema.provenance.review == SchemaReview(by: "Ada Lovelace", on: "2024-03-01"))
    let learned = try SchemaFile.parse(
      Self.file("facts: learned\nreviewed: {by: Ada Lovelace, on: 2024-03-01}"))
    #expect(learned.provenance(of: .unit) == .learned)
  }

  @Test func theCostOfALookIsKeptAndNothingElseIsTaken() throws {
    let schema = try SchemaFile.parse(
      Self.file("facts: learned\nlearned: {epsilon: 0.05, delta: 1e-09}"))
    #expect(schema.provenance.cost == LearningCost(epsilon: 0.05, delta: 1e-9))
    #expect(try SchemaFile.parse(SchemaFile.text(schema)).provenance.cost == schema.provenance.cost)
    #expect(schema.canonicalText.contains("learned 0.05 1e-09"))
    #expect(try !SchemaFile.parse(Self.file("facts: learned")).canonicalText.contains("learned 0"))
    for wrong in [
      "{epsilon: 0}", "{epsilon: 1}", "{epsilon: 1, delta: 1}", "{epsilon: inf, delta: 0}", "0.05",
      "{epsilon: -1, delta: 0}",
    ] {
      #expect(throws: SchemaError.self, "\(wrong)") {
        try SchemaFile.parse(Self.file("facts: learned\nlearned: \(wrong)"))
      }
    }
    #expect(throws: SchemaError.self, "version 2 does not know the key") {
      try SchemaFile.parse(Self.file("learned: {epsilon: 0.05, delta: 1e-09}", version: 2))
    }
  }

  /// A schema that `inspect` wrote needs one edit: to fill in the line that it contains as a
  /// comment.
  @Test func theCommentedLineIsTheOneEdit() throws {
    var inferred = try SchemaFile.parse(Self.file("facts: observed"))
    inferred.origin = .inferred
    let text = SchemaFile.text(inferred)
    #expect(text.components(separatedBy: "# reviewed: {by: NAME, on: YYYY-MM-DD}").count == 2)
    #expect(try !SchemaFile.parse(text).observedFacts.isEmpty)
    let signed = text.replacing(
      "# reviewed: {by: NAME, on: YYYY-MM-DD}", with: "reviewed: {by: Ada, on: 2024-03-01}")
    #expect(try SchemaFile.parse(signed).observedFacts.isEmpty)
    let careless = text.replacing("# reviewed", with: "reviewed")
    #expect(throws: SchemaError.self) { try SchemaFile.parse(careless) }
    #expect(!SchemaFile.text(try SchemaFile.parse(signed)).contains("# reviewed"))
  }

  @Test(arguments: [
    ("facts: seen", "`facts` is not known"), ("", "`facts` is missing"),
    ("facts: observed\nreviewed: Ada", "`reviewed` is a single value"),
    ("facts: observed\nreviewed: {by: \"\", on: 2024-03-01}", "names nobody"),
    ("facts: observed\nreviewed: {by: \" \", on: 2024-03-01}", "names nobody"),
    ("facts: observed\nreviewed: {by: ~, on: 2024-03-01}", "names nobody"),
    ("facts: observed\nreviewed: {by: NAME, on: 2024-03-01}", "names nobody"),
    ("facts: observed\nreviewed: {by: \"a\\nb\", on: 2024-03-01}", "names nobody"),
    ("facts: observed\nreviewed: {on: 2024-03-01}", "names nobody"),
    ("facts: observed\nreviewed: {by: Ada}", "has no day"),
    ("facts: observed\nreviewed: {by: Ada, on: yesterday}", "has no day"),
    ("facts: observed\nreviewed: {by: Ada, on: 2023-02-29}", "has no day"),
    ("facts: observed\nreviewed: {by: Ada, on: 2024-03-01, at: noon}", "unknown key `at`"),
    ("facts: observed\nformat: {provenance: inferred}", "`provenance` is not known"),
  ])
  func whatNobodyCanAnswerForIsRefused(_ head: String, _ words: String) throws {
    let body =
      head.contains("format:")
      ? Self.file(head).replacing(
        "format: {delimiter: comma, header: yes, missing: [\"\"]}\n", with: "") : Self.file(head)
    let error = try #require(throws: SchemaError.self) { try SchemaFile.parse(body) }
    #expect(error.description.contains(words), "\(error)")
  }

  @Test func aReviewInTheFutureIsRefusedWhereAFileIsRead() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "schema-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: url) }
    func read(daysAhead: Double) throws -> Schema {
      let day = Int64((Date().timeIntervalSince1970 / 86_400 + daysAhead).rounded(.down))
      let text = Self.file(
        "facts: observed\nreviewed: {by: Ada, on: \(ColumnType.date(.iso).format(tick: day))}")
      try Data(text.utf8).write(to: url)
      return try SchemaFile.read(url)
    }
    #expect(try read(daysAhead: 0).observedFacts.isEmpty)
    let error = try #require(throws: SchemaError.self) { try read(daysAhead: 2) }
    #expect(error.description.contains("in the future"))
  }

  /// Older files keep their meaning and their hash, and accept none of the new words.
  @Test func olderVersionsAreReadAsDeclared() throws {
    let old = Self.file("", version: 2).replacing(
      "[0, 110]", with: "{low: 0, high: 110, provenance: declared}")
    let schema = try SchemaFile.parse(old)
    #expect(schema.observedFacts.isEmpty && schema.provenance == TableProvenance())
    let new = try SchemaFile.parse(old.replacing("version: 2", with: "version: 3\nfacts: declared"))
    #expect(new == schema && new.canonicalText == schema.canonicalText)
    #expect(!schema.canonicalText.contains("provenance") && !schema.canonicalText.contains("facts"))
    for (place, key) in [
      ("table: t", "facts: observed\ntable: t"),
      ("table: t", "reviewed: {by: Ada, on: 2024-03-01}\ntable: t"),
      ("delimiter: comma", "delimiter: comma, provenance: declared"),
      ("unit: row", "unit: {row: person}"),
      ("type: integer", "type: integer, provenance: declared"),
      ("type: integer", "type: integer, repeats: yes"),
    ] {
      let error = try #require(throws: SchemaError.self) {
        try SchemaFile.parse(old.replacing(place, with: key))
      }
      #expect(error.description.contains("new in version 3"), "\(key): \(error)")
    }
  }

  @Test func anOldFileOrOneOfAnotherToolHasANoteForItsOwner() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "schema-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: url) }
    func notes(_ text: String) throws -> [String] {
      try Data(text.utf8).write(to: url)
      return try SchemaFile.open(url).notes
    }
    for version in [1, 2] {
      let old = Self.file("", version: version)
      #expect(try notes(old).first?.contains("version \(version)") == true)
    }
    #expect(try notes(Self.file("facts: observed")).isEmpty)
    let frictionless = #"{"fields": [{"name": "a", "type": "integer"}]}"#
    #expect(try notes(frictionless).first?.contains("another tool") == true)
    #expect(try SchemaFile.read(url).observedFacts.isEmpty, "declared by whoever wrote the file")
  }

  /// Every change of a provenance changes the hash, however it is written.
  @Test func theHashTellsProvenanceApart() throws {
    let heads = [
      "facts: declared", "facts: observed", "facts: learned",
      "facts: observed\nreviewed: {by: Ada, on: 2024-03-01}",
      "facts: observed\nreviewed: {by: Ada, on: 2024-03-02}",
      "facts: observed\nreviewed: {by: Bob, on: 2024-03-01}",
    ]
    let texts = try heads.map { try SchemaFile.parse(Self.file($0)).canonicalText }
    #expect(Set(texts).count == heads.count)
  }
}
