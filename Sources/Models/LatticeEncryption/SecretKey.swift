import Foundation
import Mechanisms

/// The key of one request: a ternary polynomial. It encrypts, reads one answer, and goes.
///
/// It cannot be copied; its memory is zeroed when it goes. No step that uses it branches on it or
/// takes an address from it.
package struct SecretKey: ~Copyable {
  /// The length in a file: two bits a coefficient.
  package static let byteCount = LatticeParameters.degree / 4
  private static let coefficientsPerWord = 32

  /// The coefficients plus 1, two bits each.
  private let packed: WipedWords
  /// The polynomial, transformed.
  private var secret: RingElement

  /// Makes a fresh key.
  package init(random: SecureRandom) {
    packed = WipedWords(count: Self.byteCount / 8)
    for place in 0..<LatticeParameters.degree {
      packed.base[place / Self.coefficientsPerWord] |=
        random.uniform(below: UInt64(3)) << UInt64(2 * (place % Self.coefficientsPerWord))
    }
    secret = Self.secret(of: packed)
  }

  /// Reads a key, strictly.
  package init(reading bytes: UnsafeRawBufferPointer) throws(LatticeFault) {
    guard bytes.count == Self.byteCount else {
      throw .wrongLength(expected: Self.byteCount, found: bytes.count)
    }
    let words = WipedWords(count: Self.byteCount / 8)
    UnsafeMutableRawPointer(words.base).copyMemory(
      from: bytes.baseAddress!, byteCount: Self.byteCount)
    var isFour: UInt64 = 0
    for place in 0..<words.count {
      isFour |= words.base[place] & words.base[place] >> 1 & 0x5555_5555_5555_5555
    }
    guard isFour == 0 else { throw .notTernary }
    secret = Self.secret(of: words)
    packed = words
  }

  private static func secret(of packed: borrowing WipedWords) -> RingElement {
    var element = RingElement()
    let words = packed.base
    var place = 0
    element.fill {
      let code = words[place / coefficientsPerWord] >> UInt64(2 * (place % coefficientsPerWord)) & 3
      place += 1
      return Int64(code) - 1
    }
    element.transform()
    return element
  }

  /// Lends the bytes of the key to `body`, which writes them and keeps none.
  package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(start: packed.base, count: Self.byteCount))
  }
}

// MARK: Encryption

extension SecretKey {
  /// Encrypts zero. The result serves as the public key of the request: with it, the answer is
  /// given fresh randomness that the asker does not know.
  package borrowing func encryptedZero(random: SecureRandom, seeds: SecureRandom) -> SealedBlock {
    encrypt(PlainBlock(), random: random, seeds: seeds)
  }

  /// Encrypts a block of numbers.
  /// - Parameters:
  ///   - random: The stream of the noise, which stays secret.
  ///   - seeds: The stream of the seeds, which are sent: another one, so that nothing secret is
  ///     ever beside something sent in one stream.
  package borrowing func encrypt(
    _ plain: borrowing PlainBlock, random: SecureRandom, seeds: SecureRandom
  ) -> SealedBlock {
    let seed = PublicSeed(random: seeds)
    let mask = seed.expanded()
    var body = RingElement()
    body.fill { random.centredBinomial() }
    for prime in 0...1 {
      let ring = PrimeRing.both[prime]
      let scale = PrimeRing.Factor(LatticeParameters.scaleResidues[prime], prime: ring.prime)
      let target = body.residues(prime)
      for place in 0..<LatticeParameters.degree {
        target[place] = ring.sum(target[place], ring.product(plain.words.base[place], scale))
      }
    }
    body.transform()
    body.subtract(mask, times: secret)
    return SealedBlock(seed: seed, body: body)
  }

  /// Returns the scores of an answer, exactly if it was made by the rules
  /// (`docs/proofs/lattice-noise.md`). An answer made otherwise gives other numbers, and nothing
  /// here tells which.
  package borrowing func scores(_ answer: SealedScores) -> [Int64] {
    let ring = PrimeRing.both[0]
    let product = WipedWords(count: LatticeParameters.degree)
    answer.mask.withUnsafeBufferPointer {
      product.base.update(from: $0.baseAddress!, count: $0.count)
    }
    ring.transform(product.base)
    let key = secret.residues(0)
    for place in 0..<LatticeParameters.degree {
      product.base[place] = ring.product(product.base[place], key[place])
    }
    ring.invert(product.base)
    let half = UInt64(1) << UInt64(LatticeParameters.plainBits - 1)
    return answer.bodies.indices.map { index in
      let value = ring.sum(answer.bodies[index], product.base[index * answer.spacing])
      // 2^28 · value / q, rounded, from 2^51 / q in 64 bits.
      let scaled = value.multipliedFullWidth(by: ring.reciprocal).high
      let number = (scaled &+ 1 << 22) >> 23 & (2 * half - 1)
      return Int64(number ^ half) - Int64(half)
    }
  }
}

/// The numbers to be encrypted in one block, from 0 to 2^27 - 1, at 8,192 places. Its memory is
/// zeroed when it goes.
package struct PlainBlock: ~Copyable {
  let words: WipedWords

  /// Creates a block of zeros.
  package init() { words = WipedWords(count: LatticeParameters.degree) }

  package func set(_ number: UInt64, at place: Int) {
    precondition(place < LatticeParameters.degree)
    words.base[place] = number
  }
}
