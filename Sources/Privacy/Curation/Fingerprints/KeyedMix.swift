import Basics
import Ledger

/// Fast keyed hashes of single words, for sketches that never leave the owner's ledger.
///
/// Two rounds of a full-width multiplication, its halves folded together (as in wyhash, Wang Yi
/// 2020), between secret words. It is faster than SipHash, which still digests every label. No
/// proof of strength is claimed or needed: anyone who has the sketches has the key beside them.
struct KeyedMix: Sendable {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  init(key: FingerprintKey, purpose: String) {
    let words = key.words(for: purpose, count: 4)
    self.words = (words[0], words[1] | 1, words[2], words[3] | 1)
  }

  @inline(__always)
  func callAsFunction(_ word: UInt64) -> UInt64 {
    Self.fold(Self.fold(word ^ words.0, words.1) ^ words.2, words.3)
  }

  @inline(__always)
  private static func fold(_ first: UInt64, _ second: UInt64) -> UInt64 {
    let product = first.multipliedFullWidth(by: second)
    return product.high ^ product.low
  }

  /// Spreads a sum of hashes over all bits (the finaliser of MurmurHash3, variant 13 of Stafford):
  /// a bijection.
  @inline(__always)
  static func finish(_ word: UInt64) -> UInt64 { SplitMix64.mixed(word) }
}
