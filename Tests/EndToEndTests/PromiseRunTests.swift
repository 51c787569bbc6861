import Foundation
import Manifests
import Releases
import Testing

/// Circumstances that weaken a promise are judged through the program: persons with several rows, a
/// large δ, a large ε.
@Suite(.enabled(if: Command.built != nil, Command.absence))
struct PromiseRunTests {
  private let understudy: Command
  private let shop: Workshop

  init() throws {
    understudy = try #require(Command.built)
    shop = try Workshop()
    let rows = (0..<240).map {
      "P\(1000 + $0 / 3),\(20 + $0 * 7 % 60),\(["Bern", "Basel"][$0 % 2])"
    }
    try shop.write((["patient_id,age,town"] + rows).joined(separator: "\n") + "\n", as: "t.csv")
  }

  private func run(_ line: String) throws -> Command.Outcome {
    try understudy.run(line.split(separator: " ").map(String.init), in: shop)
  }

  private static func schema(
    unit: String = "row", patient: String = "", head: String = "facts: declared"
  ) -> String {
    """
    version: 3
    \(head)
    unit: \(unit)
    columns:
      - {name: patient_id, type: identifier, role: identifier(code)\(patient)}
      - {name: age, type: integer, bounds: [0, 110]}
      - {name: town, type: category, categories: [Bern, Basel]}

    """
  }

