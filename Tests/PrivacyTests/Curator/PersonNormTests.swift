import Accounting
import Basics
import Curation
import Encoding
import Ledger
import Tables
import Testing

/// All rows of everybody count, and the counts of a person are shortened to a length
/// (docs/proofs/person-norm.md).
@Suite struct PersonNormTests {
  private typealias Row = (who: Int64, age: Int64, town: Int?, ill: Bool)

  private static let clip = 4
  private static let limit = ClippedVector.sensitivity * ClippedVector.sensitivity

  /// Invented people, one of whom has 300 rows.
  private static let rows: [Row] =
    People.rows(60)
    + (0..<300).map { index -> Row in (1_000, Int64(20 + index % 3), index % 7 == 0 ? 1 : 0, true) }

  private func curator(
    _ rows: [Row], probe: RecordingProbe, budget: TestBudget = TestBudget(), isCounted: Bool = true
  ) -> Curator {
    let curator = Curator(
      audited: SensitiveTable(table: People.table(rows)), blueprint: People.blueprint,
      budget: budget,
      seed: 1, probe: probe, bound: .norm)
    if isCounted {
      curator.adopt(People.domain)
      curator.countEveryRow(shortenedTo: Self.clip, total: 360, lengthening: 1)
    }
    return curator
  }

  private func exact(_ rows: [Row], of clique: [Int]) throws -> [Int] {
    let probe = RecordingProbe()
    _ = try curator(rows, probe: probe).marginal(of: clique, rho: Rho(checked: 0.5))
    guard case .counts(let values)? = probe.entries.last?.exact else {
      preconditionFailure("no answer")
    }
    return values
  }

  private static func code(_ row: Row, _ attribute: Int) -> Int {
    switch attribute {
    case 0: Int(row.age / 20)
    case 1: row.town.map { min($0, 3) } ?? 4
    default: row.ill ? 1 : 0
    }
  }

  /// The rows of each person are added before they are shortened, one person by one.
  @Test(arguments: [[0], [1], [0, 1], [0, 1, 2]])
  func theSumIsThatOfThePeople(_ clique: [Int]) throws {
    let sizes = [5, 5, 2]
    var expected = [Int](repeating: 0, count: clique.reduce(1) { $0 * sizes[$1] })
    for (_, own) in Dictionary(grouping: Self.rows, by: \.who) {
      var counts = [Double](repeating: 0, count: expected.count)
      for row in own { counts[clique.reduce(0) { $0 * sizes[$1] + Self.code(row, $1) }] += 1 }
      let steps = ClippedVector.steps(of: counts, clip: Double(Self.clip))
      for (cell, value) in steps.enumerated() { expected[cell] += value }
    }
    #expect(try zip(exact(Self.rows, of: clique), expected).allSatisfy { abs($0 - $1) <= 60 })
  }

