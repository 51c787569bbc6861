import VectorKernels

/// y = x if x > 0, otherwise slope times x (Maas, Hannun, Ng 2013).
package struct LeakyRectifier: Layer {
  package let inputWidth: Int
  let slope: Float

  package init(width: Int, slope: Float = 0.2) {
    inputWidth = width
    self.slope = slope
  }

  package var outputWidth: Int { inputWidth }
  package var parameterCount: Int { 0 }
  package var memoryWidth: Int { 0 }

  package func initialise(_ parameters: UnsafeMutablePointer<Float>, using noise: inout NoiseStream) {}

  package func forward(_ call: LayerCall) { fk_leaky(call.output, call.input, slope, call.rows * inputWidth) }

  package func backward(_ call: LayerCall) {
    fk_leaky_scale(call.inputSignal, call.outputSignal, call.input, slope, call.rows * inputWidth)
  }

  package func addGradient(_ call: LayerCall, factors: UnsafePointer<Float>?, to gradient: UnsafeMutablePointer<Float>) {}

  package func addSquaredGradientNorms(_ call: LayerCall, groups: RowGroups, to norms: UnsafeMutablePointer<Float>) {}
}

extension LeakyRectifier: PiecewiseLinearLayer {
  package var linearLayers: [Linear] { [] }

  package func forEachProduct(_ call: LayerCall, _ body: (_ inputs: UnsafePointer<Float>, _ signals: UnsafePointer<Float>) -> Void) {}

  package func tangent(_ call: LayerCall, _ tangent: LayerCall) {
    fk_leaky_scale(tangent.output, tangent.input, call.input, slope, call.rows * inputWidth)
  }

  package func addTangentGradient(_ call: LayerCall, _ tangent: LayerCall, to gradient: UnsafeMutablePointer<Float>) {}
}
