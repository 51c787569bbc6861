import Foundation
import Testing

/// The commands at work on an example, as their users run them.
@Suite(.enabled(if: Executable.built != nil, Executable.absence))
struct WorkingTests {
  private let understudy: Executable
  private let scratch: Scratch

  init() throws {
    understudy = try #require(Executable.built)
    scratch = try Scratch()
    let outcome = try understudy.run(
      ["example", "hospital", "--rows", "1000", "-o", "patients.csv"], in: scratch)
    #expect(outcome.status == 0)
    #expect(
      outcome.output
        == "Wrote 1,000 rows to patients.csv and their schema to patients.schema.yaml.\n")
  }

  private func run(_ line: String) throws -> Executable.Outcome {
    try understudy.run(line.split(separator: " ").map(String.init), in: scratch)
  }

  private func document(_ line: String) throws -> [String: Any] {
    let outcome = try run(line + " --json")
    #expect(outcome.status == 0, "\(outcome.output)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test func anExampleIsNotReplaced() throws {
    let before = try scratch.text("patients.csv")
    #expect(try run("example hospital --rows 10 -o patients.csv --seed 7").status == 1)
    #expect(try scratch.text("patients.csv") == before)
    #expect(
      try run("example hospital --rows 10 -o patients.csv --seed 7 --force --quiet").output.isEmpty)
    #expect(try scratch.text("patients.csv") != before)
  }

  @Test func inspectionWritesASchemaThatReadsBack() throws {
    let report = try document("inspect patients.csv -o mine.yaml")
    #expect(report["rows"] as? Int == 1000)
    #expect((report["columns"] as? [Any])?.count == 23)
    #expect(try scratch.text("mine.yaml").contains("columns:"))
    let budget = try run("budget grant patients.csv --epsilon 1 --schema mine.yaml")
    #expect(budget.status == 0, "\(budget.errors)")
  }

  @Test func inspectionPrintsNoCell() throws {
    let outcome = try run("inspect patients.csv -o mine.yaml")
    #expect(outcome.status == 0)
    #expect(!outcome.output.contains("\u{1B}"))
    let names = try scratch.text("patients.csv").split(separator: "\n")[1].split(separator: ",")
    for cell in names where cell.contains("@") { #expect(!outcome.output.contains(cell)) }
  }

  @Test func aDelimiterAndTokensAreTaken() throws {
    try scratch.write("t.csv", "a;b\n1;-9\n2;5\n3;-9\n4;6\n")
    let report = try document("inspect t.csv -o t.yaml --delimiter semicolon --missing=-9")
    let columns = try #require(report["columns"] as? [[String: Any]])
    #expect(columns.map { $0["missing"] as? Int } == [0, 2])
  }

  @Test func oneDatasetUnderTwoNamesHasOneBudget() throws {
    #expect(try run("budget grant patients.csv --epsilon 2 --delta 1e-6 --quiet").output.isEmpty)
    try scratch.write("renamed.csv", try scratch.text("patients.csv"))
    let report = try document("budget show renamed.csv")
    let datasets = try #require(report["datasets"] as? [[String: Any]])
    #expect(
      datasets.map { $0["name"] ?? ($0["dataset"] as? [String: Any])?["name"] } as? [String] == [
        "patients.csv"
      ])
    #expect(datasets.first?["grantedEpsilon"] as? Double == 2)
    let further = try #require(datasets.first?["furtherEpsilon"] as? Double)
    #expect(further > 1.99 && further <= 2)
    #expect(try run("budget history").output.contains("grant"))
  }

  @Test func aTableIsLikeItself() throws {
    let report = try document(
      "evaluate --original patients.csv --synthetic patients.csv --report r.html")
    let means = try #require(report["means"] as? [String: Any])
    #expect(means["oneWay"] as? Double == 0)
    let ignored = try #require(report["ignoredColumns"] as? [String])
    #expect(ignored.contains("last_name") && ignored.contains("notes"))
    #expect(try scratch.text("r.html").contains("<html"))
  }

  @Test func aReleaseIsMadeSampledAndPaidFor() throws {
    let schema = "--schema patients.schema.yaml"
    let plan = try document("synthesize patients.csv \(schema) --epsilon 1 --plan")
    #expect(plan["modelledColumns"] as? Int ?? 0 > 10)
    #expect(try run("budget show").status == 1, "a plan made a ledger")
    let made = try document(
      "synthesize patients.csv \(schema) --epsilon 1 --engine independent -o release")
    #expect(made["isPrivate"] as? Bool == true)
    #expect(try scratch.text("release/synthetic.csv").hasPrefix("record_number,"))
    let more = try document("sample release --rows 50 --where sex=F -o more.csv")
    #expect(more["rows"] as? Int == 50)
    let again = try run(
      "synthesize patients.csv \(schema) --epsilon 1 --engine independent -o second --json")
    #expect(again.status == 4)
    #expect(try BadInputTests.error(again.output)["code"] as? Int == 4)
    #expect(try !scratch.names().contains { $0.hasPrefix("second") || $0.contains("partial") })
  }
}
