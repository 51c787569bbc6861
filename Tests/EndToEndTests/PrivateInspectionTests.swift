import Attacks
import Foundation
import Manifests
import Releases
import SchemaFiles
import Tables
import Testing

/// `inspect --private` through the program: its cost, its findings, and that it never shows a row
/// with certainty.
@Suite(.enabled(if: Command.built != nil, Command.absence))
struct PrivateInspectionTests {
  private let understudy: Command
  private let shop: Workshop

  init() throws {
    understudy = try #require(Command.built)
    shop = try Workshop()
  }

  private static func table(_ rows: Int, _ further: [String] = []) -> String {
    let towns = ["Bern", "Basel", "Genf"]
    let lines = (0..<rows).map {
      "P\($0 / 3),\(20 + $0 * 7 % 60),\(towns[$0 * $0 % 3]),\(18 + $0 % 15).\($0 % 10),\($0 % 4 == 0 ? "yes" : "no")"
    }
    return (["patient_id,age,town,bmi,smoker"] + lines + further).joined(separator: "\n") + "\n"
  }

  private func inspect(
    _ table: String, epsilon: Double, extra: [String] = [], ledger: String = "ledger.sqlite"
  ) throws -> Command.Outcome {
    try understudy.run(
      [
        "inspect", table, "--private", "--epsilon", "\(epsilon)", "-o", "s.yaml", "--force",
        "--quiet", "--ledger", ledger,
      ] + extra, in: shop
    )
  }

