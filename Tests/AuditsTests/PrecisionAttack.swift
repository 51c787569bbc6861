import Foundation

/// Mironov's attack (2012), as Haney et al. (2022) count it: which answers are no whole multiple of a small power of two.
enum PrecisionAttack {
  /// Whether an answer is no whole multiple of 2^-bits.
  static func isOffGrid(_ answer: Double, bits: Int) -> Bool {
    let scaled = scalbn(answer, bits)
    return scaled != scaled.rounded()
  }
}
