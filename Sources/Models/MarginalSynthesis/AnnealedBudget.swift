import Accounting
import Curation
import DomainLearning

/// AIM's spending schedule: many small steps, each a choice of a marginal and its measurement,
/// which become larger and fewer as the model learns (McKenna, Mullins, Sheldon, Miklau 2022,
/// algorithm 4).
package struct AnnealedBudget {
  /// The share of a step spent on choosing; the rest measures (α = 0.9 in the paper).
  package static let selectionShare = 0.1

  private let total: Double
  private let unitRows: Double
  /// The rho of one choice and its measurement.
  private var step: Double
  private var spent = 0.0

  /// - Parameters:
  ///   - rho: The budget of all steps together.
  ///   - steps: The number of steps without annealing.
  package init(_ rho: Rho, steps: Double, unitRows: Int) {
    (total, step, self.unitRows) = (rho.value, rho.value / steps, Double(unitRows))
  }

  /// Returns the number of steps planned per variable, before annealing makes them larger and fewer
  /// (16 in the paper). Fewer if there are few rows for the noise: many faint marginals say less
  /// than a few clear ones.
  package static func stepsPerVariable(_ rho: Rho, rows: Double, variables: Int, unitRows: Int)
    -> Double
  {
    let signal = DomainBudget.signal(
      rho, rows: rows, variables: variables, unitRows: unitRows)
    return min(max(4 * (signal / 1_000).squareRoot(), 0.5), 4)
  }

  package var isSpent: Bool { spent >= total * (1 - 1e-9) }
  package var spentShare: Double { spent / total }
  package var stepShare: Double { step / total }

  /// The expected absolute error of a measured cell, in rows.
  package var noisePerCell: Double {
    unitRows / (2 * step * (1 - AnnealedBudget.selectionShare)).squareRoot()
      * (2 / Double.pi).squareRoot()
  }

  /// Returns the budgets of the next choice and the next measurement, taken from the rest: all of
  /// it if little more is left.
  package mutating func next() -> (selection: Rho, measurement: Rho) {
    let left = total - spent
    let rho = Rho(checked: left < 2 * step ? left : step)
    spent += rho.value
    return (rho.share(AnnealedBudget.selectionShare), rho.share(1 - AnnealedBudget.selectionShare))
  }

  /// Halves the noise if measuring changed the model's marginals by less than the noise does.
  package mutating func anneal(before: [[Double]], after: [[Double]]) {
    var (change, cells) = (0.0, 0)
    for (old, new) in zip(before, after) {
      for (first, second) in zip(old, new) { change += abs(first - second) }
      cells += old.count
    }
    if change <= noisePerCell * Double(cells) { step *= 4 }
  }
}
