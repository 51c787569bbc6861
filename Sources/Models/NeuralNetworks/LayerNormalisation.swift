import VectorKernels

/// Scales each row to mean 0 and variance 1, then scales and shifts each number (Ba, Kiros, Hinton
/// 2016).
///
/// Unlike in batch normalisation, rows do not see each other, so that a row's gradient is its own
/// and can be clipped.
package struct LayerNormalisation: Layer {
  package let inputWidth: Int
  private static let epsilon: Float = 1e-5

  package init(width: Int) { inputWidth = width }

  package var outputWidth: Int { inputWidth }
  package var parameterCount: Int { 2 * inputWidth }
  /// The normalised row, the reciprocal of its deviation, and the sum of a group's gradients.
  package var memoryWidth: Int { 3 * inputWidth + 1 }

  package func initialise(_ parameters: UnsafeMutablePointer<Float>, using noise: inout NoiseStream)
  {
    for index in 0..<inputWidth {
      parameters[index] = 1
      parameters[inputWidth + index] = 0
    }
  }

  package func forward(_ call: LayerCall) {
    fk_normalise(
      call.output, call.memory, inverse(call), call.input, call.parameters,
      call.parameters + inputWidth, call.rows, inputWidth,
      LayerNormalisation.epsilon)
  }

  package func backward(_ call: LayerCall) {
    fk_normalise_backward(
      call.inputSignal, call.outputSignal, call.memory, inverse(call), call.parameters, call.rows,
      inputWidth)
  }

  package func addGradient(
    _ call: LayerCall, factors: UnsafePointer<Float>?, to gradient: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<call.rows { add(row, of: call, factor: factors?[row] ?? 1, to: gradient) }
  }

  package func addSquaredGradientNorms(
    _ call: LayerCall, groups: RowGroups, to norms: UnsafeMutablePointer<Float>
  ) {
    let sum = call.memory + call.capacity * (inputWidth + 1)
    for group in 0..<groups.count {
      sum.update(repeating: 0, count: parameterCount)
      for row in groups[group] { add(row, of: call, factor: 1, to: sum) }
      norms[group] += fk_dot(sum, sum, parameterCount)
    }
  }

  private func inverse(_ call: LayerCall) -> UnsafeMutablePointer<Float> {
    call.memory + call.capacity * inputWidth
  }

  private func add(
    _ row: Int, of call: LayerCall, factor: Float, to gradient: UnsafeMutablePointer<Float>
  ) {
    let signal = call.outputSignal + row * inputWidth
    let normal = call.memory + row * inputWidth
    for index in 0..<inputWidth { gradient[index] += factor * signal[index] * normal[index] }
    fk_axpy(gradient + inputWidth, factor, signal, inputWidth)
  }
}
