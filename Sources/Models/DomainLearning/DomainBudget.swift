import Accounting
import Curation
import Foundation

/// What the search for a domain may spend, as shares of a release's whole budget.
///
/// The shares are fixed in the program from public tables (docs/decisions/0004-discretisation.md). They depend on the budget, the number of
/// variables and the noisy number of rows: the fewer rows there are for the noise of one variable, the more of the budget goes to the
/// variables alone, since relations could hardly be heard, and nothing is right where the columns are wrong.
public struct DomainBudget: Sendable, Equatable {
  /// How few rows there are for the noise, 0 to 1: 0 where a variable's share of the budget tells 1 row in 640 from noise, 1 where it
  /// does not tell 1 in 160.
  public let thinness: Double
  /// Finding where ordered values lie; one share a variable.
  public let search: Rho
  /// Asking whether many rows of an ordered variable share few ticks; one share a variable.
  public let crowding: Rho
  /// Naming such ticks; split among the variables that have them.
  public let frequentTicks: Rho
  /// A closer look at variables of which the first look left many rows unnamed; split among them.
  public let secondLook: Rho
  /// Of a variable's ``secondLook``, what names the beginnings of labels that are still too rare, where labels look like codes.
  public static let prefixShare = 0.12
  /// The distribution of each variable alone; one share a variable.
  public let oneWay: Rho
  /// Naming the labels of a variable and counting them at once; one share a variable.
  public let labelLook: Rho
  /// For naming labels or ticks, a look at a variable.
  public let labelDelta: Delta

  /// What counting the rows may spend: the one question before the other shares are known.
  public static func rowCount(total: Rho) -> Rho { total.share(0.008) }

  /// - Parameters:
  ///   - total: the whole release's rho.
  ///   - delta: what naming labels and ticks may spend in all.
  ///   - rows: about how many rows there are.
  ///   - unitRows: the most rows of one unit of privacy.
  public init(total: Rho, delta: Delta, variables: Int, rows: Double, unitRows: Int) {
    let count = Double(max(variables, 1))
    let signal = rows / Double(max(unitRows, 1)) * (2 * total.value / count).squareRoot()
    let thinness = min(max(log2(640 / max(signal, 1)) / 2, 0), 1)
    func share(thick: Double, thin: Double) -> Double { thick + thinness * (thin - thick) }
    let searchShare = share(thick: 0.06, thin: 0.12)
    let oneWayShare = share(thick: 0.31, thin: 0.5)
    self.thinness = thinness
    search = total.share(searchShare / count)
    crowding = total.share(share(thick: 0.005, thin: 0.01) / count)
    frequentTicks = total.share(share(thick: 0.015, thin: 0.2))
    secondLook = total.share(share(thick: 0.12, thin: 0.05))
    oneWay = total.share(oneWayShare / count)
    labelLook = total.share((searchShare + oneWayShare) / count)
    labelDelta = delta.share(1 / (4 * count))
  }
}
