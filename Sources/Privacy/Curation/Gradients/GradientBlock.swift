/// The shape of one matrix of parameters, whose gradient at a row is a sum of outer products of two
/// vectors.
///
/// A linear layer's weights are one block: a row's gradient is its inputs times the gradient at its
/// outputs. A vector of parameters (the gain of a normalisation) is a block with one input, which
/// is 1.
package struct GradientBlock: Sendable, Hashable {
  /// The length of the first vector of each pair, at least 1.
  package let inputs: Int
  /// The length of the second vector, at least 1.
  package let outputs: Int
  /// Whether a last input follows that is always 1 and is not stored: the layer's bias.
  package let hasBias: Bool
  /// The number of outer products that add up to a row's gradient: 1 for an ordinary backward pass,
  /// more if a penalty on gradients joins in.
  package let pairs: Int

  /// Creates a block of these lengths, all at least 1.
  package init(inputs: Int, outputs: Int, hasBias: Bool = false, pairs: Int = 1) {
    precondition(inputs >= 1 && outputs >= 1 && pairs >= 1, "a block of parameters has no empty side")
    self.inputs = inputs
    self.outputs = outputs
    self.hasBias = hasBias
    self.pairs = pairs
  }

  /// The number of parameters: rows of the matrix (inputs, with the bias last) times outputs.
  package var count: Int { (inputs + (hasBias ? 1 : 0)) * outputs }
}
