import Encoding
import Foundation
import GraphicalModels
import Synthesis

/// A model, and the noisy marginals that it was fitted to.
package struct MarginalFit: Sendable {
  /// The fitted model.
  package let model: GraphicalModel
  /// The answers that were paid for, on variables and coarse attributes; empty in files of models
  /// that were stored without them.
  package let measurements: [GraphicalModels.Measurement]

  package init(model: GraphicalModel, measurements: [GraphicalModels.Measurement]) {
    (self.model, self.measurements) = (model, measurements)
  }
}

extension MarginalFit: FittedModel {
  package static var place: (format: Int, key: String) { (1, "model") }

  package var total: Double { model.total }

  /// Any domain: the attributes after those of the domain are coarse ones.
  package func isModel(of domain: Domain) -> Bool { true }

  /// Returns the same model with the weight of each code of the named attributes multiplied. The
  /// total stays.
  /// - Throws: ``GraphicalModelError`` if no row is left.
  package func weighted(by shares: [Int: [Double]]) throws -> MarginalFit {
    if shares.isEmpty { return self }
    let weights = shares.sorted { $0.key < $1.key }.map { attribute, shares in
      ParameterTable(clique: Clique([attribute]), values: shares.map { log($0) })
    }
    let weighted = try GraphicalModel(
      sizes: model.sizes, total: total, parameters: model.parameters + weights,
      structuralZeros: model.structuralZeros, base: model.base, tree: model.tree)
    return MarginalFit(model: weighted, measurements: measurements)
  }

  /// The rules are zeros of the model already.
  package func sampler(keeping rules: CodeRules) throws -> any CodeSampler {
    try ModelSampler(model: model)
  }
}

extension MarginalFit: Codable {
  private enum CodingKeys: String, CodingKey { case measurements }

  /// Decodes the fields of the model, and the measurements beside them if there are any.
  package init(from decoder: any Decoder) throws {
    model = try GraphicalModel(from: decoder)
    measurements =
      try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(
        [GraphicalModels.Measurement].self, forKey: .measurements) ?? []
  }

  package func encode(to encoder: any Encoder) throws {
    try model.encode(to: encoder)
    guard !measurements.isEmpty else { return }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(measurements, forKey: .measurements)
  }
}

extension ModelSampler: CodeSampler {
  package var blockRows: Int { ModelSampler.defaultBlockRows }

  package func block(_ index: Int, rows: Int, seed: UInt64) -> [[UInt16]] {
    block(index, rows: rows, seed: seed, blockRows: ModelSampler.defaultBlockRows)
  }
}
