import AdversarialSynthesis
import NeuralNetworks

/// Parameters of a critic for which a last bit matters most. A guarantee holds for every past, and
/// therefore for all parameters.
enum CriticParameters: String, CaseIterable {
  /// The parameters at the start of training.
  case random
  /// The biases of each layer put every hidden unit of one row exactly at the kink of its
  /// rectifier: a last bit more or less changes the slope from 1 to 0.2, and with it the whole
  /// gradient.
  case edge
  case large
  /// Products too small for normal floating-point numbers.
  case tiny
  /// Most weights are 0.
  case sparse

  func make(heads: ColumnHeads, width: Int, row: [UInt16]) -> FloatBuffer {
    let critic = Architecture.critic(heads: heads, width: width)
    let parameters = FloatBuffer(count: critic.parameterCount)
    var noise = NoiseStream(key: 91)
    critic.initialise(parameters.base, using: &noise)
    let biases = FloatBuffer(count: critic.parameterCount)
    noise.normal(into: biases.base, count: biases.count)
    for place in 0..<parameters.count {
      parameters.base[place] += 0.05 * biases.base[place]
      switch self {
      case .random, .edge: break
      case .large: parameters.base[place] *= 1e4
      case .tiny: parameters.base[place] *= 1e-20
      case .sparse: if noise.index(below: 10) > 0 { parameters.base[place] = 0 }
      }
    }
    if self == .edge { Self.putAtEdge(parameters, of: critic, heads: heads, row: row) }
    return parameters
  }

  /// Layer by layer, sets the bias to minus the contribution of the row's activations.
  private static func putAtEdge(
    _ parameters: FloatBuffer, of critic: Chain, heads: ColumnHeads, row: [UInt16]
  ) {
    var end = 0
    for (index, layer) in critic.layers.enumerated() {
      end += layer.parameterCount
      guard let linear = layer as? Linear, index + 1 < critic.layers.count else { continue }
      let bias = parameters.base + end - linear.outputWidth
      bias.update(repeating: 0, count: linear.outputWidth)
      let pass = NetworkPass(
        Chain(Array(critic.layers[...index])), capacity: 1, products: .rowByRow)
      for (column, code) in row.enumerated() {
        pass.input.base[Int(heads.starts[column]) + Int(code)] = 1
      }
      pass.forward(rows: 1, parameters: parameters)
      for unit in 0..<linear.outputWidth { bias[unit] = -pass.output.base[unit] }
    }
  }
}
