import Foundation
import Testing

/// Facts that the owner knows beforehand and gives to `scan` and `redact`: a row's identifiers, and
/// words that are always or never masked.
@Suite(.enabled(if: Executable.built != nil, Executable.absence))
struct OwnWordsCommandTests {
  private let understudy: Executable
  private let scratch: Scratch
  private static let russian = "\u{418}\u{432}\u{430}\u{43d}"

  init() throws {
    understudy = try #require(Executable.built)
    scratch = try Scratch()
  }

  private func run(_ arguments: String...) throws -> Executable.Outcome {
    try understudy.run(arguments, in: scratch)
  }

  private func document(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// In every row, in other spellings too, and with the same fakes as the columns.
  @Test func aRowsIdentifiersAreTakenOutOfItsProse() throws {
    let families = [
      "Quillfeather", "Brightwater", "Osterholm", "Vandersloot", "Grubenmann", "Tolliver",
      "Ashgrove", "Pendragon",
    ]
    let rows = (0..<80).map { row in
      let number = "R\(271_828_000 + 37 * row)"
      let family = families[row % families.count]
      let spaced = number.dropFirst().prefix(3) + " " + number.dropFirst(4)
      let note =
        "\(number): seen with the \(family.lowercased()) file, R-\(spaced) again; he sleeps badly and was told to walk more"
      return "\(number),\(family),\"\(note)\""
    }
    try scratch.write(
      "t.csv", "record_number,last_name,note\n" + rows.joined(separator: "\n") + "\n")
    let outcome = try run("redact", "t.csv", "-o", "clean.csv", "--report", "report.json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let clean = try scratch.text("clean.csv")
    #expect(
      !clean.contains("271") && !clean.lowercased().contains("quillfeather")
        && clean.contains("he sleeps badly"), "\(clean.prefix(300))")
    let own = try document(try scratch.text("report.json"))["ownValues"] as? Int
    #expect(
      (own ?? 0) >= 160 && outcome.output.contains("identifier columns stood in the row's prose"),
      "\(outcome.output)")
    #expect(
      try run("redact", "t.csv", "-o", "fakes.csv", "--mode", "fake", "--key", "owner.key").status
        == 0)
    for line in try scratch.text("fakes.csv").split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", maxSplits: 2)
      #expect(cells[2].contains(cells[0]) && cells[2].contains(cells[1].lowercased()), "\(line)")
    }
  }

  @Test func theIdOfADocumentIsTakenOutOfItsTexts() throws {
    try scratch.write(
      "n.jsonl", #"{"id":"QX-4711-A","text":"see qx4711a, or the file of QX 4711 A"}"# + "\n")
    #expect(try run("redact", "n.jsonl", "-o", "c.jsonl", "--text-field", "text").status == 0)
    #expect(
      try scratch.text("c.jsonl")
        == #"{"id":"QX-4711-A","text":"see <OTHER_ID>, or the file of <OTHER_ID>"}"# + "\n")
  }

  @Test func wordsOfTheUserGoOrStayAndAreCountedApart() throws {
    try scratch.write(
      "always.txt", "# staff and wards\n[PERSON]\nzorblatt\n[LOCATION]\nBlue Corridor\n")
    try scratch.write("never.txt", "Dr. Portland\n")
    try scratch.write("n.txt", "zorblatt met Dr. Portland in the blue corridor.\n")
    let outcome = try run(
      "redact", "n.txt", "-o", "c.txt", "--always", "always.txt", "--never", "never.txt",
      "--report", "r.json", "--policy",
      "hipaa-safe-harbor")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try scratch.text("c.txt") == "<PERSON> met Dr. Portland in the <LOCATION>.\n")
    let report = try scratch.text("r.json")
    let parsed = try document(report)
    #expect(
      parsed["always"] as? Int == 2 && (parsed["never"] as? [String: Int])?["PERSON"] == 1,
      "\(report)")
    let lines = try #require(parsed["lines"] as? [[String: Any]])
    #expect(
      lines.first { $0["line"] as? String == "A" }?["standing"] as? String == "needs a person's eye"
    )
    for text in [report, outcome.output, outcome.errors] {
      #expect(!text.lowercased().contains("zorblatt") && !text.contains("Portland"))
    }
    try scratch.write("bad.txt", "[ZORBLATT]\nx\n")
    let bad = try run("scan", "n.txt", "--always", "bad.txt")
    #expect(
      bad.status == 1 && bad.errors.contains("bad.txt, line 1") && !bad.errors.contains("ZORBLATT"))
    #expect(
      try run("redact", "n.txt", "-o", "always.txt", "--always", "always.txt", "--force").status
        == 1)
  }

  /// Other scripts are reported and counted; under a policy nothing is written.
  @Test func otherScriptsAreSaidAndUnderAPolicyRefused() throws {
    try scratch.write("n.txt", "The patient \(Self.russian) \(Self.russian) came with Mr. Smith.\n")
    let scan = try run("scan", "n.txt", "--json")
    #expect(
      scan.status == 0 && scan.output.contains(#""unread":{"Cyrillic":2}"#)
        && scan.errors.contains("2 words in Cyrillic"))
    let plain = try run("redact", "n.txt", "-o", "plain.txt")
    #expect(plain.status == 0 && plain.errors.contains("2 words in Cyrillic letters"))
    let refused = try run("redact", "n.txt", "-o", "c.txt", "--policy", "hipaa-safe-harbor")
    #expect(
      refused.status == 1 && refused.errors.contains("2 words in Cyrillic letters")
        && !refused.errors.contains(Self.russian))
    #expect(
      !FileManager.default.fileExists(atPath: scratch.url.appendingPathComponent("c.txt").path))
    try scratch.write("always.txt", "[PERSON]\n\(Self.russian)\n")
    #expect(
      try run(
        "redact", "n.txt", "-o", "c.txt", "--policy", "hipaa-safe-harbor", "--always", "always.txt"
      ).status == 0)
    #expect(try !scratch.text("c.txt").contains(Self.russian))
    try scratch.write("t.csv", "name,note\nx,\(Self.russian)\ny,well\n")
    #expect(
      try run("redact", "t.csv", "-o", "t.out.csv", "--policy", "hipaa-safe-harbor").status == 1)
  }
}
