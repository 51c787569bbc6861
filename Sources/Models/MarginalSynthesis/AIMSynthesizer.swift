import Accounting
import Curation
import DomainLearning
import Encoding
import GraphicalModels
import Synthesis
import Tables

/// The adaptive iterative mechanism: measures the marginals that the model gets most wrong
/// (McKenna, Mullins, Sheldon, Miklau 2022).
package struct AIMSynthesizer: MarginalSynthesizer {
  package let name = "aim"
  package let budget = EngineBudget(selection: AnnealedBudget.selectionShare)

  package init() {}

  package let startsFromPublicRows = true

  package func fit(_ context: FitContext) throws -> MarginalFit {
    var context = context.withCoarseAttributes()
    if let rows = context.publicRows { context = try context.starting(from: rows) }
    return try AdaptiveIterativeMechanism(context: context).fit()
  }

  package func estimate(_ table: PlannedTable) -> FitEstimate {
    FitEstimate(
      marginals: table.adaptiveMarginals, seconds: seconds(table), megabytes: megabytes(table),
      limits: limits(table))
  }

  private func limits(_ table: PlannedTable) -> [String] {
    guard table.count > 1 else { return [] }
    let megabytes = Int((Double(mostModelCells(table)) * 8 / 1e6).rounded(.up))
    var limits = [
      "Inference is exact, so the model must stay small: relations that would make it larger than \(megabytes) MB are not measured "
        + "(--model-size)."
    ]
    if table.isWide {
      limits.append(
        "With \(Int(table.count)) columns, three together are looked at only once pairs that were measured link them."
      )
    }
    let largest = table.audibleCells(marginals: table.adaptiveMarginals)
    let mean = table.sizes.reduce(0, +) / table.count
    if largest < mean * mean {
      limits.append(
        "With \(table.rows) rows, a relation of more than about \(Int(largest)) cells would drown in noise and is not measured: of many "
          + "pairs of columns only each column alone is kept. A larger epsilon, fewer columns or more rows mend that."
      )
    }
    return limits
  }

  // MARK: Time and memory

  /// Returns the cells of the model during fitting.
  private func modelCells(_ table: PlannedTable) -> Double {
    min(
      Double(mostModelCells(table)),
      max(2 * table.count * table.usualCells(marginals: table.adaptiveMarginals), 20_000))
  }

  private func mostModelCells(_ table: PlannedTable) -> Int {
    table.options.mostModelCells(
      signal: DomainBudget.signal(
        rho(table), rows: Double(table.rows), variables: table.blueprint.variables.count,
        unitRows: table.blueprint.schema.unit.maximumRows))
  }

  /// Returns the budget of choosing and measuring.
  private func rho(_ table: PlannedTable) -> Rho {
    let share = [Purpose.measurement, .selection].reduce(0.0) {
      $0 + (table.shares[$1.rawValue] ?? 0)
    }
    return Rho(checked: table.rho.value * share / 100)
  }

  /// Returns the number of rounds and choices before annealing makes them fewer.
  private func schedule(_ table: PlannedTable) -> (rounds: Double, choices: Double) {
    let steps = AnnealedBudget.stepsPerVariable(
      rho(table), rows: Double(table.rows), variables: max(table.blueprint.variables.count, 1),
      unitRows: table.blueprint.schema.unit.maximumRows)
    return (4 * steps, steps * table.count)
  }

  /// Counting scales with rows and candidates, choosing with candidates and their rounds, fitting
  /// with the model.
  private func seconds(_ table: PlannedTable) -> [Double] {
    let (rounds, choices) = schedule(table)
    let (candidates, modelCells) = (table.candidates, modelCells(table))
    let counting = 1.2e-9 * candidates * Double(table.rows)
    let choosing = candidates * (2e-6 * rounds + 3e-8 * choices)
    let expecting = 4e-10 * rounds * table.sizes.reduce(0, +) * modelCells
    return [counting, choosing, expecting, 4e-6 * modelCells]
  }

  /// The model during fitting, and the candidates with their actual counts, as far as these are
  /// kept. Expected counts are held a few at a time.
  private func megabytes(_ table: PlannedTable) -> [Double] {
    let candidates = table.candidates
    let counts = min(
      4e-6 * candidates * table.usualCells(marginals: table.adaptiveMarginals),
      1e-6 * Double(ExactCounts.defaultLimit))
    return [32e-6 * modelCells(table), 3e-4 * candidates, counts]
  }
}

extension Engine {
  package static let aim = Engine(AIMSynthesizer())
}

extension PlannedTable {
  /// The number of marginals that an engine measures which chooses them adaptively: about twice as
  /// many as there are columns.
  package var adaptiveMarginals: Double { 2 * count }

  /// Whether only some marginals of three are looked at.
  var isWide: Bool {
    Workload.isWide(order: options.workloadOrder, count: blueprint.variables.count)
  }

  /// The approximate number of candidate marginals: all pairs and triples, or in wide tables the
  /// pairs and some triples per column.
  package var candidates: Double {
    let pairs = count * (count - 1) / 2
    let triples = count * (count - 1) * (count - 2) / 6
    return isWide ? pairs + min(triples, 20 * count) : pairs + triples
  }
}
