import Foundation
import Testing

/// `understudy scan` and `understudy redact`, as their users run them.
@Suite(.enabled(if: Executable.built != nil, Executable.absence))
struct ProseCommandTests {
  private let understudy: Executable
  private let scratch: Scratch
  private static let canary = "Quillfeather"

  init() throws {
    understudy = try #require(Executable.built)
    scratch = try Scratch()
    try scratch.write(
      "note.txt",
      "Patient: Zoë \(Self.canary)\nSeen on 03/14/2019, again on 03/20/2019. Call 612-555-0147.\n")
    try scratch.write(
      "notes.jsonl",
      #"{"id":"a","patient":1,"text":"Dr. \#(Self.canary) called on 2020-01-05."}"# + "\n"
        + #"{"id":"b","patient":1,"text":"é BP 120/80, seen 2020-01-08"}"# + "\n")
  }

  private func run(_ arguments: String...) throws -> Executable.Outcome {
    try understudy.run(arguments, in: scratch)
  }

  private func objects(_ output: String) throws -> [[String: Any]] {
    try output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func scanGivesPlacesInScalarsAndNoText() throws {
    let outcome = try run("scan", "notes.jsonl", "--text-field", "text", "--json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(!outcome.output.contains(Self.canary))
    let documents = try objects(outcome.output)
    #expect(documents.map { $0["id"] as? String } == ["a", "b"])
    let spans = try #require(documents[1]["spans"] as? [[String: Any]])
    #expect(spans.count == 1)
    #expect(
      spans[0]["start"] as? Int == 18 && spans[0]["end"] as? Int == 28
        && spans[0]["type"] as? String == "DATE")
  }

  /// A table is one whatever it is called and however it comes: its columns of names are treated.
  @Test(arguments: ["list.txt", "list", "list.dat", "-", "/dev/stdin"])
  func aTableIsKnownByItsContent(_ name: String) throws {
    let table =
      "visit,physician,seen\n"
      + (0..<30).map {
        "\($0),\(["Ann Smith", "Oru Quillfeather", "Mary Jones"][$0 % 3]),\($0 % 7)\n"
      }.joined()
    try scratch.write("list.csv", table)
    let isStream = !name.hasPrefix("list")
    if !isStream { try scratch.write(name, table) }
    for words in [["redact", name, "-o", "clean.csv"], ["scan", name, "--json", "--quiet"]] {
      let outcome = try understudy.start(words, in: scratch, input: isStream ? "list.csv" : nil)
        .outcome()
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    #expect(try run("redact", "list.csv", "-o", "plain.csv").status == 0)
    let clean = try scratch.text("clean.csv")
    #expect(try clean == scratch.text("plain.csv"))
    #expect(!clean.contains(Self.canary) && !clean.contains("Smith"))
    #expect(clean.hasPrefix("visit,physician,seen\n") && clean.contains(",<PERSON>,0\n"))
  }

  /// Nothing would be found in a text of another encoding, so that nothing is written.
  @Test(arguments: [String.Encoding.utf16, .utf16LittleEndian, .isoLatin1])
  func textsInOtherEncodingsAreRefused(_ encoding: String.Encoding) throws {
    let text = "Patient: Zoë \(Self.canary), München\n"
    try #require(text.data(using: encoding)).write(to: scratch.url.appending(path: "odd.txt"))
    for words in [["redact", "odd.txt", "-o", "out.txt"], ["scan", "odd.txt"]] {
      let outcome = try understudy.run(words + ["--json"], in: scratch)
      #expect(outcome.status == 1 && !outcome.output.contains(Self.canary))
      #expect(outcome.output.contains("document.unreadable"), "\(outcome.output)")
    }
    #expect(try !scratch.names().contains("out.txt"))
  }

  @Test func textsAreShownOnlyWhereAskedFor() throws {
    let counts = try run("scan", "note.txt")
    #expect(
      counts.status == 0 && counts.output.contains("PERSON") && !counts.output.contains(Self.canary)
    )
    #expect(try run("scan", "note.txt", "--show").output.contains(Self.canary))
    #expect(try run("scan", "note.txt", "--show", "--json").status == 2)
  }

  @Test func redactWritesTagsAndAReportWithoutTexts() throws {
    let outcome = try run("redact", "note.txt", "-o", "clean.txt", "--report", "report.json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      try scratch.text("clean.txt")
        == "Patient: <PERSON>\nSeen on <DATE>, again on <DATE>. Call <PHONE>.\n")
    let report = try scratch.text("report.json")
    #expect(
      report.contains("\"found\" : 4") && !report.contains(Self.canary) && !report.contains("612"))
    #expect(try run("redact", "note.txt", "-o", "clean.txt").status == 1)
    let streamed = try run("redact", "note.txt", "-o", "-")
    #expect(
      streamed.status == 0
        && streamed.output == "Patient: <PERSON>\nSeen on <DATE>, again on <DATE>. Call <PHONE>.\n")
    #expect(try run("redact", "note.txt", "-o", "note.txt", "--force").status == 1)
  }

