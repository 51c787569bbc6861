import VectorKernels

/// A sequence of layers.
package struct Chain: Layer {
  package let layers: [any Layer]
  package let parameterCount: Int
  package let memoryWidth: Int
  /// The start of each layer's parameters, in numbers.
  fileprivate let parameterStarts: [Int]
  /// The start of each boundary between layers, in numbers per row: activations, then signals.
  private let boundaryStarts: [Int]
  /// The start of each layer's own memory, in numbers per row.
  private let memoryStarts: [Int]

  /// - Precondition: At least one layer, and each fits the output of the one before.
  package init(_ layers: [any Layer]) {
    precondition(!layers.isEmpty, "a chain without layers")
    self.layers = layers
    var (parameters, place) = (0, 0)
    var parameterStarts: [Int] = []
    var boundaryStarts: [Int] = []
    for (index, layer) in layers.enumerated() {
      precondition(
        index == 0 || layers[index - 1].outputWidth == layer.inputWidth,
        "layers that do not fit each other")
      parameterStarts.append(parameters)
      parameters += layer.parameterCount
      boundaryStarts.append(place)
      if index > 0 { place += 2 * layer.inputWidth }
    }
    var memoryStarts: [Int] = []
    for layer in layers {
      memoryStarts.append(place)
      place += layer.memoryWidth
    }
    (parameterCount, memoryWidth) = (parameters, place)
    (self.parameterStarts, self.boundaryStarts, self.memoryStarts) = (
      parameterStarts, boundaryStarts, memoryStarts
    )
  }

  package var inputWidth: Int { layers[0].inputWidth }
  package var outputWidth: Int { layers[layers.count - 1].outputWidth }

  package func initialise(_ parameters: UnsafeMutablePointer<Float>, using noise: inout NoiseStream)
  {
    for (index, layer) in layers.enumerated() {
      layer.initialise(parameters + parameterStarts[index], using: &noise)
    }
  }

  package func forward(_ call: LayerCall) {
    for index in layers.indices { layers[index].forward(inner(index, of: call)) }
  }

  package func backward(_ call: LayerCall) {
    for index in layers.indices.reversed() { layers[index].backward(inner(index, of: call)) }
  }

  package func addGradient(
    _ call: LayerCall, factors: UnsafePointer<Float>?, to gradient: UnsafeMutablePointer<Float>
  ) {
    for index in layers.indices {
      layers[index].addGradient(
        inner(index, of: call), factors: factors, to: gradient + parameterStarts[index])
    }
  }

  package func addSquaredGradientNorms(
    _ call: LayerCall, groups: RowGroups, to norms: UnsafeMutablePointer<Float>
  ) {
    for index in layers.indices {
      layers[index].addSquaredGradientNorms(inner(index, of: call), groups: groups, to: norms)
    }
  }

  /// Returns one layer's call: at the ends the chain's own input and output, in between its memory.
  fileprivate func inner(_ index: Int, of call: LayerCall) -> LayerCall {
    func boundary(_ index: Int) -> (
      activation: UnsafeMutablePointer<Float>, signal: UnsafeMutablePointer<Float>
    ) {
      let start = call.memory + call.capacity * boundaryStarts[index]
      return (start, start + call.capacity * layers[index].inputWidth)
    }
    let before = index > 0 ? boundary(index) : nil
    let after = index + 1 < layers.count ? boundary(index + 1) : nil
    return LayerCall(
      rows: call.rows, capacity: call.capacity,
      parameters: call.parameters + parameterStarts[index],
      input: before.map { UnsafePointer($0.activation) } ?? call.input,
      output: after?.activation ?? call.output,
      inputSignal: before?.signal ?? call.inputSignal,
      outputSignal: after.map { UnsafePointer($0.signal) } ?? call.outputSignal,
      memory: call.memory + call.capacity * memoryStarts[index], products: call.products,
      needsInputSignal: index > 0 || call.needsInputSignal)
  }
}

/// - Precondition: Every layer is piecewise linear.
extension Chain: PiecewiseLinearLayer {
  package var linearLayers: [Linear] { layers.indices.flatMap { piece($0).linearLayers } }

  package func forEachProduct(
    _ call: LayerCall,
    _ body: (_ inputs: UnsafePointer<Float>, _ signals: UnsafePointer<Float>) -> Void
  ) {
    for index in layers.indices { piece(index).forEachProduct(inner(index, of: call), body) }
  }

  package func tangent(_ call: LayerCall, _ tangent: LayerCall) {
    for index in layers.indices {
      piece(index).tangent(inner(index, of: call), inner(index, of: tangent))
    }
  }

  package func addTangentGradient(
    _ call: LayerCall, _ tangent: LayerCall, to gradient: UnsafeMutablePointer<Float>
  ) {
    for index in layers.indices {
      piece(index).addTangentGradient(
        inner(index, of: call), inner(index, of: tangent), to: gradient + parameterStarts[index])
    }
  }

  private func piece(_ index: Int) -> any PiecewiseLinearLayer {
    guard let layer = layers[index] as? any PiecewiseLinearLayer else {
      preconditionFailure("a layer that is not piecewise linear")
    }
    return layer
  }
}

/// y = x + body(x) (He, Zhang, Ren, Sun 2016).
package struct Residual: Layer {
  let body: Chain

  /// - Precondition: The output of the body is as wide as its input.
  package init(_ layers: [any Layer]) {
    body = Chain(layers)
    precondition(body.inputWidth == body.outputWidth, "a residual body that changes the width")
  }

  package var inputWidth: Int { body.inputWidth }
  package var outputWidth: Int { body.outputWidth }
  package var parameterCount: Int { body.parameterCount }
  package var memoryWidth: Int { body.memoryWidth }

  package func initialise(_ parameters: UnsafeMutablePointer<Float>, using noise: inout NoiseStream)
  {
    body.initialise(parameters, using: &noise)
  }

  package func forward(_ call: LayerCall) {
    body.forward(call)
    fk_axpy(call.output, 1, call.input, call.rows * inputWidth)
  }

  package func backward(_ call: LayerCall) {
    body.backward(call)
    guard call.needsInputSignal else { return }
    fk_axpy(call.inputSignal, 1, call.outputSignal, call.rows * inputWidth)
  }

  package func addGradient(
    _ call: LayerCall, factors: UnsafePointer<Float>?, to gradient: UnsafeMutablePointer<Float>
  ) {
    body.addGradient(call, factors: factors, to: gradient)
  }

  package func addSquaredGradientNorms(
    _ call: LayerCall, groups: RowGroups, to norms: UnsafeMutablePointer<Float>
  ) {
    body.addSquaredGradientNorms(call, groups: groups, to: norms)
  }
}

extension Residual: PiecewiseLinearLayer {
  package var linearLayers: [Linear] { body.linearLayers }

  package func forEachProduct(
    _ call: LayerCall,
    _ body: (_ inputs: UnsafePointer<Float>, _ signals: UnsafePointer<Float>) -> Void
  ) {
    self.body.forEachProduct(call, body)
  }

  package func tangent(_ call: LayerCall, _ tangent: LayerCall) {
    body.tangent(call, tangent)
    fk_axpy(tangent.output, 1, tangent.input, call.rows * inputWidth)
  }

  package func addTangentGradient(
    _ call: LayerCall, _ tangent: LayerCall, to gradient: UnsafeMutablePointer<Float>
  ) {
    body.addTangentGradient(call, tangent, to: gradient)
  }
}
