import Mechanisms

/// The distributions of the scheme's secret numbers. The work for one number does not depend on it.
extension SecureRandom {
  /// Returns -1, 0 or 1, each with the same probability.
  @inline(__always)
  package func ternary() -> Int64 { Int64(uniform(below: UInt64(3))) - 1 }

  /// Returns 21 fair coins less 21 fair coins: centred, of variance 10.5, and never beyond 21.
  @inline(__always)
  package func centredBinomial() -> Int64 {
    let word = next()
    let mask: UInt64 = (1 << UInt64(LatticeParameters.largestNoise)) - 1
    let second = word >> UInt64(LatticeParameters.largestNoise)
    return Int64((word & mask).nonzeroBitCount) - Int64((second & mask).nonzeroBitCount)
  }

  /// Returns a uniform number from -2^73 to 2^73 - 1 as its residues modulo both primes.
  package func flooding() -> (first: UInt64, second: UInt64) {
    let upperBits = UInt64(LatticeParameters.floodingBits - 52)
    let lower = next() >> 12
    let upper = next() >> (64 - upperBits)
    func residue(_ ring: PrimeRing) -> UInt64 {
      // 2^52 modulo the prime, which is less than 2^20.
      let carry = (UInt64(1) << 52) &- ring.prime
      let uncentred = ring.sum(
        ring.product(upper, carry), PrimeRing.reduced(lower, below: ring.prime))
      return ring.difference(uncentred, ring.product(UInt64(1) << (upperBits - 1), carry))
    }
    return (residue(PrimeRing.both[0]), residue(PrimeRing.both[1]))
  }
}
