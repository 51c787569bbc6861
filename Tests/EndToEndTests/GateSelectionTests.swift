import Accounting
import Attacks
import Curation
import Encoding
import Foundation
import Ledger
import Policies
import Releases
import Tables
import Testing

/// Publishing under a floor is an answer about the rows: the outcome (refused, or published with
/// its content) must not distinguish neighbours further than was paid for. The planted fault is a
/// floor that looks at the truth without paying; the same test must catch it.
///
/// False alarms: 1e-7 for each of the four tests that must pass.
@Suite struct GateSelectionTests {
  /// One decision: nil if nothing was published, otherwise how many of the 1,000 published rows say
  /// yes.
  typealias Decision = Int?

  /// The lower bounds on epsilon at `delta` that the runs prove, from the events "published, with
  /// at most so many" and "published, with at least so many".
  private func verdicts(
    _ with: [Decision], _ without: [Decision], claim: PrivacyClaim.Pair
  ) -> [ManyRunAudit.Verdict] {
    let audit = ManyRunAudit(claim: PrivacyClaim([claim]), falseAlarm: 5e-8)
    return [1.0, -1].map { sign in
      func score(_ decision: Decision) -> [Double] { [decision.map { sign * Double($0) } ?? -1e6] }
      return audit.judge(with: with.map(score), without: without.map(score))
    }
  }

  // MARK: The mechanism, many times

  private static let schema = Schema(
    name: "g", approximateRows: nil, unit: .row,
    columns: [ColumnSchema(name: "ill", type: .category, categories: .declared(["no", "yes"]))])

  private struct Unbudgeted: BudgetSession {
    func charge(_ event: PrivacyEvent) throws {}
  }

  /// A table with yes in `yes` of its `rows` rows.
  private static func table(yes: Int, of rows: Int) -> Table {
    let codes = (0..<rows).map { Int32($0 < yes ? 1 : 0) }
    return Table(columns: [
      Column(
        name: "ill", type: .category,
        cells: .labels(codes: codes, dictionary: LabelDictionary(["no", "yes"])))
    ])
  }

  /// A minimal release: the noisy marginal, drawn as a table of 1,000 rows, and a floor under its
  /// distance. All of `rho` goes to the two questions, a tenth of it to the judgement; if the floor
  /// looks at the truth instead, all of it goes to the first question.
  private func decide(_ table: Table, floor: Double, rho: Double, isPaid: Bool) throws -> Decision {
    let blueprint = try Blueprint(schema: Self.schema)
    let curator = Curator(SensitiveTable(table: table), blueprint: blueprint, budget: Unbudgeted())
    let codec = LabelCodec(labels: ["no", "yes"], otherLabel: nil, hasMissing: false)
    curator.adopt(Domain(variables: blueprint.variables, codecs: [.labels(codec)]))
    let part = isPaid ? 0.9 : 1
    let counts = try curator.marginal(of: [0], rho: Rho(checked: rho * part)).values
    let total = Double(max(counts[0] + counts[1], 1))
    let yes = min(max(Int((Double(counts[1]) / total * 1000).rounded()), 0), 1000)
    if isPaid {
      let codes = (0..<1000).map { UInt16($0 < yes ? 1 : 0) }
      let drawn = PublicTable(columns: [CodeColumn(codes, size: 2)], total: total, unnamed: [[]])
      let answer = try curator.meanDistance(
        from: drawn, over: [[0]], rho: Rho(checked: rho * (1 - part)))
      return answer.rows / total <= floor ? yes : nil
    }
    guard case .labels(let truth, _) = table.columns[0].cells else { return nil }
    let share = Double(truth.count { $0 == 1 }) / Double(truth.count)
    return abs(share - Double(yes) / 1000) <= floor ? yes : nil
  }

  private static let claim = PrivacyClaim.Pair(epsilon: 1, delta: 1e-3)
  /// Zero-concentrated: this rho gives epsilon 1 at delta 1e-3.
  private static let rho = Accountant.rho(epsilon: Epsilon(checked: 1), delta: Delta(checked: 1e-3))
    .value

