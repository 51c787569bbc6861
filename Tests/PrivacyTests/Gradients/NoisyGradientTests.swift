import Accounting
import Curation
import Encoding
import Foundation
import Ledger
import Mechanisms
import Testing

/// A linear model of one code by the others, by hand.
private final class ByHand: GradientComputation {
  let blocks = [GradientBlock(inputs: 2, outputs: 3, hasBias: true)]
  let rowCapacity: Int
  /// Decides, from a row's place or from the number of rows, whether its last bit changes.
  private let moves: (_ row: Int, _ rows: Int) -> Bool
  var rows: [Int] = []

  init(rowCapacity: Int, moves: @escaping (_ row: Int, _ rows: Int) -> Bool = { _, _ in false }) {
    self.rowCapacity = rowCapacity
    self.moves = moves
  }

  func differentiate(_ codes: Span<UInt16>, rows: Int, into factors: GradientFactors) {
    self.rows.append(rows)
    for row in 0..<rows {
      for input in 0..<2 { factors.inputs(0)[row * 2 + input] = Float(codes[row * 3 + input]) / 4 }
      for output in 0..<3 {
        factors.outputs(0)[row * 3 + output] = Float(output) - Float(codes[row * 3 + 2])
      }
      if moves(row, rows) { factors.outputs(0)[row * 3] = (factors.outputs(0)[row * 3] + 7).nextUp }
    }
  }
}

@Suite struct NoisyGradientTests {
  private func curator(
    _ rows: [(who: Int64, age: Int64, town: Int?, ill: Bool)], budget: TestBudget,
    probe: RecordingProbe? = nil
  ) throws -> Curator {
    let blueprint = try Blueprint(schema: People.schema)
    let table = SensitiveTable(table: People.table(rows))
    let curator =
      if let probe {
        Curator(audited: table, blueprint: blueprint, budget: budget, seed: 4, probe: probe)
      } else {
        Curator(table, blueprint: blueprint, budget: budget)
      }
    let ages = (0..<5).map {
      OrderedCodec.Bin(shape: [.init(low: $0 * 20, high: $0 * 20 + 19, weight: 1)])
    }
    let flags = (0..<2).map {
      OrderedCodec.Bin(shape: [.init(low: Int64($0), high: Int64($0), weight: 1)])
    }
    curator.adopt(
      Domain(
        variables: blueprint.variables,
        codecs: [
          .ordered(OrderedCodec(bins: ages, hasMissing: false)),
          .labels(LabelCodec(labels: People.towns, otherLabel: nil, hasMissing: true)),
          .ordered(OrderedCodec(bins: flags, hasMissing: false)),
        ]))
    return curator
  }

  private func plan(rate: Double, steps: Int = 3) throws -> NoisyGradientPlan {
    try NoisyGradientPlan.calibrated(
      samplingRate: rate, steps: steps, coordinates: 9, rho: Rho(checked: 0.02),
      delta: Delta(checked: 1e-9))
  }

  /// A run of three steps, whatever its cost: calibrating one would take seconds.
  private var someRun: NoisyGradientPlan {
    NoisyGradientPlan(
      samplingRate: 0.25, steps: 3, coordinates: 9, sensitivity: 1 << 20, tail: Delta(checked: 1e-9)
    )
  }

