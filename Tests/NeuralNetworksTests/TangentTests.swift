import NeuralNetworks
import Testing

/// A penalty on the input gradient, compared with finite differences of the input gradient itself.
@Suite struct TangentTests {
  @Test func penaltyGradientIsAFiniteDifference() {
    let layers: [any Layer] = [
      Linear(from: 6, to: 15), LeakyRectifier(width: 15),
      Residual([Linear(from: 15, to: 15), LeakyRectifier(width: 15)]),
      Linear(from: 15, to: 1),
    ]
    let oracle = LayerOracle(layers, rows: 5, seed: 8)
    let network = oracle.network
    let pass = NetworkPass(network, capacity: 5)
    let tangent = NetworkPass(network, capacity: 6)
    for (index, value) in oracle.input.enumerated() { pass.input.base[index] = value }
    pass.outputSignal.fill(1)

    func inputGradient() -> [Float] {
      pass.forward(rows: 5, parameters: oracle.parameters)
      pass.backward(parameters: oracle.parameters)
      return pass.inputSignal.values
    }
    // The penalty is half the sum of squares of g, so the direction is g itself.
    for (index, value) in inputGradient().enumerated() { tangent.input.base[index] = value }
    let gradient = FloatBuffer(count: network.parameterCount)
    pass.addTangentGradient(tangent, parameters: oracle.parameters, to: gradient)
    func penalty() -> Double { inputGradient().reduce(0.0) { $0 + Double($1) * Double($1) } / 2 }
    #expect(
      abs(tangent.output.values.prefix(5).reduce(0.0) { $0 + Double($1) } - 2 * penalty()) < 1e-4)
    let scale = gradient.values.map { abs(Double($0)) }.max() ?? 0
    var worst = 0.0
    for index in 0..<network.parameterCount {
      let kept = oracle.parameters.base[index]
      oracle.parameters.base[index] = kept + 1e-4
      let above = penalty()
      oracle.parameters.base[index] = kept - 1e-4
      worst = max(worst, abs((above - penalty()) / 2e-4 - Double(gradient.base[index])))
      oracle.parameters.base[index] = kept
    }
    #expect(scale > 0.1 && worst < 0.02 * scale, "off by \(worst) at a scale of \(scale)")
  }
}
