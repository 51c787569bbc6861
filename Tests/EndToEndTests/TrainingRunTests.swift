import Accounting
import EncryptedScoring
import Foundation
import Ledger
import Manifests
import Policies
import Prediction
import Releases
import Synthesis
import Tables
import Testing

/// Private predictive models from end to end: what leaves the curator is all that a model tells,
/// the ledger pays, and the folder is a release as any other.
@Suite struct TrainingRunTests {
  private static let people = Admissions.made(people: 260)

  struct Kind: Sendable, CustomTestStringConvertible {
    let target: String
    var form = PredictionTask.Form.additive
    var event: String?
    var epsilon = 8.0
    var unit = PrivacyUnit.row
    var testDescription: String { "\(target), \(form.rawValue), epsilon \(epsilon), \(unit)" }
  }

  /// Gradients and pairs, flags, events and numbers, rows and people.
  static let kinds = [
    Kind(target: "ill", epsilon: 12), Kind(target: "ill", epsilon: 5, unit: Admissions.person),
    Kind(target: "ward", event: "North", epsilon: 12), Kind(target: "age", epsilon: 5),
    Kind(target: "age", form: .linear, unit: Admissions.person),
    Kind(target: "ill", form: .logistic), Kind(target: "age", form: .poisson),
  ]

  private func request(_ kind: Kind, in shop: Workshop, output: String = "model") throws
    -> TrainingRequest
  {
    var task = PredictionTask(target: kind.target)
    (task.form, task.event) = (kind.form, kind.event)
    let release = try shop.request(
      "stays.csv", schema: "stays.yaml", epsilon: kind.epsilon, output: output)
    return TrainingRequest(release, task: task)
  }

  private func workshop(_ table: Admissions, unit: PrivacyUnit = .row) throws -> Workshop {
    let shop = try Workshop()
    try shop.write(table.csv, as: "stays.csv")
    try shop.write(Admissions.schema(unit: unit), as: "stays.yaml")
    return shop
  }

  /// All that a model shows but the owner's marks, and the questions.
  private func sighting(_ table: Admissions, _ kind: Kind, probe: ReplayProbe) throws -> (
    files: [String: Data], questions: [String]
  ) {
    let shop = try workshop(table, unit: kind.unit)
    var request = try request(kind, in: shop)
    request.release.seed = 5
    request.release.probe = probe
    request.release.now = { Date(timeIntervalSince1970: 1_800_000_000) }
    _ = try Training.run(request)
    var files: [String: Data] = [:]
    for name in ReleaseArtefact.ofPredictions.map(\.name) where !name.contains("manifest") {
      files[name] = try shop.data("model/\(name)")
    }
    return (files, probe.exchanges.map { "\($0.question)" })
  }

