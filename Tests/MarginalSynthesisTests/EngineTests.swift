import Accounting
import Basics
import Curation
import DomainLearning
import Encoding
import GraphicalModels
import Ledger
import MarginalSynthesis
import Synthesis
import Tables
import Testing

/// The engines on a small table: their spending, their measurements, and the size of their models.
@Suite struct EngineTests {
  private final class Purse: BudgetSession {
    var spent = PrivacyCost.zero
    func charge(_ event: PrivacyEvent) { spent = spent + event.cost }
  }

  private static let columns = 7

  /// Codes 0 to 5 in each column; the columns form a chain in which each mostly repeats the one
  /// before it.
  private static let table: Table = {
    var generator = SamplingGenerator(seed: 21)
    var rows = [[Int64]](repeating: [], count: columns)
    for _ in 0..<3000 {
      var value = Int64(generator.next() % 6)
      for column in 0..<columns {
        if generator.next() % 4 == 0 { value = Int64(generator.next() % 6) }
        rows[column].append(value)
      }
    }
    return Table(
      columns: rows.enumerated().map { Column(name: "c\($0)", type: .integer, cells: .ticks($1)) })
  }()

  private struct Outcome {
    let model: GraphicalModel
    let events: [RecordedEvent]
    let rho: Rho
    let spent: Double
  }

  private func fit(
    _ engine: Engine, rho: Double = 0.3, modelCells: Int = 400_000, cellsOnTheWay: Int = 1 << 23,
    progress: @escaping (SynthesisProgress) throws -> Void = { _ in }
  ) throws -> Outcome {
    let schema = Schema(
      name: "chain",
      columns: (0..<EngineTests.columns).map {
        ColumnSchema(name: "c\($0)", type: .integer, bounds: .declared(0...5))
      })
    let blueprint = try Blueprint(schema: schema)
    let purse = Purse()
    let curator = Curator(
      seeded: SensitiveTable(table: EngineTests.table), blueprint: blueprint, budget: purse, seed: 4
    )
    let learned = try DomainLearner(
      curator: curator, rho: Rho(checked: 0.2), delta: .zero, binCount: { _, _ in 12 }
    ).learn()
    let before = purse.spent.rho.value
    let asked = curator.events.count
    var context = FitContext(
      curator: curator, learned: learned, rho: Rho(checked: rho),
      options: SynthesisOptions(modelCells: modelCells), progress: progress)
    context.mostCellsOnTheWay = cellsOnTheWay
    let model = try #require(engine.synthesizer as? any MarginalSynthesizer).fit(context).model
    return Outcome(
      model: model, events: Array(curator.events[asked...]), rho: Rho(checked: rho),
      spent: purse.spent.rho.value - before)
  }

  private func measured(_ outcome: Outcome) -> [[String]] {
    outcome.events.compactMap { event in
      guard event.purpose == .measurement, case .marginal(let variables) = event.question else {
        return nil
      }
      return variables
    }
  }

