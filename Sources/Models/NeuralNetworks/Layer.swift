/// A piece of a network: a map from rows of numbers to rows of numbers, with parameters.
///
/// A training step goes through four calls, each of which reads what the earlier ones left in the ``LayerCall``:
/// `forward`; `backward`, which carries the signal (the derivative of the loss by each number) from output to input;
/// `addSquaredGradientNorms`, where gradients are clipped; and `addGradient`. Norms need no gradient, and the gradient is one product
/// in which each row has its factor, so that a clipped step costs hardly more than a plain one.
package protocol Layer: Sendable {
  /// Numbers in a row of the input.
  var inputWidth: Int { get }
  /// Numbers in a row of the output.
  var outputWidth: Int { get }
  var parameterCount: Int { get }
  /// Numbers a row that the layer keeps for itself between the calls.
  var memoryWidth: Int { get }

  /// Writes the parameters that training starts from.
  func initialise(_ parameters: UnsafeMutablePointer<Float>, using noise: inout NoiseStream)
  /// From input to output.
  func forward(_ call: LayerCall)
  /// From the signal at the output to that at the input; parameters get nothing yet.
  func backward(_ call: LayerCall)
  /// Adds the sum over the rows of factor times gradient.
  /// - Parameter factors: one a row; nil stands for ones.
  func addGradient(_ call: LayerCall, factors: UnsafePointer<Float>?, to gradient: UnsafeMutablePointer<Float>)
  /// Adds, for each group of rows, the squared L2 norm of the sum of its rows' gradients.
  func addSquaredGradientNorms(_ call: LayerCall, groups: RowGroups, to norms: UnsafeMutablePointer<Float>)
}

/// A layer that is linear on either side of its kinks, so that the gradient of a function of its input gradient needs no second
/// derivative.
///
/// Let g be the derivative of the output by the input of a whole network with one output, and u any direction. u·g is what `tangent`
/// makes of u, and its derivative by the weights of a layer is the outer product of the tangent at its input with the signal at its
/// output: a penalty on |g| costs one more pass forward and one more product.
package protocol PiecewiseLinearLayer: Layer {
  /// Carries a direction from `tangent.input` to `tangent.output`, at the point where `call` went forward.
  func tangent(_ call: LayerCall, _ tangent: LayerCall)
  /// Adds the derivative of u·g, summed over the rows, by the parameters.
  func addTangentGradient(_ call: LayerCall, _ tangent: LayerCall, to gradient: UnsafeMutablePointer<Float>)
  /// The linear layers within, in the order of their parameters.
  var linearLayers: [Linear] { get }
  /// Visits the linear layers in that order, with the two matrices whose rows' outer products are the gradients of each row: the input,
  /// and the signal at the output.
  func forEachProduct(_ call: LayerCall, _ body: (_ inputs: UnsafePointer<Float>, _ signals: UnsafePointer<Float>) -> Void)
}

/// Where a layer reads and writes: matrices of `rows` rows, in memory that its owner laid out for up to `capacity` rows.
package struct LayerCall {
  package let rows: Int
  package let capacity: Int
  package let parameters: UnsafePointer<Float>
  package let input: UnsafePointer<Float>
  package let output: UnsafeMutablePointer<Float>
  package let inputSignal: UnsafeMutablePointer<Float>
  package let outputSignal: UnsafePointer<Float>
  /// `capacity` times the layer's `memoryWidth`.
  package let memory: UnsafeMutablePointer<Float>
  /// How rows are multiplied by weights.
  package let products: RowProducts
  /// Whether anybody reads the signal at the input; where nobody does, a layer need not write it.
  package let needsInputSignal: Bool
}

/// How the rows of a batch belong together: the rows of a unit of privacy follow each other.
package struct RowGroups {
  /// Group g is rows `starts[g] ..< starts[g + 1]`; nil where each row is a group.
  let starts: UnsafePointer<Int32>?
  package let count: Int

  /// Each of `count` rows by itself.
  package static func rows(_ count: Int) -> RowGroups { RowGroups(starts: nil, count: count) }

  /// - Parameter starts: of `count` groups, and the end of the last.
  package init(starts: UnsafePointer<Int32>?, count: Int) {
    self.starts = starts
    self.count = count
  }

  subscript(group: Int) -> Range<Int> {
    guard let starts else { return group..<group + 1 }
    return Int(starts[group])..<Int(starts[group + 1])
  }
}
