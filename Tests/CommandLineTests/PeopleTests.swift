import Foundation
import Testing

/// A budget belongs to people: the program stops if a file resembles one that the ledger knows,
/// even if it was asked to be quiet.
@Suite(.enabled(if: Executable.built != nil, Executable.absence))
struct PeopleTests {
  private let understudy: Executable
  private let scratch: Scratch

  init() throws {
    understudy = try #require(Executable.built)
    scratch = try Scratch()
    try scratch.write("january.csv", Self.ward(0..<300))
  }

  /// Stays in a ward, by the number of the stay.
  private static func ward(_ stays: Range<Int>) -> String {
    "stay,age,days,cost,ward\n"
      + stays.map {
        "\($0 * 977 % 100_003),\(18 + $0 * 13 % 73),\($0 * 7 % 23),\($0 * 7_919 % 10_007).\($0 % 10),\("ABC".dropFirst($0 % 3).prefix(1))\n"
      }
      .joined()
  }

  private func run(_ line: String) throws -> Executable.Outcome {
    try understudy.run(line.split(separator: " ").map(String.init), in: scratch)
  }

  private func document(_ outcome: Executable.Outcome) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  private func ledgerBytes() throws -> Data { try Data(contentsOf: scratch.ledger) }

  @Test func whatResemblesIsStoppedBeforeAnythingIsSpent() throws {
    #expect(try run("budget grant january.csv --epsilon 1 --quiet").status == 0)
    let before = try ledgerBytes()
    let shouted = Self.ward(0..<300).split(separator: "\n").dropFirst().map { $0.uppercased() }
    let alterations = [
      "more.csv": Self.ward(0..<301),
      "renamed.csv": Self.ward(0..<300).replacing("stay,age,days", with: "a,b,c"),
      "part.csv": Self.ward(100..<200),
      "corrected.csv": Self.ward(0..<300).replacing("\n0,18,", with: "\n0,19,"),
      "written.csv": "STAY;AGE;DAYS;COST;WARD\n"
        + shouted.map { $0.replacing(",", with: ";").replacing(".", with: ",") + "\n" }.joined(),
    ]
    for (name, text) in alterations.sorted(by: { $0.key < $1.key }) {
      try scratch.write(name, text)
      let stop = try run("synthesize \(name) --epsilon 1 --quiet -o release")
      #expect(stop.status == 5, "\(name): \(stop.errors)")
      #expect(
        stop.errors.contains("--same-people-as january.csv")
          && stop.errors.contains("--other-people"))
      #expect(stop.output.isEmpty)
      let grant = try run("budget grant \(name) --epsilon 1 --json --quiet")
      #expect(grant.status == 5, "\(name)")
      let error = try #require(try document(grant)["error"] as? [String: Any])
      #expect(error["code"] as? Int == 5)
      #expect((error["resembles"] as? [[String: Any]])?.first?["name"] as? String == "january.csv")
    }
    #expect(try ledgerBytes() == before)
    #expect(try scratch.names() == (["january.csv"] + alterations.keys).sorted())
  }

  @Test func theSamePeopleShareAndOthersAreSaid() throws {
    try scratch.write("more.csv", Self.ward(0..<301))
    try scratch.write("others.csv", Self.ward(0..<302))
    #expect(try run("budget grant january.csv --epsilon 1 --quiet").status == 0)
    let unknown = try run(
      "synthesize more.csv --epsilon 1 -o release --same-people-as february.csv")
    #expect(unknown.status == 1 && unknown.errors.contains("february.csv"))
    let shared = try run(
      "synthesize more.csv --epsilon 0.5 --engine independent --allow-empty --no-owner-report "
        + "--same-people-as january.csv --json -o shared")
    #expect(shared.status == 0, "\(shared.output)")
    #expect(try !scratch.text("shared/manifest.json").contains("other-people"))
    // The budget is January's: the same amount again does not fit.
    #expect(try run("synthesize january.csv --epsilon 1 -o second").status == 4)
    let report = try document(run("budget show --json"))
    let population = try #require((report["populations"] as? [[String: Any]])?.first)
    #expect(
      population["name"] as? String == "january.csv"
        && (population["datasets"] as? [Any])?.count == 2)

    let keys = ["epsilon", "delta", "unit", "provenance", "identifiers", "attacks", "utility"]
    try scratch.write(
      "apart.yaml",
      "version: 1\npolicy: apart\nother people: absent\n" + keys.map { "\($0): any\n" }.joined())
    let refused = try run(
      "synthesize others.csv --epsilon 0.5 --other-people --policy apart.yaml -o open")
    #expect(refused.status == 3 && refused.output.contains("--same-people-as"))
    let declared = try run(
      "synthesize others.csv --epsilon 0.5 --engine independent --allow-empty --no-owner-report --other-people -o declared"
    )
    #expect(declared.status == 0, "\(declared.errors)")
    #expect(try scratch.text("declared/manifest.json").contains("other-people"))
    #expect(
      try scratch.text("declared/report.html").contains("Other people, as the owner declares"))
  }

  @Test func aGrantCanBeToAPopulation() throws {
    #expect(try run("budget grant --epsilon 2").status == 2)
    #expect(try run("budget grant --people ward-7 --epsilon 2 --other-people").status == 2)
    #expect(try run("budget grant --people ward-7 --epsilon 2 --delta 1e-6").status == 0)
    #expect(try run("budget grant january.csv --people ward-7 --epsilon 1").status == 0)
    let page = try run("budget show --explain")
    #expect(
      page.output.contains("ward-7  (population of 1 dataset)")
        && page.output.contains("epsilon 3, delta"))
    #expect(page.output.contains("january.csv"))
    let explanation = page.output.replacing(/\s+/, with: " ")
    #expect(explanation.contains("Noise adds up more slowly than the numbers do"))
  }
}