  /// A person more or fewer, and with the same noisy answers nothing differs by a byte; with the
  /// exact answers something does.
  @Test(arguments: kinds) func nothingButTheAnswersTells(_ kind: Kind) throws {
    let first = ReplayProbe()
    let one = try sighting(Self.people, kind, probe: first)
    for neighbour in [Self.people.without("P1007"), Self.people.adding(Admissions.stranger)] {
      let replay = ReplayProbe(first.exchanges)
      let other = try sighting(neighbour, kind, probe: replay)
      #expect(one.files == other.files)
      #expect(one.questions == other.questions)
      #expect(
        zip(first.exchanges, replay.exchanges).contains { $0.exact != $1.exact },
        "nobody made a difference")
    }
  }

  /// The folder is signed and verified, its claim follows from its events, and its scorecard scores
  /// the table.
  @Test func aModelIsARelease() throws {
    let shop = try workshop(Self.people)
    let summary = try Training.run(try request(Kind(target: "ill", epsilon: 4), in: shop))
    #expect(summary.isPrivate && summary.model.method == .pairs && summary.epsilon == 4)
    let names = Set(try FileManager.default.contentsOfDirectory(atPath: shop.file("model").path))
    #expect(names == Set(ReleaseArtefact.ofPredictions.map(\.name)))
    var verification = ReleaseVerification(release: shop.file("model"))
    verification.ledger = shop.file("ledger.sqlite")
    let report = try verification.run()
    #expect(report.isPassed, "\(report.failures)")
    #expect(report.checks.map(\.name) == ["signature", "files", "events", "ledger"])
    let manifest = try shop.manifest("model")
    #expect(manifest.engine == "prediction-additive" && manifest.guarantee.epsilon == 4)
    #expect(manifest.columns.first { $0.name == "admitted" }?.treatment == .dropped)
    let card = try Scorecard(json: shop.data("model/scorecard.json"))
    let own = try summary.model.scorecard()
    #expect(card.link == .logistic && card == own)
    let sums = try PlainScores.sums(card, table: shop.file("stays.csv"))
    let scores = sums.map(try PublicCard(card).score)
    #expect(scores.count == Self.people.rows.count && scores.allSatisfy { $0 > 0 && $0 < 1 })
    let points = try shop.text("model/points.csv").split(separator: "\n")
    #expect(points.count == 2 + summary.model.columns.reduce(0) { $0 + $1.lines.count })
    for name in ["report.html", "model-card.md"] {
      #expect(try shop.text("model/\(name)").contains("Who may not be judged by it"))
    }
    // A byte more, and it is not what its owner signed.
    try (try shop.data("model/points.csv") + Data("x".utf8)).write(
      to: shop.file("model/points.csv"))
    #expect(try !verification.run().isPassed)
  }

  /// The budget is used up by the first model, whoever is in the table, and nothing is left behind
  /// by a refusal.
  @Test func refusalsDependOnNoRow() throws {
    for table in [Self.people, Self.people.without("P1007")] {
      let shop = try workshop(table)
      let kind = Kind(target: "ill", epsilon: 2)
      _ = try Training.run(try request(kind, in: shop))
      do {
        _ = try Training.run(try request(kind, in: shop, output: "second"))
        Issue.record("a model beyond the budget was made")
      } catch let error as LedgerError {
        #expect(error.id == "budget.exhausted")
      }
      #expect(throws: PredictionFault.notPredictable("admitted")) {
        _ = try Training.run(try request(Kind(target: "admitted"), in: shop, output: "second"))
      }
      var judged = try request(kind, in: shop, output: "second")
      judged.release.policy = try PolicyFile(named: "partners")
      #expect(throws: PredictionFault.policyOnTables("partners")) { _ = try Training.run(judged) }
      #expect(!shop.exists("second"))
    }
  }

  /// Charges are on disk before noise is drawn: a run that ends in the middle has paid.
  @Test func whatWasAskedStaysCharged() throws {
    struct Stop: Error {}
    let shop = try workshop(Self.people)
    let request = try request(Kind(target: "ill", epsilon: 8), in: shop)
    #expect(throws: Stop.self) {
      _ = try Training.run(request) { if $0.detail == "points", $0.fraction > 0.3 { throw Stop() } }
    }
    #expect(!shop.exists("model"))
    let report = try Ledger(at: shop.file("ledger.sqlite")).report(
      furtherDelta: Delta(checked: 1e-9))
    let balance = try #require(report.datasets.first)
    #expect(balance.used.rho.value > 0.01)
  }

  @Test func aPlanSpendsNothing() throws {
    let shop = try workshop(Self.people)
    let plan = try request(Kind(target: "ill", epsilon: 1), in: shop).plan()
    #expect(plan.family == .logistic && plan.method == .pairs && plan.unit == "row")
    #expect(plan.columns.contains("age") && !plan.columns.contains("ill"))
    #expect(plan.leftOut.map(\.name) == ["admitted", "discharged"])
    #expect(try shop.names() == ["stays.csv", "stays.yaml"])
  }
}