  /// 120 of 300 against 121 of 301, with one floor three times as wide as its noise and one that
  /// most runs fail.
  @Test(arguments: [0.2, 0]) func aPaidFloorTellsNeighboursNoFurtherApart(_ floor: Double) throws {
    let runs = 4000
    let with = try (0..<runs).map { _ in
      try decide(Self.table(yes: 121, of: 301), floor: floor, rho: Self.rho, isPaid: true)
    }
    let without = try (0..<runs).map { _ in
      try decide(Self.table(yes: 120, of: 300), floor: floor, rho: Self.rho, isPaid: true)
    }
    let published = with.count { $0 != nil }
    #expect(
      published > 200 && (floor > 0.1 || published < 3950), "\(published) of \(runs) were published"
    )
    for verdict in verdicts(with, without, claim: Self.claim) {
      #expect(!verdict.isBreach, "\(verdict)")
    }
  }

  /// A floor near the truth, with a look at the truth that nobody pays for.
  @Test func aFloorThatLooksAtTheTruthIsCaught() throws {
    let runs = 12_000
    let with = try (0..<runs).map { _ in
      try decide(Self.table(yes: 121, of: 301), floor: 0.0009, rho: Self.rho, isPaid: false)
    }
    let without = try (0..<runs).map { _ in
      try decide(Self.table(yes: 120, of: 300), floor: 0.0009, rho: Self.rho, isPaid: false)
    }
    #expect(with.count { $0 != nil } > 60)
    let found = verdicts(with, without, claim: Self.claim)
    #expect(found.contains { $0.isBreach }, "\(found.map(\.epsilon))")
  }

  // MARK: Whole releases

  /// Whole releases of two neighbouring files under a permitted floor, and the same releases held
  /// back after a look at the truth.
  @Test(.enabled(if: SharedData.runsLong, SharedData.long)) func wholeReleasesUnderAFloor() throws {
    let runs = 3000
    func decisions(_ yes: Int, _ rows: Int) throws -> [(paid: Decision, all: Int, truth: Double)] {
      let shop = try Workshop()
      try shop.write("ill\n" + (0..<rows).map { $0 < yes ? "yes\n" : "no\n" }.joined(), as: "x.csv")
      try shop.write(Self.schema, as: "g.yaml")
      let policy =
        "version: 2\npolicy: p\nepsilon: any\ndelta: any\nunit: any\nprovenance: any\nidentifiers: any\nattacks: any\n"
        + "utility: {column distance: {at most: 0.2}, pair distance: any}\n"
      try shop.write(policy, as: "p.yaml")
      return try (0..<runs).map { _ in
        for name in try shop.names() where name.hasPrefix("ledger") || name.hasPrefix("release") {
          try FileManager.default.removeItem(at: shop.file(name))
        }
        var request = try shop.request("x.csv", schema: "g.yaml", epsilon: 1)
        request.delta = Delta(checked: 1e-3)
        request.rows = 20_000
        request.policy = try PolicyFile(named: shop.file("p.yaml").path)
        let isPublished: Bool
        do {
          _ = try Synthesis.run(request)
          isPublished = true
        } catch is GateRefusal { isPublished = false }
        let count =
          isPublished
          ? try shop.text("release/synthetic.csv").split(separator: "\n").count { $0 == "yes" } : 0
        return (isPublished ? count : nil, count, Double(yes) / Double(rows))
      }
    }
    let (with, without) = (try decisions(121, 301), try decisions(120, 300))
    for verdict in verdicts(with.map(\.paid), without.map(\.paid), claim: Self.claim) {
      #expect(!verdict.isBreach, "\(verdict)")
    }
    func exact(_ runs: [(paid: Decision, all: Int, truth: Double)]) -> [Decision] {
      runs.map { run in
        run.paid.flatMap { abs(Double($0) / 20_000 - run.truth) <= 0.0009 ? $0 : nil }
      }
    }
    let planted = verdicts(exact(with), exact(without), claim: Self.claim)
    #expect(planted.contains { $0.isBreach }, "\(planted.map(\.epsilon))")
  }
}
