import Basics
import Encoding

/// A look, before a run is charged, at whether a network keeps rows apart: the factors of invented rows, alone, beside others and in other
/// places, must have the same bits. It reads no row of the table and costs nothing.
///
/// The tests of each ``GradientComputation`` of this program look harder. This one is for networks that they do not know, and for
/// processors that they did not run on.
struct RowsApart {
  private let computation: any GradientComputation
  private let factors: GradientFactors
  /// Invented rows.
  private let codes: [[UInt16]]

  /// Rows that are looked at: enough for batches that end anywhere in a tile of the usual kernels.
  private static let rows = 67

  /// - Parameter sizes: how many codes each variable has.
  init(_ computation: any GradientComputation, sizes: [Int]) {
    self.computation = computation
    let count = min(Self.rows, computation.rowCapacity)
    factors = GradientFactors(blocks: computation.blocks, rowCapacity: count)
    var generator = SamplingGenerator(seed: 0x5eed)
    codes = (0..<count).map { _ in sizes.map { UInt16(generator.next() % UInt64($0)) } }
  }

  /// Whether every row has the factors that it has alone: in the whole batch, backwards, and with one row left out at either end.
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

  /// The bits of all factors of the row at a place; what is no number counts as one and the same, since it is left out of every sum.
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
