import Curation
import Foundation

/// The sums of points and the residuals of rows, each from its own codes alone.
struct RowScorer {
  let inputCount: Int
  private let family: PredictionFamily
  private let target: Int
  private let base: Float
  var intercept: Float = 0
  private let bound: Float
  /// NaN for rows that say nothing.
  private let outcomes: [Float]
  private let columns: [Int]
  /// The first entry of each term's codes.
  private let firsts: [Int]
  private let slots: [Int32]
  /// The standardised numbers of a row without cells.
  private let absent: [Float]
  private let units: [Float]
  private let values: [Float]
  var parameters: [Float]

  /// - Parameter bound: beyond which residuals are moved to it.
  init(_ design: Design, parameters: [Double], bound: Double) {
    inputCount = design.count
    family = design.scale.family
    target = design.target
    base = Float(design.scale.base)
    self.bound = Float(bound)
    outcomes = design.scale.outcomes.map { Float($0 ?? .nan) }
    columns = design.terms.map(\.variable)
    var next = 0
    firsts = design.terms.map { term in
      defer { next += term.entries.count }
      return next
    }
    slots = zip(design.terms, design.starts).flatMap { term, start in
      term.entries.map { Int32(start + $0.slot) }
    }
    values = design.terms.flatMap { $0.entries.map { Float($0.value) } }
    absent = design.standards.map { Float(-$0.centre / $0.unit) }
    units = design.standards.map { Float($0.unit) }
    self.parameters = parameters.map(Float.init)
  }

  /// Returns the sum of points of the row whose codes begin at a place, above the base.
  @inline(__always)
  func sum(_ codes: Span<UInt16>, at place: Int) -> Float {
    var sum: Float = 0
    for term in columns.indices {
      let entry = firsts[term] + Int(codes[place + columns[term]])
      sum += parameters[Int(slots[entry])] * values[entry]
    }
    return sum
  }

  /// Writes the row's standardised numbers.
  @inline(__always)
  func write(_ codes: Span<UInt16>, at place: Int, to inputs: UnsafeMutablePointer<Float>) {
    for slot in absent.indices { inputs[slot] = absent[slot] }
    for term in columns.indices {
      let entry = firsts[term] + Int(codes[place + columns[term]])
      let slot = Int(slots[entry])
      inputs[slot] += values[entry] / units[slot]
    }
  }

  /// Returns the outcome of the row; NaN if it says nothing.
  @inline(__always)
  func outcome(_ codes: Span<UInt16>, at place: Int) -> Float {
    outcomes[Int(codes[place + target])]
  }

  /// Returns the predicted mean at a sum of points above the base.
  @inline(__always)
  func mean(_ sum: Float) -> Float {
    switch family {
    case .logistic: 1 / (1 + expf(-(base + intercept + sum)))
    case .linear: base + intercept + sum
    case .poisson: expf(min(base + intercept + sum, 30))
    }
  }

  /// Returns the predicted mean minus the outcome, within the bound; 0 if the row says nothing.
  @inline(__always)
  func residual(_ codes: Span<UInt16>, at place: Int, sum: Float) -> Float {
    let outcome = outcome(codes, at: place)
    guard !outcome.isNaN else { return 0 }
    return min(max(mean(sum) - outcome, -bound), bound)
  }
}

/// Rows as gradients of a generalised linear model: the row's standardised numbers, and a 1 for the
/// intercept, times its residual.
///
/// Rows stay apart, since each is scored from its own codes in one fixed order, and nothing of them
/// is kept.
package final class ResidualGradients: GradientComputation {
  package let blocks: [GradientBlock]
  package let rowCapacity: Int
  private var scorer: RowScorer

  package init(_ design: Design, rowCapacity: Int) {
    scorer = RowScorer(
      design, parameters: [Double](repeating: 0, count: design.count), bound: .infinity)
    blocks = [GradientBlock(inputs: design.count, outputs: 1, hasBias: true)]
    self.rowCapacity = rowCapacity
  }

  /// Sets the parameters of the next step.
  package func move(to parameters: [Double], intercept: Double = 0) {
    scorer.parameters = parameters.map(Float.init)
    scorer.intercept = Float(intercept)
  }

  package func differentiate(_ codes: Span<UInt16>, rows: Int, into factors: GradientFactors) {
    guard let inputs = factors.inputs(0).baseAddress, let outputs = factors.outputs(0).baseAddress
    else { return }
    // The curator's columns may be followed by groups of codes.
    let stride = codes.count / rows
    for row in 0..<rows {
      let place = row * stride
      outputs[row] = scorer.residual(codes, at: place, sum: scorer.sum(codes, at: place))
      scorer.write(codes, at: place, to: inputs + row * scorer.inputCount)
    }
  }
}

/// Rows as counts by score: one in the bin of their score, and for a flag in the column of their
/// outcome; for a number with their residual and its size beside it. One step of sums of these is a
/// noisy table from which discrimination and calibration follow.
package final class ScoreCounts: GradientComputation {
  package let blocks: [GradientBlock]
  package let rowCapacity: Int
  private var scorer: RowScorer
  private let edges: [Float]
  private let widest: Float
  private let isFlag: Bool

  /// The number of columns of the table.
  static func columns(_ family: PredictionFamily) -> Int { family == .logistic ? 2 : 3 }

  /// - Parameter edges: between bins of the sum of points above the intercept, ascending.
  package init(_ design: Design, fitted: FittedPoints, edges: [Double], rowCapacity: Int) {
    scorer = RowScorer(design, parameters: fitted.parameters, bound: design.scale.widestResidual)
    scorer.intercept = Float(fitted.intercept)
    widest = Float(design.scale.widestResidual)
    self.edges = edges.map(Float.init)
    isFlag = design.scale.family == .logistic
    blocks = [
      GradientBlock(inputs: edges.count + 1, outputs: Self.columns(design.scale.family))
    ]
    self.rowCapacity = rowCapacity
  }

  package func differentiate(_ codes: Span<UInt16>, rows: Int, into factors: GradientFactors) {
    guard let inputs = factors.inputs(0).baseAddress, let outputs = factors.outputs(0).baseAddress
    else { return }
    let (bins, columns) = (blocks[0].inputs, blocks[0].outputs)
    inputs.update(repeating: 0, count: rows * bins)
    outputs.update(repeating: 0, count: rows * columns)
    // The curator's columns may be followed by groups of codes.
    let stride = codes.count / rows
    for row in 0..<rows {
      let place = row * stride
      let sum = scorer.sum(codes, at: place)
      let outcome = scorer.outcome(codes, at: place)
      inputs[row * bins + edges.count { $0 <= sum }] = 1
      guard !outcome.isNaN else { continue }
      if isFlag {
        outputs[row * columns + (outcome > 0.5 ? 1 : 0)] = 1
      } else {
        let residual = scorer.residual(codes, at: place, sum: sum) / widest
        outputs[row * columns] = 1
        outputs[row * columns + 1] = residual
        outputs[row * columns + 2] = abs(residual)
      }
    }
  }
}
