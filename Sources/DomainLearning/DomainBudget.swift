import Privacy

/// What the search for a domain may spend, as shares of a release's whole budget.
///
/// The shares are fixed in the program from public tables (docs/decisions): they never depend on the user's data.
public struct DomainBudget: Sendable, Equatable {
  /// Counting the rows.
  public let rowCount: Rho
  /// Finding where ordered values lie; one share a variable.
  public let search: Rho
  /// A closer look at variables of which the first look left many rows unnamed; split among them.
  public let secondLook: Rho
  /// The distribution of each variable alone; one share a variable.
  public let oneWay: Rho
  /// Of an ordered variable's ``oneWay``, what finds the shape by which bins are decoded.
  public var shape: Rho { oneWay.share(DomainBudget.shapeShare) }
  /// Of an ordered variable's ``oneWay``, what counts the bins.
  public var bins: Rho { oneWay.share(1 - DomainBudget.shapeShare) }
  /// Naming the labels of a variable and counting them at once; one share a variable.
  public let labelLook: Rho
  /// For naming labels, a look at a variable.
  public let labelDelta: Delta

  private static let shapeShare = 0.45
  private static let searchShare = 0.06
  private static let oneWayShare = 0.29
  private static let secondLookShare = 0.12

  /// - Parameters:
  ///   - total: the whole release's rho.
  ///   - delta: what label discovery may spend in all.
  public init(total: Rho, delta: Delta, variables: Int) {
    let variables = Double(max(variables, 1))
    rowCount = total.share(0.008)
    search = total.share(DomainBudget.searchShare / variables)
    secondLook = total.share(DomainBudget.secondLookShare)
    oneWay = total.share(DomainBudget.oneWayShare / variables)
    labelLook = total.share((DomainBudget.searchShare + DomainBudget.oneWayShare) / variables)
    labelDelta = delta.share(1 / (2 * variables))
  }
}
