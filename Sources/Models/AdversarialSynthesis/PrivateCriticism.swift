import Curation
import Foundation
import NeuralNetworks
import VectorKernels

/// The critic inside the curator's wall: it turns the codes of some rows into the factors of each
/// row's gradient.
///
/// Rows stay apart, since no layer of the critic looks at two, and its products take each row by
/// itself (``RowProducts/ofRealRows``). Nothing stays, since the memory of the pass is wiped at the
/// end of each call.
package final class CriticGradients: GradientComputation {
  package let blocks: [GradientBlock]
  package let rowCapacity: Int
  private let pass: NetworkPass
  private let parameters: FloatBuffer
  private let heads: ColumnHeads

  package init(heads: ColumnHeads, width: Int, parameters: FloatBuffer, rowCapacity: Int) {
    let critic = Architecture.critic(heads: heads, width: width)
    blocks = critic.linearLayers.map {
      GradientBlock(inputs: $0.inputWidth, outputs: $0.outputWidth, hasBias: true)
    }
    pass = NetworkPass(
      critic, capacity: rowCapacity, products: .ofRealRows, needsInputSignal: false)
    pass.outputSignal.fill(1)
    self.heads = heads
    self.parameters = parameters
    self.rowCapacity = rowCapacity
  }

  /// Computes the gradient of the logistic loss of real rows: the gradient of the score times
  /// -sigmoid(-score).
  package func differentiate(_ codes: Span<UInt16>, rows: Int, into factors: GradientFactors) {
    pass.input.base.update(repeating: 0, count: rows * heads.width)
    for row in 0..<rows {
      for column in 0..<heads.count {
        pass.input.base[
          row * heads.width + Int(heads.starts[column]) + Int(codes[row * heads.count + column])] =
          1
      }
    }
    pass.forward(rows: rows, parameters: parameters)
    pass.backward(parameters: parameters)
    for row in 0..<rows { pass.output.base[row] = -1 / (1 + expf(pass.output.base[row])) }
    var index = 0
    pass.forEachProduct(parameters: parameters) { inputs, signals in
      let block = blocks[index]
      factors.inputs(index).baseAddress?.update(from: inputs, count: rows * block.inputs)
      if let out = factors.outputs(index).baseAddress {
        fk_scale_rows(out, signals, pass.output.base, rows, block.outputs)
      }
      index += 1
    }
    pass.wipe()
  }
}

/// Sums of the critic's gradients that the curator clipped, added and made noisy.
package final class PrivateCriticism: NoisyCriticism {
  package let clip: Float
  private let gradients: NoisyGradients
  /// The expected number of rows in a sample: public.
  private let expectedRows: Float
  private var sum: [Float]

  package init(_ gradients: NoisyGradients, clip: Float, expectedRows: Double) {
    self.gradients = gradients
    self.clip = clip
    self.expectedRows = Float(expectedRows)
    sum = [Float](repeating: 0, count: gradients.plan.coordinates)
  }

  package func addGradient(to gradient: FloatBuffer) {
    gradients.step(into: &sum)
    fk_axpy(gradient.base, 1 / expectedRows, sum, sum.count)
  }
}