  /// Added up independently: the total is at most rho, and nearly all of it is used unless it is
  /// too little for any pair to be worth measuring.
  @Test(arguments: [Engine.aim, .mst], [0.001, 0.3, 20]) func allOfTheBudgetAndNoMore(
    _ engine: Engine, _ rho: Double
  ) throws {
    let outcome = try fit(engine, rho: rho, modelCells: 40_000)
    // The cost of noise as zero-concentrated privacy is at most its price, which is the rho of a
    // Gaussian mechanism with the same loss.
    let sum = outcome.events.reduce(0) { $0 + $1.event.cost.rho.value }
    #expect(sum <= rho, "\(sum) of \(rho)")
    #expect(outcome.spent <= rho * (1 + 1e-9))
    #expect(
      outcome.spent > (rho > 1 ? 0.7 : 0.97) * rho || (rho < 0.01 && measured(outcome).isEmpty),
      "\(outcome.spent) of \(rho)")
    #expect(outcome.events.allSatisfy { $0.event.cost.delta == .zero })
  }

  @Test func independentColumnsCostNothingMore() throws {
    let outcome = try fit(.independent)
    #expect(outcome.events.isEmpty && outcome.spent == 0)
  }

  @Test(arguments: [0.01, 0.3, 5]) func treesSpan(_ rho: Double) throws {
    let edges = measured(try fit(.mst, rho: rho))
    #expect(edges.count == EngineTests.columns - 1)
    var reached: Set = ["c0"]
    for _ in edges {
      for edge in edges where !reached.isDisjoint(with: edge) { reached.formUnion(edge) }
    }
    #expect(reached.count == EngineTests.columns)
  }

  @Test func withBudgetTheTreeIsTheChain() throws {
    let edges = Set(measured(try fit(.mst, rho: 20)).map { $0.joined(separator: "-") })
    #expect(edges == Set((1..<EngineTests.columns).map { "c\($0 - 1)-c\($0)" }))
  }

  /// The junction tree keeps its limit, which a model of all columns would break; small models are
  /// always allowed.
  @Test(arguments: [20_000, 60_000]) func theModelKeepsItsSize(_ cells: Int) throws {
    let outcome = try fit(.aim, rho: 50, modelCells: cells)
    #expect(outcome.model.tree.totalCells <= cells, "\(outcome.model.tree.totalCells)")
    #expect(measured(outcome).count >= EngineTests.columns - 1)
  }

  /// A relation whose expectation needs too large a table is skipped. That must not end a run whose
  /// budget is charged.
  @Test(arguments: [Engine.aim, .mst], [1, 40, 400]) func tooLargeExpectationsEndNothing(
    _ engine: Engine, _ cells: Int
  ) throws {
    let outcome = try fit(engine, rho: 20, cellsOnTheWay: cells)
    #expect(measured(outcome).count >= (cells < 36 ? 0 : EngineTests.columns - 1))
    #expect(outcome.model.total > 0)
  }

  /// The run ends at whichever step is interrupted, and many steps can be.
  @Test(arguments: [Engine.aim, .mst]) func everyStepCanBeInterrupted(_ engine: Engine) throws {
    struct Stop: Error {}
    var steps = 0
    _ = try fit(engine) { _ in steps += 1 }
    #expect(steps > 50)
    for last in [0, 1, 5, steps / 2, steps - 1] {
      var calls = 0
      #expect(throws: Stop.self) {
        try fit(engine) { _ in
          calls += 1
          if calls > last { throw Stop() }
        }
      }
      #expect(calls == last + 1)
    }
  }

  /// If a fit fails, it is repeated from scratch, which keeps the measurements; if that fails too,
  /// the previous model is kept.
  @Test func aFailedFitFallsBack() throws {
    let (old, new) = (
      try GraphicalModel.uniform(sizes: [2], total: 7),
      try GraphicalModel.uniform(sizes: [2], total: 9)
    )
    func fit(_ failures: Int) throws -> GraphicalModel {
      var tries = 0
      return try FitContext.fallingBack(from: old) { start in
        tries += 1
        if tries <= failures { throw GraphicalModelError.impossible }
        #expect((start == nil) == (tries > 1))
        return new
      }
    }
    #expect(try fit(0).total == 9)
    #expect(try fit(1).total == 9)
    #expect(try fit(2).total == 7)
    #expect(throws: GraphicalModelError.cancelled) {
      try FitContext.fallingBack(from: old) { _ in throw GraphicalModelError.cancelled }
    }
  }

  /// Pairs of neighbours, measured or not, are reproduced.
  @Test func pairsAreLearned() throws {
    let model = try fit(.aim, rho: 5, modelCells: 40_000).model
    guard case .ticks(let first) = EngineTests.table.columns[2].cells,
      case .ticks(let second) = EngineTests.table.columns[3].cells
    else {
      return
    }
    var counts = [Double](repeating: 0, count: 36)
    for (one, other) in zip(first, second) { counts[Int(one * 6 + other)] += 1 }
    #expect(model.sizes[2] == 6 && model.sizes[3] == 6)
    let fitted = try model.marginals(of: [Clique([2, 3])])[0]
    let distance = zip(counts, fitted).reduce(0) { $0 + abs($1.0 - $1.1) } / 2 / 3000
    #expect(distance < 0.03, "\(distance)")
  }
}
