import Accounting
import Curation
import Encoding
import Tables
import Testing

@Suite struct CuratorTests {
  private let rho = Rho(checked: 0.5)

  private func domain() -> Domain {
    let ages = (0..<5).map {
      OrderedCodec.Bin(shape: [.init(low: $0 * 20, high: $0 * 20 + 19, weight: 1)])
    }
    let flags = (0..<2).map {
      OrderedCodec.Bin(shape: [.init(low: Int64($0), high: Int64($0), weight: 1)])
    }
    return Domain(
      variables: blueprint.variables,
      codecs: [
        .ordered(OrderedCodec(bins: ages, hasMissing: false)),
        .labels(LabelCodec(labels: People.towns, otherLabel: nil, hasMissing: true)),
        .ordered(OrderedCodec(bins: flags, hasMissing: false)),
      ])
  }

  private var blueprint: Blueprint {
    do { return try Blueprint(schema: People.schema) } catch { preconditionFailure("\(error)") }
  }

  /// Asks one question of each kind.
  private func ask(_ curator: Curator) throws {
    _ = try curator.rowCount(rho: rho)
    _ = try curator.histogram(of: 0, runs: [0...9, 10...39, 40...99], rho: rho)
    _ = try curator.crowding(of: 0, ticks: 3, in: [0...39, 50...99], rho: rho)
    _ = try curator.frequentTicks(
      of: 0, in: [0...39, 50...99], rho: rho, delta: Delta(checked: 1e-3))
    _ = try curator.grain(
      of: 0, lattices: [.every(step: 10, offset: 0), .every(step: 5, offset: 0)],
      in: [0...39, 50...99], rho: rho)
    _ = try curator.labels(of: 1, rho: rho, delta: Delta(checked: 1e-3))
    _ = try curator.labelPrefixes(
      of: 1, length: 2, named: [People.towns[0]], longer: [], rho: rho, delta: Delta(checked: 1e-3))
    curator.adopt(domain())
    _ = try curator.marginal(of: [0, 1, 2], rho: rho)
    let candidates = [[0, 1], [0, 2], [1, 2]].map { attributes in
      let cells = attributes.reduce(1) { $0 * domain().sizes[$1] }
      return MarginalCandidate(
        attributes: attributes, weight: 0.5, penalty: 3,
        expected: [Double](repeating: 300 / Double(cells), count: cells))
    }
    _ = try curator.worst(of: candidates, rho: rho)
  }

  private func curator(_ table: Table, budget: TestBudget = TestBudget(), probe: RecordingProbe)
    -> Curator
  {
    Curator(
      audited: SensitiveTable(table: table), blueprint: blueprint, budget: budget, seed: 3,
      probe: probe)
  }

  @Test func everyAnswerIsChargedWhatItsMechanismCosts() throws {
    let budget = TestBudget()
    let curator = Curator(
      SensitiveTable(table: People.table(People.rows(300))), blueprint: blueprint, budget: budget)
    try ask(curator)
    #expect(budget.charges.count == 9)
    #expect(curator.events.map(\.event) == budget.charges)
    for charge in budget.charges {
      let price = charge.price(left: Rho(checked: .greatestFiniteMagnitude)).rho
      #expect(price <= rho && price.value > 0.499 && charge.cost.rho <= rho, "\(charge)")
    }
    #expect(curator.isPrivate)
  }

  @Test(arguments: 0..<9) func aRefusedChargeGivesNoAnswer(_ allowed: Int) {
    let budget = TestBudget()
    budget.allowed = allowed
    let probe = RecordingProbe()
    let curator = curator(People.table(People.rows(300)), budget: budget, probe: probe)
    #expect(throws: TestBudget.Refused.self) { try ask(curator) }
    #expect(probe.entries.count == allowed && curator.events.count == allowed)
    #expect(!curator.isPrivate)
  }

  @Test func removingAnyoneMovesNoAnswerFurtherThanItsSensitivity() throws {
    let rows = People.rows(90)
    let whole = RecordingProbe()
    try ask(curator(People.table(rows), probe: whole))
    for person in Set(rows.map(\.who)) {
      let without = RecordingProbe(replaying: whole.entries)
      try ask(curator(People.table(rows.filter { $0.who != person }), probe: without))
      #expect(without.entries.map(\.question) == whole.entries.map(\.question))
      for (mine, other) in zip(without.entries, whole.entries) {
        #expect(distance(mine.exact, other.exact) <= 2)
      }
    }
  }

