import NeuralNetworks

/// Settings of the networks and of their training. The defaults were fixed on public tables and
/// never depend on the user's data (docs/decisions/0014-gan.md).
package struct AdversarialOptions: Sendable, Equatable, Codable {
  package var shape = GeneratorShape(noiseWidth: 64, width: 256, isConditional: true)
  /// The width of the critic's hidden layers.
  package var criticWidth = 256
  /// Generated rows in a step; a multiple of ``shardCount``.
  package var batchRows = 512
  /// Generator steps.
  package var steps = 8_000
  /// Critic steps per generator step (Bie, Kamath, Zhang 2023).
  package var criticSteps = 1
  package var generatorRate: Float = 1e-3
  package var criticRate: Float = 5e-4
  /// The temperature of the relaxed draws that the critic sees.
  package var temperature: Float = 0.3
  /// The weight of the penalty on the critic's slope at generated rows (R2; Mescheder, Geiger,
  /// Nowozin 2018).
  package var slopePenalty: Float = 1
  /// The weight of the critic in the generator's loss; 0 leaves the critic out.
  package var criticWeight: Float = 1
  /// The weight of the moments.
  package var momentWeight: Float = 1
  /// The constant added to a code's share before a gap is divided by it.
  package var shareFloor: Float = 1e-3
  /// The share of the mean generator that a step keeps.
  package var averaging: Float = 0.999
  /// With a guarantee: the norm to which the gradient of a unit is clipped.
  package var clip: Float = 1
  /// With a guarantee: the expected number of rows in a step's sample.
  package var sampledRows = 1_000
  /// With a guarantee: the share of the budget left after the domain that measures pairs of
  /// columns; the critic gets the rest.
  package var pairShare = 0.9

  /// Parts of a batch, the same on every machine, so that the result does not depend on the number
  /// of cores.
  package static let shardCount = 4

  package init() {}
}

/// The two networks.
package enum Architecture {
  /// Maps noise and a condition to logits of every column's codes.
  static func generator(heads: ColumnHeads, shape: GeneratorShape) -> Chain {
    let width = shape.width
    func block() -> any Layer {
      Residual([
        Linear(from: width, to: width), LayerNormalisation(width: width),
        LeakyRectifier(width: width),
      ])
    }
    let input = shape.noiseWidth + (shape.isConditional ? heads.width : 0)
    return Chain([
      Linear(from: input, to: width), LayerNormalisation(width: width),
      LeakyRectifier(width: width), block(), block(),
      Linear(from: width, to: heads.width, spread: 0.5),
    ])
  }

  /// Maps a row of one-hot codes to a realness score. Piecewise linear, and no row sees another:
  /// the slope can be penalised and the gradient clipped.
  package static func critic(heads: ColumnHeads, width: Int) -> Chain {
    Chain([
      // One-hot rows have as many ones as there are columns: weights are drawn as if the input were
      // that wide.
      Linear(
        from: heads.width, to: width,
        spread: 1.414 * (Float(heads.width) / Float(heads.count)).squareRoot()),
      LeakyRectifier(width: width), Linear(from: width, to: width), LeakyRectifier(width: width),
      Linear(from: width, to: 1, spread: 1),
    ])
  }
}
