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
