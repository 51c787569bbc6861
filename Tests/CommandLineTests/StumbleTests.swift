import Foundation
import TestPrograms
import Testing

/// Difficulties of new users: command lines as people type them, and examples as people paste them.
@Suite(.enabled(if: Executable.built != nil, Executable.absence))
struct StumbleTests {
  private let understudy: Executable
  private let scratch: Scratch

  init() throws {
    understudy = try #require(Executable.built)
    scratch = try Scratch()
    try scratch.write(
      "a.csv",
      "age,town\n" + (1...60).map { "\(20 + $0 % 40),\(["Ashby", "Corby"][$0 % 2])\n" }.joined())
    try scratch.write(
      "b.csv",
      "age,town\n" + (1...60).map { "\(20 + $0 % 37),\(["Ashby", "Corby"][$0 % 2])\n" }.joined())
  }

  private func run(_ arguments: [String], environment: [String: String] = [:]) throws
    -> Executable.Outcome
  {
    try understudy.run(arguments, in: scratch, environment: environment)
  }

  // MARK: Help

  /// This includes narrow terminals: if a line of an example breaks, pasting it runs it in pieces.
  @Test(arguments: HelpTests.commands, ["80", "50"]) func anExampleIsPastedWhole(
    _ command: [String], _ columns: String
  ) throws {
    let help = try run(command + ["--help"], environment: ["COLUMNS": columns]).output
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var examples: [String] = []
    for (place, line) in lines.enumerated() where line.hasPrefix("  understudy ") {
      let end = lines[place...].firstIndex { !$0.hasSuffix("\\") } ?? place
      examples.append(lines[place...end].joined(separator: "\n"))
      #expect(lines[place...end].allSatisfy { $0.count <= 80 })
    }
    #expect(!examples.isEmpty)
    let options = help.matches(of: /--[a-z][a-z-]+/).map { String($0.output) }
    for example in examples {
      let shell = try Shell.run(
        "exec 3>&1\nunderstudy() { printf 'run %s\\n' \"$*\" >&3; }\n\(example)\n", in: scratch)
      #expect(shell.errors.isEmpty, "\(example): \(shell.errors)")
      #expect(
        shell.output.split(separator: "\n").count == 1 && shell.output.hasPrefix("run "),
        "\(example)")
      guard shell.output.hasPrefix("run " + command.joined(separator: " ")) else { continue }
      for option in shell.output.matches(of: /\ (--[a-z][a-z-]+)/).map({ String($0.output.1) }) {
        #expect(options.contains(option))
      }
    }
  }

  /// The text of a help page is wrapped to the width of the terminal: no line ends early because
  /// its source does.
  @Test(arguments: HelpTests.commands) func noLineOfHelpEndsEarly(_ command: [String]) throws {
    let wide = try run(command + ["--help"], environment: ["COLUMNS": "1000"]).output
    let discussion = wide.components(separatedBy: "USAGE:")[0]
    for paragraph in discussion.components(separatedBy: "\n\n") {
      let lines = paragraph.split(separator: "\n").map(String.init).filter { !$0.hasPrefix(" ") }
      for (line, next) in zip(lines, lines.dropFirst()) where !line.hasSuffix(":") {
        #expect(
          line.last.map { ".:".contains($0) } == true, "the line ends before \(next.prefix(20))")
      }
    }
  }

  // MARK: Faults of the command line

  struct Slip: Sendable, CustomTestStringConvertible {
    let line: String
    /// Words that the error must contain.
    let says: [String]
    var testDescription: String { line }

    init(_ line: String, _ says: String...) { (self.line, self.says) = (line, says) }
  }

  static let slips = [
    Slip("synthesize a.csv -o r --epsilon -1", "--epsilon", "above 0"),
    Slip("synthesize a.csv -o r --epsilon=-1", "--epsilon", "above 0"),
    Slip("synthesize a.csv -o r --epsilon -.5", "--epsilon", "above 0"),
    Slip("synthesize a.csv -o r --epsilon 1 --delta -1e-9", "--delta", "above 0"),
    Slip("synthesize a.csv -o r --epsilon 1 --rows -5", "--rows", "from 1 to"),
    Slip("synthesize a.csv -o r --eps 1", "'--eps'", "Did you mean '--epsilon'?"),
    Slip("synthesize a.csv -o r --epsilom 1", "'--epsilom'", "Did you mean '--epsilon'?"),
    Slip(
      "synthesize a.csv -o r --epsilon 1,5", "'1,5' is not a number", "Write 1.5, with a point."),
    Slip("synthesize a.csv -o r --epsilon one", "'one' is not a number", "in digits"),
    Slip(
      "synthesize a.csv -o r --epsilon 1 --rows 1e4", "'1e4' is not a whole number", "Write 10000"),
    Slip("synthesize a.csv -o r --epsilon 1 --rows 10.5", "not a whole number"),
    Slip(
      "synthesize a.csv -o r --epsilon 1 --rows 20,000", "'20,000' is not a number",
      "20000 without commas"),
    Slip("synthesize a.csv -o r --epsilon 1 --seed -4", "--seed", "from 0 up"),
    Slip(
      "synthesize a.csv -o r --epsilon 1 --engine gam", "Did you mean 'gan'?", "Allowed: aim, mst"),
    Slip("sample r -o x.csv --row 10", "'--row'", "Did you mean '--rows'?"),
    Slip("sample r -o x.csv --rows 5 --where sex", "'sex' is no condition", "column=value"),
    Slip("attack --original a.csv --syntetic b.csv", "Did you mean '--synthetic'?"),
    Slip("policy show parters", "Did you mean 'partners'?"),
    Slip("redact a.csv -o x.csv --policy hipaa", "Allowed: hipaa-safe-harbor"),
    Slip(
      "budget revoke a.csv", "no command 'budget revoke'", "cannot be taken back", "budget grant"),
    Slip("budget grnt a.csv --epsilon 1", "Did you mean 'budget grant'?"),
    Slip("example clinic", "no command 'example clinic'", "example hospital"),
    Slip("audit neighbors", "Did you mean 'audit neighbours'?"),
    Slip("policy list", "no command 'policy list'", "policy show"),
    Slip("help sintesize", "Did you mean 'synthesize'?"),
    Slip("help budget foo", "no command 'budget foo'"),
    Slip("evaluate a.csv", "ORIGINAL SYNTHETIC"),
    Slip("evaluate --original a.csv b.csv", "ORIGINAL SYNTHETIC"),
    Slip("attack a.csv b.csv c.csv", "ORIGINAL SYNTHETIC"),
  ]

  @Test(arguments: slips) func aSlipIsAnsweredByWhatWasMeant(_ slip: Slip) throws {
    let arguments = slip.line.split(separator: " ").map(String.init)
    let outcome = try run(arguments)
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    for words in slip.says { #expect(outcome.errors.contains(words), "\(outcome.errors)") }
    #expect(outcome.errors.hasPrefix("Error: ") && outcome.errors.contains("\nWhat to do: "))
    #expect(!outcome.errors.contains("?.") && !outcome.errors.contains("..\n"))
    let json = try run(arguments + ["--json"])
    #expect(try json.status == 2 && BadInputTests.error(json.output)["code"] as? Int == 2)
    #expect(try scratch.names() == ["a.csv", "b.csv"])
  }

  /// Every option of every command that takes a number: for a word, and for a negative number after
  /// a space, the error names the option.
  @Test(arguments: HelpTests.commands) func everyNumberIsAskedForByName(_ command: [String]) throws
  {
    let help = try run(command + ["--help"]).output
    for match in help.matches(of: /\n  (?:-\w, )?(--[a-z][a-z-]+) <number>/) {
      let option = String(match.output.1)
      for value in ["many", "-1,5"] {
        let outcome = try run(command + ["a.csv", option, value])
        #expect(outcome.status == 2, "\(command) \(option) \(value)")
        #expect(outcome.errors.contains(option), "\(command) \(option) \(value): \(outcome.errors)")
      }
    }
  }

  @Test(arguments: ["version", "-v", "-V", "--version"]) func theVersionIsFound(_ word: String)
    throws
  {
    #expect(try run([word]).output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }

  @Test func twoTablesNeedNoOptions() throws {
    let named = try run(["evaluate", "--original", "a.csv", "--synthetic", "b.csv", "--json"])
    let placed = try run(["evaluate", "a.csv", "b.csv", "--json"])
    #expect(named.status == 0 && named.output == placed.output)
    let attack = try run(["attack", "a.csv", "b.csv", "--queries", "50", "--json"])
    #expect(attack.status == 0, "\(attack.errors)\(attack.output)")
    #expect(
      attack.output
        == (try run([
          "attack", "--original", "a.csv", "--synthetic", "b.csv", "--queries", "50", "--json",
        ])).output)
  }

  /// The possible values are in the release, so the error may list them; the contents of a table
  /// are not.
  @Test func aConditionThatCannotBeMetSaysWhatCan() throws {
    let made = try run([
      "synthesize", "a.csv", "--epsilon", "20", "--engine", "independent", "-o", "r", "--quiet",
    ])
    #expect(made.status == 0, "\(made.errors)")
    let age = try run(["sample", "r", "--rows", "3", "--where", "age=900..901", "-o", "x.csv"])
    #expect(
      age.status == 1 && age.errors.contains(/Ask for a value from -?\d+ to \d+/), "\(age.errors)")
    let word = try run(["sample", "r", "--rows", "3", "--where", "age=old", "-o", "x.csv"])
    #expect(
      word.errors.contains("cannot be read as integer")
        && word.errors.contains("Ask for a value from"))
    let reversed = try run(["sample", "r", "--rows", "3", "--where", "age=30..20", "-o", "x.csv"])
    #expect(reversed.errors.contains("ends before it begins"))
    let town = try run(["sample", "r", "--rows", "3", "--where", "town=Ashbi", "-o", "x.csv"])
    #expect(
      town.status == 1 && town.errors.contains("Did you mean 'Ashby'? Ask for one of: "),
      "\(town.errors)")
  }

  // MARK: Lines above the rows

  @Test func whatStandsAboveTheRowsIsSearchedAndSaid() throws {
    let rows = (1...30).map { "\(20 + $0 * 7 % 12),\($0 % 7)" }.joined(separator: "\n") + "\n"
    try scratch.write(
      "pivot.csv",
      "List of Dr Margaret Thistlewood,\nprinted for ward 7,\nweek,Ruth Okafor\n" + rows)
    let scan = try run(["scan", "pivot.csv", "--json"])
    let found = try #require(
      try JSONSerialization.jsonObject(with: Data(scan.output.utf8)) as? [String: Any])
    #expect(found["header"] as? Int == 1 && found["linesAbove"] as? Int == 1)
    #expect(!(scan.output + scan.errors).contains("Okafor") && !scan.output.contains("Thistlewood"))
    for mode in ["tag", "mask", "fake", "drop"] {
      let outcome = try run([
        "redact", "pivot.csv", "-o", "clean-\(mode).csv", "--mode", mode, "--quiet", "--report",
        "\(mode).json",
      ])
      #expect(outcome.status == 0)
      #expect(
        outcome.errors.contains("2 lines above the header") && !outcome.errors.contains("Okafor"))
      let clean = try scratch.text("clean-\(mode).csv")
      #expect(
        !clean.contains("Okafor") && !clean.contains("Thistlewood") && clean.hasPrefix("week,")
          && clean.hasSuffix(rows))
      let report = try scratch.text("\(mode).json")
      #expect(
        report.contains("\"linesLeftOut\" : 2") && report.contains("\"header\" : 1")
          && !report.contains("Okafor"))
    }
    let json = try run(["redact", "pivot.csv", "-o", "clean.csv", "--json"])
    #expect(json.output.contains("\"linesLeftOut\":2") && !json.output.contains("Okafor"))
    let inspection = try run(["inspect", "pivot.csv", "-o", "s.yaml"])
    #expect(inspection.output.contains(/name of column 2\s+\(PERSON\)/))
  }

  /// Without a schema, nobody has declared that the column names may be published.
  @Test(arguments: ["Ruth Okafor", "jo.quill@clinic.example", "943 476 5919"])
  func aHeaderThatNamesPeopleIsNotPublished(_ name: String)
    throws
  {
    try scratch.write(
      "pivot.csv", "week,\(name)\n" + (1...60).map { "\(20 + $0 * 7 % 12),\($0 % 7)\n" }.joined())
    let outcome = try run(["synthesize", "pivot.csv", "--epsilon", "1", "-o", "r"])
    #expect(
      outcome.status == 1 && outcome.errors.contains("column 2") && !outcome.errors.contains(name))
    #expect(try !scratch.names().contains("r"))
  }

  @Test(arguments: [
    "2021-03-01", "Leeds", "rs2884737", "PharmGKB Subject ID", "Male", "Grace period",
  ])
  func anOrdinaryHeaderIsPublished(_ name: String) throws {
    try scratch.write(
      "pivot.csv", "week,\(name)\n" + (1...60).map { "\(20 + $0 * 7 % 12),\($0 % 7)\n" }.joined())
    let outcome = try run([
      "synthesize", "pivot.csv", "--epsilon", "1", "-o", "r", "--engine", "independent", "--quiet",
      "--allow-empty",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  // MARK: Decimal commas

  /// From the file to the release and its comparison, decimal commas are kept.
  @Test func aSpreadsheetWithCommasKeepsThem() throws {
    let rows = (1...400).map {
      "\(20 + $0 % 50);\(15 + $0 % 20),\($0 % 10);\(["Ulm", "Bonn"][$0 % 2])\n"
    }.joined()
    try scratch.write("eu.csv", "alter;bmi;stadt\n" + rows)
    let inspection = try run(["inspect", "eu.csv", "-o", "eu.yaml"])
    #expect(
      inspection.output.contains(/bmi +decimal, 1 digit/)
        && inspection.output.contains("decimal comma"))
    #expect(try scratch.text("eu.yaml").contains("decimal: comma"))
    // Seeded: the distance below varies with the noise, and one run in fifty would exceed the
    // limit.
    let made = try run([
      "synthesize", "eu.csv", "--schema", "eu.yaml", "--epsilon", "5", "--engine", "independent",
      "--quiet", "--seed", "1", "-o", "r",
    ])
    #expect(made.status == 0, "\(made.errors)")
    let cells = try scratch.text("r/synthetic.csv").split(separator: "\n").dropFirst().map {
      $0.split(separator: ";")[1]
    }
    #expect(
      cells.allSatisfy { $0.wholeMatch(of: /\d+(,\d)?/) != nil }
        && cells.contains { $0.contains(",") })
    let comparison = try run(["evaluate", "eu.csv", "r/synthetic.csv", "--json"])
    let means =
      try #require(
        try JSONSerialization.jsonObject(with: Data(comparison.output.utf8)) as? [String: Any])[
        "means"] as? [String: Any]
    #expect(
      try #require(means?["oneWay"] as? Double) < 0.3, "\(comparison.output)\(comparison.errors)")
    #expect(
      try run(["sample", "r", "--rows", "20", "--where", "bmi=20.5..30", "-o", "more.csv"]).status
        == 0)
    #expect(try scratch.text("more.csv").contains(","))
    #expect(
      try run(["inspect", "eu.csv", "-o", "p.yaml", "--decimal", "point", "--json"]).output
        .contains("category"))
  }

  // MARK: How commands end

  @Test func progressEndsWithoutALooseWord() throws {
    let outcome = try run([
      "synthesize", "a.csv", "--epsilon", "5", "--engine", "independent", "-o", "r",
    ])
    let lines = outcome.errors.split(separator: "\n").filter { $0.contains(" done") }
    #expect(!lines.isEmpty && lines.allSatisfy { $0.hasSuffix("done") })
  }
}

/// Runs lines in a shell.
private enum Shell {
  static func run(_ script: String, in folder: Scratch) throws -> (output: String, errors: String) {
    try folder.write("pasted.sh", script)
    defer {
      try? FileManager.default.removeItem(at: folder.url.appendingPathComponent("pasted.sh"))
    }
    var setting = TestProgram.Setting()
    setting.folder = folder.url
    let outcome = try TestProgram.run("/bin/sh", ["pasted.sh"], setting)
    return (outcome.output, outcome.errors)
  }
}
