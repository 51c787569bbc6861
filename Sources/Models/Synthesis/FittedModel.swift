import Encoding

/// The model that an engine learned. Rows are drawn from it at no privacy cost.
package protocol FittedModel: Sendable, Codable {
  /// The format of `model.json` that holds such a model, and the model's key in that file.
  static var place: (format: Int, key: String) { get }

  /// The approximate number of rows in the original.
  var total: Double { get }

  /// Whether the model's codes can be those of the domain, so that a damaged file is told.
  func isModel(of domain: Domain) -> Bool

  /// Returns the same model with the weight of each code of the named attributes multiplied.
  ///
  /// - Throws: An error if no row is left, as far as the model can know.
  func weighted(by shares: [Int: [Double]]) throws -> Self

  /// Returns a sampler of the model's rows.
  ///
  /// - Parameter rules: The combinations of codes that must not be drawn.
  func sampler(keeping rules: CodeRules) throws -> any CodeSampler
}

/// Draws blocks of rows from a model.
package protocol CodeSampler: Sendable {
  /// The number of rows in every block but the last.
  var blockRows: Int { get }

  /// Draws one block of `rows` rows, an array of codes per column. Blocks can be drawn in any order
  /// and on any thread.
  /// - Throws: ``RareConditionsError`` if rows with the requested weights are too rare.
  func block(_ index: Int, rows: Int, seed: UInt64) throws -> [[UInt16]]
}

extension CodeSampler {
  package func blockCount(rows: Int) -> Int { (rows + blockRows - 1) / blockRows }
}

/// Too few of the rows that a model draws meet the conditions.
package struct RareConditionsError: Error {
  package init() {}
}
