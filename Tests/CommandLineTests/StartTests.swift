import Foundation
import SchemaFiles
import Tables
import TestPrograms
import Testing

/// `understudy start`, run as its users run it: with a file of answers, and in a terminal.
@Suite(.enabled(if: Executable.built != nil, Executable.absence))
struct StartTests {
  /// Six hundred people; a name that must reach no file.
  private static let canary = "Zebedee"
  private static let table =
    "patient,age,sex,note\n"
    + (0..<600).map {
      "\(1000 + $0),\(20 + $0 % 60),\($0 % 2 == 0 ? "F" : "M"),\(canary) said in visit \($0) that all is well now\n"
    }.joined()

  /// One person a row, no public number of rows, and everything as proposed.
  private static let answers = "1\n\nrest\nR. Steward\n\n\n"

  private func prepared(_ answers: String) throws -> (Executable, Scratch) {
    let scratch = try Scratch()
    try scratch.write("patients.csv", Self.table)
    try scratch.write("answers.txt", answers)
    return (try #require(Executable.built), scratch)
  }

  @Test func aSchemaAndAScriptAreLeft() throws {
    let (understudy, scratch) = try prepared(Self.answers + "no\n")
    let outcome = try understudy.run(
      ["start", "patients.csv", "--answers", "answers.txt"], in: scratch)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("Plan for patients.csv. Nothing was spent."))
    #expect(
      try scratch.names() == [
        "answers.txt", "patients.csv", "patients.schema.yaml", "patients.start.sh",
      ])
    let schema = try SchemaFile.read(scratch.url.appendingPathComponent("patients.schema.yaml"))
    #expect(schema.provenance.review?.by == "R. Steward" && schema.eachRowIsAPerson)
    let (file, script) = (
      try scratch.text("patients.schema.yaml"), try scratch.text("patients.start.sh")
    )
    for text in [file, script] {
      #expect(!text.contains(Self.canary) && !text.contains(scratch.url.path))
    }
    #expect(!file.contains("observed, for your eyes only"))
    #expect(
      script.contains(
        "understudy synthesize patients.csv --schema patients.schema.yaml --epsilon 1 --plan"))
    let run = try TestProgram("/bin/sh", ["-n", scratch.url.path + "/patients.start.sh"])
    #expect(run.wait() == .exited(0))
  }

  @Test func aReleaseIsMadeAndHasNoHazardOfItsSchema() throws {
    let (understudy, scratch) = try prepared(Self.answers + "yes\nout\n")
    let outcome = try understudy.run(
      ["start", "patients.csv", "--answers", "answers.txt", "--json"], in: scratch)
    #expect(outcome.status == 0, "\(outcome.errors) \(outcome.output)")
    let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    #expect((document as? [String: Any])?["release"] as? String == "out")
    #expect(try understudy.run(["verify", "out"], in: scratch).status == 0)
    let manifest = try scratch.text("out/manifest.json")
    #expect(manifest.contains("R. Steward") && !manifest.contains("observed-facts"))
    #expect(try scratch.text("patients.start.sh").contains("--epsilon 1 -o out"))
  }

  /// The lines that another program writes: all answers so far, and at last that they are final.
  private static func lines(_ folder: String?) -> String {
    var answers = ["unit": "1", "row-count": "no", "rules": "none", "name": "R. Steward"]
    for column in 0..<4 { answers["role.\(column)"] = ["i", "q", "s", "p"][column] }
    answers.merge(["limits.1": "0 to 120", "limits.2": "seen"]) { $1 }
    for column in 0..<4 { answers["meaning.\(column)"] = "back" }
    let open = "{\"answers\": \(json(answers)), \"epsilons\": [0.3, 3], \"checks\": true}\n"
    answers.merge(["epsilon": "1", "plan": "yes", "release": folder == nil ? "no" : "yes"]) { $1 }
    answers["folder"] = folder
    return "{\"answers\": {\"unit\": \"4\"}}\n" + open
      + "{\"answers\": \(json(answers)), \"writes\": true}\n"
  }

  private static func json(_ answers: [String: String]) -> String {
    let data = try? JSONSerialization.data(withJSONObject: answers)
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  @Test func anotherProgramAsksByForms() throws {
    let (understudy, scratch) = try prepared(Self.lines("out"))
    let outcome = try understudy.start(
      ["start", "patients.csv", "--forms", "--json"], in: scratch, input: "answers.txt"
    ).outcome()
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n", maxSplits: 4).map(String.init)
    let documents = try lines.prefix(4).map { line in
      let document = try JSONSerialization.jsonObject(with: Data(line.utf8))
      return try #require(document as? [String: Any])
    }
    #expect(documents[0]["rows"] as? Int == 600)
    #expect((documents[1]["fault"] as? [String])?.first?.contains("1, 2 or 3") == true)
    #expect(documents[1]["open"] as? String == "unit")
    #expect(documents[2]["open"] as? String == "epsilon")
    let plans = try #require(documents[2]["plans"] as? [[String: Any]])
    let errors = plans.compactMap { $0["columnError"] as? Double }
    #expect(errors.count == 2 && errors[0] > errors[1] && errors[1] > 0)
    #expect((documents[2]["differences"] as? [String]) == [])
    #expect(documents[3]["script"] as? String == "patients.start.sh")
    let release = try JSONSerialization.jsonObject(with: Data(lines[4].utf8)) as? [String: Any]
    #expect(release?["epsilon"] as? Double == 1)
    #expect(outcome.errors.contains(": 100 % "))
    #expect(try understudy.run(["verify", "out"], in: scratch).status == 0)
    #expect(try scratch.text("patients.schema.yaml").contains("meaning: back"))
  }

  @Test func leavingTheFormsLeavesNothing() throws {
    let half = Self.lines(nil).split(separator: "\n").prefix(2).joined(separator: "\n") + "\n"
    let (understudy, scratch) = try prepared(half)
    let outcome = try understudy.start(
      ["start", "patients.csv", "--forms", "--json"], in: scratch, input: "answers.txt"
    ).outcome()
    #expect(outcome.status != 0 && outcome.output.contains("\"error\""))
    #expect(try scratch.names() == ["answers.txt", "patients.csv"])
    let both = try understudy.run(
      ["start", "patients.csv", "--forms", "--json", "--answers", "answers.txt"], in: scratch)
    #expect(both.status == 2 && both.output.contains("say one of them"), "\(both)")
    let page = try understudy.run(["start", "patients.csv", "--page"], in: scratch)
    #expect(page.status == 1 && page.errors.contains("understudy-hub"), "\(page)")
    let hub = try understudy.run(["hub", "start", "patients.csv", "--force"], in: scratch)
    #expect(hub.status == 1 && hub.errors.contains("docs/hub.md"), "\(hub)")
  }

  @Test(arguments: [
    ("", "The answers end before the question"), ("1\n\nrest\n", "The answers end"),
    ("1\nperhaps\n", "Answer 2 cannot be taken"),
    (answers + "no\nyes\n", "1 answer more"),
  ])
  func answersThatDoNotFitWriteNothing(_ answers: String, _ words: String) throws {
    let (understudy, scratch) = try prepared(answers)
    let outcome = try understudy.run(
      ["start", "patients.csv", "--answers", "answers.txt", "--quiet"], in: scratch)
    #expect(outcome.status == 1 && outcome.errors.contains(words), "\(outcome.errors)")
    #expect(try scratch.names() == ["answers.txt", "patients.csv"])
  }

  @Test func withoutATerminalNobodyIsAsked() throws {
    let (understudy, scratch) = try prepared("")
    let outcome = try understudy.run(["start", "patients.csv"], in: scratch)
    #expect(outcome.status == 1 && outcome.errors.contains("--answers"))
    #expect(outcome.output.isEmpty)
    try scratch.write("patients.schema.yaml", "mine")
    let kept = try understudy.run(
      ["start", "patients.csv", "--answers", "answers.txt"], in: scratch)
    #expect(kept.status == 1 && kept.errors.contains("exists already"))
    #expect(try scratch.text("patients.schema.yaml") == "mine")
  }

  @Test func aDictionaryGivesTheUsualAnswers() throws {
    let (understudy, scratch) = try prepared(Self.answers + "no\n")
    try scratch.write(
      "codebook.json",
      """
      {"fields": [{"name": "patient", "type": "integer"},
        {"name": "age", "type": "integer", "title": "Age", "constraints": {"minimum": 0, "maximum": 120}},
        {"name": "sex", "type": "string", "categories": [{"value": "F", "label": "female"}, {"value": "M", "label": "male"}]}]}
      """)
    let outcome = try understudy.run(
      [
        "start", "patients.csv", "--answers", "answers.txt", "--dictionary", "codebook.json",
      ], in: scratch)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let schema = try SchemaFile.read(scratch.url.appendingPathComponent("patients.schema.yaml"))
    #expect(schema.column(named: "age")?.meaning == "Age")
    #expect(schema.column(named: "age")?.bounds == .declared(0...120))
    #expect(schema.column(named: "sex")?.labels == ["F": "female", "M": "male"])
    let page = try understudy.run(
      ["codebook", "patients.schema.yaml", "-o", "codebook.md"], in: scratch)
    #expect(page.status == 0)
    #expect(try scratch.text("codebook.md").contains("| F | female |"))
    let inspected = try understudy.run(
      ["inspect", "patients.csv", "-o", "seen.yaml", "--dictionary", "codebook.json"], in: scratch)
    #expect(inspected.status == 0, "\(inspected.errors)")
    let seen = try scratch.text("seen.yaml")
    #expect(seen.contains("from the dictionary: meaning, bounds."))
    let refused = try understudy.run(["codebook", "seen.yaml", "-o", "seen.md"], in: scratch)
    #expect(refused.status == 1 && refused.errors.contains("nobody has signed"))
  }

  /// In a pseudo-terminal, where input ends with Ctrl-D: nothing is written, and colours are used.
  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"),
      "script(1) makes the terminal"))
  func aTerminalIsAsked() throws {
    let (understudy, scratch) = try prepared("")
    for (typed, files) in [
      ("1\n\n?\nback\n", ["answers.txt", "patients.csv", "typed.txt"]),
      (
        Self.answers + "no\n",
        ["answers.txt", "patients.csv", "patients.schema.yaml", "patients.start.sh", "typed.txt"]
      ),
    ] {
      try scratch.write("typed.txt", typed)
      let log = scratch.streams.appendingPathComponent("terminal.log")
      var setting = TestProgram.Setting()
      setting.folder = scratch.url
      setting.input = scratch.url.appendingPathComponent("typed.txt")
      setting.environment["UNDERSTUDY_LEDGER"] = scratch.ledger.path
      setting.environment["TERM"] = "xterm"
      setting.environment["NO_COLOR"] = nil
      let program = try TestProgram(
        "/usr/bin/script", ["-qec", "'\(understudy.url.path)' start patients.csv", log.path],
        setting)
      let status = program.wait().status
      let shown = String(decoding: try Data(contentsOf: log), as: UTF8.self)
      #expect(status == (files.count == 3 ? 130 : 0), "\(shown)")
      #expect(shown.contains("Whom do the rows describe?") && shown.contains("\u{1B}[1m"))
      #expect(try scratch.names() == files)
    }
  }
}
