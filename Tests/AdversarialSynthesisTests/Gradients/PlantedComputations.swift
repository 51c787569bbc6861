import AdversarialSynthesis
import Curation
import NeuralNetworks

/// The real critic with a mistake that makes a row's factors depend on the rows beside it.
final class PlantedComputation: GradientComputation {
  enum Fault: String, CaseIterable {
    /// Products by the library, which uses another kernel for rows at the end of a batch.
    case library
    /// A last bit that depends on the row's place.
    case place
    /// A last bit that depends on the number of rows.
    case length
    /// Signals minus their mean over the batch, as in batch normalisation.
    case mean
  }

  private let fault: Fault
  private let critic: CriticGradients
  /// The critic with one more last bit in the biases of its first layer: the effect of another
  /// order of summation on a row.
  private let other: CriticGradients
  private let otherFactors: GradientFactors
  private let pass: NetworkPass
  private let parameters: FloatBuffer
  private let heads: ColumnHeads

  init(_ fault: Fault, heads: ColumnHeads, width: Int, parameters: FloatBuffer, rowCapacity: Int) {
    self.fault = fault
    critic = CriticGradients(
      heads: heads, width: width, parameters: parameters, rowCapacity: rowCapacity)
    let moved = FloatBuffer(parameters.values)
    for place in heads.width * width..<(heads.width + 1) * width {
      moved.base[place] = moved.base[place].nextUp
    }
    other = CriticGradients(heads: heads, width: width, parameters: moved, rowCapacity: rowCapacity)
    otherFactors = GradientFactors(blocks: critic.blocks, rowCapacity: rowCapacity)
    pass = NetworkPass(
      Architecture.critic(heads: heads, width: width), capacity: rowCapacity, products: .library)
    pass.outputSignal.fill(1)
    (self.parameters, self.heads) = (parameters, heads)
  }

  var blocks: [GradientBlock] { critic.blocks }
  var rowCapacity: Int { critic.rowCapacity }

  func differentiate(_ codes: Span<UInt16>, rows: Int, into factors: GradientFactors) {
    switch fault {
    case .library: differentiateByLibrary(codes, rows: rows, into: factors)
    case .length: (rows % 8 == 0 ? critic : other).differentiate(codes, rows: rows, into: factors)
    case .place:
      critic.differentiate(codes, rows: rows, into: factors)
      other.differentiate(codes, rows: rows, into: otherFactors)
      for row in 0..<rows where row % 4 == 3 { copy(row, to: factors) }
    case .mean:
      critic.differentiate(codes, rows: rows, into: factors)
      let (signals, width) = (factors.outputs(1), blocks[1].outputs)
      let mean = (0..<rows).reduce(Float(0)) { $0 + signals[$1 * width] } / Float(rows)
      for row in 0..<rows where rows > 1 { signals[row * width] -= mean }
    }
  }

  private func copy(_ row: Int, to factors: GradientFactors) {
    for (index, block) in blocks.enumerated() {
      for place in row * block.inputs..<(row + 1) * block.inputs {
        factors.inputs(index)[place] = otherFactors.inputs(index)[place]
      }
      for place in row * block.outputs..<(row + 1) * block.outputs {
        factors.outputs(index)[place] = otherFactors.outputs(index)[place]
      }
    }
  }

  private func differentiateByLibrary(
    _ codes: Span<UInt16>, rows: Int, into factors: GradientFactors
  ) {
    pass.input.fill(0)
    for row in 0..<rows {
      for column in 0..<heads.count {
        pass.input.base[
          row * heads.width + Int(heads.starts[column]) + Int(codes[row * heads.count + column])] =
          1
      }
    }
    pass.forward(rows: rows, parameters: parameters)
    pass.backward(parameters: parameters)
    var index = 0
    pass.forEachProduct(parameters: parameters) { inputs, signals in
      factors.inputs(index).baseAddress?.update(from: inputs, count: rows * blocks[index].inputs)
      factors.outputs(index).baseAddress?.update(from: signals, count: rows * blocks[index].outputs)
      index += 1
    }
  }
}

/// Whether the library's products depend on the length of a batch on this processor; on some they
/// do not.
enum LibraryProducts {
  static func differ() -> Bool {
    let (rows, inner, columns) = (130, 300, 64)
    var noise = NoiseStream(key: 6)
    let (a, b) = (FloatBuffer(count: rows * inner), FloatBuffer(count: inner * columns))
    noise.normal(into: a.base, count: a.count)
    noise.normal(into: b.base, count: b.count)
    let whole = FloatBuffer(count: rows * columns)
    BLAS.multiply(a.base, b.base, into: whole.base, rows: rows, inner: inner, columns: columns)
    return (1..<rows).contains { length in
      let part = FloatBuffer(count: length * columns)
      BLAS.multiply(a.base, b.base, into: part.base, rows: length, inner: inner, columns: columns)
      return part.values != Array(whole.values[..<part.count])
    }
  }
}
