/// The memory in which one thread takes up to `capacity` rows through a network, allocated once.
///
/// Write rows to ``input``, call ``forward(rows:parameters:)`` and read ``output``; write the
/// derivative of the loss by each output to ``outputSignal``, call ``backward(parameters:)``, then
/// whichever gradient calls are needed.
package final class NetworkPass: @unchecked Sendable {
  package let network: Chain
  package let capacity: Int
  private let products: RowProducts
  private let needsInputSignal: Bool
  package private(set) var rows = 0
  /// [rows, inputWidth].
  package let input: FloatBuffer
  /// [rows, outputWidth].
  package let output: FloatBuffer
  package let inputSignal: FloatBuffer
  package let outputSignal: FloatBuffer
  private let memory: FloatBuffer

  /// - Parameters:
  ///   - products: ``RowProducts/ofRealRows`` if rows of people go through.
  ///   - needsInputSignal: Whether ``inputSignal`` is read; if not, a backward pass ends at the
  ///     first layer's parameters.
  package init(
    _ network: Chain, capacity: Int, products: RowProducts = .library, needsInputSignal: Bool = true
  ) {
    self.network = network
    self.capacity = capacity
    self.products = products
    self.needsInputSignal = needsInputSignal
    input = FloatBuffer(count: capacity * network.inputWidth)
    output = FloatBuffer(count: capacity * network.outputWidth)
    inputSignal = FloatBuffer(count: capacity * network.inputWidth)
    outputSignal = FloatBuffer(count: capacity * network.outputWidth)
    memory = FloatBuffer(count: capacity * network.memoryWidth)
  }

  /// - Precondition: `rows` is at most `capacity`.
  package func forward(rows: Int, parameters: FloatBuffer) {
    precondition(rows <= capacity, "more rows than there is room for")
    self.rows = rows
    network.forward(call(parameters))
  }

  package func backward(parameters: FloatBuffer) { network.backward(call(parameters)) }

  /// Adds the sum over the rows of factor times gradient.
  package func addGradient(
    factors: UnsafePointer<Float>? = nil, parameters: FloatBuffer, to gradient: FloatBuffer
  ) {
    network.addGradient(call(parameters), factors: factors, to: gradient.base)
  }

  /// Writes, per group of rows, the squared L2 norm of its rows' summed gradients.
  package func squaredGradientNorms(
    groups: RowGroups, parameters: FloatBuffer, into norms: UnsafeMutablePointer<Float>
  ) {
    norms.update(repeating: 0, count: groups.count)
    network.addSquaredGradientNorms(call(parameters), groups: groups, to: norms)
  }

  /// Carries the directions in `tangent.input` through the network at this pass's point, and adds
  /// the derivative of their product with the input gradient, summed over the rows, by the
  /// parameters. `tangent.output` then holds that product for each row.
  ///
  /// - Precondition: Piecewise linear layers, one output, and a signal of ones sent backward.
  package func addTangentGradient(
    _ tangent: NetworkPass, parameters: FloatBuffer, to gradient: FloatBuffer
  ) {
    precondition(
      network.outputWidth == 1 && tangent.capacity >= rows, "directions of another network")
    tangent.rows = rows
    network.tangent(call(parameters), tangent.call(parameters))
    network.addTangentGradient(call(parameters), tangent.call(parameters), to: gradient.base)
  }

  /// See ``PiecewiseLinearLayer/forEachProduct(_:_:)``.
  package func forEachProduct(
    parameters: FloatBuffer,
    _ body: (_ inputs: UnsafePointer<Float>, _ signals: UnsafePointer<Float>) -> Void
  ) {
    network.forEachProduct(call(parameters), body)
  }

  /// Overwrites all traces of the last rows.
  package func wipe() {
    for buffer in [input, output, inputSignal, memory] { buffer.fill(0) }
    rows = 0
  }

  private func call(_ parameters: FloatBuffer) -> LayerCall {
    LayerCall(
      rows: rows, capacity: capacity, parameters: parameters.base, input: input.base,
      output: output.base, inputSignal: inputSignal.base,
      outputSignal: outputSignal.base, memory: memory.base, products: products,
      needsInputSignal: needsInputSignal)
  }
}

/// A buffer of single-precision numbers that lives as long as its owner: networks allocate theirs
/// once and train in it.
///
/// One thread at a time writes to a buffer, or several write to parts that do not overlap.
package final class FloatBuffer: @unchecked Sendable {
  package let base: UnsafeMutablePointer<Float>
  package let count: Int

  /// Creates a buffer of `count` zeros.
  package init(count: Int) {
    self.count = count
    base = .allocate(capacity: max(count, 1))
    base.initialize(repeating: 0, count: max(count, 1))
  }

  package convenience init(_ values: [Float]) {
    self.init(count: values.count)
    for (index, value) in values.enumerated() { base[index] = value }
  }

  deinit { base.deallocate() }

  package var values: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }

  package func fill(_ value: Float) { base.update(repeating: value, count: count) }
}
