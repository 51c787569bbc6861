import AdversarialSynthesis
import NeuralNetworks

/// The places at which the adversary puts the hidden units of the first layer.
enum GradientEdge: String, CaseIterable {
  case middle = "hidden units between the values that their places give"
  case low = "hidden units at the smallest value that a place gives"
  case high = "hidden units at the largest value that a place gives"
  case none = "parameters of the start"

  /// Returns parameters for the critic.
  ///
  /// - Parameters:
  ///   - row: the codes that everybody has.
  ///   - rows: the length of the batch.
  func parameters(heads: ColumnHeads, width: Int, row: [UInt16], rows: Int, seed: UInt64) -> FloatBuffer {
    let critic = Architecture.critic(heads: heads, width: width)
    let parameters = FloatBuffer(count: critic.parameterCount)
    var noise = NoiseStream(key: seed)
    critic.initialise(parameters.base, using: &noise)
    if self != .none, let first = critic.layers.first { place(first, of: parameters, heads: heads, row: row, rows: rows) }
    return parameters
  }

  /// Sets each bias to minus a value that the products of people's rows give. These products are
  /// under test.
  private func place(_ first: any Layer, of parameters: FloatBuffer, heads: ColumnHeads, row: [UInt16], rows: Int) {
    let pass = NetworkPass(Chain([first]), capacity: rows, products: .ofRealRows)
    for place in 0..<rows {
      for (column, code) in row.enumerated() { pass.input.base[place * heads.width + Int(heads.starts[column]) + Int(code)] = 1 }
    }
    pass.forward(rows: rows, parameters: parameters)
    let width = first.outputWidth
    for unit in 0..<width {
      let values = (0..<rows).map { pass.output.base[$0 * width + unit] }
      let (least, largest) = (values.min() ?? 0, values.max() ?? 0)
      let value =
        switch self {
        case .low: least
        case .high: largest
        case .middle, .none: (least + largest) / 2
        }
      // The biases follow the weights and start at zero.
      parameters.base[first.parameterCount - width + unit] = -value
    }
  }
}
