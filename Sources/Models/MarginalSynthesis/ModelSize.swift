import GraphicalModels

/// The size of the model that some measurements make, against a limit. Public: it depends on the
/// choices made so far and on the domain alone.
package struct ModelSize {
  private let oracle: JunctionTree.SizeOracle
  private let limit: Double

  /// Models of this many cells are always allowed, as the first rounds would find no candidate
  /// otherwise; in wide tables, so are models of four times the cells of the columns alone.
  private static let leastLimit = 20_000

  /// - Parameters:
  ///   - ruled: The cliques of zeros, which the model holds in any case.
  ///   - limit: The most cells beside those.
  package init(measured: [Clique], ruled: [Clique] = [], sizes: [Int], limit: Double) {
    oracle = JunctionTree.SizeOracle(cliques: measured + ruled, sizes: sizes)
    let least = Double(max(ModelSize.leastLimit, 4 * sizes.reduce(0, +)))
    self.limit = max(limit, least) + ruled.reduce(0) { $0 + Double($1.cellCount(sizes: sizes)) }
  }

  /// Returns whether the model stays within its limit with each clique.
  package func allows(_ cliques: [Clique]) -> [Bool] {
    if cliques.count == 1 { return [Double(oracle.cells(adding: cliques[0])) <= limit] }
    return oracle.cells(adding: cliques).map { Double($0) <= limit }
  }
}