  @Test func fakesAgreeBetweenRunsUnderOneKey() throws {
    for name in ["one.txt", "two.txt"] {
      #expect(
        try run("redact", "note.txt", "-o", name, "--mode", "fake", "--key", "owner.key").status
          == 0)
    }
    #expect(try scratch.text("one.txt") == scratch.text("two.txt"))
    #expect(try !scratch.text("one.txt").contains(Self.canary))
    let mode = try FileManager.default.attributesOfItem(
      atPath: scratch.url.appendingPathComponent("owner.key").path)[.posixPermissions]
    #expect((mode as? NSNumber)?.intValue == 0o600)
    #expect(
      try run("redact", "note.txt", "-o", "three.txt", "--mode", "fake", "--key", "other.key")
        .status == 0)
    #expect(try scratch.text("one.txt") != scratch.text("three.txt"))
  }

  @Test func datesOfAPersonShiftTogether() throws {
    let outcome = try run(
      "redact", "notes.jsonl", "-o", "clean.jsonl", "--text-field", "text", "--mode", "DATE=shift",
      "--person-field", "patient", "--json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let dates = try scratch.text("clean.jsonl").matches(of: /\d{4}-\d\d-\d\d/).map {
      String($0.output)
    }
    let days = try dates.map { try Date($0, strategy: .iso8601.year().month().day()) }
    #expect(days.count == 2 && days[1].timeIntervalSince(days[0]) == 3 * 86_400)
    #expect(!dates.contains("2020-01-05"))
    let spans = try #require(try objects(outcome.output)[0]["spans"] as? [[String: Any]])
    #expect(spans.allSatisfy { $0["newStart"] is Int && $0["newEnd"] is Int })
  }

  @Test func safeHarborSaysHowEachLineStands() throws {
    let outcome = try run(
      "redact", "note.txt", "-o", "clean.txt", "--policy", "hipaa-safe-harbor", "--report",
      "report.json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      try scratch.text("clean.txt")
        == "Patient: <PERSON>\nSeen on 2019, again on 2019. Call <PHONE>.\n")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(try scratch.text("report.json").utf8))
        as? [String: Any])
    let lines = try #require(report["lines"] as? [[String: Any]])
    #expect(lines.count == 18)
    #expect(
      Set(lines.compactMap { $0["standing"] as? String }) == [
        "handled", "absent", "needs a person's eye",
      ])
    #expect(
      try run(
        "redact", "note.txt", "-o", "d.txt", "--policy", "hipaa-safe-harbor", "--mode", "DATE=shift"
      ).status == 2)
    #expect(
      try run(
        "redact", "note.txt", "-o", "d.txt", "--policy", "hipaa-safe-harbor", "--mode", "fake"
      ).status == 2)
  }

  @Test func tablesAreTreatedByColumn() throws {
    let rows = (1...60).map {
      "\($0),person\($0)@mail.example,\(20 + $0),\"called Ms. \(Self.canary), asked for help with the form number \($0)\""
    }
    try scratch.write("t.csv", "id,email,age,note\n" + rows.joined(separator: "\n") + "\n")
    let scan = try run("scan", "t.csv", "--json")
    #expect(scan.status == 0 && !scan.output.contains(Self.canary), "\(scan.errors)")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(scan.output.utf8)) as? [String: Any])
    let columns = try #require(document["columns"] as? [[String: Any]])
    #expect(columns.map { $0["name"] as? String } == ["id", "email", "age", "note"])
    #expect(columns[1]["identifier"] as? String == "EMAIL")
    let outcome = try run("redact", "t.csv", "-o", "clean.csv", "--column", "id=plain")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let clean = try scratch.text("clean.csv")
    #expect(
      clean.hasPrefix("id,email,age,note\n1,<EMAIL>,21,\"called Ms. <PERSON>, asked")
        && !clean.contains(Self.canary))
    #expect(try run("redact", "t.csv", "-o", "d.csv", "--column", "nobody=plain").status == 1)
  }

  @Test func detectorsOfTheUserWork() throws {
    try scratch.write(
      "d.yaml",
      "- {name: badge, type: OTHER_ID, pattern: '\\bWB-(\\d{5})\\b', contextWords: [locker]}\n")
    try scratch.write(
      "b.txt",
      "his locker WB-12345; in the long corridor behind the old laundry there sleeps a dog, WB-12346\n"
    )
    #expect(try run("redact", "b.txt", "-o", "c.txt", "--detectors", "d.yaml").status == 0)
    let redacted =
      "his locker WB-<OTHER_ID>; in the long corridor behind the old laundry there sleeps a dog, WB-12346\n"
    #expect(try scratch.text("c.txt") == redacted)
    try scratch.write("bad.yaml", "- {name: x, type: OTHER_ID, pattern: '('}\n")
    #expect(try run("scan", "b.txt", "--detectors", "bad.yaml").status == 1)
  }

  @Test func aRecogniserOfTheUserWorks() throws {
    let command =
      #"n=0; while read -r l; do n=$((n+1)); echo "{\"id\":$n,\"spans\":[{\"start\":0,\"end\":3,\"type\":\"OTHER_ID\"}]}"; done"#
    try scratch.write("b.txt", "abc def\n")
    let outcome = try run("redact", "b.txt", "-o", "c.txt", "--recogniser", command)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try scratch.text("c.txt") == "<OTHER_ID> def\n")
    #expect(try run("redact", "b.txt", "-o", "e.txt", "--recogniser", "true").status == 1)
    #expect(try !scratch.names().contains("e.txt"))
  }

  @Test func badInputIsNamedWithoutItsText() throws {
    try scratch.write("bad.jsonl", "{\"text\":\"x\"}\n{\"text\": \(Self.canary)\n")
    let outcome = try run("redact", "bad.jsonl", "-o", "c.jsonl")
    #expect(
      outcome.status == 1 && outcome.errors.contains("bad.jsonl, line 2")
        && !outcome.errors.contains(Self.canary))
    #expect(
      try !scratch.names().contains { $0.hasPrefix("c.jsonl") || $0.hasPrefix(".understudy") })
    #expect(try run("scan", "nothing.txt").status == 1)
    #expect(try run("redact", "note.txt", "-o", "c.txt", "--mode", "PERSON=shift").status == 2)
    #expect(try run("redact", "note.txt", "-o", "c.txt", "--mode", "hide").status == 2)
  }
}
