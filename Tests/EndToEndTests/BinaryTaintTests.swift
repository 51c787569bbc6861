import Foundation
import Testing

/// The taint test through the binary: marked values in every column of an ugly table. Afterwards,
/// everything the run leaves behind is searched for them, in every form that a program gives to a
/// value.
///
/// The search covers both output streams (messages to the owner included), every file of the
/// release, the names of all files, the folder for temporary files, and the ledger, which the owner
/// keeps but which must not hold a cell either. The table itself and the owner's report are not
/// searched, except by `theSearchFinds`, which proves that the search works.
@Suite(.enabled(if: Command.built != nil, Command.absence))
struct BinaryTaintTests {
  /// Marks that occur in no other cell, by column.
  static let marks = [
    "Zähringer-Qx71", "qx71@tainted.example", "Qx71Ortßchaft", "987654321012345", "98765432101.55",
    "1066-10-14", "Kode-Qx71é",
    "Bedeutung/Qx71",
    "heißt Qx71 \"so\"", "vielleicht-Qx71",
  ]

  static let schema = """
    HEAD
    table: tainted
    format: {delimiter: comma, header: yes, missing: ["", NA]}
    unit: UNIT
    columns:
      - {name: who, type: identifier, role: identifier(code), missing: no}
      - {name: mail, type: identifier, role: identifier(email), missing: yes}
      - {name: town, type: category, role: quasi-identifier, missing: yes, categories: learn, other: other}
      - {name: visits, type: integer, role: ordinary, missing: yes, bounds: learn}
      - {name: income, type: decimal, digits: 2, role: sensitive, missing: yes, bounds: learn}
      - {name: day, type: date, format: "yyyy-MM-dd", role: ordinary, missing: yes, bounds: learn}
      - {name: code, type: category, role: sensitive, missing: yes, categories: learn, other: other}
      - {name: meaning, type: category, role: sensitive, missing: yes, categories: learn, other: other}
      - {name: note, type: text, role: prose, missing: yes}
      - {name: ill, type: boolean, words: ["no", "yes"], role: target, missing: yes}
    constraints:
      - determines: [code, meaning]

    """

