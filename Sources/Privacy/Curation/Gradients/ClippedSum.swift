import VectorKernels

/// Adds gradients of privacy units, each clipped to a bound, on a whole-number grid.
///
/// A gradient comes as factors (``GradientFactors``), and both are rounded to whole numbers. Dot
/// products of the whole numbers give the exact squared length of the outer products, so no unit's
/// gradient is ever written out. If a unit is too long, its second factors are scaled and rounded
/// again until its length is checked to be within the bound, or the unit is left out. The sum of
/// whole numbers is exact, so one unit changes it by its own gradient and by nothing else.
/// `docs/proofs/noisy-gradient.md`.
package struct ClippedSum {
  /// The grid of first factors: 2^8 steps to 1.
  package static let inputScale = 256.0
  /// First factors beyond 2^15 steps (128) are moved there.
  static let inputLimit = 32768.0

  package let blocks: [GradientBlock]
  /// The length of a unit's longest gradient, in steps of the grid.
  package let sensitivity: Double
  /// The factor by which second factors are multiplied.
  private let outputScale: Double
  /// Second factors beyond this limit are moved to it, so that no partial sum passes 2^53.
  private let outputLimit: Double
  private var inputs: [[Double]]
  private var outputs: [[Double]]

  /// - Parameters:
  ///   - clip: the length to which gradients are clipped, in the network's own unit.
  ///   - unitRows: the largest number of rows of a unit.
  package init(
    blocks: [GradientBlock], rowCapacity: Int, sensitivity: Int, clip: Double, unitRows: Int
  ) {
    let pairs = blocks.map(\.pairs).max() ?? 1
    precondition(
      rowCapacity * pairs <= 1 << 15 && unitRows * pairs <= 1 << 12, "too many rows for exact sums")
    self.blocks = blocks
    self.sensitivity = Double(sensitivity)
    outputScale = Double(sensitivity) / (clip * Self.inputScale)
    outputLimit = 0x1p36 / Double(unitRows * pairs)
    inputs = blocks.map { [Double](repeating: 0, count: rowCapacity * $0.pairs * $0.inputs) }
    outputs = blocks.map { [Double](repeating: 0, count: rowCapacity * $0.pairs * $0.outputs) }
  }

  /// Adds the clipped gradients of units, each a run of rows of `factors`, to `sums`, block after
  /// block.
  package mutating func add(
    _ factors: GradientFactors, rows: Int, units: [Range<Int>],
    to sums: UnsafeMutableBufferPointer<Double>
  ) {
    for (index, block) in blocks.enumerated() {
      Self.round(
        factors.inputs(index), count: rows * block.pairs * block.inputs, Self.inputScale,
        Self.inputLimit, &inputs[index])
      Self.round(
        factors.outputs(index), count: rows * block.pairs * block.outputs, outputScale, outputLimit,
        &outputs[index])
    }
    for unit in units { clip(unit, factors) }
    var start = 0
    for (index, block) in blocks.enumerated() {
      guard let sums = sums.baseAddress else { return }
      vk_exact_outer_sum(
        sums + start, inputs[index], outputs[index], rows * block.pairs, block.inputs, block.outputs
      )
      if block.hasBias {
        Self.addBias(
          outputs[index], rows: rows * block.pairs, block.outputs,
          to: sums + start + block.inputs * block.outputs)
      }
      start += block.count
    }
  }

  /// Scales a unit's second factors until the unit is short enough. Zeroes it if nothing helps, for
  /// example if a factor is not a number.
  private mutating func clip(_ unit: Range<Int>, _ factors: GradientFactors) {
    let limit = sensitivity * sensitivity
    var scale = 1.0
    for _ in 0..<16 {
      let (square, bound) = squaredLength(unit)
      if bound <= limit { return }
      guard square.isFinite, bound.isFinite else { break }
      // Slightly less than the exact fit, since rounding again may lengthen it.
      scale *= min(1, (limit / max(square, 1)).squareRoot()) * (1 - 0x1p-9)
      rescale(unit, factors, scale)
    }
    drop(unit)
  }

  /// Returns the squared length of a unit's gradient, and an upper bound that covers any loss in
  /// the computation.
  private func squaredLength(_ unit: Range<Int>) -> (square: Double, bound: Double) {
    var (square, slack) = (0.0, 0.0)
    for (index, block) in blocks.enumerated() {
      let pairs = unit.lowerBound * block.pairs..<unit.upperBound * block.pairs
      let bias = block.hasBias ? Self.inputScale * Self.inputScale : 0
      inputs[index].withUnsafeBufferPointer { a in
        outputs[index].withUnsafeBufferPointer { b in
          guard let a = a.baseAddress, let b = b.baseAddress else { return }
          var lengths = 0.0
          for first in pairs {
            let (u, v) = (a + first * block.inputs, b + first * block.outputs)
            let own = (vk_dot(u, u, block.inputs) + bias) * vk_dot(v, v, block.outputs)
            square += own
            lengths += own.squareRoot()
            for second in first + 1..<max(pairs.upperBound, first + 1) {
              let across = vk_dot(u, a + second * block.inputs, block.inputs) + bias
              square += 2 * across * vk_dot(v, b + second * block.outputs, block.outputs)
            }
          }
          slack += lengths * lengths
        }
      }
    }
    return (square, square + slack * 1e-9)
  }

  private mutating func rescale(_ unit: Range<Int>, _ factors: GradientFactors, _ scale: Double) {
    for (index, block) in blocks.enumerated() {
      let range =
        unit.lowerBound * block.pairs * block.outputs..<unit.upperBound * block.pairs
        * block.outputs
      let source = UnsafeMutableBufferPointer(rebasing: factors.outputs(index)[range])
      outputs[index].withUnsafeMutableBufferPointer { target in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        vk_exact_round(
          target + range.lowerBound, source, range.count, outputScale * scale, outputLimit)
      }
    }
  }

  private mutating func drop(_ unit: Range<Int>) {
    for (index, block) in blocks.enumerated() {
      for place in unit.lowerBound * block.pairs * block.outputs..<unit.upperBound * block.pairs
        * block.outputs
      {
        outputs[index][place] = 0
      }
      for place in unit.lowerBound * block.pairs * block.inputs..<unit.upperBound * block.pairs
        * block.inputs
      { inputs[index][place] = 0 }
    }
  }

  private static func round(
    _ source: UnsafeMutableBufferPointer<Float>, count: Int, _ scale: Double, _ limit: Double,
    _ target: inout [Double]
  ) {
    target.withUnsafeMutableBufferPointer { target in
      guard let source = source.baseAddress, let target = target.baseAddress else { return }
      vk_exact_round(target, source, count, scale, limit)
    }
  }

  private static func addBias(
    _ outputs: [Double], rows: Int, _ width: Int, to sums: UnsafeMutablePointer<Double>
  ) {
    outputs.withUnsafeBufferPointer { outputs in
      guard let outputs = outputs.baseAddress else { return }
      for row in 0..<rows { vk_axpy(sums, inputScale, outputs + row * width, width) }
    }
  }
}
