import Privacy

/// What the search for a domain may spend, as shares of a release's whole budget.
///
/// The shares are fixed in the program from public tables (docs/decisions): they never depend on the user's data.
public struct DomainBudget: Sendable, Equatable {
  /// Counting the rows.
  public let rowCount: Rho
  /// Finding where ordered values lie and which labels are frequent; one share a variable.
  public let search: Rho
  /// A closer look at variables of which the first look left many rows unnamed; split among them.
  public let secondLook: Rho
  /// The distribution of each variable alone; one share a variable.
  public let oneWay: Rho
  /// For naming labels, a look at a variable.
  public let labelDelta: Delta

  /// - Parameters:
  ///   - total: the whole release's rho.
  ///   - delta: what label discovery may spend in all.
  public init(total: Rho, delta: Delta, variables: Int) {
    let variables = Double(max(variables, 1))
    rowCount = total.share(0.004)
    search = total.share(0.09 / variables)
    secondLook = total.share(0.03)
    oneWay = total.share(0.16 / variables)
    labelDelta = delta.share(1 / (2 * variables))
  }
}
