import Foundation
import Testing

/// The commands of encrypted scoring as two parties run them, with the card of the guide.
@Suite(.enabled(if: Executable.built != nil, Executable.absence))
struct ScoringCommandTests {
  private let understudy: Executable
  private let scratch: Scratch

  init() throws {
    understudy = try #require(Executable.built)
    scratch = try Scratch()
    let guide = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../docs/encrypted-scoring.md")
    let parts = try String(contentsOf: guide, encoding: .utf8).components(separatedBy: "```json\n")
    try scratch.write("dose.json", try #require(parts[1].components(separatedBy: "```").first))
    let header =
      "Age,Height (cm),Weight (kg),VKORC1 -1639 consensus,Cyp2C9 genotypes,Race,Carbamazepine (Tegretol),Amiodarone (Cordarone)\n"
    let rows = (0..<300).map { row in
      "\(20 + 10 * (row % 7)) - \(29 + 10 * (row % 7)),\(150 + row % 40),\(50 + row % 61).5,\(["G/G", "A/G", "NA"][row % 3]),"
        + "*1/*\(1 + row % 4),\(["White", "Asian", ""][row % 3]),\(row % 2),0\n"
    }
    try scratch.write("patients.csv", header + rows.joined())
  }

  private func run(_ line: String) throws -> Executable.Outcome {
    try understudy.run(line.split(separator: " ").map(String.init), in: scratch)
  }

  private func done(_ line: String) throws -> Executable.Outcome {
    let outcome = try run(line)
    #expect(outcome.status == 0, "\(line): \(outcome.errors)")
    return outcome
  }

  @Test func decryptedScoresAreThoseOfPredict() throws {
    let half = try done("scorecard dose.json -o card.json")
    #expect(half.errors.contains("no points"))
    let question = try done("encrypt patients.csv --card card.json -o request.us --key once.key")
    #expect(question.errors.contains("request.us will hold 300 records of 31 numbers, encrypted"))
    let reply = try done("answer dose.json request.us -o answer.us")
    #expect(reply.errors.contains("Warning: these are enough scores"))
    _ = try done("decrypt answer.us --card card.json --key once.key -o scores.csv")
    _ = try done("predict dose.json patients.csv -o plain.csv")
    let scores = try scratch.text("scores.csv")
    #expect(try scores == scratch.text("plain.csv"))
    #expect(scores.split(separator: "\n").count == 301)
    let names = try scratch.names()
    #expect(
      names == [
        "answer.us", "card.json", "dose.json", "patients.csv", "plain.csv", "request.us",
        "scores.csv",
      ])
  }

  @Test func documentsSayWhatFilesHold() throws {
    let outcome = try done("scorecard dose.json -o card.json --json --quiet")
    #expect(outcome.errors.isEmpty)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(Set(document.keys) == ["file", "holds", "tells", "bytes"])
  }

  /// A cell never reaches a message, and nothing is left where something is refused.
  @Test(arguments: [
    ("scorecard patients.csv -o card.json", "card.not-json"),
    ("encrypt patients.csv --card dose.json -o r.us --key k", "card.is-private-half"),
    ("encrypt patients.csv --card there.json -o dose.json --key k", "output.exists"),
    ("encrypt patients.csv --card there.json -o r.us --key dose.json", "scoring.key-not-written"),
    ("encrypt dose.json --card there.json -o r.us --key k", "table.other-format"),
    ("encrypt absent.csv --card there.json -o r.us --key k", "table.missing"),
    ("answer there.json patients.csv -o a.us", "card.is-public-half"),
    ("answer dose.json patients.csv -o a.us", "scoring.other-kind"),
    ("decrypt patients.csv --card there.json --key absent.key -o s.csv", "file.missing"),
  ])
  func mistakesAreNamed(_ line: String, _ id: String) throws {
    _ = try done("scorecard dose.json -o there.json --quiet")
    let before = try scratch.names()
    let outcome = try run(line + " --json")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("\"id\" : \"\(id)\""), "\(outcome.output)")
    #expect(try scratch.names() == before)
  }

  /// An answer opens once: the key is gone, and is never replaced while it is there.
  @Test func aKeyOpensOneAnswer() throws {
    _ = try done("scorecard dose.json -o card.json --quiet")
    _ = try done("encrypt patients.csv --card card.json -o request.us --key once.key --quiet")
    let again = try run(
      "encrypt patients.csv --card card.json -o request.us --key once.key --force")
    #expect(again.status == 1 && again.errors.contains("never replaced"))
    let over = try run("predict dose.json patients.csv -o once.key --force")
    #expect(over.status == 1 && over.errors.contains("never replaced"))
    _ = try done("answer dose.json request.us -o answer.us --quiet")
    _ = try done("decrypt answer.us --card card.json --key once.key -o scores.csv --quiet")
    #expect(try run("decrypt answer.us --card card.json --key once.key -o more.csv").status == 1)
    #expect(try !scratch.names().contains("more.csv"))
  }
}
