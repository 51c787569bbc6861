import Foundation
import HubPages
import HubRecords
import HubRights
import HubStore
import HubWork
import Testing

/// Stand-ins of some columns: the schema that is narrowed, and the release that comes of it.
@Suite struct ColumnChoiceTests {
  static let ruled =
    TestHub.schema + """
      rules:
        - never: {ward: West, age: 16..}
        - determines: [sex, ward]
          map: {age: North}
        - ill: {only if: {age: 18..}}

      """

  @Test func aNarrowedSchemaDropsColumnsAndTheirRules() throws {
    let narrow = try #require(NarrowedSchema(Self.ruled, keeping: ["ill", "age"]))
    #expect(narrow.leftOut == ["never: {ward: West, age: 16..}", "determines: [sex, ward]"])
    #expect(narrow.text.contains("- ill: {only if: {age: 18..}}"))
    #expect(!narrow.text.contains("map:") && !narrow.text.contains("West, age"))
    #expect(SchemaColumns(narrow.text).modelled == ["age", "ill"])
    #expect(NarrowedSchema.choices(in: narrow.text) == ["age", "ill"])
    let none = try #require(NarrowedSchema(Self.ruled, keeping: ["ill"]))
    #expect(!none.text.contains("rules:") && none.leftOut.count == 3)
    let all = try #require(NarrowedSchema(Self.ruled, keeping: ["sex", "ward", "age", "ill"]))
    #expect(all.text == Self.ruled && all.leftOut.isEmpty)
  }

  @Test func namesAreNotTakenForPartsOfOthers() throws {
    let schema = """
      columns:
        - name: age
          type: integer
        - name: age_at_death
          type: integer
          gap: at most 9
        - name: "a b"  # two words
          role: identifier(code)
        - name: notes
          type: text
      rules:
        - age_at_death <= limit
        - age <= age_at_death
      """
    #expect(NarrowedSchema.choices(in: schema) == ["age", "age_at_death"])
    let narrow = try #require(NarrowedSchema(schema, keeping: ["age_at_death"]))
    #expect(narrow.leftOut == ["age <= age_at_death"])
    #expect(narrow.text.contains("- name: age\n    role: drop\n"))
    #expect(!narrow.text.contains("gap"))
  }

  @Test(arguments: [
    "", "{\"columns\": []}", "columns: {age: integer}", "columns:\n  - {name: age}\n",
    "columns:\n  - name: \"a\\\"b\"\n", "columns:\n  - name: a\n  - name: a\n",
    "columns:\n  - name: a\n    role: drop\n    role: ordinary\n",
  ])
  func aSchemaOfAnotherLayoutIsNotNarrowed(text: String) {
    #expect(NarrowedSchema.choices(in: text).isEmpty)
    #expect(NarrowedSchema(text, keeping: ["age"]) == nil)
    #expect(NarrowedSchema(text, keeping: ["a"]) == nil)
  }

  /// A schema that cannot be narrowed is never used whole.
  @Test func whatCannotBeNarrowedIsEmpty() {
    #expect(TestEvents.dataset.schema(ofColumns: nil) == TestEvents.dataset.schema)
    #expect(TestEvents.dataset.schema(ofColumns: ["age"]).isEmpty)
  }

  /// The stand-in has the chosen columns and no others, and is paid for from the same ledger.
  @Test func aStandInHasTheChosenColumns() async throws {
    let hub = try TestHub()
    try hub.enter()
    try hub.register()
    try await hub.grant()
    try hub.openProject()
    let before = try #require(hub.store.state().datasets["clinic"]?.balance)
    try hub.act(
      "rosa",
      .draft(
        request: "twin", place: .project("study"),
        spec: .release(units: 4, targets: ["ill"], rows: nil, columns: ["age", "ill"])))
    try hub.act("rosa", .submit(request: "twin"))
    try hub.approve("twin")
    try await hub.worker().step()
    #expect(try hub.stage("twin") == .released)
    let table = try String(
      contentsOf: hub.store.folder.result(of: "twin").appending(path: "synthetic.csv"),
      encoding: .utf8)
    #expect(table.hasPrefix("age,ill\n"))
    let after = try #require(hub.store.state().datasets["clinic"]?.balance)
    #expect(after.grantedEpsilon == before.grantedEpsilon)
    #expect(after.furtherEpsilon < before.furtherEpsilon)
    // A question about a column that the stand-in lacks fails before anything is charged.
    try hub.draftAnalysis("q", question: TestHub.question(by: ["ward"]))
    try hub.act("rosa", .submit(request: "q"))
    try hub.approve("q")
    try await hub.worker().step()
    let failed = try #require(hub.store.state().requests["q"])
    #expect(failed.stage == .failed && failed.failure?.isCharged == false)
  }

  /// Entries of logs from before columns, uses and listings could be named mean what they meant.
  @Test func olderEntriesMeanTheSame() throws {
    let release = #"{"release":{"targets":["ill"],"units":3}}"#
    let access = #"{"access":{"days":3,"purpose":"P","title":"T","units":2}}"#
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    for (text, spec) in [
      (release, Spec.release(units: 3, targets: ["ill"], rows: nil)),
      (access, Spec.access(title: "T", purpose: "P", units: 2, days: 3)),
    ] {
      #expect(try JSONDecoder().decode(Spec.self, from: Data(text.utf8)) == spec)
      #expect(String(decoding: try encoder.encode(spec), as: UTF8.self) == text)
    }
    let dataset = #"""
      {"agreement":"I agree.","conditions":["PUB"],"id":"clinic","owner":"owen",\#
      "schema":"version: 5\n","source":"/data/clinic.csv","summary":"People.",\#
      "title":"A clinic","unitEpsilon":0.1}
      """#
    #expect(
      try JSONDecoder().decode(Dataset.self, from: Data(dataset.utf8)) == TestEvents.dataset)
  }
}
