import Accounting

extension Question {
  /// What the answer's law owes to the variables `changed`: how it moves where one unit's values of these variables are others.
  ///
  /// A row falls into one cell of a table of counts, so that changed values move it from a cell to another. Which of some marginals is
  /// approximated worst may always change, as marginals that hold the variables are among them.
  package func effect(of changed: Set<String>) -> CellEffect {
    switch self {
    case .rowCount: .none
    case .histogram(let variable, _), .crowding(let variable, _, _), .frequentTicks(let variable, _), .labels(let variable),
      .labelPrefixes(let variable, _, _):
      changed.contains(variable) ? .moved : .none
    case .marginal(let variables): variables.contains(where: changed.contains) ? .moved : .none
    case .worst: .moved
    // A sum over cells of distances: a row that moves changes two of its terms, so that the sum moves as if two people had come or gone.
    case .distance, .gradients: .replaced
    // Questions of a look before a release. Whatever changes, the person as it was has left and as it is has come.
    case .cellClasses, .distinctValues: .replaced
    }
  }
}
