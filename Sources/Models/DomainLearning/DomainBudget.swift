import Accounting
import Curation
import Foundation

/// The budget of the search for a domain, as shares of a release's whole budget.
///
/// The shares are fixed in the program from public tables (docs/decisions/0004-discretisation.md).
/// They depend on the budget, the number of variables and the noisy number of rows. If there are
/// few rows for the noise of one variable, more of the budget goes to the variables alone:
/// relations would be too faint, and nothing is right if the columns are wrong.
package struct DomainBudget: Sendable, Equatable {
  /// How few rows there are for the noise, from 0 to 1: 0 if a variable's share of the budget tells
  /// 1 row in 640 from noise, 1 if it does not tell 1 in 160.
  package let thinness: Double
  /// Finding where ordered values lie; one share per variable.
  package let search: Rho
  /// Asking whether many rows of an ordered variable share few ticks; one share per variable.
  package let crowding: Rho
  /// Asking on which lattice the values of an ordered variable lie; one share per variable.
  package let grain: Rho
  /// Naming such ticks; split among the variables that have them.
  package let frequentTicks: Rho
  /// A second look at variables if the first look left many rows unnamed; split among them.
  package let secondLook: Rho
  /// Measuring the one-way distribution of each variable; one share per variable.
  package let oneWay: Rho
  /// Naming the labels of a variable and counting them in the same query; one share per variable.
  package let labelLook: Rho
  /// The delta of one look that names a variable's labels or ticks.
  package let labelDelta: Delta

  /// The largest share of a release that the domain may take.
  private static let mostOfAll = 0.9

  /// Returns the budget for counting the rows, the one question asked before the other shares are
  /// known.
  package static func rowCount(total: Rho) -> Rho { total.share(0.008) }

  /// Returns the rows over the standard error of a count for which the variables share a budget.
  package static func signal(_ rho: Rho, rows: Double, variables: Int, unitRows: Int) -> Double {
    rows / Double(max(unitRows, 1)) * (2 * rho.value / Double(max(variables, 1))).squareRoot()
  }

  /// - Parameters:
  ///   - total: The whole release's rho.
  ///   - delta: The delta for all naming of labels and ticks.
  ///   - rows: The approximate number of rows.
  ///   - unitRows: The largest number of rows one unit of privacy contributes.
  package init(total: Rho, delta: Delta, variables: Int, rows: Double, unitRows: Int) {
    let count = Double(max(variables, 1))
    let signal = Self.signal(total, rows: rows, variables: variables, unitRows: unitRows)
    let thinness = min(max(log2(640 / max(signal, 1)) / 2, 0), 1)
    func share(thick: Double, thin: Double) -> Double { thick + thinness * (thin - thick) }
    let oneWayShare = share(thick: 0.31, thin: 0.5)
    let (ticksShare, secondShare) = (share(thick: 0.015, thin: 0.2), share(thick: 0.12, thin: 0.05))
    let smallShare = share(thick: 0.005, thin: 0.01)
    // A table of few columns has few relations to spend on, so its columns get more of the search.
    // A single column needs counts instead.
    let leastSearch = share(thick: 0.06, thin: 0.12)
    let rest = Self.mostOfAll - oneWayShare - ticksShare - secondShare - 2 * smallShare
    let searchShare = min(
      leastSearch * (count > 1 ? 1 + 16 / (count * count) : 1), max(leastSearch, rest))
    self.thinness = thinness
    search = total.share(searchShare / count)
    crowding = total.share(smallShare / count)
    grain = total.share(smallShare / count)
    frequentTicks = total.share(ticksShare)
    secondLook = total.share(secondShare)
    oneWay = total.share(oneWayShare / count)
    labelLook = total.share((searchShare + oneWayShare) / count)
    labelDelta = delta.share(1 / (4 * count))
  }
}
