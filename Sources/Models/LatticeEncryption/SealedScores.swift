/// The answer to a block: the scores of its records, encrypted modulo the first prime.
package struct SealedScores: Sendable, Equatable {
  /// The second half, all 8,192 coefficients.
  package let mask: [UInt64]
  /// The first half at the coefficients that carry scores, and no others.
  package let bodies: [UInt64]
  /// The distance between two such coefficients.
  let spacing: Int

  /// Returns the length in a file.
  package static func byteCount(records: Int) -> Int {
    ResidueBytes.count(LatticeParameters.degree) + ResidueBytes.count(records)
  }

  /// Drops the second prime from both halves, given in coefficients.
  package init(dropping pair: borrowing SealedPair, records: Int, spacing: Int) {
    self.spacing = spacing
    let (ring, inverse) = (PrimeRing.both[0], Self.inverse)
    let (first, second) = (pair.mask.residues(0), pair.mask.residues(1))
    mask = (0..<LatticeParameters.degree).map { Self.dropped(first[$0], second[$0], ring, inverse) }
    let (firstBody, secondBody) = (pair.body.residues(0), pair.body.residues(1))
    bodies = (0..<records).map {
      Self.dropped(firstBody[$0 * spacing], secondBody[$0 * spacing], ring, inverse)
    }
  }

  private static let inverse = PrimeRing.Factor(
    PrimeRing.power(
      LatticeParameters.secondPrime, LatticeParameters.firstPrime - 2,
      LatticeParameters.firstPrime),
    prime: LatticeParameters.firstPrime)

  /// Returns (c - [c]) / q2 modulo q1, where c has these residues and [c] is the one modulo q2 that
  /// is nearest to zero: c / q2, rounded.
  @inline(__always)
  private static func dropped(
    _ first: UInt64, _ second: UInt64, _ ring: borrowing PrimeRing, _ inverse: PrimeRing.Factor
  ) -> UInt64 {
    let half = LatticeParameters.secondPrime / 2
    let isUpper = 0 &- ((half &- second) >> 63)
    let centred =
      second &+ ((LatticeParameters.firstPrime - LatticeParameters.secondPrime) & isUpper)
    return ring.product(ring.difference(first, centred), inverse)
  }

  /// Reads an answer to a block of so many records, strictly.
  package init(reading bytes: UnsafeRawBufferPointer, records: Int, spacing: Int)
    throws(LatticeFault)
  {
    let expected = Self.byteCount(records: records)
    guard bytes.count == expected else {
      throw .wrongLength(expected: expected, found: bytes.count)
    }
    let length = ResidueBytes.count(LatticeParameters.degree)
    mask = try Self.residues(
      UnsafeRawBufferPointer(rebasing: bytes.prefix(length)), count: LatticeParameters.degree)
    bodies = try Self.residues(
      UnsafeRawBufferPointer(rebasing: bytes.dropFirst(length)), count: records)
    self.spacing = spacing
  }

  private static func residues(_ bytes: UnsafeRawBufferPointer, count: Int) throws(LatticeFault)
    -> [UInt64]
  {
    let words = WipedWords(count: count)
    try ResidueBytes.read(
      bytes, count: count, below: LatticeParameters.firstPrime, into: words.base)
    return Array(UnsafeBufferPointer(start: words.base, count: count))
  }

  /// The answer as ``init(reading:records:spacing:)`` reads it.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    mask.withUnsafeBufferPointer {
      ResidueBytes.append($0.baseAddress!, count: $0.count, to: &bytes)
    }
    bodies.withUnsafeBufferPointer { bodies in
      guard let base = bodies.baseAddress else { return }
      ResidueBytes.append(base, count: bodies.count, to: &bytes)
    }
    return bytes
  }
}