  private func distance(_ first: Answer, _ second: Answer) -> Double {
    switch (first, second) {
    case (.counts(let one), .counts(let two)): return norm(zip(one, two).map { Double($0 - $1) })
    case (.labels(let one), .labels(let two)):
      var differences: [String: Double] = ["": Double(one.missing - two.missing)]
      for label in one.labels { differences[label.label, default: 0] += Double(label.count) }
      for label in two.labels { differences[label.label, default: 0] -= Double(label.count) }
      return norm(Array(differences.values))
    case (.ticks(let one), .ticks(let two)):
      var differences: [Int64: Double] = [:]
      for tick in one.ticks { differences[tick.tick, default: 0] += Double(tick.count) }
      for tick in two.ticks { differences[tick.tick, default: 0] -= Double(tick.count) }
      return norm(Array(differences.values))
    case (.scores(let one), .scores(let two)):
      return zip(one, two).map { abs($0 - $1) * 2 }.max() ?? 0
    default: return .infinity
    }
  }

  private func norm(_ differences: [Double]) -> Double {
    differences.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// Ticks outside the runs do not count; the fullest ticks inside are added up, and only frequent
  /// ones are named.
  @Test func ticksAreCountedInsideTheRuns() throws {
    let ages: [(Int64, Int)] = [(10, 300), (20, 200), (30, 3), (45, 900), (60, 100)]
    let rows = ages.flatMap { age, count in (0..<count).map { _ in (age: age, ill: false) } }
      .enumerated().map { index, row in
        (who: Int64(index), age: row.age, town: Int?.none, ill: row.ill)
      }
    let probe = RecordingProbe()
    let curator = curator(People.table(rows), probe: probe)
    _ = try curator.crowding(of: 0, ticks: 2, in: [0...39, 50...99], rho: rho)
    let named = try curator.frequentTicks(
      of: 0, in: [0...39, 50...99], rho: rho, delta: Delta(checked: 1e-9))
    #expect(probe.entries[0].exact == .counts([500]))
    #expect(named.ticks.map(\.tick) == [10, 20, 60])
    for (tick, count) in zip(named.ticks, [300, 200, 100]) { #expect(abs(tick.count - count) < 30) }
  }

  /// A tick counts for the first lattice that holds it; ticks outside the runs do not count.
  @Test func latticesPartTheTicksInsideTheRuns() throws {
    let ages: [(Int64, Int)] = [(10, 300), (15, 200), (17, 30), (45, 900), (60, 100)]
    let rows = ages.flatMap { age, count in (0..<count).map { _ in (age: age, ill: false) } }
      .enumerated().map { index, row in
        (who: Int64(index), age: row.age, town: Int?.none, ill: row.ill)
      }
    let probe = RecordingProbe()
    let lattices: [Lattice] = [.every(step: 10, offset: 0), .every(step: 5, offset: 0)]
    _ = try curator(People.table(rows), probe: probe).grain(
      of: 0, lattices: lattices, in: [0...39, 50...99], rho: rho)
    #expect(probe.entries[0].exact == .counts([400, 200, 30]))
  }

  @Test func nobodyContributesMoreRowsThanAllowed() throws {
    let rows = (0..<500).map { (who: Int64($0 % 7), age: Int64(30), town: Int?.none, ill: false) }
    let probe = RecordingProbe()
    _ = try curator(People.table(rows), probe: probe).rowCount(rho: rho)
    #expect(probe.entries[0].exact == .counts([14]))
  }

  @Test func rowsWithoutAPersonAreLeftOut() throws {
    let rows = [
      (who: Cells.missingTick, age: Int64(30), town: Int?.none, ill: false), (1, 31, 2, true),
    ]
    let probe = RecordingProbe()
    _ = try curator(People.table(rows), probe: probe).rowCount(rho: rho)
    #expect(probe.entries[0].exact == .counts([1]))
  }

  @Test func twoProductionRunsDiffer() throws {
    let answers = try (0..<2).map { _ in
      try Curator(
        SensitiveTable(table: People.table(People.rows(300))), blueprint: blueprint,
        budget: TestBudget()
      )
      .histogram(of: 0, runs: (0..<50).map { $0...$0 }, rho: Rho(checked: 0.01)).values
    }
    #expect(answers[0] != answers[1])
  }

  @Test func anEmptyTableIsAnOrdinaryTable() throws {
    try ask(
      Curator(SensitiveTable(table: People.table([])), blueprint: blueprint, budget: TestBudget()))
  }
}
