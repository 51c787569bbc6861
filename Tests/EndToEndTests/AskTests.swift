import Accounting
import Analyses
import Foundation
import Ledger
import MarginalSynthesis
import Releases
import Tables
import Testing

/// Questions to the real table from end to end: what leaves the curator is all that an answer
/// tells, the ledger pays once, and the folder is what its owner signed.
@Suite struct AskTests {
  private static let people = Admissions.made(people: 320)

  /// A release of the people, from which all questions start.
  private static let released: Result<Workshop, any Error> = Result {
    let shop = try Workshop()
    try shop.write(people.csv, as: "stays.csv")
    try shop.write(Admissions.schema(unit: Admissions.person), as: "stays.yaml")
    var request = try shop.request("stays.csv", schema: "stays.yaml", epsilon: 8, engine: .mst)
    request.seed = 3
    _ = try Synthesis.run(request)
    return shop
  }

  private static let questions = [
    "{kind: count, by: ward}", "{kind: proportion, outcome: ill, by: ward}",
    "{kind: mean, outcome: income, where: {age: 0..110}}",
    "{kind: quantile, outcome: age}", "{kind: logistic, outcome: ill, terms: [age, ward]}",
    "{kind: chi-squared, outcome: ill, by: ward}",
    "{kind: cox, time: age, event: ill, terms: [ward]}",
    "{kind: discrimination, outcome: ill, model: \(card)}",
    "{kind: calibration, outcome: ill, model: \(card), where: {ward: [North, West]}}",
  ]

  /// A scorecard on columns with bins, labels that nobody need have, and missing cells.
  private static let card: String = {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-card-\(UUID().uuidString).json")
    let card = """
      {"understudyScorecard": 1, "name": "illness", "link": "logistic", "intercept": -1, "columns": [
      {"name": "age", "kind": "bins", "edges": [35, 55.5, 75], "points": [-1, 0, 0.5, 1.2]},
      {"name": "income", "kind": "number", "minimum": 900, "maximum": 3000, "points": [0.0001],
       "otherwise": 0.2},
      {"name": "town", "kind": "categories", "categories": ["Ashby", "Atlantis"], "points": [0.1, 3],
       "otherwise": -0.1}]}
      """
    do { try Data(card.utf8).write(to: file) } catch { preconditionFailure("\(error)") }
    return file.path
  }()

  private let release: Workshop

  init() throws { release = try AskTests.released.get() }

  private func request(
    _ question: String, in shop: Workshop, epsilon: Double = 1, output: String = "answer"
  ) throws -> AskRequest {
    AskRequest(
      input: shop.file("stays.csv"), analysis: try AnalysisFile.parse(question),
      release: release.file("release"),
      output: shop.file(output),
      epsilon: try Epsilon(epsilon), ledger: shop.file("ledger.sqlite"))
  }

  private func workshop(_ table: Admissions) throws -> Workshop {
    let shop = try Workshop()
    try shop.write(table.csv, as: "stays.csv")
    return shop
  }