  @Test(arguments: [
    (schema(), true), (schema(patient: ", repeats: yes"), true),
    (schema(patient: ", repeats: no"), false),
    (schema(unit: "{row: person}"), false),
    (schema(unit: "{person: patient_id, at most: 3}"), false),
    (schema(head: "facts: observed\nreviewed: {by: Ada, on: 2024-01-01}"), true),
  ])
  func personsBesideRowsAreAHazardWhateverTheSchemaSays(_ schema: String, _ isHazard: Bool) throws {
    try shop.write(schema, as: "s.yaml")
    if isHazard {
      let refused = try run(
        "synthesize t.csv --schema s.yaml --epsilon 1 --engine independent --policy partners --json -o gated --ledger gated.sqlite"
      )
      #expect(
        refused.status == 3 && refused.output.contains("no person has several rows"),
        "\(refused.all)")
      #expect(!shop.exists("gated.sqlite"), "refused before anything is charged")
    }
    let outcome = try run(
      "synthesize t.csv --schema s.yaml --epsilon 1 --engine independent --allow-empty -o release")
    #expect(outcome.status == 0, "\(outcome.all)")
    let hazards = try shop.manifest().hazards
    #expect(hazards.contains(.repeatedPersons) == isHazard, "\(hazards)")
    #expect(
      try shop.text("release/report.html").contains("Persons may have several rows") == isHazard)
    guard try shop.manifest().guarantee.eachRowIsAPerson == true else { return }
    #expect(try shop.text("release/model-card.md").contains("each row is a person of its own"))
    #expect(
      outcome.flat.contains("has the same value in several rows"),
      "the owner is told what the rows show")
  }

  @Test func whatInspectSawDecides() throws {
    #expect(try run("inspect t.csv -o s.yaml --quiet").status == 0)
    #expect(try shop.text("s.yaml").contains("    repeats: yes\n"))
    let signed = try shop.text("s.yaml").replacing(
      "# reviewed: {by: NAME, on: YYYY-MM-DD}", with: "reviewed: {by: Ada, on: 2024-03-01}")
    try shop.write(signed, as: "s.yaml")
    #expect(
      try run("synthesize t.csv --schema s.yaml --epsilon 1 --engine independent -o release").status
        == 0)
    let hazards = try shop.manifest().hazards
    #expect(
      hazards.contains(.repeatedPersons) && !hazards.contains(.observedFacts)
        && !hazards.contains(.rowUnit))
  }

  @Test(arguments: [("1", "1e-4", true), ("1", "1e-9", false), ("8", "1e-9", false)])
  func aLargeDeltaIsAHazard(_ epsilon: String, _ delta: String, _ isLarge: Bool) throws {
    try shop.write(Self.schema(unit: "{row: person}"), as: "s.yaml")
    let outcome = try run(
      "synthesize t.csv --schema s.yaml --epsilon \(epsilon) --delta \(delta) --engine independent -o release"
    )
    #expect(outcome.status == 0, "\(outcome.all)")
    #expect(try shop.manifest().hazards.contains(.largeDelta) == isLarge)
    #expect(try shop.manifest().hazards.contains(.largeEpsilon) == (epsilon == "8"))
    let card = try shop.text("release/model-card.md")
    let isStrong = card.contains("and the promise is strong | met")
    #expect(isStrong == (!isLarge && epsilon == "1"), "\(card)")
  }

  /// Nothing is granted, registered or charged, and the command that the message names is the
  /// remedy.
  @Test(arguments: [("1000", "1e-9"), ("1", "0.999"), ("20.5", "1e-9")])
  func hardlyAnyPromiseIsGrantedOnlyWhereItIsAccepted(_ epsilon: String, _ delta: String) throws {
    try shop.write(Self.schema(unit: "{row: person}"), as: "s.yaml")
    let ask =
      "synthesize t.csv --schema s.yaml --epsilon \(epsilon) --delta \(delta) --engine independent -o release"
    let refused = try run(ask)
    #expect(
      refused.status == 1 && refused.flat.contains("promises hardly anything"), "\(refused.all)")
    #expect(try run("budget show").output.contains("t.csv") == false, "nothing was granted")
    let lines = refused.errors.split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let command = try #require(
      lines.first { $0.hasPrefix("understudy budget grant") }, "\(refused.errors)")
    let without = command.replacing(" --accept", with: "")
    let unaccepted = try understudy.run(
      Array(without.split(separator: " ").dropFirst().map(String.init)), in: shop)
    #expect(unaccepted.status == 1 && unaccepted.flat.contains("--accept"), "\(unaccepted.all)")
    let granted = try understudy.run(
      Array(command.split(separator: " ").dropFirst().map(String.init)), in: shop)
    #expect(granted.status == 0, "\(granted.all)")
    let outcome = try run(ask)
    #expect(outcome.status == 0, "\(outcome.all)")
    #expect(try shop.text("release/model-card.md").contains("is hardly limited"))
    #expect(try !shop.text("release/model-card.md").contains("promise is strong | met"))
  }

  /// Many small grants count as one large grant.
  @Test func grantsAreHeldAgainstTheLimitTogether() throws {
    for _ in 0..<2 { #expect(try run("budget grant t.csv --epsilon 9").status == 0) }
    let third = try run("budget grant t.csv --epsilon 9")
    #expect(third.status == 1 && third.flat.contains("epsilon 27"), "\(third.all)")
    #expect(try run("budget grant t.csv --epsilon 9 --accept").status == 0)
    #expect(try run("budget history").output.contains("accepted"))
  }

  /// An acceptance belongs to whoever owns the budget: it holds for a population and all its
  /// tables, and for nobody else's.
  @Test func anAcceptanceFollowsThePeople() throws {
    let rows = (0..<240).map {
      "Q\(5000 + $0 / 2),\(30 + $0 * 11 % 50),\(["Bern", "Basel"][$0 % 2])"
    }
    try shop.write((["patient_id,age,town"] + rows).joined(separator: "\n") + "\n", as: "later.csv")
    try shop.write(
      Self.schema(unit: "{row: person}", head: "facts: declared\npeople: ward-7"), as: "ward.yaml")
    try shop.write(Self.schema(unit: "{row: person}"), as: "s.yaml")
    func ask(_ table: String, _ schema: String, _ folder: String) throws -> Command.Outcome {
      try run(
        "synthesize \(table) --schema \(schema) --epsilon 25 --engine independent -o \(folder)")
    }
    let refused = try ask("t.csv", "ward.yaml", "a")
    #expect(
      refused.status == 1 && refused.flat.contains("promises hardly anything"), "\(refused.all)")
    let unaccepted = try run("budget grant --people ward-7 --epsilon 60")
    #expect(
      unaccepted.status == 1 && unaccepted.flat.contains("the population would have epsilon 60"),
      "\(unaccepted.all)")
    #expect(try run("budget grant --people ward-7 --epsilon 60 --delta 3e-9 --accept").status == 0)
    #expect(try ask("t.csv", "ward.yaml", "a").status == 0)
    #expect(try ask("later.csv", "ward.yaml", "b").status == 0)
    try shop.write(
      (["patient_id,age,town"] + rows.map { $0.replacing("Q", with: "X") }).joined(separator: "\n")
        + "\n", as: "else.csv")
    let others = try understudy.run(
      [
        "synthesize", "else.csv", "--schema", "s.yaml", "--epsilon", "25", "--other-people",
        "--engine", "independent", "-o", "c",
      ], in: shop)
    #expect(others.status == 1 && others.flat.contains("--other-people --ledger"), "\(others.all)")
    #expect(try run("budget show").output.contains("else.csv") == false)
  }

  /// A file of version 2 has neither `repeats` nor `facts`: its header and roles are enough.
  /// Without either, nobody is named.
  @Test(arguments: [
    ("{name: patient_id, type: identifier, role: identifier(code)}", true),
    ("{name: patient_id, type: category, categories: learn}", true),
    ("{name: patient_id, type: integer, bounds: learn}", true),
    ("{name: patient_id, type: category, role: drop}", true),
  ])
  func aSchemaOfVersionTwoIsJudgedByItsHeader(_ column: String, _ isHazard: Bool) throws {
    let schema =
      "version: 2\nunit: row\ncolumns:\n  - \(column)\n  - {name: age, type: integer, bounds: learn}\n"
      + "  - {name: town, type: category, categories: learn}\n"
    try shop.write(schema, as: "s.yaml")
    let refused = try run(
      "synthesize t.csv --schema s.yaml --epsilon 1 --engine independent --policy open --json -o gated"
    )
    #expect(
      refused.status == 3 && refused.output.contains("no person has several rows"), "\(refused.all)"
    )
    let plan = try run(
      "synthesize t.csv --schema s.yaml --epsilon 1 --engine independent -o release")
    #expect(plan.status == 0, "\(plan.all)")
    #expect(try shop.manifest().hazards.contains(.repeatedPersons) == isHazard)
  }
}
