import Encoding
import Synthesis
import Tables

/// Estimates from public numbers, for a table of about this many rows: the engine's part and that
/// of every release.
struct Planner {
  let engine: any Synthesizer
  let table: PlannedTable

  var estimate: SynthesisPlan.Estimate {
    let names = table.blueprint.variables.map(\.name)
    let fit = engine.estimate(table)
    let oneWay = table.oneWayErrors
    let pairs = table.pairErrors(marginals: fit.marginals).map {
      SynthesisPlan.Pair(first: names[$0.first], second: names[$0.second], expectedError: $0.error)
    }
    let meanPair =
      pairs.isEmpty ? 0 : pairs.reduce(0) { $0 + $1.expectedError } / Double(pairs.count)
    return SynthesisPlan.Estimate(
      rows: table.rows, cpuSeconds: fit.seconds.reduce(passingSeconds, +),
      memoryMegabytes: fit.megabytes.reduce(tableMegabytes, +),
      meanOneWayError: oneWay.reduce(0, +) / Double(max(oneWay.count, 1)), meanPairError: meanPair,
      pairs: pairs)
  }

  /// The parts of the joint distribution that are not examined, however much they might matter, in
  /// sentences.
  var limits: [String] { engine.estimate(table).limits }

  /// Checks that the budget suffices for all training steps with some amount of noise.
  /// - Throws: ``ReleaseError/tooManySteps(_:)``.
  func checkSteps() throws {
    if let steps = engine.unaffordableSteps(table) { throw ReleaseError.tooManySteps(steps) }
  }

  /// Reading, learning columns and writing scale with the cells of the table and with the questions
  /// about columns. Fitted, as the engines' parts, to Adult and to simulated tables of up to 10
  /// million rows or 1,000 columns (docs/benchmarks.md) on one core of a 2024 server processor;
  /// within about a factor of two on an idle machine.
  private var passingSeconds: Double {
    0.2 + 4e-7 * Double(table.rows) * Double(table.blueprint.schema.columns.count) + 8e-3
      * table.count
  }

  /// The program and the table.
  private var tableMegabytes: Double {
    40 + 8e-6 * Double(table.rows) * Double(table.blueprint.schema.columns.count)
  }
}
