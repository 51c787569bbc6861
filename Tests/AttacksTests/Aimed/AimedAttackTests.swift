import Attacks
import Testing

/// Attacks on chosen people detect a release that betrays them, and nothing if it betrays only
/// others.
@Suite struct AimedAttackTests {
  private let original: PlainRows
  private let control: PlainRows
  /// An honest release, except that its first hundred rows are those of the original.
  private let release: PlainRows

  init() {
    var population = Population(seed: 5)
    (original, control) = (population.people(2_000), population.people(2_000))
    var release = population.people(2_000)
    for row in 0..<100 { release.rows[row] = original.rows[row] }
    self.release = release
  }

  private func outcomes(_ targets: Range<Int>) throws -> [AttackOutcome] {
    func tables(_ people: PlainRows, _ others: PlainRows?) throws -> AttackTables {
      try AttackTables(
        original: people.table, synthetic: release.table, control: others?.table, ignoring: [])
    }
    let both = try tables(original, control)
    let attacks = AimedAttacks(
      both, targets: InferenceTargets(original: Array(targets), control: Array(targets)))
    let known = ["age", "town", "job", "sex", "weight"]
    let singled = (
      AimedAttacks.singledOut(in: both, queries: 4_000),
      AimedAttacks.singledOut(in: try tables(control, nil), queries: 4_000)
    )
    return [
      try attacks.inference(of: "visits", knowing: known),
      try attacks.linkability(of: known, with: ["income", "visits", "score"]),
      attacks.singlingOut(original: singled.0, control: singled.1), try attacks.membership(),
      try attacks.copies(),
    ]
  }

  @Test func `those whose rows are in the release are found`() throws {
    for outcome in try outcomes(0..<100) {
      let risk = outcome.result.risk
      #expect(
        risk.low > 0.25, "\(outcome.name): \(outcome.successes) of \(outcome.attempts), \(risk)")
    }
  }

  @Test func `those whose rows are not in the release are safe, whatever it betrays of others`()
    throws
  {
    // The lower ends of five 95 % intervals, on one seed.
    for outcome in try outcomes(1_000..<1_100) {
      let risk = outcome.result.risk
      #expect(
        risk.low == 0, "\(outcome.name): \(outcome.successes) of \(outcome.attempts), \(risk)")
    }
  }

  @Test func `a column that is not there is told`() throws {
    let tables = try AttackTables(
      original: original.table, synthetic: release.table, control: control.table, ignoring: [])
    let attacks = AimedAttacks(tables, targets: InferenceTargets(original: [0], control: [0]))
    #expect(throws: AttackError.self) { try attacks.inference(of: "salary", knowing: ["age"]) }
    #expect(throws: AttackError.self) { try attacks.inference(of: "age", knowing: ["salary"]) }
  }
}
