import Basics
import Encoding

#if PLANTED_FAULTS
  import Basics
#endif

extension Curator {
  /// Charges a run of noisy gradient sums over the encoded rows, and returns the run that takes its
  /// steps.
  ///
  /// Each step draws every privacy unit independently with the plan's probability (all rows of a
  /// person together), clips the gradient of each unit to the length `clip`, adds them, and adds
  /// noise. The whole run is charged here, before its first draw. Until its last step, or
  /// ``NoisyGradients/end()``, the curator answers nothing else. A domain must have been adopted.
  /// - Parameters:
  ///   - clip: in the network's own unit, above 0. It is public: it costs nothing and changes only
  ///     the signal.
  ///   - computation: bound by the rules of ``GradientComputation``.
  /// - Throws: ``GradientError`` if the network does not keep rows apart or another run is open;
  ///   the budget's error if the run does not fit. Nothing is charged or drawn then.
  package func noisyGradients(
    _ plan: NoisyGradientPlan, clip: Double, of computation: any GradientComputation
  ) throws -> NoisyGradients {
    precondition(
      plan.coordinates == computation.blocks.reduce(0) { $0 + $1.count },
      "the plan is for a network of another size")
    requireBoundedRows()
    let question = Question.gradients(steps: plan.steps, coordinates: plan.coordinates)
    let (columns, sizes) = (exactCounts.columns, exactCounts.sizes)
    #if PLANTED_FAULTS
      let isExamined = PlantedControl.chosen != .libraryKernel
    #else
      let isExamined = true
    #endif
    guard !isExamined || RowsApart(computation, sizes: sizes).holds else {
      throw GradientError.rowsInfluenceEachOther
    }
    try charge(plan.event(question: question.summary), for: question, purpose: .training)
    let run = NoisyGradients(
      plan: plan, clip: clip, computation: computation, curator: self, columns: columns)
    training = run
    return run
  }
}

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
    let orders = [
      Array(codes.indices), codes.indices.reversed(), Array(codes.indices.dropFirst()),
      codes.indices.dropLast(),
    ]
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
      return [
        (factors.inputs(block), shape.pairs * shape.inputs),
        (factors.outputs(block), shape.pairs * shape.outputs),
      ]
      .flatMap { values, width in
        values[place * width..<(place + 1) * width].map { $0.isNaN ? UInt32.max : $0.bitPattern }
      }
    }
  }
}

/// A training run that cannot be answered privately. All cases are programming mistakes, and none
/// depends on a row.
package enum GradientError: Error, Hashable, Sendable {
  /// The network computes a row's factors differently beside other rows: one person more or fewer
  /// would change everyone's gradients.
  case rowsInfluenceEachOther
  /// Another question or run was started while a run has steps left. Its steps are charged and
  /// composed as one mechanism.
  case runIsOpen(stepsLeft: Int)
}

extension GradientError: CustomStringConvertible {
  /// The error as a sentence with its remedy.
  package var description: String {
    switch self {
    case .rowsInfluenceEachOther:
      "This network computes a row differently beside other rows, so that its gradients cannot be made private. Treat each row by itself, "
        + "with products whose order of summation is fixed."
    case .runIsOpen(let stepsLeft):
      "A training run is open, with \(stepsLeft) steps left, and the curator answers nothing else meanwhile. Take them first, or end it."
    }
  }
}

extension GradientError {
  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .rowsInfluenceEachOther: "gradient.rows-influence-each-other"
    case .runIsOpen: "gradient.run-is-open"
    }
  }
}