  @Test func isChargedBeforeItsFirstStepAndEndsWithItsLast() throws {
    let budget = TestBudget()
    let curator = try curator(People.rows(300), budget: budget)
    let plan = try plan(rate: 0.25)
    let model = ByHand(rowCapacity: 16)
    let run = try curator.noisyGradients(plan, clip: 1, of: model)
    #expect(budget.charges.count == 1 && curator.events.map(\.event) == budget.charges)
    let cost = budget.charges[0].price(left: Rho(checked: 0.02))
    #expect(
      cost.rho.value <= 0.02 && cost.rho.value > 0.0199 && cost.delta.value <= 1e-9, "\(cost)")
    var sum = [Float](repeating: 0, count: 9)
    for left in [2, 1, 0] {
      run.step(into: &sum)
      #expect(run.stepsLeft == left && sum.allSatisfy { $0 != 0 && $0.isFinite })
    }
    #expect(
      budget.charges.count == 1 && model.rows.allSatisfy { (1...16).contains($0) }
        && curator.isPrivate)
  }

  @Test func aRefusedChargeRunsNothing() throws {
    let budget = TestBudget()
    budget.allowed = 0
    let curator = try curator(People.rows(300), budget: budget)
    let plan = someRun
    let model = ByHand(rowCapacity: 16)
    #expect(throws: TestBudget.Refused.self) {
      _ = try curator.noisyGradients(plan, clip: 1, of: model)
    }
    #expect(curator.events.isEmpty)
    budget.allowed = .max
    #expect(try curator.rowCount(rho: Rho(checked: 0.1)).values.count == 1, "no run is open")
  }

  // MARK: No other questions during a run

  /// While a run is open, every question about codes and any second run is refused: nothing is
  /// charged and nothing recorded until the last step.
  @Test(arguments: [false, true]) func nothingElseIsAnsweredWhileARunIsOpen(_ isEndedEarly: Bool)
    throws
  {
    let budget = TestBudget()
    let probe = RecordingProbe()
    let curator = try curator(People.rows(300), budget: budget, probe: probe)
    let rho = Rho(checked: 0.1)
    let candidate = MarginalCandidate(
      attributes: [0, 2], weight: 1, penalty: 0, expected: [Double](repeating: 30, count: 10))
    let plan = someRun
    let questions: [(Curator) throws -> Void] = [
      { _ = try $0.rowCount(rho: rho) }, { _ = try $0.marginal(of: [0], rho: rho) },
      { _ = try $0.worst(of: [candidate], rho: rho) },
      { _ = try $0.noisyGradients(plan, clip: 1, of: ByHand(rowCapacity: 16)) },
    ]
    func expectRefusals(_ stepsLeft: Int) {
      for question in questions {
        #expect(throws: GradientError.runIsOpen(stepsLeft: stepsLeft)) { try question(curator) }
      }
    }
    let run = try curator.noisyGradients(plan, clip: 1, of: ByHand(rowCapacity: 16))
    var sum = [Float](repeating: 0, count: 9)
    for left in [3, 2, 1] {
      expectRefusals(left)
      if isEndedEarly && left == 1 { run.end() } else { run.step(into: &sum) }
    }
    #expect(run.stepsLeft == 0 && budget.charges.count == 1 && curator.events.count == 1)
    #expect(probe.entries.count == (isEndedEarly ? 2 : 3))
    for question in questions { try question(curator) }
    #expect(budget.charges.count == 5 && curator.events.count == 5)
  }

  /// A run that has been released cannot take another step.
  @Test func aRunThatNobodyHoldsIsOver() throws {
    let curator = try curator(People.rows(300), budget: TestBudget())
    var run: NoisyGradients? = try curator.noisyGradients(
      someRun, clip: 1, of: ByHand(rowCapacity: 16))
    #expect(throws: GradientError.runIsOpen(stepsLeft: 3)) {
      try curator.rowCount(rho: Rho(checked: 0.1))
    }
    #expect(run != nil)
    run = nil
    _ = try curator.rowCount(rho: Rho(checked: 0.1))
  }

  /// A network that looks at the places of rows or at their number is refused before it sees one,
  /// and before anything is charged.
  @Test(arguments: ["place", "length", "last"]) func aNetworkWhoseRowsInfluenceEachOtherIsRefused(
    _ fault: String
  ) throws {
    let budget = TestBudget()
    let curator = try curator(People.rows(300), budget: budget)
    let model = ByHand(rowCapacity: 64) { row, rows in
      switch fault {
      case "place": row % 4 == 3
      case "length": rows % 8 != 0
      default: row == rows - 1 && rows > 1
      }
    }
    let plan = someRun
    #expect(throws: GradientError.rowsInfluenceEachOther) {
      _ = try curator.noisyGradients(plan, clip: 1, of: model)
    }
    #expect(budget.charges.isEmpty && curator.events.isEmpty)
  }

  /// With everyone in every sample, removing any one person with all their rows moves the exact sum
  /// by at most the stated bound.
  @Test func leavingAnyoneOutMovesTheSumByItsBoundAtMost() throws {
    let rows = People.rows(90)
    func exact(_ rows: [(who: Int64, age: Int64, town: Int?, ill: Bool)]) throws -> ([Double], Int)
    {
      let probe = RecordingProbe()
      let curator = try curator(rows, budget: TestBudget(), probe: probe)
      let plan = try plan(rate: 1, steps: 1)
      let run = try curator.noisyGradients(plan, clip: 0.5, of: ByHand(rowCapacity: 7))
      var sum = [Float](repeating: 0, count: 9)
      run.step(into: &sum)
      guard case .counts(let counts) = probe.entries[0].exact,
        case .counts(let noisy) = probe.entries[0].noisy
      else { return ([], 0) }
      #expect(noisy != counts && !curator.isPrivate)
      let unit = 0.5 / Double(plan.sensitivity)
      #expect(zip(sum, noisy).allSatisfy { $0 == Float(Double($1) * unit) })
      return (counts.map(Double.init), plan.sensitivity)
    }
    let (whole, sensitivity) = try exact(rows)
    var longest = 0.0
    for person in Set(rows.map(\.who)) {
      let (without, _) = try exact(rows.filter { $0.who != person })
      longest = max(
        longest, zip(whole, without).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot())
    }
    // Some are clipped, so they come close.
    #expect(longest <= Double(sensitivity) && longest > 0.98 * Double(sensitivity), "\(longest)")
  }

  /// Many steps average to the gradient written out, times the rate.
  @Test func stepsAverageToTheGradient() throws {
    let rows = People.rows(60)
    let curator = try curator(rows, budget: TestBudget())
    let plan = NoisyGradientPlan(
      samplingRate: 0.3, steps: 4000, coordinates: 9, sensitivity: 1 << 25,
      tail: Delta(checked: 1e-9))
    let once = NoisyGradientPlan(
      samplingRate: 1, steps: 2000, coordinates: 9, sensitivity: 1 << 25, tail: Delta(checked: 1e-9)
    )
    // One curator for both, because the draw of a person's two rows happens only once.
    func mean(_ plan: NoisyGradientPlan) throws -> [Double] {
      let run = try curator.noisyGradients(plan, clip: 1, of: ByHand(rowCapacity: 64))
      var (sum, total) = ([Float](repeating: 0, count: 9), [Double](repeating: 0, count: 9))
      for _ in 0..<plan.steps {
        run.step(into: &sum)
        for index in total.indices { total[index] += Double(sum[index]) / Double(plan.steps) }
      }
      return total
    }
    // The noise of a mean is at most 0.5 / sqrt(2000) = 0.011, that of sampling at most (0.3 * 0.7
    // * 60 / 4000)^(1/2) = 0.056.
    for (sampled, full) in zip(try mean(plan), try mean(once)) {
      #expect(abs(sampled - 0.3 * full) < 0.32)
    }
  }

  @Test func theLessBudgetTheMoreNoise() throws {
    func multiplier(_ rho: Double) throws -> Double {
      try NoisyGradientPlan.calibrated(
        samplingRate: 0.01, steps: 3000, coordinates: 100_000, rho: Rho(rho),
        delta: Delta(checked: 1e-10)
      ).noiseMultiplier
    }
    let (tight, wide) = (try multiplier(0.011), try multiplier(0.5))
    #expect(tight > 3 && tight < 5 && wide > 0.5 && wide < 1.3, "\(tight) \(wide)")
    #expect(throws: MechanismError.tooManySteps(steps: 3000)) { _ = try multiplier(1e-12) }
  }
}
