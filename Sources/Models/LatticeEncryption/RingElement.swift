#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Words in memory of their own, which cannot be copied and are zeroed when they go.
package struct WipedWords: ~Copyable {
  package let base: UnsafeMutablePointer<UInt64>
  package let count: Int

  package init(count: Int) {
    base = .allocate(capacity: count)
    base.initialize(repeating: 0, count: count)
    self.count = count
  }

  deinit {
    wipe()
    base.deallocate()
  }

  /// Zeroes the words with a call that the compiler must not leave out.
  private borrowing func wipe() {
    let byteCount = count * MemoryLayout<UInt64>.stride
    #if canImport(Darwin)
      memset_s(base, byteCount, 0, byteCount)
    #else
      explicit_bzero(base, byteCount)
    #endif
  }
}

/// A polynomial modulo q and X^8192 + 1, as its residues modulo both primes: 8,192 of the first,
/// then 8,192 of the second. It is either in coefficients or transformed; its user knows which.
package struct RingElement: ~Copyable {
  private let words: WipedWords

  /// Creates zero.
  package init() { words = WipedWords(count: 2 * LatticeParameters.degree) }

  /// The residues modulo the first prime (0) or the second (1).
  @inline(__always)
  package func residues(_ prime: Int) -> UnsafeMutablePointer<UInt64> {
    words.base + prime * LatticeParameters.degree
  }

  package mutating func transform() {
    for prime in 0...1 { PrimeRing.both[prime].transform(residues(prime)) }
  }

  package mutating func invert() {
    for prime in 0...1 { PrimeRing.both[prime].invert(residues(prime)) }
  }

  /// Sets each coefficient to a small number, the same for both primes.
  package mutating func fill(_ number: () -> Int64) {
    let (first, second) = (PrimeRing.both[0], PrimeRing.both[1])
    let (firstWords, secondWords) = (residues(0), residues(1))
    for place in 0..<LatticeParameters.degree {
      let value = number()
      firstWords[place] = first.residue(value)
      secondWords[place] = second.residue(value)
    }
  }

  /// Adds the product of two transformed polynomials.
  package mutating func add(_ first: borrowing RingElement, times second: borrowing RingElement) {
    for prime in 0...1 {
      let ring = PrimeRing.both[prime]
      let (target, left, right) = (residues(prime), first.residues(prime), second.residues(prime))
      for place in 0..<LatticeParameters.degree {
        target[place] = ring.sum(target[place], ring.product(left[place], right[place]))
      }
    }
  }

  /// Takes the product of two transformed polynomials away.
  mutating func subtract(_ first: borrowing RingElement, times second: borrowing RingElement) {
    for prime in 0...1 {
      let ring = PrimeRing.both[prime]
      let (target, left, right) = (residues(prime), first.residues(prime), second.residues(prime))
      for place in 0..<LatticeParameters.degree {
        target[place] = ring.difference(target[place], ring.product(left[place], right[place]))
      }
    }
  }

  /// Adds a polynomial in the same form.
  package mutating func add(_ other: borrowing RingElement) {
    for prime in 0...1 {
      let ring = PrimeRing.both[prime]
      let (target, source) = (residues(prime), other.residues(prime))
      for place in 0..<LatticeParameters.degree {
        target[place] = ring.sum(target[place], source[place])
      }
    }
  }
}
