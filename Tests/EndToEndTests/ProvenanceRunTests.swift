import Foundation
import Manifests
import Tables
import Testing

/// Facts that `inspect` saw in the rows are a hazard of a release until somebody signs for them.
/// Tested through the program, as its users run it.
@Suite(.enabled(if: Command.built != nil, Command.absence))
struct ProvenanceRunTests {
  private let understudy: Command
  private let shop: Workshop

  init() throws {
    understudy = try #require(Command.built)
    shop = try Workshop()
  }

  /// People with ages, towns and a word for smoking; each of the `further` rows holds something
  /// that only one person has.
  private static func table(_ further: [String] = [], header: String = "age,town,bmi,smoker")
    -> String
  {
    let towns = ["Bern", "Basel", "Genf"]
    let rows = (0..<240).map {
      "\(20 + $0 * 7 % 60),\(towns[$0 * $0 % 3]),\(18 + $0 % 15).\($0 % 10),\($0 % 4 == 0 ? "yes" : "no")"
    }
    return ([header] + rows + further).joined(separator: "\n") + "\n"
  }

  private func inspect(_ name: String, _ text: String) throws -> String {
    try shop.write(text, as: "\(name).csv")
    let outcome = try understudy.run(
      ["inspect", "\(name).csv", "-o", "\(name).yaml", "--quiet"], in: shop)
    #expect(outcome.status == 0, "\(outcome.all)")
    return try shop.text("\(name).yaml")
  }

  private func synthesize(_ name: String, schema: String, extra: [String] = []) throws
    -> Command.Outcome
  {
    try understudy.run(
      [
        "synthesize", "\(name).csv", "--schema", schema, "--epsilon", "1", "--engine",
        "independent", "-o", "release-\(schema)",
      ] + extra,
      in: shop)
  }

  private func manifest(_ schema: String) throws -> Manifest {
    try JSONDecoder().decode(
      Manifest.self, from: Data(contentsOf: shop.file("release-\(schema)/manifest.json")))
  }

  /// Each of these rows is the only one with its fact, and each fact reaches the schema with
  /// certainty. The release therefore states the origin of its facts.
  @Test(arguments: [
    "41,,22.0,no", "41,Bern,22.123456,no", "41,Bern,22.0,perhaps", "41.5,Bern,22.0,no",
    "41,Bern,n/a?,no", "NA,Bern,22.0,no",
  ])
  func aFactOfOneRowIsAHazardUntilItIsSignedFor(_ row: String) throws {
    let (without, with) = (try inspect("a", Self.table()), try inspect("b", Self.table([row])))
    let facts = { (text: String) in
      text.split(separator: "\n").filter { !$0.drop(while: \.isWhitespace).hasPrefix("#") }
    }
    #expect(
      facts(without).dropFirst(3) != facts(with).dropFirst(3),
      "the row changes what the schema says, comments apart")
    #expect(try synthesize("b", schema: "b.yaml").status == 0)
    let untouched = try manifest("b.yaml")
    #expect(untouched.hazards.contains(.observedFacts) && untouched.schema.reviewed == nil)
    #expect(
      try shop.text("release-b.yaml/report.html").contains(
        "What the schema says was seen in the rows"))
    #expect(
      try shop.text("release-b.yaml/model-card.md").contains(
        "What the schema says was seen in the rows"))
    // A single edit.
    try shop.write(
      with.replacing(
        "# reviewed: {by: NAME, on: YYYY-MM-DD}",
        with: "reviewed: {by: Ada Lovelace, on: 2024-03-01}"), as: "c.yaml")
    #expect(
      try understudy.run(
        ["budget", "grant", "b.csv", "--epsilon", "1", "--schema", "c.yaml"], in: shop
      ).status == 0)
    let outcome = try synthesize("b", schema: "c.yaml")
    #expect(outcome.status == 0, "\(outcome.all)")
    let signed = try manifest("c.yaml")
    #expect(
      !signed.hazards.contains(.observedFacts) && !signed.hazards.contains(.rowUnit),
      "\(signed.hazards)")
    #expect(signed.schema.reviewed == SchemaReview(by: "Ada Lovelace", on: "2024-03-01"))
    for file in ["report.html", "model-card.md", "manifest.json"] {
      #expect(try shop.text("release-c.yaml/\(file)").contains("Ada Lovelace"))
    }
  }

  /// A policy that wants facts declared or paid for refuses an unsigned schema before anything is
  /// charged, and names the remedy.
  @Test(arguments: ["partners", "open"]) func theGateRefusesWhatNobodyAnswersFor(_ policy: String)
    throws
  {
    let text = try inspect("a", Self.table())
    let refused = try synthesize("a", schema: "a.yaml", extra: ["--policy", policy])
    #expect(
      refused.status == 3 && refused.flat.contains("reviewed: {by: NAME, on: DATE}"),
      "\(refused.all)")
    #expect(
      !FileManager.default.fileExists(atPath: shop.file("ledger.sqlite").path),
      "nothing was charged or granted")
    try shop.write(
      text.replacing(
        "# reviewed: {by: NAME, on: YYYY-MM-DD}", with: "reviewed: {by: Ada, on: 2024-03-01}"),
      as: "c.yaml")
    let signed = try synthesize("a", schema: "c.yaml", extra: ["--policy", policy, "--json"])
    #expect(!signed.all.contains("\"name\" : \"provenance\",\n        \"outcome\" : \"not-met\""))
  }

  @Test func olderSchemasAreNotedForTheirOwnerAndForNobodyElse() throws {
    let text = try inspect("a", Self.table())
    let old = text.split(separator: "\n", omittingEmptySubsequences: false).filter {
      !$0.hasPrefix("facts:")
    }.joined(separator: "\n")
      .replacing("version: 5", with: "version: 2").replacing("rules: []", with: "constraints: []")
    try shop.write(old, as: "old.yaml")
    let outcome = try synthesize("a", schema: "old.yaml")
    #expect(
      outcome.status == 0
        && outcome.flat.contains("of version 2, in which everything counts as declared"),
      "\(outcome.all)")
    #expect(try !manifest("old.yaml").hazards.contains(.observedFacts))
    #expect(try !shop.text("release-old.yaml/report.html").contains("counts as declared"))
  }

  @Test func aSchemaWithoutASchemaFileIsStillInferred() throws {
    try shop.write(Self.table(), as: "a.csv")
    let outcome = try understudy.run(
      ["synthesize", "a.csv", "--epsilon", "1", "--engine", "independent", "-o", "release-none"],
      in: shop)
    #expect(outcome.status == 0, "\(outcome.all)")
    let hazards = try manifest("none").hazards
    #expect(
      hazards.contains(.inferredSchema) && hazards.contains(.rowUnit)
        && !hazards.contains(.observedFacts))
  }
}
