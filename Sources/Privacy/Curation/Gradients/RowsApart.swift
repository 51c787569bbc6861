import Basics
import Encoding

/// A check, before a run is charged, that a network keeps rows apart: the factors of invented rows
/// must have the same bits alone, beside other rows and in other places. It reads no row of the
/// table and costs nothing.
///
/// The tests of each ``GradientComputation`` of this program check more thoroughly. This one covers
/// networks they do not know and processors they did not run on.
struct RowsApart {
  private let computation: any GradientComputation
  private let factors: GradientFactors
  /// Invented rows.
  private let codes: [[UInt16]]

  /// The number of rows to check: enough for batches that end anywhere in a tile of the usual
  /// kernels.
  private static let rows = 67

  /// - Parameter sizes: the number of codes of each variable.
  init(_ computation: any GradientComputation, sizes: [Int]) {
    self.computation = computation
    let count = min(Self.rows, computation.rowCapacity)
    factors = GradientFactors(blocks: computation.blocks, rowCapacity: count)
    var generator = SamplingGenerator(seed: 0x5eed)
    codes = (0..<count).map { _ in sizes.map { UInt16(generator.next() % UInt64($0)) } }
  }

  /// Whether every row has the same factors as when alone: in the whole batch, backwards, and with
  /// one row left out at either end.
  var holds: Bool {
    let alone = codes.indices.map { row in
      differentiate([row])
      return bits(at: 0)
    }
    let orders = [Array(codes.indices), codes.indices.reversed(), Array(codes.indices.dropFirst()), codes.indices.dropLast()]
    return orders.allSatisfy { order in
      guard !order.isEmpty else { return true }
      differentiate(order)
      return order.indices.allSatisfy { bits(at: $0) == alone[order[$0]] }
    }
  }

  private func differentiate(_ rows: [Int]) {
    let batch = rows.flatMap { codes[$0] }
    computation.differentiate(batch.span, rows: rows.count, into: factors)
  }

  /// Returns the bits of all factors of the row at a place. All NaNs count as the same, since every
  /// sum leaves them out.
  private func bits(at place: Int) -> [UInt32] {
    factors.blocks.indices.flatMap { block in
      let shape = factors.blocks[block]
      return [(factors.inputs(block), shape.pairs * shape.inputs), (factors.outputs(block), shape.pairs * shape.outputs)]
        .flatMap { values, width in
          values[place * width..<(place + 1) * width].map { $0.isNaN ? UInt32.max : $0.bitPattern }
        }
    }
  }
}
