import Accounting
import AdversarialSynthesis
import Curation
import DomainLearning
import Encoding
import Foundation
import Ledger
import MarginalSynthesis
import Tables

/// Estimates from public numbers, for a table of about this many rows.
struct Planner {
  let request: SynthesisRequest
  let blueprint: Blueprint
  let rho: Rho
  let trainingDelta: Delta
  let rows: Int
  let budget: DomainBudget

  init(request: SynthesisRequest, blueprint: Blueprint, rho: Rho, labelDelta: Delta, trainingDelta: Delta, rows: Int) {
    self.request = request
    self.blueprint = blueprint
    self.rho = rho
    self.trainingDelta = trainingDelta
    self.rows = rows
    budget = DomainBudget(
      total: rho, delta: labelDelta, variables: blueprint.variables.count, rows: Double(rows),
      unitRows: blueprint.schema.unit.maximumRows)
  }

  /// Labels assumed for an undeclared list.
  private static let supposedLabels = 12

  private var unitRows: Double { Double(blueprint.schema.unit.maximumRows) }
  private var oneWaySigma: Double { unitRows / (2 * budget.oneWay.value).squareRoot() }
  var count: Double { Double(blueprint.variables.count) }

  var shares: [String: Double] {
    let domain =
      DomainBudget.rowCount(total: rho).value + (budget.search.value + budget.crowding.value + budget.grain.value) * count
      + budget.secondLook.value
      + budget.frequentTicks.value
    let oneWay = budget.oneWay.value * count
    let rest = max(0, rho.value - domain - oneWay)
    let selection = request.engine.selectionShare
    let training = request.engine == .gan ? 1 - AdversarialOptions.withGuarantee.pairShare : 0
    var shares = [
      Purpose.domain.rawValue: 100 * domain / rho.value, Purpose.oneWay.rawValue: 100 * oneWay / rho.value,
      Purpose.selection.rawValue: 100 * rest * selection / rho.value,
      Purpose.measurement.rawValue: 100 * rest * (1 - selection - training) / rho.value,
    ]
    if training > 0 { shares[Purpose.training.rawValue] = 100 * rest * training / rho.value }
    return shares
  }

  var estimate: SynthesisPlan.Estimate {
    let sizes = self.sizes
    let names = blueprint.variables.map(\.name)
    let oneWay = sizes.map { error(cells: $0, sigma: oneWaySigma) }
    var pairs: [SynthesisPlan.Pair] = []
    for first in sizes.indices {
      for second in sizes.indices where second > first {
        pairs.append(
          SynthesisPlan.Pair(
            first: names[first], second: names[second], expectedError: error(cells: sizes[first] * sizes[second], sigma: pairSigma)))
      }
    }
    let meanPair = pairs.isEmpty ? 0 : pairs.reduce(0) { $0 + $1.expectedError } / Double(pairs.count)
    return SynthesisPlan.Estimate(
      rows: rows, cpuSeconds: cpuSeconds, memoryMegabytes: memoryMegabytes,
      meanOneWayError: oneWay.reduce(0, +) / Double(max(oneWay.count, 1)), meanPairError: meanPair, pairs: pairs)
  }

  /// The parts of the joint distribution that are not examined, however much they might matter, in
  /// sentences.
  var limits: [String] {
    guard request.engine == .aim, count > 1 else { return networkLimits }
    let megabytes = Int((Double(request.options.modelCells) * 8 / 1e6).rounded(.up))
    var limits = [
      "Inference is exact, so the model must stay small: relations that would make it larger than \(megabytes) MB are not measured "
        + "(--model-size)."
    ]
    if Workload.isWide(order: request.options.workloadOrder, count: blueprint.variables.count) {
      limits.append(
        "With \(blueprint.variables.count) columns, three together are looked at only once pairs that were measured link them.")
    }
    let largest = audibleCells
    let mean = sizes.reduce(0, +) / count
    if largest < mean * mean {
      limits.append(
        "With \(rows) rows, a relation of more than about \(Int(largest)) cells would drown in noise and is not measured: of many pairs "
          + "of columns only each column alone is kept. A larger epsilon, fewer columns or more rows mend that.")
    }
    return limits
  }