  /// All that an answer shows but the owner's key.
  private func sighting(_ table: Admissions, _ question: String, probe: ReplayProbe) throws -> (
    answer: Data, questions: [String]
  ) {
    let shop = try workshop(table)
    var request = try request(question, in: shop)
    request.seed = 5
    request.probe = probe
    request.now = { Date(timeIntervalSince1970: 1_800_000_000) }
    _ = try Asking.run(request)
    var contents = try #require(
      JSONSerialization.jsonObject(with: shop.data("answer/answer.json")) as? [String: Any])
    #expect(contents.removeValue(forKey: "signer") != nil)
    return (
      try JSONSerialization.data(withJSONObject: contents, options: .sortedKeys),
      probe.exchanges.map { "\($0.question)" }
    )
  }

  /// A person more or fewer, and with the same noisy answers nothing differs by a byte; with the
  /// exact answers something does.
  @Test(arguments: questions) func nothingButTheAnswersTells(_ question: String) throws {
    let first = ReplayProbe()
    let one = try sighting(Self.people, question, probe: first)
    for neighbour in [Self.people.without("P1007"), Self.people.adding(Admissions.stranger)] {
      let replay = ReplayProbe(first.exchanges)
      let other = try sighting(neighbour, question, probe: replay)
      #expect(one.answer == other.answer, "\(question)")
      #expect(one.questions == other.questions)
      #expect(
        zip(first.exchanges, replay.exchanges).contains { $0.exact != $1.exact },
        "nobody made a difference: \(question)")
    }
  }

  /// The second answer is the first, from another folder, and the ledger holds no further charge.
  @Test func theSameQuestionIsFree() throws {
    let shop = try workshop(Self.people)
    let question = "{kind: proportion, outcome: ill}"
    let first = try Asking.run(try request(question, in: shop))
    let again = try Asking.run(
      try request("{outcome: ill, kind: proportion, level: 0.95}", in: shop, output: "again"))
    #expect(!first.wasStored && again.wasStored)
    #expect(first.answer.findings == again.answer.findings && first.answer.guarantee.isPrivate)
    // All of the first grant is used up, so that another question is refused, whoever is in the
    // table.
    for table in [Self.people, Self.people.without("P1007")] {
      let other = try workshop(table)
      _ = try Asking.run(try request(question, in: other))
      do {
        _ = try Asking.run(try request("{kind: mean, outcome: age}", in: other, output: "third"))
        Issue.record("a question beyond the budget was answered")
      } catch let error as LedgerError {
        #expect(error.id == "budget.exhausted")
      }
      #expect(!other.exists("third"))
    }
  }

  private struct End: Error {}

  /// Before the first question an end costs nothing; between two of them, what was asked; after the
  /// last one there is no end any more. The session is settled in any case.
  @Test(arguments: [
    ("{kind: count, by: ward}", [0, 0, 0, 0]),
    ("{kind: logistic, outcome: ill, terms: [age, ward]}", [0, 0, 0, 0, 1, 2, 3]),
  ])
  func anEndIsSeenBeforeEachQuestion(_ question: String, _ expected: [Int]) throws {
    var charges: [Int] = []
    for place in 0...expected.count {
      let shop = try workshop(Self.people)
      var calls = 0
      do {
        _ = try Asking.run(try request(question, in: shop)) {
          if calls == place { throw End() }
          calls += 1
        }
        #expect(place == expected.count && shop.exists("answer"))
        continue
      } catch is End {}
      #expect(!shop.exists("answer"))
      let sessions = try Ledger(at: shop.file("ledger.sqlite"))
        .report(furtherDelta: Delta(1e-9)).accounts.flatMap(\.sessions)
      #expect(sessions.allSatisfy { $0.state == .closed && $0.counted == $0.charged })
      charges.append(sessions.flatMap(\.charges).count)
    }
    #expect(charges == expected)
  }

  @Test func anAnswerIsVerified() throws {
    let shop = try workshop(Self.people)
    _ = try Asking.run(try request("{kind: mean, outcome: age, by: ward}", in: shop))
    #expect(try ReleaseVerification(release: shop.file("answer")).run().isPassed)
    for name in ["answer.json", "answer.html", "answer.signature.json"] {
      let whole = try shop.data("answer/\(name)")
      try (whole + Data(" ".utf8)).write(to: shop.file("answer/\(name)"))
      #expect(try !ReleaseVerification(release: shop.file("answer")).run().isPassed, "\(name)")
      try whole.write(to: shop.file("answer/\(name)"))
    }
    #expect(try ReleaseVerification(release: shop.file("answer")).run().isPassed)
  }

  /// Single columns are known from the release; columns that were never measured together are not,
  /// and copies are drawn.
  @Test func theReleaseAnswersWhatItMeasured() throws {
    let known = try Estimation(
      try AnalysisFile.parse("{kind: proportion, outcome: ward, value: North}"),
      release: release.file("release"))
    #expect(known.basis == .measured)
    let number = try #require(known.findings.numbers.first)
    let real = Double(Self.people.rows.count { $0[5] == "North" }) / Double(Self.people.rows.count)
    let (low, high) = (try #require(number.low), try #require(number.high))
    #expect(low < real && real < high)
    let pairs = ["age", "income", "town", "admitted", "code"].map {
      "{kind: table, by: [ward, \($0)]}"
    }
    let bases = try pairs.map {
      try Estimation(try AnalysisFile.parse($0), release: release.file("release"))
    }
    #expect(
      bases.contains { $0.basis == .unknown && $0.findings.numbers.allSatisfy { !$0.isKnown } })
    var copies = CopiesRequest(
      release: release.file("release"), copies: 2,
      output: release.file("copies-\(UUID().uuidString)"))
    copies.seed = 1
    let rows = try Synthesis.copies(copies)
    let names = try FileManager.default.contentsOfDirectory(atPath: copies.output.path).sorted()
    #expect(names == ["copy-01.csv", "copy-02.csv"])
    let texts = try names.map {
      try String(contentsOf: copies.output.appendingPathComponent($0), encoding: .utf8)
    }
    #expect(
      texts[0] != texts[1] && texts.allSatisfy { $0.split(separator: "\n").count == rows + 1 })
  }

  /// Every kind has an answer from the release alone, if only that nothing is known: a relation
  /// that was never measured is not made up.
  @Test(arguments: questions) func theReleaseSaysWhatItKnows(_ question: String) throws {
    let estimation = try Estimation(
      try AnalysisFile.parse(question), release: release.file("release"))
    #expect(
      !estimation.findings.numbers.isEmpty || !estimation.findings.tests.isEmpty
        || estimation.basis == .unknown)
    if estimation.basis == .unknown {
      #expect(estimation.findings.numbers.allSatisfy { !$0.isKnown })
    }
  }

  /// A plan reads no table: there need not be one.
  @Test func aPlanNeedsNoTable() throws {
    for question in Self.questions {
      let plan = try AskPlan(
        try AnalysisFile.parse(question), release: release.file("release"),
        epsilon: try Epsilon(0.5), delta: Delta(checked: 1e-9))
      #expect(plan.predictions.map(\.epsilon) == [0.1, 0.3, 0.5, 1, 3] && !plan.advice.isEmpty)
    }
  }
}
