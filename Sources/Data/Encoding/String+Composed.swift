import Foundation

extension String {
  /// The one way of writing this text that stands for all that are canonically equivalent (normalisation form C of Unicode Standard
  /// Annex 15).
  package var canonicallyComposed: String {
    utf8.allSatisfy { $0 < 0x80 } ? self : precomposedStringWithCanonicalMapping
  }
}
