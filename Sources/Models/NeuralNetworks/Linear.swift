import VectorKernels

/// y = x W + b, where W is [inputWidth, outputWidth] and b follows it in memory.
package struct Linear: Layer {
  package let inputWidth: Int
  package let outputWidth: Int
  /// The standard deviation of the initial weights, times √inputWidth.
  let spread: Float

  /// - Parameter spread: √2 before a rectifier (He, Zhang, Ren, Sun 2015), 1 elsewhere, 0 for a
  ///   layer that starts silent.
  package init(from inputWidth: Int, to outputWidth: Int, spread: Float = 1.414) {
    self.inputWidth = inputWidth
    self.outputWidth = outputWidth
    self.spread = spread
  }

  package var parameterCount: Int { (inputWidth + 1) * outputWidth }
  /// A copy of the signal with each row scaled by its factor, and the squared row norms of both
  /// sides.
  package var memoryWidth: Int { outputWidth + 2 }
  private var weightCount: Int { inputWidth * outputWidth }

  package func initialise(_ parameters: UnsafeMutablePointer<Float>, using noise: inout NoiseStream)
  {
    noise.normal(into: parameters, count: weightCount)
    let deviation = spread / Float(inputWidth).squareRoot()
    for index in 0..<weightCount { parameters[index] *= deviation }
    for index in weightCount..<parameterCount { parameters[index] = 0 }
  }

  package func forward(_ call: LayerCall) {
    call.products.multiply(
      call.input, call.parameters, into: call.output, rows: call.rows, inner: inputWidth,
      columns: outputWidth)
    fk_add_to_rows(call.output, call.parameters + weightCount, call.rows, outputWidth)
  }

  package func backward(_ call: LayerCall) {
    guard call.needsInputSignal else { return }
    call.products.multiply(
      call.outputSignal, transposed: call.parameters, into: call.inputSignal, rows: call.rows,
      inner: outputWidth, columns: inputWidth)
  }

  package func addGradient(
    _ call: LayerCall, factors: UnsafePointer<Float>?, to gradient: UnsafeMutablePointer<Float>
  ) {
    var signal = call.outputSignal
    if let factors {
      fk_scale_rows(call.memory, call.outputSignal, factors, call.rows, outputWidth)
      signal = UnsafePointer(call.memory)
    }
    BLAS.addProduct(
      transposed: call.input, signal, to: gradient, rows: inputWidth, inner: call.rows,
      columns: outputWidth)
    fk_add_column_sums(gradient + weightCount, signal, nil, call.rows, outputWidth)
  }

  /// The gradient of row i is xᵢᵀ dᵢ for the weights and dᵢ for the bias, so that the inner product
  /// of two rows' gradients is (xᵢ·xⱼ + 1)(dᵢ·dⱼ) (Goodfellow 2015; Li, Tramèr, Liang, Hashimoto
  /// 2022).
  package func addSquaredGradientNorms(
    _ call: LayerCall, groups: RowGroups, to norms: UnsafeMutablePointer<Float>
  ) {
    let inputs = call.memory + call.capacity * outputWidth
    let signals = inputs + call.capacity
    fk_row_squares(inputs, call.input, call.rows, inputWidth)
    fk_row_squares(signals, call.outputSignal, call.rows, outputWidth)
    for group in 0..<groups.count {
      let rows = groups[group]
      for row in rows {
        norms[group] += (inputs[row] + 1) * signals[row]
        for other in rows.lowerBound..<row {
          let input = fk_dot(
            call.input + row * inputWidth, call.input + other * inputWidth, inputWidth)
          let signal = fk_dot(
            call.outputSignal + row * outputWidth, call.outputSignal + other * outputWidth,
            outputWidth)
          norms[group] += 2 * (input + 1) * signal
        }
      }
    }
  }
}

extension Linear: PiecewiseLinearLayer {
  package var linearLayers: [Linear] { [self] }

  package func forEachProduct(
    _ call: LayerCall,
    _ body: (_ inputs: UnsafePointer<Float>, _ signals: UnsafePointer<Float>) -> Void
  ) {
    body(call.input, call.outputSignal)
  }

  package func tangent(_ call: LayerCall, _ tangent: LayerCall) {
    call.products.multiply(
      tangent.input, call.parameters, into: tangent.output, rows: call.rows, inner: inputWidth,
      columns: outputWidth)
  }

  package func addTangentGradient(
    _ call: LayerCall, _ tangent: LayerCall, to gradient: UnsafeMutablePointer<Float>
  ) {
    BLAS.addProduct(
      transposed: tangent.input, call.outputSignal, to: gradient, rows: inputWidth,
      inner: call.rows, columns: outputWidth)
  }
}
