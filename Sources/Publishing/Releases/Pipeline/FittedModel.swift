import AdversarialSynthesis
import Encoding
import Foundation
import GraphicalModels

/// The model that an engine learned. Rows are drawn from it at no privacy cost.
enum FittedModel: Sendable {
  case graphical(GraphicalModel)
  case network(NetworkModel)

  /// The approximate number of rows in the original.
  var total: Double {
    switch self {
    case .graphical(let model): model.total
    case .network(let model): model.total
    }
  }

  /// Returns the same model with the weight of each code of the named attributes multiplied.
  ///
  /// - Throws: the model's error if no row is left; a network cannot know this beforehand.
  func weighted(by shares: [Int: [Double]]) throws -> FittedModel {
    switch self {
    case .graphical(let model): .graphical(try model.weighted(by: shares))
    case .network(let model): .network(model.weighted(by: shares))
    }
  }
}

/// Draws blocks of rows from any model.
enum CodeSampler: Sendable {
  case graphical(ModelSampler)
  case network(NetworkSampler)

  /// - Parameter rules: The combinations of codes that a network must not draw. A graphical model has
  ///   them as zeros.
  init(_ model: FittedModel, rules: CodeRules) throws {
    switch model {
    case .graphical(let model): self = .graphical(try ModelSampler(model: model))
    case .network(let model): self = .network(NetworkSampler(model: model, rules: rules))
    }
  }

  /// The number of rows in every block but the last.
  var blockRows: Int {
    switch self {
    case .graphical: ModelSampler.defaultBlockRows
    case .network: NetworkSampler.blockRows
    }
  }

  func blockCount(rows: Int) -> Int { (rows + blockRows - 1) / blockRows }

  /// Draws one block, an array of codes per column. Blocks can be drawn in any order and on any
  /// thread.
  /// - Throws: `NetworkSamplingError` if rows with the requested weights are too rare.
  func block(_ index: Int, rows: Int, seed: UInt64) throws -> [[UInt16]] {
    switch self {
    case .graphical(let sampler): sampler.block(index, rows: rows, seed: seed)
    case .network(let sampler): try sampler.block(index, rows: rows, seed: seed)
    }
  }
}
