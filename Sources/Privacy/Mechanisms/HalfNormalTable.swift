import BigInt

/// The step function above the half-normal density that ``FlooredGaussian`` draws from. It has 64
/// steps to a standard deviation, up to 13 of them, and step k is as high as the density at its
/// inner end, exp(-(k/64)²/2).
///
/// A step is drawn by the alias method (Walker 1977, in Vose's form of 1991) with exact
/// whole-number probabilities that sum to 2^138. `docs/proofs/floored-gaussian.md`.
package struct HalfNormalTable: Sendable {
  /// Steps to a standard deviation: 2^6.
  package static let stepBits = 6
  /// The number of steps: 13 standard deviations.
  package static let steps = 13 << stepBits
  /// Columns of the alias table: 2^10.
  package static let columnBits = 10

  /// For each column, how often out of 2^128 it stands for its own step.
  package let own: [UInt128]
  /// The step a column stands for otherwise.
  package let other: [UInt16]
  /// The first 32 bits of a number that lies below the density anywhere in a step, relative to the
  /// step's height.
  package let surelyKept: [UInt32]

  package static let shared = HalfNormalTable()

  package init() {
    let weights = Self.weights()
    (own, other) = Self.alias(weights)
    surelyKept = (0..<Self.steps).map { step in
      // exp(-(k + 1/2)/64²) is reached at the outer end of step k.
      let least = BinaryFraction.expMinus(
        BigUInt(2 * step + 1), over: BigUInt(2 << (2 * Self.stepBits)), bits: 128)
      return UInt32(least >> 96)
    }
  }

  /// Returns the probabilities of the steps, out of 2^138, rounded down. The remainder (less than
  /// 2^10) goes to the first.
  package static func weights() -> [BigUInt] {
    let bits = 320
    let whole = BigUInt(1) << (128 + columnBits)
    // exp(-k²/8192) by exp(-(k+1)²/8192) = exp(-k²/8192) * exp(-(2k+1)/8192).
    let root = BinaryFraction.expMinus(1, over: BigUInt(2 << (2 * stepBits)), bits: bits)
    let square = (root * root) >> bits
    var heights: [BigUInt] = []
    var (height, factor) = (BigUInt(1) << bits, root)
    for _ in 0..<steps {
      heights.append(height)
      height = (height * factor) >> bits
      factor = (factor * square) >> bits
    }
    let sum = heights.reduce(0, +)
    var weights = heights.map { $0 * whole / sum }
    weights[0] += whole - weights.reduce(0, +)
    return weights
  }

  /// Returns columns that together give each step its weight. Every column holds 2^128, split
  /// between its own step and one other.
  private static func alias(_ weights: [BigUInt]) -> (own: [UInt128], other: [UInt16]) {
    let columns = 1 << columnBits
    let full = BigUInt(1) << 128
    var left = weights + [BigUInt](repeating: 0, count: columns - weights.count)
    var own = [UInt128](repeating: 0, count: columns)
    var other = (0..<columns).map { UInt16($0) }
    var small = left.indices.filter { left[$0] < full }
    var large = left.indices.filter { left[$0] >= full }
    while let column = small.popLast() {
      guard let donor = large.last else { preconditionFailure("the columns do not add up") }
      own[column] = UInt128(left[column])
      other[column] = UInt16(donor)
      left[donor] -= full - left[column]
      if left[donor] < full {
        large.removeLast()
        small.append(donor)
      }
    }
    // The remaining columns are full: they stand for themselves whatever is drawn.
    return (own, other)
  }
}

/// Exponentials as binary fractions of any length, for the tables of samplers. No floating point is
/// involved.
enum BinaryFraction {
  /// Returns exp(-numerator / denominator) times 2^bits, rounded down, with an error below 2^-(bits
  /// - 1), for a quotient of at most 1.
  ///
  /// The series of exp(x) has positive terms only. Each is rounded down with 64 extra bits, and
  /// there are fewer than `bits` of them.
  static func expMinus(_ numerator: BigUInt, over denominator: BigUInt, bits: Int) -> BigUInt {
    precondition(
      denominator > 0 && numerator <= denominator, "the series is for quotients of at most 1")
    let one = BigUInt(1) << (bits + 64)
    var (term, sum) = (one, one)
    var order: BigUInt = 1
    while term > 0 {
      term = term * numerator / (denominator * order)
      sum += term
      order += 1
    }
    return (one << bits) / sum
  }
}
