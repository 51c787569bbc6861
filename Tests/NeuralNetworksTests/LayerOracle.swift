import NeuralNetworks

/// One layer with parameters and an input; the loss is a weighted sum of its outputs.
struct LayerOracle {
  let network: Chain
  let parameters: FloatBuffer
  let input: [Float]
  let weights: [Float]
  let rows: Int

  init(_ layers: [any Layer], rows: Int, seed: UInt64) {
    network = Chain(layers)
    self.rows = rows
    var noise = NoiseStream(key: seed)
    parameters = FloatBuffer(count: network.parameterCount)
    network.initialise(parameters.base, using: &noise)
    // Biases and gains start at 0 and 1, which would hide mistakes.
    let jitter = LayerOracle.normal(network.parameterCount, &noise)
    for index in 0..<network.parameterCount { parameters.base[index] += 0.2 * jitter[index] }
    input = LayerOracle.normal(rows * network.inputWidth, &noise)
    weights = LayerOracle.normal(rows * network.outputWidth, &noise)
  }

  static func normal(_ count: Int, _ noise: inout NoiseStream) -> [Float] {
    let buffer = FloatBuffer(count: count)
    noise.normal(into: buffer.base, count: count)
    return buffer.values
  }

  /// A forward and backward pass over some of the rows.
  func pass(
    over selected: Range<Int>, input: [Float]? = nil, products: RowProducts = .library,
    needsInputSignal: Bool = true
  ) -> NetworkPass {
    let pass = NetworkPass(
      network, capacity: rows + 1, products: products, needsInputSignal: needsInputSignal)
    let (inputs, outputs) = (network.inputWidth, network.outputWidth)
    for (index, value) in (input ?? self.input)[
      selected.lowerBound * inputs..<selected.upperBound * inputs
    ].enumerated() {
      pass.input.base[index] = value
    }
    for (index, value) in weights[selected.lowerBound * outputs..<selected.upperBound * outputs]
      .enumerated()
    {
      pass.outputSignal.base[index] = value
    }
    pass.forward(rows: selected.count, parameters: parameters)
    pass.backward(parameters: parameters)
    return pass
  }

  func loss(input: [Float]? = nil) -> Double {
    let pass = pass(over: 0..<rows, input: input)
    return zip(pass.output.values, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  /// The gradient of the summed loss over some rows.
  func gradient(over selected: Range<Int>, factors: [Float]? = nil) -> [Float] {
    let gradient = FloatBuffer(count: network.parameterCount)
    let pass = pass(over: selected)
    if let factors {
      factors.withUnsafeBufferPointer {
        pass.addGradient(factors: $0.baseAddress, parameters: parameters, to: gradient)
      }
    } else {
      pass.addGradient(parameters: parameters, to: gradient)
    }
    return gradient.values
  }

  /// The slope of the loss along each parameter, by central differences.
  func slopes(step: Float = 4e-3) -> [Double] {
    (0..<network.parameterCount).map { index in
      let kept = parameters.base[index]
      defer { parameters.base[index] = kept }
      parameters.base[index] = kept + step
      let above = loss()
      parameters.base[index] = kept - step
      return (above - loss()) / (2 * Double(step))
    }
  }

  func inputSlopes(step: Float = 4e-3) -> [Double] {
    input.indices.map { index in
      var moved = input
      moved[index] += step
      let above = loss(input: moved)
      moved[index] = input[index] - step
      return (above - loss(input: moved)) / (2 * Double(step))
    }
  }
}
