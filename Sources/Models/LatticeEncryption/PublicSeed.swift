import Crypto
import Foundation
import Mechanisms

/// 32 public bytes that stand for a uniform polynomial: half of a ciphertext that need not be sent.
///
/// Because the polynomial is always computed from the seed, no file can choose it: a ciphertext
/// whose second half is zero, or short of a full one, cannot be written down.
package struct PublicSeed: Hashable, Sendable {
  package static let byteCount = 32
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) {
    precondition(bytes.count == Self.byteCount)
    self.bytes = bytes
  }

  /// Creates a seed of 32 fresh bytes. `random` draws nothing that must stay secret.
  init(random: SecureRandom) {
    bytes = (0..<Self.byteCount / 8).flatMap { _ in
      let word = random.next()
      return (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
    }
  }

  /// Returns the polynomial, transformed: each value is 52 bits of the ChaCha20 keystream under the
  /// seed, drawn again if they are not below the prime.
  package func expanded() -> RingElement {
    let element = RingElement()
    var stream = Keystream(key: SymmetricKey(data: bytes))
    for prime in 0...1 {
      let (bound, target) = (PrimeRing.both[prime].prime, element.residues(prime))
      var place = 0
      while place < LatticeParameters.degree {
        stream.eachWord { word in
          let candidate = word >> 12
          guard place < LatticeParameters.degree, candidate < bound else { return }
          target[place] = candidate
          place += 1
        }
      }
    }
    return element
  }
}

/// The ChaCha20 keystream in blocks, each under a nonce of its own.
private struct Keystream {
  private static let zeros = Data(count: LatticeParameters.degree * 8)
  let key: SymmetricKey
  private var block: UInt8 = 0

  init(key: SymmetricKey) { self.key = key }

  /// Passes on the words of the next block.
  mutating func eachWord(_ body: (UInt64) -> Void) {
    let nonce = [block] + [UInt8](repeating: 0, count: 11)
    block += 1
    guard let nonce = try? ChaChaPoly.Nonce(data: nonce),
      let words = try? ChaChaPoly.seal(Self.zeros, using: key, nonce: nonce).ciphertext
    else { preconditionFailure("the cipher refused to make a keystream") }
    words.withUnsafeBytes { bytes in
      for place in stride(from: 0, to: bytes.count, by: 8) {
        body(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
      }
    }
  }
}
