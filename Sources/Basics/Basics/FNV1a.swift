/// The 64-bit FNV-1a hash: short, and the same in every run, unlike Swift's own. Anyone can find
/// two inputs with one hash, so it only tells apart what nobody forges.
package struct FNV1a: Sendable {
  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  /// Returns the hash of a text's UTF-8.
  package static func of(_ text: String) -> UInt64 {
    var hash = FNV1a()
    for byte in text.utf8 { hash.add(UInt64(byte)) }
    return hash.value
  }

  /// Adds a byte, or a wider word in one step.
  package mutating func add(_ word: UInt64) { value = (value ^ word) &* 0x100_0000_01b3 }
}
