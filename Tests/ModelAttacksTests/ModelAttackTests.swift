import Basics
import EncryptedScoring
import Foundation
import ModelAttacks
import Testing

/// Attacks on models that memorise and on models that do not.
@Suite struct ModelAttackTests {
  /// Invented patients: a gene that moves the dose, and a name that does not.
  private struct Patients {
    let rows: [(name: String, gene: Int, age: Int, dose: Double)]

    static let genes = ["A/A", "A/G", "G/G"]
    static let shifts = [-9.0, 0, 9]

    init(_ count: Int, prefix: String, seed: UInt64) {
      var generator = SamplingGenerator(seed: seed)
      rows = (0..<count).map { index in
        let (gene, age) = (generator.below(3), 20 + generator.below(60))
        let noise = (0..<12).reduce(-6.0) { sum, _ in sum + generator.unit() }
        let dose = 40 + Self.shifts[gene] - 0.2 * Double(age - 50) + 8 * noise
        return ("\(prefix)\(index)", gene, age, (dose * 100).rounded() / 100)
      }
    }

    func write(to folder: URL, as name: String) throws -> URL {
      let lines = rows.map { "\($0.name),\(Self.genes[$0.gene]),\($0.age),\($0.dose)\n" }
      let file = folder.appendingPathComponent(name)
      try ("name,gene,age,dose\n" + lines.joined()).write(
        to: file, atomically: true, encoding: .utf8)
      return file
    }

    /// The true model, and if asked what it misses of every patient by name.
    func card(memorises: Bool) throws -> Scorecard {
      let missed = rows.map { row in
        row.dose - 40 - Self.shifts[row.gene] + 0.2 * Double(row.age - 50)
      }
      let names = ScoredColumn(
        name: "name", shape: .categories(rows.map(\.name)), points: missed, otherwise: 0)
      return try Scorecard(
        name: "dose", link: .identity, intercept: 50,
        columns: [
          ScoredColumn(
            name: "gene", shape: .categories(Self.genes), points: Self.shifts, otherwise: 0),
          ScoredColumn(name: "age", shape: .number(minimum: 0, maximum: 128), points: [-0.2]),
        ] + (memorises ? [names] : []))
    }
  }

  private let folder: URL
  private let members: Patients
  private let (original, control): (URL, URL)

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-models-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    members = Patients(600, prefix: "m", seed: 1)
    original = try members.write(to: folder, as: "original.csv")
    control = try Patients(600, prefix: "s", seed: 2).write(to: folder, as: "control.csv")
  }

  private func attack(_ card: Scorecard, inverting column: String?) -> ModelAttack {
    ModelAttack(
      card, outcome: ModelOutcome(column: "dose", event: nil), original: original,
      control: control, inverting: column)
  }

  @Test func aModelThatMemorisesIsCaught() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let report = try attack(try members.card(memorises: true), inverting: "gene").run()
    let inversion = try #require(report.inversion)
    #expect(report.membership.value > 0.95 && report.membership.isShown, "\(report)")
    #expect(inversion.members.value > 0.95 && inversion.gap > 0.3 && report.isLeaky, "\(report)")
  }

  /// It is inverted as well, for strangers as for members: there is no gap.
  @Test func aModelThatDoesNotIsNot() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let report = try attack(try members.card(memorises: false), inverting: "gene").run()
    let inversion = try #require(report.inversion)
    #expect(inversion.strangers.value > inversion.mostFrequent + 0.1, "\(report)")
    // Four standard errors.
    #expect(abs(inversion.gap) < 4 * inversion.error && inversion.error < 0.03)
    #expect(abs(report.membership.value - 0.5) < 4 * report.membership.error)
    #expect(report.membership.detectable > 0.54 && report.membership.detectable < 0.56)
  }

  /// Scores of another tool are taken as they are.
  @Test func scoresInAFileAreAttacked() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ scores: [Double], as name: String) throws -> URL {
      let file = folder.appendingPathComponent(name)
      try ScoreFile.write(scores, to: file)
      return file
    }
    var attack = attack(try members.card(memorises: false), inverting: nil)
    attack.scores = (
      try write(members.rows.map(\.dose), as: "own.csv"),
      try write([Double](repeating: 40, count: 600), as: "others.csv")
    )
    #expect(try attack.run().membership.value > 0.99)
    // What is no finite number says nothing of its row; it must not stop the ranking either.
    let others = try #require(attack.scores?.control)
    let words = ["nan", "inf", "-inf", "NA"] + [String](repeating: "40", count: 596)
    try Data(("score\n" + words.map { $0 + "\n" }.joined()).utf8).write(to: others)
    #expect(try attack.run().membership.value > 0.99)
    attack.scores = (try write([1], as: "own.csv"), try write([1], as: "others.csv"))
    #expect(throws: ModelAttackFault.otherLength(file: "own.csv", expected: 600, found: 1)) {
      _ = try attack.run()
    }
  }

  @Test func columnsThatCannotBeInvertedAreNamed() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let card = try members.card(memorises: false)
    #expect(throws: ModelAttackFault.unknownColumn("town")) {
      _ = try attack(card, inverting: "town").run()
    }
    #expect(throws: ModelAttackFault.notInvertible("age")) {
      _ = try attack(card, inverting: "age").run()
    }
  }
}
