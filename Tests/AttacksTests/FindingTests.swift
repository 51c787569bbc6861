import Attacks
import Foundation
import Tables
import Testing

/// The finding about a risk under a limit, from its attempts: met, not met, or nothing.
@Suite struct FindingTests {
  private static func attack(
    _ low: Double, _ high: Double, attempts: Int = 2000, control: Int? = 2000
  ) -> AttackResult {
    AttackResult(
      name: "linkability", attempts: attempts, successes: attempts / 20, controlAttempts: control,
      controlSuccesses: control.map { $0 / 20 },
      baselineAttempts: attempts, baselineSuccesses: 0,
      risk: RiskEstimate(value: (low + high) / 2, low: low, high: high),
      smallestDetectable: 0.02)
  }

  private static func membership(_ low: Double, _ high: Double, others: Int = 2000)
    -> MembershipResult
  {
    MembershipResult(
      name: "membership-distance", members: 4000, nonMembers: others, auc: 0.5,
      truePositiveRateAtThousandth: RiskEstimate(value: (low + high) / 2, low: low, high: high))
  }

  static let risks: [(attack: AttackResult, finding: AttackFinding)] = [
    (attack(0, 0.09), .met), (attack(0.05, 0.09), .met), (attack(0, 0.0901), .saysNothing),
    (attack(0.001, 0.0901), .notMet),
    (attack(0.5, 0.6), .notMet), (attack(0, 1), .saysNothing),
    (attack(0, 1, attempts: 0), .saysNothing),
    (attack(0, 0, attempts: 0), .saysNothing), (attack(0.4, 1, attempts: 0), .saysNothing),
    (attack(0, 0.01, control: 0), .saysNothing),
  ]

  @Test(arguments: risks.indices)
  func `an interval up to the limit is met, a leak beyond it is not, and the rest says nothing`(
    _ index: Int
  ) {
    #expect(Self.risks[index].attack.finding(under: 0.09) == Self.risks[index].finding)
    #expect(Self.risks[index].attack.finding(under: 1) == .met, "a limit of 1 asks for nothing")
  }

  static let memberships: [(result: MembershipResult, finding: AttackFinding)] = [
    (membership(0, 0.01), .met), (membership(0, 0.011), .saysNothing),
    (membership(0.001, 0.011), .saysNothing),
    (membership(0.0011, 0.011), .notMet), (membership(0, 0.005, others: 0), .saysNothing),
  ]

  @Test(arguments: memberships.indices) func `as many people as strangers are no leak`(_ index: Int)
  {
    #expect(Self.memberships[index].result.finding(under: 0.01) == Self.memberships[index].finding)
  }

  /// Members and others have scores of one distribution. The upper end lies above a share of one in
  /// a thousand, and with few others it proves nothing.
  @Test(arguments: [50, 200, 600, 2000, 8000])
  func `the upper end of membership allows for few strangers`(_ others: Int) {
    var draw = Population(seed: UInt64(others))
    func scores(_ count: Int) -> [Double] { (0..<count).map { _ in Double(draw.below(1 << 40)) } }
    let rounds = 60
    let rates = (0..<rounds).map { _ in
      Membership.rate(members: scores(3000), nonMembers: scores(others), at: 0.001)
    }
    // Either end fails in one of forty rounds: more than fifteen of sixty have a probability below
    // 1e-10.
    #expect(rates.count { $0.high < 0.001 } < 15)
    #expect(rates.count { $0.low > 0.001 } < 15)
    let excluded = rates.count { $0.high <= 0.01 }
    if others <= 50 { #expect(excluded < 15, "so few strangers cannot exclude one in a hundred") }
    if others >= 2000 { #expect(excluded > 45, "so many can") }
  }

  /// The gate's estimate before it charges: the share of honest releases that pass with so many
  /// strangers, compared with the formula.
  @Test(arguments: [300, 500, 900, 2000])
  func `how often an honest release passes is known beforehand`(_ others: Int) {
    var draw = Population(seed: UInt64(others) + 7)
    func scores(_ count: Int) -> [Double] { (0..<count).map { _ in Double(draw.below(1 << 40)) } }
    let rounds = 400
    let passed = (0..<rounds).count { _ in
      Membership.rate(members: scores(4000), nonMembers: scores(others), at: 0.001).high <= 0.01
    }
    let share = Double(passed) / Double(rounds)
    // Five standard errors, plus the part that the formula reserves for the members' interval.
    #expect(abs(share - Membership.chanceToPass(strangers: others, limit: 0.01)) < 0.12, "\(share)")
    #expect(Membership.chanceToPass(strangers: others, limit: 1) == 1)
    #expect(
      Membership.chanceToPass(strangers: AttackOptions().targets, limit: 0.01) > 0.999,
      "as many as are compared with at most")
  }

  @Test func `without anybody to compare with nothing is judged`() throws {
    let world = SuiteTests.World(seed: 3)
    for release in [world.honest, world.original] {
      let report = try world.report(on: release, hasControl: false)
      #expect(!report.hasComparison && report.failures() == [])
    }
    #expect(try world.report(on: world.honest).hasComparison)
  }

  /// If a column hardly varies, an interval spans everything: the search for the worst column
  /// leaves it out, and notes that.
  @Test func `what a guess gets right nine times in ten is not searched`() throws {
    var population = Population(seed: 5)
    func people(_ count: Int) -> PlainRows {
      let rows = population.people(count)
      return PlainRows(
        names: rows.names + ["rare", "decided"],
        rows: rows.rows.map { $0 + [population.below(50) == 0 ? "yes" : "no", "as \($0[2])"] })
    }
    let (original, release, control) = (people(3000), people(3000), people(2000))
    let report = try AttackSuite().run(
      original: OwnerTable(original.table), synthetic: release.table,
      control: OwnerTable(control.table))
    let note = try #require(report.notes.first { $0.contains("nine times in ten") })
    #expect(note.contains("'rare'"))
    let worst = try #require(report.attacks.first { $0.name == "attribute-inference-worst" })
    #expect(worst.detail?.contains("'rare' sought") == false)
    #expect(worst.attempts == 2250 && worst.controlAttempts == 1500, "three quarters are measured")
  }

  @Test func `fewer than half of the columns in common is an error`() throws {
    let world = SuiteTests.World()
    let kept = world.honest.names.count / 2
    let half = PlainRows(
      names: Array(world.honest.names.prefix(kept)),
      rows: world.honest.rows.map { Array($0.prefix(kept)) })
    #expect(try !world.report(on: half).notes.isEmpty)
    let less = PlainRows(
      names: Array(half.names.dropLast()), rows: half.rows.map { Array($0.dropLast()) })
    let error = try #require(throws: AttackError.self) { try world.report(on: less) }
    #expect(
      error.description.contains("fewer than half")
        && error.description.contains("'\(world.honest.names[kept])'"))
  }
}
