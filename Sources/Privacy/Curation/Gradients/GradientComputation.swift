/// A network's side of a noisy gradient: it turns the codes of some rows into the factors of each
/// row's gradient.
///
/// The curator calls it inside its wall and trusts two things about a conforming type, so
/// `Tests/TidyTests/OwnerDoor.swift` lists such types by name:
/// 1. *Rows stay apart.* The output for a row depends on that row's codes and on public or paid
///    facts, never on another row of the batch (no batch normalisation).
/// 2. *Nothing stays.* No code, factor, activation or loss of these rows is read after the call.
///
/// It is not trusted with clipping, adding or noise: the curator does all three from the factors.
package protocol GradientComputation: AnyObject {
  /// The blocks of parameters, in the order in which their gradients are returned. The same at
  /// every call.
  var blocks: [GradientBlock] { get }
  /// The largest number of rows one call can take. A larger batch comes in parts.
  var rowCapacity: Int { get }

  /// Writes the factors of each row's gradient.
  ///
  /// - Parameters:
  ///   - codes: `[rows, variables]`, row-major, in the order of the domain that the curator
  ///     adopted.
  ///   - rows: at least 1 and at most ``rowCapacity``.
  ///   - factors: the destination; all of the first `rows` rows of every block must be written.
  func differentiate(_ codes: Span<UInt16>, rows: Int, into factors: GradientFactors)
}

/// The shape of one matrix of parameters, whose gradient at a row is a sum of outer products of two
/// vectors.
///
/// A linear layer's weights are one block: a row's gradient is its inputs times the gradient at its
/// outputs. A vector of parameters (the gain of a normalisation) is a block with one input, which
/// is 1.
package struct GradientBlock: Sendable, Hashable {
  /// The length of the first vector of each pair, at least 1.
  package let inputs: Int
  /// The length of the second vector, at least 1.
  package let outputs: Int
  /// Whether a last input follows that is always 1 and is not stored: the layer's bias.
  package let hasBias: Bool
  /// The number of outer products that add up to a row's gradient: 1 for an ordinary backward pass,
  /// more if a penalty on gradients joins in.
  package let pairs: Int

  /// Creates a block of these lengths, all at least 1.
  package init(inputs: Int, outputs: Int, hasBias: Bool = false, pairs: Int = 1) {
    precondition(
      inputs >= 1 && outputs >= 1 && pairs >= 1, "a block of parameters has no empty side")
    self.inputs = inputs
    self.outputs = outputs
    self.hasBias = hasBias
    self.pairs = pairs
  }

  /// The number of parameters: rows of the matrix (inputs, with the bias last) times outputs.
  package var count: Int { (inputs + (hasBias ? 1 : 0)) * outputs }
}

/// The buffers that receive the factors of each row's gradient. Every block has two row-major
/// matrices, `[rows * pairs, inputs]` and `[rows * pairs, outputs]`, with a row's pairs one after
/// the other. The gradient of the row is the sum over its pairs of the outer product of the two.
///
/// The curator owns them and wipes them after use.
package final class GradientFactors {
  /// The shapes of the blocks it was made for.
  package let blocks: [GradientBlock]
  /// The largest number of rows it holds.
  package let rowCapacity: Int
  private let storage: UnsafeMutableBufferPointer<Float>
  private let starts: [(inputs: Int, outputs: Int)]

  package init(blocks: [GradientBlock], rowCapacity: Int) {
    precondition(rowCapacity >= 1, "there is no space for a row")
    self.blocks = blocks
    self.rowCapacity = rowCapacity
    var size = 0
    starts = blocks.map { block in
      let start = (size, size + rowCapacity * block.pairs * block.inputs)
      size = start.1 + rowCapacity * block.pairs * block.outputs
      return start
    }
    storage = .allocate(capacity: size)
    storage.initialize(repeating: 0)
  }

  deinit {
    storage.update(repeating: 0)
    storage.deallocate()
  }

  /// Returns the first vectors of the pairs of a block: `[rowCapacity * pairs, inputs]`.
  package func inputs(_ block: Int) -> UnsafeMutableBufferPointer<Float> {
    slice(starts[block].inputs, rowCapacity * blocks[block].pairs * blocks[block].inputs)
  }

  /// Returns the second vectors of the pairs of a block: `[rowCapacity * pairs, outputs]`.
  package func outputs(_ block: Int) -> UnsafeMutableBufferPointer<Float> {
    slice(starts[block].outputs, rowCapacity * blocks[block].pairs * blocks[block].outputs)
  }

  private func slice(_ start: Int, _ count: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(rebasing: storage[start..<start + count])
  }
}
