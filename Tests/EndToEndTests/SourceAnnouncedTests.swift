import Foundation
import TestPrograms
import Testing

/// A plan announces the statements of a run: exactly for each stage whose number no paid answer
/// decides, and the most for the others.
@Suite(.enabled(if: Command.built != nil, Command.absence), .serialized)
struct SourceAnnouncedTests {
  private static let vectors = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Vectors/Sources").standardized

  /// A schema of the visits, an engine, and what judges the release.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var bounds = ["learn", "learn", "learn"]
    var words: [String] = []
    var policy: String?
    /// Whether every number is known beforehand.
    var isExact = false

    var testDescription: String { name }

    static let all = [
      Case(
        name: "narrow ranges",
        bounds: ["[20, 80]", "[50.0, 56.0]", "[2020-01-01, 2020-02-15]"], isExact: true),
      Case(name: "nothing declared"),
      Case(
        name: "wide ranges", bounds: ["[0, 120]", "[0.0, 300.0]", "[2000-01-01, 2030-12-31]"]),
      Case(name: "pairs", words: ["--engine", "mst"]),
      Case(name: "columns alone", words: ["--engine", "independent"]),
      Case(
        name: "judged", bounds: ["[20, 80]", "[50.0, 56.0]", "[2020-01-01, 2020-02-15]"],
        policy: """
          version: 2
          policy: close
          epsilon: any
          unit: any
          attacks: any
          utility:
            column distance: {at most: 0.9}
            pair distance: {at most: 0.9}
          """, isExact: true),
      Case(name: "little budget", words: ["--epsilon", "0.05"]),
      Case(name: "much budget", words: ["--epsilon", "20"]),
    ]
  }

  @Test(.enabled(if: Drivers.hasDuckDB, SourceRunTests.noDuckDB), arguments: Case.all)
  func aPlanAnnouncesTheStatementsOfDuckDB(_ test: Case) throws {
    try compare(test, [Self.vectors.appendingPathComponent("visits.parquet").path], settingUp: 1)
  }

  @Test(.enabled(if: Postgres.server != nil, SourceRunTests.noPostgres), arguments: Case.all)
  func aPlanAnnouncesTheStatementsOfPostgreSQL(_ test: Case) throws {
    let server = try #require(Postgres.server)
    try server.load(Self.vectors.appendingPathComponent("visits.csv").path, into: "announced")
    // Two GRANTs, and two statements before the look at the columns.
    try compare(test, [server.address, "--table", "announced.visits"], settingUp: 5)
  }

  private func compare(_ test: Case, _ source: [String], settingUp: Int) throws {
    let shop = try Workshop()
    var options = try shop.declareVisits() + ["--counts-only"]
    var parts = try shop.text("declared.yaml").components(separatedBy: "bounds: learn")
    #expect(parts.count == 4)
    for place in 0..<3 { parts[place] += "bounds: \(test.bounds[place])" }
    try shop.write(parts.joined(), as: "declared.yaml")
    if let place = test.words.firstIndex(of: "--epsilon"),
      let own = options.firstIndex(of: "--epsilon")
    {
      options[own + 1] = test.words[place + 1]
    } else {
      options += test.words
    }
    if let policy = test.policy {
      try shop.write(policy + "\n", as: "policy.yaml")
      // A gate lets no noise pass that can be repeated.
      let seed = try #require(options.firstIndex(of: "--seed"))
      options.removeSubrange(seed...seed + 1)
      options += ["--policy", "policy.yaml"]
    }
    let program = try #require(Command.built)
    let plan = try program.run(
      ["synthesize"] + source + options + ["--plan", "--sql", "plan.sql"], in: shop)
    #expect(plan.status == 0, "\(plan.flat)")
    let announced = try JSONDecoder().decode(Plan.self, from: Data(plan.output.utf8)).counting
    let run = try program.run(["synthesize"] + source + options + ["-o", "release"], in: shop)
    #expect([0, 3].contains(run.status), "3 if nothing was learned of a column: \(run.flat)")
    let pattern = try Regex(
      #"(\d+) statements were run where the table is \((\d+) to begin, (\d+) to find the values of "#
        + #"numbers and dates, (\d+) for columns alone, (\d+) for columns together\)"#,
      as: (Substring, Substring, Substring, Substring, Substring, Substring).self)
    let said = try #require(run.all.firstMatch(of: pattern)?.output, "\(run.flat)")
    let numbers = [said.2, said.3, said.4, said.5].compactMap { Int($0) }
    #expect(announced.stages.map(\.stage) == ["opening", "values", "columns", "relations"])
    for (stage, made) in zip(announced.stages, numbers) {
      #expect(
        (stage.statements...stage.mostStatements).contains(made), "\(stage) \(test.name): \(made)")
      if test.isExact || stage.stage == "opening" || stage.stage == "relations" {
        #expect(stage.statements == stage.mostStatements, "\(stage)")
      }
    }
    #expect(numbers.reduce(0, +) == Int(said.1))
    #expect(try shop.text("release/manifest.json").contains("\(said.1) statements: \(said.2) to"))
    guard test.isExact else { return }
    #expect(announced.statements == Int(said.1) && announced.mostStatements == Int(said.1))
    let text = try shop.text("plan.sql")
    let written = text.split(separator: "\n").count { $0.hasSuffix(";") }
    #expect(written == settingUp + announced.statements, "\(text.prefix(3000))")
  }

  /// The part of a plan that is read here.
  private struct Plan: Decodable {
    let counting: Counting

    struct Counting: Decodable {
      let stages: [Stage]
      let statements: Int
      let mostStatements: Int
    }

    struct Stage: Decodable {
      let stage: String
      let statements: Int
      let mostStatements: Int
    }
  }
}