  /// 300 tidy rows of 150 people, and one person whose cells are all marked, some of them in forms
  /// that fit no column.
  static let table: String = {
    var lines = ["who,mail,town,visits,income,day,code,meaning,note,ill"]
    for row in 0..<300 {
      let code = row % 3
      lines.append(
        "P\(100 + row / 2),p\(row)@x.org,\(["Bern", "Chur", "Thun"][row % 3]),\(1 + row % 9),"
          + "\(20 + row % 50).\(10 + row % 90),2021-0\(1 + row % 9)-1\(row % 7),"
          + "K\(code),\(["asthma", "burn", "cough"][code]),seen,\(row % 4 == 0 ? "yes" : "no")")
    }
    let cells = marks.map { "\"\($0.replacing("\"", with: "\"\""))\"" }
    lines.insert(cells.joined(separator: ","), at: 1)
    // The same person with the marks in the wrong columns, quoted or not, with blanks, and next to
    // ordinary cells.
    lines.insert(
      "\(cells[0]),\(cells[1]),\(cells[2]),Qx71Ortßchaft,vielleicht-Qx71, 1066-10-14 ,K1,\(cells[7]),\(cells[8]),Kode-Qx71é",
      at: 9)
    lines.append("\(cells[0]),,NA,,98765432101.55,98765432101.55,\(cells[6]),burn,,987654321012345")
    return lines.map { $0 + "\n" }.joined()
  }()

  struct Run: Sendable, CustomTestStringConvertible {
    /// The engine, or the form of the model if one is trained.
    let engine: String
    var isTrained = false
    var unit = "row"
    /// The largest column distance that passes; nil for no policy.
    var floor: Double?
    var isAttacked = false
    /// The first lines of the schema.
    var head = "version: 2"
    /// If true, rows that do not fit are refused, with an error that mentions them.
    var isStrict = false
    var testDescription: String {
      "\(engine)\(isTrained ? " model" : ""), unit \(unit), floor \(floor.map { "\($0)" } ?? "none")"
        + "\(isAttacked ? ", attacked" : ""), \(head)\(isStrict ? ", strict" : "")"
    }

    var words: [String] {
      if isTrained {
        return [
          "train", "people.csv", "--schema", "people.yaml", "--target", "ill", "--epsilon", "3",
          "--model", engine, "-o", "release", "--json",
        ]
      }
      return [
        "synthesize", "people.csv", "--schema", "people.yaml", "--epsilon", "3", "--engine", engine,
        "--rows", "200", "-o", "release",
        "--json",
      ]
        + (["gan", "gem"].contains(engine) ? ["--steps", "20"] : [])
        + (floor == nil ? [] : ["--policy", "policy.yaml"])
        + (isStrict ? ["--strict"] : []) + ["--no-owner-report"]
    }

    var policy: String {
      """
      version: 1
      policy: p
      epsilon: any
      delta: any
      unit: any
      provenance: any
      identifiers: any
      attacks: \(isAttacked ? "{hold out: 0.2, risk: {at most: 0.05}}" : "any")
      utility: {column distance: {at most: \(floor ?? 1)}, pair distance: any, prediction: any}

      """
    }
  }

  static let runs = [
    Run(engine: "independent"), Run(engine: "mst"),
    Run(engine: "aim", unit: "{person: who, at most: 2}"), Run(engine: "gan"),
    Run(engine: "gan", unit: "{person: who, at most: 2}"), Run(engine: "gem"),
    Run(engine: "independent", floor: 0.9),
    Run(engine: "mst", floor: 1e-6),
    Run(engine: "independent", unit: "{person: who, at most: 2}", floor: 0.5, isAttacked: true),
    // About as fine as its noise and as the distance itself: the noise decides whether it passes.
    Run(engine: "gan", floor: 0.12),
    Run(engine: "gem", unit: "{person: who, at most: 2}", head: "version: 3\nfacts: observed"),
    Run(engine: "aim", floor: 0.12, head: "version: 3\nfacts: declared\npeople: ward-7"),
    Run(engine: "independent", isStrict: true),
    Run(engine: "additive", isTrained: true),
    Run(engine: "logistic", isTrained: true, unit: "{person: who, at most: 2}"),
  ]

  /// Makes a shop with the table, runs the command in it, and also returns the folder for temporary
  /// files.
  private func run(_ run: Run) throws -> (
    shop: Workshop, temporary: Workshop, outcome: Command.Outcome
  ) {
    let (shop, temporary) = (try Workshop(), try Workshop())
    try shop.write(Self.table, as: "people.csv")
    try shop.write(
      Self.schema.replacing("UNIT", with: run.unit).replacing("HEAD", with: run.head),
      as: "people.yaml")
    if run.floor != nil { try shop.write(run.policy, as: "policy.yaml") }
    let outcome = try #require(Command.built).run(
      run.words, in: shop, environment: ["TMPDIR": temporary.url.path])
    return (shop, temporary, outcome)
  }

  /// Which marks occur, where and in which form; `own` are the files that the test wrote itself.
  private func findings(_ folder: Workshop, own: Set<String>) throws -> [String] {
    let disguises = Self.marks.map(Disguises.init)
    var found: [String] = []
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.url.path)
    where !own.contains(path) {
      let contents = (try? folder.data(path)) ?? Data()
      for (mark, disguise) in disguises.enumerated() {
        found += disguise.found(in: Data(path.utf8)).map {
          "mark \(mark) in the name of a file, as \($0)"
        }
        found += disguise.found(in: contents).map { "mark \(mark) in \(path), as \($0)" }
      }
    }
    return found
  }

  private static let own: Set<String> = ["people.csv", "people.yaml", "policy.yaml"]

  @Test(arguments: runs) func noMarkIsLeftAnywhere(_ run: Run) throws {
    let (shop, temporary, outcome) = try self.run(run)
    // An impossible floor is refused; all other runs end well or are refused by the gate.
    #expect([0, 1, 3].contains(outcome.status), "\(outcome.all)")
    if run.isStrict {
      // Lines are wrapped, and a document of errors goes to standard output.
      let said = outcome.all.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(
        outcome.status == 1 && said.contains("does not fit") && !shop.exists("release"),
        "\(outcome.all)")
    }
    // So few people may teach a model nothing, which is an error after the charge.
    if run.floor == nil, !run.isStrict, !run.isTrained {
      #expect(outcome.status == 0 && shop.exists("release/manifest.json"), "\(outcome.all)")
    }
    if run.floor == 1e-6 { #expect(outcome.status != 0 && !shop.exists("release")) }
    #expect(try findings(shop, own: Self.own) == [])
    #expect(try findings(temporary, own: []) == [])
    for (mark, disguise) in Self.marks.map(Disguises.init).enumerated() {
      #expect(disguise.found(in: Data(outcome.errors.utf8)) == [], "mark \(mark) on standard error")
      #expect(
        disguise.found(in: Data(outcome.output.utf8)) == [], "mark \(mark) on standard output")
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: temporary.url.path) == [],
      "something is left among the temporary files")
  }

  /// The test can fail: every mark is found in the table, and in every form after it is put into
  /// that form.
  @Test func theSearchFinds() throws {
    let table = Data(Self.table.utf8)
    for mark in Self.marks {
      let written = Data(mark.replacing("\"", with: "\"\"").utf8)
      #expect(table.range(of: written) != nil)
      for form in Disguises(mark).forms {
        #expect(
          Disguises(mark).found(in: Data("before ".utf8) + form.bytes + Data(" behind".utf8))
            .contains(form.name))
      }
      // Base64 of a longer text that holds the mark, at each offset.
      for shift in 0..<3 {
        let text = Data((String(repeating: "x", count: shift) + mark + " and more").utf8)
          .base64EncodedString()
        #expect(Disguises(mark).found(in: Data(text.utf8)).contains("base64"))
      }
    }
    let shop = try Workshop()
    try shop.write("{\"a\": \"Qx71Ort\\u00dfchaft\"}", as: "leak.json")
    try shop.write("mark", as: "987654321012345.txt")
    let found = try findings(shop, own: [])
    #expect(
      found.contains("mark 2 in leak.json, as JSON escapes")
        && found.contains("mark 3 in the name of a file, as the text"))
  }
}
