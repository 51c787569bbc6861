import NeuralNetworks

/// The two networks.
package enum Architecture {
  /// Maps noise and a condition to logits of every column's codes.
  static func generator(heads: ColumnHeads, shape: GeneratorShape) -> Chain {
    let width = shape.width
    func block() -> any Layer {
      Residual([Linear(from: width, to: width), LayerNormalisation(width: width), LeakyRectifier(width: width)])
    }
    let input = shape.noiseWidth + (shape.isConditional ? heads.width : 0)
    return Chain([
      Linear(from: input, to: width), LayerNormalisation(width: width), LeakyRectifier(width: width), block(), block(),
      Linear(from: width, to: heads.width, spread: 0.5),
    ])
  }

  /// Maps a row of one-hot codes to a realness score. Piecewise linear, and no row sees another:
  /// the slope can be penalised and the gradient clipped.
  package static func critic(heads: ColumnHeads, width: Int) -> Chain {
    Chain([
      // One-hot rows have as many ones as there are columns: weights are drawn as if the input were
      // that wide.
      Linear(from: heads.width, to: width, spread: 1.414 * (Float(heads.width) / Float(heads.count)).squareRoot()),
      LeakyRectifier(width: width), Linear(from: width, to: width), LeakyRectifier(width: width), Linear(from: width, to: 1, spread: 1),
    ])
  }
}