  var sizes: [Double] {
    blueprint.variables.map { variable in
      let missing = variable.isNullable ? 1.0 : 0
      if variable.isOrdered {
        let bins = Double(Discretisation.binCount(total: Double(rows), sigma: oneWaySigma))
        guard case .declared(let bounds) = blueprint.bounds(of: variable) else { return bins + missing }
        return min(bins, Double(bounds.upperBound) - Double(bounds.lowerBound) + 1) + missing
      }
      guard case .declared(let labels) = blueprint.categories(of: variable) else { return Double(Planner.supposedLabels) + missing }
      return Double(labels.count) + missing
    }
  }

  /// Rho spent on measuring relations.
  private var measuring: Double { rho.value * (shares[Purpose.measurement.rawValue] ?? 0) / 100 }

  /// The noise on a pair. AIM and GEM are assumed to measure about twice as many marginals as there
  /// are columns.
  private var pairSigma: Double {
    guard measuring > 0 else { return .infinity }
    let marginals =
      switch request.engine {
      case .mst: count - 1
      case .gan: measuredPairs
      case .aim, .gem, .independent: 2 * count
      }
    return unitRows / (2 * measuring / max(marginals, 1)).squareRoot()
  }

  /// The cells of the largest marginal whose noise is smaller than the table, after the engine has
  /// halved its noise once.
  private var audibleCells: Double { max(2 * Double(rows) / pairSigma, 4) }

  /// Returns half the expected absolute noise over the cells, as a share of the rows; at most 1.
  private func error(cells: Double, sigma: Double) -> Double {
    min(1, 0.5 * cells * sigma * (2 / Double.pi).squareRoot() / Double(max(rows, 1)))
  }

  // MARK: Time and memory

  /// The approximate number of candidate marginals: all pairs and triples, or in wide tables the
  /// pairs and some triples per column.
  var candidates: Double {
    let pairs = count * (count - 1) / 2
    let triples = count * (count - 1) * (count - 2) / 6
    return Workload.isWide(order: request.options.workloadOrder, count: blueprint.variables.count)
      ? pairs + min(triples, 20 * count) : pairs + triples
  }

  /// The cells of a typical candidate.
  var usualCells: Double {
    let mean = sizes.reduce(0, +) / max(count, 1)
    return min(audibleCells, mean * mean * mean)
  }

  /// The cells of the model during fitting.
  private var modelCells: Double { min(Double(request.options.modelCells), max(2 * count * usualCells, 20_000)) }

  /// The rounds of AIM and its choices, before annealing makes them fewer.
  private var schedule: (rounds: Double, choices: Double) {
    let variables = blueprint.variables.count
    let steps = AnnealedBudget.stepsPerVariable(
      Rho(checked: rho.value * ((shares[Purpose.measurement.rawValue] ?? 0) + (shares[Purpose.selection.rawValue] ?? 0)) / 100),
      rows: Double(rows), variables: max(variables, 1), unitRows: blueprint.schema.unit.maximumRows)
    return (4 * steps, steps * count)
  }

  /// Reading, learning columns and writing scale with the cells of the table and with the questions
  /// about columns, counting with rows and candidates, choosing with candidates and their rounds,
  /// fitting with the model. Fitted to Adult and to simulated tables of up to 10 million rows or
  /// 1,000 columns (docs/benchmarks.md) on one core of a 2024 server processor; within about a
  /// factor of two on an idle machine.
  private var cpuSeconds: Double {
    let passing = 0.2 + 4e-7 * Double(rows) * Double(blueprint.schema.columns.count) + 8e-3 * count
    guard request.engine == .aim else { return passing + trainingSeconds }
    let (rounds, choices) = schedule
    let counting = 1.2e-9 * candidates * Double(rows)
    let choosing = candidates * (2e-6 * rounds + 3e-8 * choices)
    let expecting = 4e-10 * rounds * sizes.reduce(0, +) * modelCells
    return passing + counting + choosing + expecting + 4e-6 * modelCells
  }

  /// The program, the table, the model during fitting, and the candidates with their actual counts,
  /// as far as these are kept. Expected counts are held a few at a time.
  private var memoryMegabytes: Double {
    let table = 40 + 8e-6 * Double(rows) * Double(blueprint.schema.columns.count)
    guard request.engine == .aim else { return table + trainingMegabytes }
    let counts = min(4e-6 * candidates * usualCells, 1e-6 * Double(ExactCounts.defaultLimit))
    return table + 32e-6 * modelCells + 3e-4 * candidates + counts
  }
}
