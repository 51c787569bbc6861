import Accounting

extension Question {
  /// Returns how the answer's distribution moves if one unit has other values of the variables
  /// `changed`.
  ///
  /// A row falls into one cell of a table of counts, so changed values move it from one cell to
  /// another. The choice of the worst-approximated marginal may always change, as some candidates
  /// hold the variables.
  package func effect(of changed: Set<String>) -> CellEffect {
    switch self {
    case .rowCount: .none
    case .histogram(let variable, _), .crowding(let variable, _, _), .frequentTicks(let variable, _), .grain(let variable, _, _),
      .labels(let variable), .labelPrefixes(let variable, _, _):
      changed.contains(variable) ? .moved : .none
    case .marginal(let variables): variables.contains(where: changed.contains) ? .moved : .none
    case .worst: .moved
    // A sum over cells of distances: a row that moves changes two terms, so the sum moves as if two
    // people had come or gone.
    case .distance, .gradients: .replaced
    // Questions of a look before a release. Any change counts as the old person leaving and the new
    // one arriving.
    case .cellClasses, .distinctValues: .replaced
    }
  }
}
