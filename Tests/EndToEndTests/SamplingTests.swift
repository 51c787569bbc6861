import DelimitedText
import Foundation
import MarginalSynthesis
import Releases
import SchemaFiles
import Synthesis
import Tables
import Testing

/// More rows from a release's model: every row meets the conditions, and conditions that cannot be
/// met are reported.
@Suite struct SamplingTests {
  private static let shared: Result<Workshop, any Error> = Result {
    let shop = try Workshop()
    try shop.write(Admissions.made(people: 700).csv, as: "stays.csv")
    try shop.write(Admissions.schema(unit: .row), as: "stays.yaml")
    var request = try shop.request("stays.csv", schema: "stays.yaml", epsilon: 10, engine: .mst)
    request.seed = 3
    _ = try Synthesis.run(request)
    return shop
  }

  private let release: Workshop

  init() throws { release = try SamplingTests.shared.get() }

  private func sample(_ conditions: [(String, String)], rows: Int = 400, seed: UInt64? = nil) throws
    -> Table
  {
    let output = release.file("\(UUID().uuidString).csv")
    var request = SampleRequest(
      release: release.file("release"), rows: rows,
      conditions: conditions.map { (column: $0.0, value: $0.1) }, output: output)
    request.seed = seed
    #expect(try Synthesis.sample(request) == rows)
    let schema = Admissions.schema(unit: .row)
    return try TableReader.read(output, under: schema, columns: .anyDescribed).table
  }

  @Test func everyRowMeetsTheConditions() throws {
    let table = try sample([("town", "Ashby"), ("age", "40..49"), ("ill", "yes")])
    #expect(table.rowCount == 400)
    #expect(Set(table.texts("town")) == ["Ashby"])
    #expect(Set(table.texts("ill")) == ["yes"])
    #expect(table.ticks("age").allSatisfy { (40...49).contains($0 ?? 0) })
    #expect(Set(table.texts("age")).count > 3)
  }

  @Test func aCodeBringsItsMeaning() throws {
    let table = try sample([("code", "K2")])
    #expect(Set(table.texts("code")) == ["K2"] && Set(table.texts("meaning")) == ["cough"])
  }

  @Test func missingCanBeAskedFor() throws {
    #expect(Set(try sample([("town", "")]).texts("town")) == [nil])
    #expect(Set(try sample([("income", "")]).texts("income")) == [nil])
  }

  @Test func otherRowsAreLikeTheRelease() throws {
    let synthetic = try release.synthetic()
    let table = try sample([], rows: 3000)
    func share(_ table: Table) -> Double {
      Double(table.texts("town").count { $0 == "Ashby" }) / Double(table.rowCount)
    }
    #expect(abs(share(table) - share(synthetic)) < 0.05)
    #expect(table.columns.map(\.name) == synthetic.columns.map(\.name))
  }

  @Test func aSeedRepeatsAndNoneDoesNot() throws {
    #expect(try sample([], seed: 4).texts("income") == sample([], seed: 4).texts("income"))
    #expect(try sample([]).texts("income") != sample([]).texts("income"))
  }

  static let impossible: [(String, String, ReleaseError)] = [
    ("town", "Atlantis", .conditionImpossible(column: "town")),
    ("age", "111..200", .conditionImpossible(column: "age")),
    ("age", "old", .conditionUnreadable(column: "age", type: "integer")),
    ("age", "49..40", .conditionReversed(column: "age")),
    ("height", "3", .unknownConditionColumn("height", nearest: nil)),
    ("mail", "x", .unknownConditionColumn("mail", nearest: nil)),
    ("ward", "", .conditionImpossible(column: "ward")),
  ]

  @Test(arguments: impossible) func whatCannotBeIsSaid(
    _ column: String, _ value: String, _ expected: ReleaseError
  ) throws {
    let output = release.file("impossible-\(column)-\(value.utf8.count).csv")
    let error = #expect(throws: ReleaseError.self) {
      try Synthesis.sample(
        SampleRequest(
          release: release.file("release"), rows: 5, conditions: [(column: column, value: value)],
          output: output))
    }
    #expect(error == expected)
    #expect(!FileManager.default.fileExists(atPath: output.path))
  }

  @Test func twoConditionsOnOneColumnAreRefused() throws {
    let error = #expect(throws: ReleaseError.self) {
      try sample([("town", "Ashby"), ("town", "Corby")])
    }
    #expect(error == .conditionTwice(column: "town"))
  }

  @Test func theModelReadsBackAsItWasWritten() throws {
    let model = try ModelFile.read(release.file("release"))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    #expect(try encoder.encode(model) == release.data("release/model.json"))
    #expect(!model.isPrivate)
    #expect(try SchemaFile.parse(model.schema) == Admissions.schema(unit: .row))
  }
}
