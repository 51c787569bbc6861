import Foundation

extension String {
  /// The one spelling of this text that stands for all canonically equivalent ones (normalisation
  /// form C of Unicode Standard Annex 15).
  package var canonicallyComposed: String {
    utf8.allSatisfy { $0 < 0x80 } ? self : precomposedStringWithCanonicalMapping
  }
}
