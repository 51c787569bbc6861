/// The one parameter set of encrypted scoring: BFV at depth 0 over Z_q[X]/(X^8192 + 1).
///
/// There is no other set, so nothing is negotiated and no file can ask for a weaker one. With a
/// ternary secret, q of 104 bits at this degree lies far inside every published table for 128 bits
/// (`docs/proofs/lattice-noise.md`).
package enum LatticeParameters {
  /// The name of the set, which every file carries.
  package static let name = "bfv-8192-104-28"
  /// The number of coefficients of a polynomial.
  package static let degree = 8192
  /// The modulus q is the product of two primes just below 2^52, each 1 modulo 16,384.
  package static let firstPrime: UInt64 = 4_503_599_627_124_737
  /// The prime that an answer drops. It is the smaller of the two.
  package static let secondPrime: UInt64 = 4_503_599_626_682_369
  /// Numbers that are encrypted, and scores, are whole and taken modulo 2^28.
  package static let plainBits = 28
  /// The factor floor(q / 2^28) on a number in a ciphertext, modulo each prime.
  static let scaleResidues: [UInt64] = {
    let scale = (UInt128(firstPrime) * UInt128(secondPrime)) >> UInt128(plainBits)
    return [firstPrime, secondPrime].map { UInt64(scale % UInt128($0)) }
  }()

  /// The largest magnitude of fresh noise: 21 coins less 21 coins.
  package static let largestNoise = 21
  /// The flooding noise of an answer is uniform over 2^74 whole numbers around zero.
  package static let floodingBits = 74
  /// The largest sum of the magnitudes of the weights that the bounds on the noise allow.
  package static let largestWeightSum: Int64 = 1 << 24
  /// Scores must be below this magnitude, half of 2^28: they are read as numbers with a sign.
  package static let scoreLimit: Int64 = 1 << 27
}
