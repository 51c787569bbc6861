extension GraphicalModel {
  /// The default limit on the cells of an intermediate table of a marginal: 512 MiB of doubles.
  package static let defaultCellLimit = 1 << 26

  /// Returns the expected counts of a clique, row-major over its ascending attributes; they sum to
  /// `total`.
  ///
  /// - Throws: `GraphicalModelError.tooManyCells` if the clique, or a message on the way to it, is
  ///   larger than `cellLimit`.
  package func marginal(of clique: Clique, cellLimit: Int = defaultCellLimit)
    throws(GraphicalModelError) -> [Double]
  {
    var query = MarginalQuery(model: self, cellLimit: cellLimit)
    return try query.probabilities(of: clique).map { $0 * total }
  }

  /// Returns the expected counts of many cliques, sharing the work they have in common.
  package func marginals(of cliques: [Clique], cellLimit: Int = defaultCellLimit)
    throws(GraphicalModelError) -> [[Double]]
  {
    var query = MarginalQuery(model: self, cellLimit: cellLimit)
    var results: [[Double]] = []
    for clique in cliques { results.append(try query.probabilities(of: clique).map { $0 * total }) }
    return results
  }

  /// Answers many questions about one model that share work.
  package struct Expectations {
    private var query: MarginalQuery
    private let total: Double

    /// - Parameter cellLimit: The most cells of a table on the way to an answer.
    package init(of model: GraphicalModel, cellLimit: Int = defaultCellLimit) {
      query = MarginalQuery(model: model, cellLimit: cellLimit)
      total = model.total
    }

    /// Returns the expected counts of a clique, or nil if they need too large a table.
    package mutating func counts(of clique: Clique) -> [Double]? {
      guard let shares = try? query.probabilities(of: clique) else { return nil }
      return shares.map { $0 * total }
    }
  }
}