  @Test func whatIsLearnedIsPaidForAndNoHazard() throws {
    try shop.write(Self.table(6000), as: "t.csv")
    let outcome = try inspect("t.csv", epsilon: 5)
    #expect(outcome.status == 0, "\(outcome.all)")
    #expect(
      outcome.flat.contains("--person patient_id"),
      "a header that names persons is said before anything is charged")
    let schema = try SchemaFile.read(shop.file("s.yaml"))
    #expect(schema.provenance.facts == .learned && schema.observedFacts.isEmpty)
    #expect(
      schema.columns.map(\.type) == [
        .identifier, .integer, .category, .decimal(fractionDigits: 1),
        .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes")),
      ])
    #expect(schema.columns[0].repeats == true)
    let ledger = try understudy.run(["budget", "history", "--json"], in: shop)
    #expect(
      ledger.output.contains("inspect --private --epsilon 5")
        && ledger.output.contains("public classes"), "\(ledger.output)")
    // A release needs a grant of its own, and its facts are not a hazard that the owner must
    // accept.
    try shop.write(
      shop.text("s.yaml").replacing("unit: row", with: "unit: {row: person}"), as: "s.yaml")
    let release = [
      "synthesize", "t.csv", "--schema", "s.yaml", "--epsilon", "1", "--engine", "independent",
      "-o", "release",
    ]
    #expect(try understudy.run(release, in: shop).status != 0)
    #expect(
      try understudy.run(
        ["budget", "grant", "t.csv", "--epsilon", "1", "--schema", "s.yaml"], in: shop
      ).status == 0)
    let made = try understudy.run(release, in: shop)
    #expect(made.status == 0, "\(made.all)")
    let hazards = Set(try shop.manifest().hazards)
    let learned = try shop.manifest().schema.learned
    #expect(learned == LearningCost(epsilon: 5, delta: 1e-9) && schema.provenance.cost == learned)
    for page in ["report.html", "model-card.md"] {
      #expect(
        try shop.text("release/\(page)").contains(
          "together with this release that is at most ε = 6 at δ = 2"), "\(page)")
    }
    #expect(
      hazards.isDisjoint(with: [.observedFacts, .inferredSchema, .rowUnit, .repeatedPersons]),
      "\(hazards)")
  }

  @Test func aLookByPersonsKeepsTheirUnit() throws {
    try shop.write(Self.table(6000), as: "t.csv")
    let outcome = try inspect(
      "t.csv", epsilon: 5, extra: ["--person", "patient_id", "--at-most", "3"])
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.all)")
    let schema = try SchemaFile.read(shop.file("s.yaml"))
    #expect(
      schema.unit == .person(column: "patient_id", maximumRows: 3)
        && schema.columns[0].role == .identifier(.code))
    #expect(
      schema.columns[1].type == .integer && schema.columns[3].type == .decimal(fractionDigits: 1))
    #expect(
      try inspect("t.csv", epsilon: 5, extra: ["--person", "patient"]).flat.contains(
        "Did you mean 'patient_id'?"))
  }

  @Test(arguments: [
    (["inspect", "t.csv", "--private"], "--epsilon 0.05"),
    (["inspect", "t.csv", "--epsilon", "1"], "add --private"),
    (["inspect", "t.csv", "--private", "--epsilon", "0"], "above 0"),
    (["inspect", "t.csv", "--person", "x"], "add --private"),
    (["inspect", "t.csv", "--private", "--epsilon", "1", "--at-most", "2"], "--person COLUMN"),
    (["inspect", "t.csv", "--private", "--epsilon", "1000"], "promises hardly anything"),
  ])
  func whatCannotBeMeantIsRefused(_ arguments: [String], _ words: String) throws {
    try shop.write(Self.table(30), as: "t.csv")
    let outcome = try understudy.run(arguments, in: shop)
    #expect(outcome.status != 0 && outcome.flat.contains(words), "\(outcome.all)")
    #expect(!shop.exists("t.schema.yaml"))
  }

  /// A table that resembles a known one is stopped before anything is charged. It shares the budget
  /// if the owner says that the people are the same.
  @Test func budgetsFollowPeople() throws {
    try shop.write(Self.table(600), as: "t.csv")
    try shop.write(Self.table(600, ["P9,44,Bern,22.0,no"]), as: "more.csv")
    #expect(
      try understudy.run(
        ["budget", "grant", "t.csv", "--epsilon", "3", "--delta", "1e-8"], in: shop
      ).status == 0)
    let before = try Data(contentsOf: shop.file("ledger.sqlite"))
    let stopped = try inspect("more.csv", epsilon: 1)
    #expect(
      stopped.status == 5 && stopped.flat.contains("--same-people-as t.csv")
        && !shop.exists("s.yaml"), "\(stopped.all)")
    #expect(
      try Data(contentsOf: shop.file("ledger.sqlite")) == before, "nothing was charged or granted")
    let shared = try inspect("more.csv", epsilon: 1, extra: ["--same-people-as", "t.csv"])
    #expect(shared.status == 0, "\(shared.all)")
    #expect(
      try understudy.run(["budget", "show"], in: shop).output.contains("one budget of 2 datasets"))
    let named = try inspect("more.csv", epsilon: 1, extra: ["--people", "ward-7"])
    #expect(named.status == 0, "\(named.all)")
    #expect(try SchemaFile.read(shop.file("s.yaml")).people == "ward-7")
  }

  /// Odd in every cell: quotes, a blank, a word for missing, digits, words.
  private static let odd = "\"Q9\",41.123456,?,22.123456,YES"
  private static let runs = 60

  /// How often each line occurs in the schemas that were written for either table.
  private func lines(_ schemas: [[String]]) -> [String: [Int]] {
    var counts: [String: [Int]] = [:]
    for (place, written) in schemas.enumerated() {
      for schema in written {
        for line in Set(schema.split(separator: "\n").map(String.init))
        where !line.contains("table: ") {
          counts[line, default: [0, 0]][place] += 1
        }
      }
    }
    return counts
  }

  /// The largest lower bound on ε that a line of the schema proves, and that line. The false-alarm
  /// probability is 1e-7 for all lines together.
  private func provenEpsilon(_ schemas: [[String]]) -> (line: String, epsilon: Double) {
    let counts = lines(schemas)
    let proven = counts.map { line, found in
      let bound = ManyRunBound(
        truePositives: found[1], runsIn: schemas[1].count, falsePositives: found[0],
        runsOut: schemas[0].count)
      let swapped = ManyRunBound(
        truePositives: found[0], runsIn: schemas[0].count, falsePositives: found[1],
        runsOut: schemas[1].count)
      let confidence = 1 - 1e-7 / Double(2 * Self.mostLines)
      return (
        line,
        max(
          bound.epsilon(delta: 1e-9, confidence: confidence),
          swapped.epsilon(delta: 1e-9, confidence: confidence))
      )
    }
    #expect(counts.count <= Self.mostLines)
    return proven.max { $0.1 < $1.1 } ?? ("", 0)
  }

  private static let mostLines = 200

  /// A row that plain `inspect` reveals with certainty changes the written schema, comments
  /// included, by no more than ε allows. The table's size is such that noise decides the result, so
  /// the lines vary.
  @Test func oneRowIsSeenOnlyAsFarAsEpsilonAllows() throws {
    let epsilon = 0.5
    for (place, further) in [[], [Self.odd]].enumerated() {
      try shop.write(Self.table(210, further), as: "t\(place).csv")
    }
    var written: [[String]] = [[], []]
    for run in 0..<Self.runs {
      for place in written.indices {
        #expect(
          try inspect("t\(place).csv", epsilon: epsilon, ledger: "ledger-\(run)-\(place)").status
            == 0)
        written[place].append(try shop.text("s.yaml"))
      }
    }
    let proven = provenEpsilon(written)
    #expect(
      proven.epsilon <= epsilon,
      "\(proven.line): \(lines(written)[proven.line] ?? []) of \(Self.runs)")
    #expect(Set(written.joined()).count > 5, "the noise decides")
  }

  /// The plain way is the planted fault: the same bound catches it.
  @Test func theSameBoundCatchesThePlainWay() throws {
    var written: [[String]] = []
    for (place, further) in [[], [Self.odd]].enumerated() {
      try shop.write(Self.table(210, further), as: "t\(place).csv")
      #expect(
        try understudy.run(
          ["inspect", "t\(place).csv", "-o", "p\(place).yaml", "--quiet"], in: shop
        ).status == 0)
      written.append([String](repeating: try shop.text("p\(place).yaml"), count: Self.runs))
    }
    #expect(provenEpsilon(written).epsilon > 0.5, "plain inspect says the same in each run")
  }

  /// Two looks at one table differ: the noise is fresh, and no seed is used unasked.
  @Test func twoLooksDiffer() throws {
    try shop.write(Self.table(3000), as: "t.csv")
    let sigmas = try (0..<2).map { run in
      let outcome = try understudy.run(
        [
          "inspect", "t.csv", "--private", "--epsilon", "0.3", "-o", "s\(run).yaml", "--json",
          "--ledger", "l\(run)",
        ], in: shop)
      #expect(outcome.status == 0, "\(outcome.all)")
      return try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])[
          "sigma"] as? Double
    }
    #expect(sigmas[0] == sigmas[1], "the noise's size is public")
    #expect(
      try understudy.run(
        ["inspect", "t.csv", "--private", "--epsilon", "1", "--seed", "1"], in: shop
      ).status == 2)
  }

  /// Each look is wrong with a probability below 1e-3; only two wrong looks fail the test.
  @Test(.enabled(if: SharedData.isPresent, SharedData.absence))
  func adultsTypesAreFoundAtATwentieth() throws {
    let adult = SharedData.folder.appendingPathComponent("adult.csv").path
    let numbers: Set = [
      "age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week",
    ]
    let wrong = try (0..<2).map { look in
      let outcome = try inspect(adult, epsilon: 0.05, ledger: "ledger-\(look)")
      #expect(outcome.status == 0, "\(outcome.all)")
      let schema = try SchemaFile.read(shop.file("s.yaml"))
      #expect(schema.columns.count == 15)
      return schema.columns.filter { $0.type != (numbers.contains($0.name) ? .integer : .category) }
        .map(\.name)
    }
    #expect(wrong.contains { $0.isEmpty }, "\(wrong)")
  }
}
