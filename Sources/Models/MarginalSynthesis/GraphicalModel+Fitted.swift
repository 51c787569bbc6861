import Encoding
import Foundation
import GraphicalModels
import Synthesis

extension GraphicalModel: FittedModel {
  package static var place: (format: Int, key: String) { (1, "model") }

  /// Any domain: the attributes after those of the domain are coarse ones.
  package func isModel(of domain: Domain) -> Bool { true }

  /// Returns the same model with the weight of each code of the named attributes multiplied. The
  /// total stays.
  /// - Throws: ``GraphicalModelError`` if no row is left.
  package func weighted(by shares: [Int: [Double]]) throws -> GraphicalModel {
    if shares.isEmpty { return self }
    let weights = shares.sorted { $0.key < $1.key }.map { attribute, shares in
      ParameterTable(clique: Clique([attribute]), values: shares.map { log($0) })
    }
    return try GraphicalModel(
      sizes: sizes, total: total, parameters: parameters + weights, structuralZeros: structuralZeros, tree: tree)
  }

  /// The rules are zeros of the model already.
  package func sampler(keeping rules: CodeRules) throws -> any CodeSampler { try ModelSampler(model: self) }
}

extension ModelSampler: CodeSampler {
  package var blockRows: Int { ModelSampler.defaultBlockRows }

  package func block(_ index: Int, rows: Int, seed: UInt64) -> [[UInt16]] {
    block(index, rows: rows, seed: seed, blockRows: ModelSampler.defaultBlockRows)
  }
}
