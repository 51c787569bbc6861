import Accounting
import Curation
import DomainLearning
import Encoding
import Tables

/// A table of about this many rows before anything is asked of it, for estimates from public
/// numbers.
package struct PlannedTable {
  package let blueprint: Blueprint
  /// The budget of the domain and the engine together.
  package let rho: Rho
  package let trainingDelta: Delta
  /// The approximate number of rows.
  package let rows: Int
  package let options: SynthesisOptions
  private let engine: EngineBudget
  private let domain: DomainBudget

  package init(
    blueprint: Blueprint, rho: Rho, labelDelta: Delta, trainingDelta: Delta, rows: Int,
    engine: EngineBudget, options: SynthesisOptions
  ) {
    (self.blueprint, self.rho, self.trainingDelta) = (blueprint, rho, trainingDelta)
    (self.rows, self.engine, self.options) = (rows, engine, options)
    domain = DomainBudget(
      total: rho, delta: labelDelta, variables: blueprint.variables.count, rows: Double(rows),
      unitRows: blueprint.schema.unit.maximumRows)
  }

  /// Labels assumed for an undeclared list.
  private static let supposedLabels = 12

  private var unitRows: Double { Double(blueprint.schema.unit.maximumRows) }
  private var oneWaySigma: Double { unitRows / (2 * domain.oneWay.value).squareRoot() }
  /// The number of variables.
  package var count: Double { Double(blueprint.variables.count) }

  /// The percentage of the budget that each purpose gets.
  package var shares: [String: Double] {
    let domain =
      DomainBudget.rowCount(total: rho).value
      + (domain.search.value + domain.crowding.value + domain.grain.value) * count
      + domain.secondLook.value
      + domain.frequentTicks.value
    let oneWay = self.domain.oneWay.value * count
    let rest = max(0, rho.value - domain - oneWay)
    var shares = [
      Purpose.domain.rawValue: 100 * domain / rho.value,
      Purpose.oneWay.rawValue: 100 * oneWay / rho.value,
      Purpose.selection.rawValue: 100 * rest * engine.selection / rho.value,
      Purpose.measurement.rawValue: 100 * rest * (1 - engine.selection - engine.training)
        / rho.value,
    ]
    if engine.training > 0 {
      shares[Purpose.training.rawValue] = 100 * rest * engine.training / rho.value
    }
    return shares
  }

  /// The approximate number of codes of each variable.
  package var sizes: [Double] {
    blueprint.variables.map { variable in
      let missing = variable.isNullable ? 1.0 : 0
      if variable.isOrdered {
        let bins = Double(Discretisation.binCount(total: Double(rows), sigma: oneWaySigma))
        guard case .declared(let bounds) = blueprint.bounds(of: variable) else {
          return bins + missing
        }
        return min(bins, Double(bounds.upperBound) - Double(bounds.lowerBound) + 1) + missing
      }
      guard case .declared(let labels) = blueprint.categories(of: variable) else {
        return Double(Self.supposedLabels) + missing
      }
      return Double(labels.count) + missing
    }
  }

  /// Rho spent on measuring relations.
  private var measuring: Double { rho.value * (shares[Purpose.measurement.rawValue] ?? 0) / 100 }

  /// Returns the noise on a pair if so many marginals are measured.
  package func pairSigma(marginals: Double) -> Double {
    guard measuring > 0 else { return .infinity }
    return unitRows / (2 * measuring / max(marginals, 1)).squareRoot()
  }

  /// Returns the cells of the largest marginal whose noise is smaller than the table, after the
  /// engine has halved its noise once.
  package func audibleCells(marginals: Double) -> Double {
    max(2 * Double(rows) / pairSigma(marginals: marginals), 4)
  }

  /// Returns the cells of a typical candidate.
  package func usualCells(marginals: Double) -> Double {
    let mean = sizes.reduce(0, +) / max(count, 1)
    return min(audibleCells(marginals: marginals), mean * mean * mean)
  }

  // MARK: Errors

  /// The expected errors of single variables, as shares of the rows, from noise alone.
  package var oneWayErrors: [Double] { sizes.map { error(cells: $0, sigma: oneWaySigma) } }

  /// Returns the expected error of each pair of variables if so many marginals are measured, with
  /// their places.
  package func pairErrors(marginals: Double) -> [(first: Int, second: Int, error: Double)] {
    let (sizes, sigma) = (sizes, pairSigma(marginals: marginals))
    return sizes.indices.flatMap { first in
      ((first + 1)..<max(sizes.count, first + 1)).map { second in
        (first, second, error(cells: sizes[first] * sizes[second], sigma: sigma))
      }
    }
  }

  /// Returns half the expected absolute noise over the cells, as a share of the rows; at most 1.
  private func error(cells: Double, sigma: Double) -> Double {
    min(1, 0.5 * cells * sigma * (2 / Double.pi).squareRoot() / Double(max(rows, 1)))
  }
}
