import VectorKernels

/// A piece of a network: a map from rows of numbers to rows of numbers, with parameters.
///
/// A training step makes four calls, and each reads the results of the earlier ones from the
/// ``LayerCall``: `forward`; `backward`, which carries the signal (the derivative of the loss by
/// each number) from output to input; `addSquaredGradientNorms`, if gradients are clipped; and
/// `addGradient`. Norms need no gradient, and the gradient is one product in which each row has its
/// factor, so a clipped step costs hardly more than a plain one.
package protocol Layer: Sendable {
  /// The number of values in an input row.
  var inputWidth: Int { get }
  /// The number of values in an output row.
  var outputWidth: Int { get }
  var parameterCount: Int { get }
  /// The values per row that the layer keeps between calls.
  var memoryWidth: Int { get }

  /// Writes the initial parameters.
  func initialise(_ parameters: UnsafeMutablePointer<Float>, using noise: inout NoiseStream)
  /// Computes the output from the input.
  func forward(_ call: LayerCall)
  /// Computes the signal at the input from the signal at the output; parameters get nothing yet.
  func backward(_ call: LayerCall)
  /// Adds the sum over the rows of factor times gradient.
  /// - Parameter factors: One per row; nil stands for ones.
  func addGradient(
    _ call: LayerCall, factors: UnsafePointer<Float>?, to gradient: UnsafeMutablePointer<Float>)
  /// Adds, per group of rows, the squared L2 norm of its rows' summed gradients.
  func addSquaredGradientNorms(
    _ call: LayerCall, groups: RowGroups, to norms: UnsafeMutablePointer<Float>)
}

/// A layer that is linear on either side of its kinks, so that the gradient of a function of its
/// input gradient needs no second derivative.
///
/// Let g be the derivative of a whole network's single output by its input, and u any direction.
/// `tangent` carries u to u·g. The derivative of u·g by a layer's weights is the outer product of
/// the tangent at the layer's input with the signal at its output, so a penalty on |g| costs one
/// more pass forward and one more product.
package protocol PiecewiseLinearLayer: Layer {
  /// Carries a direction from `tangent.input` to `tangent.output`, at the point of the forward pass
  /// of `call`.
  func tangent(_ call: LayerCall, _ tangent: LayerCall)
  /// Adds the derivative of u·g, summed over the rows, by the parameters.
  func addTangentGradient(
    _ call: LayerCall, _ tangent: LayerCall, to gradient: UnsafeMutablePointer<Float>)
  /// The linear layers within, in the order of their parameters.
  var linearLayers: [Linear] { get }
  /// Visits the linear layers in that order, with the two matrices whose rows' outer products are
  /// the gradients of each row: the input, and the signal at the output.
  func forEachProduct(
    _ call: LayerCall,
    _ body: (_ inputs: UnsafePointer<Float>, _ signals: UnsafePointer<Float>) -> Void)
}

/// The buffers that a layer reads and writes: matrices of `rows` rows, in memory that its owner
/// laid out for up to `capacity` rows.
package struct LayerCall {
  package let rows: Int
  package let capacity: Int
  package let parameters: UnsafePointer<Float>
  package let input: UnsafePointer<Float>
  package let output: UnsafeMutablePointer<Float>
  package let inputSignal: UnsafeMutablePointer<Float>
  package let outputSignal: UnsafePointer<Float>
  /// The layer's own memory: `capacity` times its `memoryWidth`.
  package let memory: UnsafeMutablePointer<Float>
  /// The way rows are multiplied by weights.
  package let products: RowProducts
  /// Whether anybody reads the signal at the input; if not, a layer need not write it.
  package let needsInputSignal: Bool
}

/// The grouping of a batch's rows: the rows of one unit of privacy are consecutive.
package struct RowGroups {
  /// Group g is rows `starts[g] ..< starts[g + 1]`; nil if each row is a group.
  let starts: UnsafePointer<Int32>?
  package let count: Int

  /// Returns `count` groups of one row each.
  package static func rows(_ count: Int) -> RowGroups { RowGroups(starts: nil, count: count) }

  /// - Parameter starts: The starts of `count` groups, and the end of the last.
  package init(starts: UnsafePointer<Int32>?, count: Int) {
    self.starts = starts
    self.count = count
  }

  subscript(group: Int) -> Range<Int> {
    guard let starts else { return group..<group + 1 }
    return Int(starts[group])..<Int(starts[group + 1])
  }
}

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

  package func initialise(_ parameters: UnsafeMutablePointer<Float>, using noise: inout NoiseStream)
  {}

  package func forward(_ call: LayerCall) {
    fk_leaky(call.output, call.input, slope, call.rows * inputWidth)
  }

  package func backward(_ call: LayerCall) {
    fk_leaky_scale(call.inputSignal, call.outputSignal, call.input, slope, call.rows * inputWidth)
  }

  package func addGradient(
    _ call: LayerCall, factors: UnsafePointer<Float>?, to gradient: UnsafeMutablePointer<Float>
  ) {}

  package func addSquaredGradientNorms(
    _ call: LayerCall, groups: RowGroups, to norms: UnsafeMutablePointer<Float>
  ) {}
}

extension LeakyRectifier: PiecewiseLinearLayer {
  package var linearLayers: [Linear] { [] }

  package func forEachProduct(
    _ call: LayerCall,
    _ body: (_ inputs: UnsafePointer<Float>, _ signals: UnsafePointer<Float>) -> Void
  ) {}

  package func tangent(_ call: LayerCall, _ tangent: LayerCall) {
    fk_leaky_scale(tangent.output, tangent.input, call.input, slope, call.rows * inputWidth)
  }

  package func addTangentGradient(
    _ call: LayerCall, _ tangent: LayerCall, to gradient: UnsafeMutablePointer<Float>
  ) {}
}