  /// Without any one person, counts move by no more than the length, and the one of 300 rows moves
  /// them as far as that.
  @Test(arguments: [[0], [1], [0, 1]]) func noPersonMovesCountsFurther(_ clique: [Int]) throws {
    let all = try exact(Self.rows, of: clique)
    for person in Set(Self.rows.map(\.who)) {
      let without = try exact(Self.rows.filter { $0.who != person }, of: clique)
      let moved = zip(all, without).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      #expect(moved <= Self.limit)
      if person == 1_000 { #expect(Double(moved) > 0.99 * Double(Self.limit)) }
    }
  }

  private func scores(_ rows: [Row]) throws -> [Double] {
    let probe = RecordingProbe()
    let candidates = [
      MarginalCandidate(
        attributes: [0, 1], weight: 1, penalty: 10,
        expected: (0..<25).map { Double($0 % 7) * 9 }),
      MarginalCandidate(
        attributes: [1, 2], weight: 0.5, penalty: 3, expected: (0..<10).map { Double(1 + $0) }),
      MarginalCandidate(
        attributes: [0], weight: 1, penalty: 0, expected: [0, 0, 0, 0, 0]),
    ]
    _ = try curator(rows, probe: probe).worst(of: candidates, rho: Rho(checked: 0.5))
    guard case .scores(let scores)? = probe.entries.last?.exact else {
      preconditionFailure("no scores")
    }
    return scores
  }

  /// Nor does a score move by more than the length, times its weight.
  @Test func noPersonMovesAScoreFurther() throws {
    let all = try scores(Self.rows)
    var furthest = 0.0
    for person in Set(Self.rows.map(\.who)) {
      let without = try scores(Self.rows.filter { $0.who != person })
      for (index, weight) in [1, 0.5, 1].enumerated() {
        let moved = abs(all[index] - without[index]) / weight
        #expect(moved <= Double(Self.clip) * (1 + 0x1p-30))
        furthest = max(furthest, moved)
      }
    }
    #expect(furthest > 0.5 * Double(Self.clip), "somebody moves it far")
  }

  /// The event says the length in steps, and the noise costs as much as was asked.
  @Test func theEventSaysTheLength() throws {
    let budget = TestBudget()
    let curator = curator(Self.rows, probe: RecordingProbe(), budget: budget)
    #expect(curator.unitRows == Self.clip && curator.boundsLength)
    let counts = try curator.marginal(of: [0], rho: Rho(checked: 0.5))
    guard case .discreteGaussian(_, let sensitivity, let square)? = budget.charges.last else {
      preconditionFailure("another event")
    }
    #expect(sensitivity.value == Double(ClippedVector.sensitivity))
    let rho = sensitivity.value * sensitivity.value / (2 * square.roundedUp)
    #expect(abs(rho - 0.5) < 1e-4 && rho <= 0.5 * (1 + 1e-12))
    let variance = try #require(budget.charges.last?.varianceInRows(shortenedTo: Self.clip))
    #expect(abs(variance - Double(Self.clip * Self.clip)) < 1e-3)
    // The 360 rows are known to be as many, so that shortened counts are made longer again.
    #expect(abs(counts.values.reduce(0, +) - 360) < 10)
  }

  /// Nothing is charged twice, and nothing is answered without a charge.
  @Test func theChargeComesFirst() throws {
    let budget = TestBudget()
    budget.allowed = 0
    let curator = curator(Self.rows, probe: RecordingProbe(), budget: budget)
    #expect(throws: TestBudget.Refused.self) {
      try curator.marginal(of: [0], rho: Rho(checked: 0.5))
    }
    #expect(throws: TestBudget.Refused.self) {
      try curator.lengths(of: [0], classes: 10, rho: Rho(checked: 0.5))
    }
  }

  /// The domain is asked of one row of each person, and lengths of all rows.
  @Test func theDomainIsAskedOfOneRowEach() throws {
    let probe = RecordingProbe()
    let curator = curator(Self.rows, probe: probe, isCounted: false)
    let people = Set(Self.rows.map(\.who)).count
    #expect(curator.unitRows == 1)
    _ = try curator.rowCount(rho: Rho(checked: 0.5))
    #expect(probe.entries.last?.exact == .counts([people]))
    _ = try curator.labels(of: 1, rho: Rho(checked: 50), delta: Delta(1e-6))
    curator.adopt(People.domain)
    _ = try curator.lengths(of: [], classes: 24, rho: Rho(checked: 0.5))
    guard case .counts(let lengths)? = probe.entries.last?.exact else {
      preconditionFailure("no answer")
    }
    #expect(lengths.reduce(0, +) == people && lengths[17] == 1, "300 rows are above 2^8")
  }

  /// The projected length is that of the definition, and a difference never becomes longer.
  @Test func projectionsShorten() {
    var generator = SamplingGenerator(seed: 4)
    for _ in 0..<500 {
      let count = 2 + generator.below(20)
      let direction = (0..<count).map { _ in generator.unit() * 100 }
      let one = (0..<count).map { _ in generator.below(1 << 30) }
      let other = one.map { $0 + generator.below(1 << 21) - (1 << 20) }
      let lengths = [one, other].map { ProjectedLength.of($0, beside: direction) }
      let square = direction.reduce(0) { $0 + $1 * $1 }
      let along = zip(one, direction).reduce(0) { $0 + Double($1.0) * $1.1 } / square
      let rest = zip(one, direction).reduce(0) {
        $0 + (Double($1.0) - along * $1.1) * (Double($1.0) - along * $1.1)
      }.squareRoot()
      #expect(abs(lengths[0] - rest) < 1e-5 * (rest + 1e6))
      let difference = zip(one, other).reduce(0) {
        $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
      }.squareRoot()
      #expect(abs(lengths[0] - lengths[1]) <= difference * (1 + 1e-9))
    }
    #expect(ProjectedLength.of([3, 4], beside: [0, 0]) == 5)
    #expect(ProjectedLength.of([3, 4], beside: [3, 4]) < 1e-3)
  }
}
