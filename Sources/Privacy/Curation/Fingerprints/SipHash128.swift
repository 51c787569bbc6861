import Basics
import Ledger

/// SipHash-2-4 with 128 bits of output (Aumasson and Bernstein 2012, and its reference code): a
/// keyed function for short inputs.
package struct SipHash128: Sendable {
  private let first: UInt64
  private let second: UInt64

  package init(key: (UInt64, UInt64)) { (first, second) = key }

  /// Returns the digest of bytes.
  package func hash(_ bytes: UnsafeRawBufferPointer) -> Digest {
    var state = State(first, second)
    let whole = bytes.count & ~7
    for offset in stride(from: 0, to: whole, by: 8) {
      state.absorb(
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
    }
    var last = UInt64(truncatingIfNeeded: bytes.count) << 56
    for offset in whole..<bytes.count {
      last |= UInt64(bytes[offset]) << UInt64(8 * (offset - whole))
    }
    state.absorb(last)
    return state.finish()
  }

  /// Returns the digest of the 16 bytes of two words, little-endian.
  @inline(__always)
  package func hash(_ low: UInt64, _ high: UInt64) -> Digest {
    var state = State(first, second)
    state.absorb(low)
    state.absorb(high)
    state.absorb(16 << 56)
    return state.finish()
  }

  package struct Digest: Sendable, Equatable {
    package var low: UInt64
    package var high: UInt64

    package init(low: UInt64, high: UInt64) {
      self.low = low
      self.high = high
    }
  }

  private struct State {
    private var v0, v1, v2, v3: UInt64

    @inline(__always)
    init(_ first: UInt64, _ second: UInt64) {
      v0 = first ^ 0x736f_6d65_7073_6575
      v1 = second ^ 0x646f_7261_6e64_6f6d ^ 0xee
      v2 = first ^ 0x6c79_6765_6e65_7261
      v3 = second ^ 0x7465_6462_7974_6573
    }

    @inline(__always)
    mutating func absorb(_ word: UInt64) {
      v3 ^= word
      round()
      round()
      v0 ^= word
    }

    @inline(__always)
    mutating func finish() -> Digest {
      v2 ^= 0xee
      for _ in 0..<4 { round() }
      let low = v0 ^ v1 ^ v2 ^ v3
      v1 ^= 0xdd
      for _ in 0..<4 { round() }
      return Digest(low: low, high: v0 ^ v1 ^ v2 ^ v3)
    }

    @inline(__always)
    private mutating func round() {
      v0 &+= v1
      v1 = v1 << 13 | v1 >> 51
      v1 ^= v0
      v0 = v0 << 32 | v0 >> 32
      v2 &+= v3
      v3 = v3 << 16 | v3 >> 48
      v3 ^= v2
      v0 &+= v3
      v3 = v3 << 21 | v3 >> 43
      v3 ^= v0
      v2 &+= v1
      v1 = v1 << 17 | v1 >> 47
      v1 ^= v2
      v2 = v2 << 32 | v2 >> 32
    }
  }
}

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
