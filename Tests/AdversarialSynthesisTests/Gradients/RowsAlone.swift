import Basics
import Curation
import Encoding
import Foundation

/// The premise of `docs/proofs/noisy-gradient.md`, row by row: in every batch and at every place,
/// the factors of a row are bit for bit those of the row alone.
struct RowsAlone {
  let computation: any GradientComputation
  /// The rows that batches are made of.
  let codes: [[UInt16]]
  private let factors: GradientFactors

  init(_ computation: any GradientComputation, codes: [[UInt16]]) {
    self.computation = computation
    self.codes = codes
    factors = GradientFactors(blocks: computation.blocks, rowCapacity: computation.rowCapacity)
  }

  /// The number of rows whose factors differed from those of the row alone, and the number of rows
  /// compared.
  struct Count: Equatable {
    var rows = 0
    var changed = 0
  }

  /// Compares batches of each of these lengths, each with other rows at other places.
  func compare(lengths: some Sequence<Int>) -> Count {
    let alone = codes.indices.map { row in
      differentiate([row])
      return slices(at: 0).map { Array($0) }
    }
    var count = Count()
    for length in lengths {
      let batch = (0..<length).map { ($0 * 7 + length * 13) % codes.count }
      differentiate(batch)
      for (place, row) in batch.enumerated() {
        count.rows += 1
        if !zip(slices(at: place), alone[row]).allSatisfy({ Self.areEqual($0, $1) }) {
          count.changed += 1
        }
      }
    }
    return count
  }

  private func differentiate(_ batch: [Int]) {
    let codes = batch.flatMap { self.codes[$0] }
    computation.differentiate(codes.span, rows: batch.count, into: factors)
  }

  /// All factors of the row at a place, block by block.
  private func slices(at place: Int) -> [UnsafeBufferPointer<Float>] {
    factors.blocks.indices.flatMap { block in
      let shape = factors.blocks[block]
      return [
        slice(factors.inputs(block), place, shape.pairs * shape.inputs),
        slice(factors.outputs(block), place, shape.pairs * shape.outputs),
      ]
    }
  }

  private func slice(_ values: UnsafeMutableBufferPointer<Float>, _ place: Int, _ width: Int)
    -> UnsafeBufferPointer<Float>
  {
    UnsafeBufferPointer(rebasing: values[place * width..<(place + 1) * width])
  }

  /// Bit for bit.
  private static func areEqual(_ found: UnsafeBufferPointer<Float>, _ alone: [Float]) -> Bool {
    alone.withUnsafeBytes { alone in
      guard let left = found.baseAddress, let right = alone.baseAddress else { return false }
      return memcmp(left, right, alone.count) == 0
    }
  }

  /// Rows of random codes; every third is the same row, because a difference between equal rows can
  /// only come from their place.
  static func codes(sizes: [Int], count: Int, seed: UInt64) -> [[UInt16]] {
    var generator = SamplingGenerator(seed: seed)
    let same = sizes.map { UInt16(generator.next() % UInt64($0)) }
    return (0..<count).map { row in
      row % 3 == 0 ? same : sizes.map { UInt16(generator.next() % UInt64($0)) }
    }
  }
}
