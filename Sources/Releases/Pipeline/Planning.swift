import DomainLearning
import Encoding
import Foundation
import MarginalSynthesis
import Privacy
import Tables

extension Synthesis {
  /// What a run would cost and bring. It spends nothing, and where a schema file is given it looks at no row.
  ///
  /// The errors are what measurement noise alone does to a marginal that is measured once; they rest on the schema, the budget and the
  /// number of rows that the schema says, so that a plan reveals nothing.
  /// - Throws: ``ReleaseError`` and the errors of schemas.
  public static func plan(_ request: SynthesisRequest) throws -> SynthesisPlan {
    try request.check()
    let schema = try request.schemaForPlan()
    let blueprint = try Blueprint(schema: schema)
    guard !blueprint.variables.isEmpty else { throw ReleaseError.nothingToModel }
    let (rho, labelDelta, _) = Account.budget(of: request, blueprint: blueprint)
    let budget = DomainBudget(total: rho, delta: labelDelta, variables: blueprint.variables.count)
    let planner = Planner(request: request, blueprint: blueprint, rho: rho, budget: budget)
    let sizes = schema.approximateRows.map { [$0] } ?? [10_000, 100_000, 1_000_000]
    return SynthesisPlan(
      epsilon: request.epsilon.value, delta: request.delta.value, rho: rho.value, unit: schema.unit.name, engine: request.engine,
      modelledColumns: blueprint.variables.count, estimates: sizes.map(planner.estimate), shares: planner.shares,
      hazards: Hazard.of(request, schema: schema).map(\.explanation))
  }
}

/// Estimates from public numbers.
struct Planner {
  let request: SynthesisRequest
  let blueprint: Blueprint
  let rho: Rho
  let budget: DomainBudget

  /// What an undeclared list of labels is taken to hold.
  private static let supposedLabels = 12

  private var unitRows: Double { Double(blueprint.schema.unit.maximumRows) }
  private var oneWaySigma: Double { unitRows / (2 * budget.oneWay.value).squareRoot() }

  var shares: [String: Double] {
    let count = Double(blueprint.variables.count)
    let domain = budget.rowCount.value + budget.search.value * count + budget.secondLook.value
    let oneWay = budget.oneWay.value * count
    let rest = max(0, rho.value - domain - oneWay)
    let selection = request.engine.selectionShare
    return [
      Purpose.domain.rawValue: 100 * domain / rho.value, Purpose.oneWay.rawValue: 100 * oneWay / rho.value,
      Purpose.selection.rawValue: 100 * rest * selection / rho.value,
      Purpose.measurement.rawValue: 100 * rest * (1 - selection) / rho.value,
    ]
  }

  func estimate(rows: Int) -> SynthesisPlan.Estimate {
    let sizes = blueprint.variables.map { Double(cells(of: $0, rows: rows)) }
    let names = blueprint.variables.map(\.name)
    let oneWay = sizes.map { error(cells: $0, sigma: oneWaySigma, rows: rows) }
    let sigma = pairSigma(count: sizes.count)
    var pairs: [SynthesisPlan.Pair] = []
    for first in sizes.indices {
      for second in sizes.indices where second > first {
        pairs.append(
          SynthesisPlan.Pair(
            first: names[first], second: names[second],
            expectedError: error(cells: sizes[first] * sizes[second], sigma: sigma, rows: rows)))
      }
    }
    let meanPair = pairs.isEmpty ? 0 : pairs.reduce(0) { $0 + $1.expectedError } / Double(pairs.count)
    return SynthesisPlan.Estimate(
      rows: rows, cpuSeconds: cpuSeconds(rows: rows, columns: sizes.count),
      memoryMegabytes: memory(rows: rows, columns: sizes.count),
      meanOneWayError: oneWay.reduce(0, +) / Double(max(oneWay.count, 1)), meanPairError: meanPair, pairs: pairs)
  }

  private func cells(of variable: Variable, rows: Int) -> Int {
    let missing = variable.isNullable ? 1 : 0
    if variable.isOrdered {
      let bins = Discretisation.binCount(total: Double(rows), sigma: oneWaySigma)
      guard case .declared(let bounds) = blueprint.bounds(of: variable) else { return bins + missing }
      return Int(min(Double(bins), Double(bounds.upperBound) - Double(bounds.lowerBound) + 1)) + missing
    }
    guard case .declared(let labels) = blueprint.categories(of: variable) else { return Planner.supposedLabels + missing }
    return labels.count + missing
  }

  /// The noise on a pair if the engine measures about twice as many marginals as there are columns.
  private func pairSigma(count: Int) -> Double {
    let rest = rho.value * (shares[Purpose.measurement.rawValue] ?? 0) / 100
    guard rest > 0 else { return .infinity }
    let marginals = Double(request.engine == .mst ? max(count - 1, 1) : 2 * count)
    return unitRows / (2 * rest / marginals).squareRoot()
  }

  /// Half the expected absolute noise over the cells, as a share of the rows; at most 1.
  private func error(cells: Double, sigma: Double, rows: Int) -> Double {
    min(1, 0.5 * cells * sigma * (2 / Double.pi).squareRoot() / Double(max(rows, 1)))
  }

  /// Fitted to runs on Adult, support2 and diabetes130 on one core of a 2024 server processor; within about a factor of three elsewhere.
  private func cpuSeconds(rows: Int, columns: Int) -> Double {
    let passing = 0.2 + 4e-7 * Double(rows) * Double(blueprint.schema.columns.count)
    return request.engine == .aim ? passing + 3e-8 * triples(columns) * Double(rows) : passing
  }

  /// The program, the model while it is fitted, the table, and the counts that the curator remembers.
  private func memory(rows: Int, columns: Int) -> Double {
    let table = Double(rows) * Double(blueprint.schema.columns.count) * 24
    guard request.engine == .aim else { return (40e6 + table) / 1e6 }
    let counts = min(triples(columns) * 4 * min(Double(rows) / 10, 4_096), 1.1e9)
    return (40e6 + Double(request.options.modelCells) * 8 * 4 + table + counts) / 1e6
  }

  private func triples(_ columns: Int) -> Double {
    let columns = Double(columns)
    return max(0, columns * (columns - 1) * (columns - 2) / 6)
  }
}
