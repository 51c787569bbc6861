import VectorKernels

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

  package func initialise(_ parameters: UnsafeMutablePointer<Float>, using noise: inout NoiseStream) {
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

  package func addGradient(_ call: LayerCall, factors: UnsafePointer<Float>?, to gradient: UnsafeMutablePointer<Float>) {
    body.addGradient(call, factors: factors, to: gradient)
  }

  package func addSquaredGradientNorms(_ call: LayerCall, groups: RowGroups, to norms: UnsafeMutablePointer<Float>) {
    body.addSquaredGradientNorms(call, groups: groups, to: norms)
  }
}

extension Residual: PiecewiseLinearLayer {
  package var linearLayers: [Linear] { body.linearLayers }

  package func forEachProduct(_ call: LayerCall, _ body: (_ inputs: UnsafePointer<Float>, _ signals: UnsafePointer<Float>) -> Void) {
    self.body.forEachProduct(call, body)
  }

  package func tangent(_ call: LayerCall, _ tangent: LayerCall) {
    body.tangent(call, tangent)
    fk_axpy(tangent.output, 1, tangent.input, call.rows * inputWidth)
  }

  package func addTangentGradient(_ call: LayerCall, _ tangent: LayerCall, to gradient: UnsafeMutablePointer<Float>) {
    body.addTangentGradient(call, tangent, to: gradient)
  }
}
