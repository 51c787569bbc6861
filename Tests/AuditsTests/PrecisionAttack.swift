import Foundation

/// Mironov's attack (2012), as Haney et al. (2022) count it: the answers that are not whole
/// multiples of a small power of two.
enum PrecisionAttack {
  /// Whether an answer is not a whole multiple of 2^-bits.
  static func isOffGrid(_ answer: Double, bits: Int) -> Bool {
    let scaled = scalbn(answer, bits)
    return scaled != scaled.rounded()
  }
}
