import Foundation
import Mechanisms

/// A polynomial of whole numbers encrypted under a secret key, as it is sent: the seed of its
/// second half, and its first half, transformed.
package struct SealedBlock: Sendable, Equatable {
  package let seed: PublicSeed
  /// The first half's residues, 8,192 modulo each prime.
  package let body: [UInt64]

  /// The length in a file: the seed and 52 bits a residue.
  package static let byteCount =
    PublicSeed.byteCount + 2 * ResidueBytes.count(LatticeParameters.degree)

  init(seed: PublicSeed, body: borrowing RingElement) {
    self.seed = seed
    self.body = Array(
      UnsafeBufferPointer(start: body.residues(0), count: 2 * LatticeParameters.degree))
  }

  /// Reads a block, strictly: its length, and every residue.
  package init(reading bytes: UnsafeRawBufferPointer) throws(LatticeFault) {
    guard bytes.count == Self.byteCount else {
      throw .wrongLength(expected: Self.byteCount, found: bytes.count)
    }
    seed = PublicSeed(bytes: Array(bytes.prefix(PublicSeed.byteCount)))
    let half = ResidueBytes.count(LatticeParameters.degree)
    var residues = [UInt64](repeating: 0, count: 2 * LatticeParameters.degree)
    var fault: LatticeFault?
    residues.withUnsafeMutableBufferPointer { residues in
      for prime in 0...1 {
        let start = PublicSeed.byteCount + prime * half
        do throws(LatticeFault) {
          try ResidueBytes.read(
            UnsafeRawBufferPointer(rebasing: bytes[start..<start + half]),
            count: LatticeParameters.degree,
            below: PrimeRing.both[prime].prime,
            into: residues.baseAddress! + prime * LatticeParameters.degree)
        } catch { fault = error }
      }
    }
    if let fault { throw fault }
    body = residues
  }

  /// The block as ``init(reading:)`` reads it.
  package var bytes: [UInt8] {
    var bytes = seed.bytes
    body.withUnsafeBufferPointer { body in
      for prime in 0...1 {
        let start = body.baseAddress! + prime * LatticeParameters.degree
        ResidueBytes.append(start, count: LatticeParameters.degree, to: &bytes)
      }
    }
    return bytes
  }

  /// Returns both halves, transformed.
  package func opened() -> SealedPair {
    let first = RingElement()
    body.withUnsafeBufferPointer {
      first.residues(0).update(from: $0.baseAddress!, count: $0.count)
    }
    return SealedPair(body: first, mask: seed.expanded())
  }
}

/// Both halves of a ciphertext: `body` + `mask` · secret is the scaled number plus noise.
package struct SealedPair: ~Copyable {
  package var body: RingElement
  package var mask: RingElement

  package init(body: consuming RingElement, mask: consuming RingElement) {
    self.body = body
    self.mask = mask
  }
}
