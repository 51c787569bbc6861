/// Arithmetic modulo one prime q between 2^51 and 2^52, and modulo X^8192 + 1 in
/// ``transform(_:)``'s form. No step branches on a value, and none divides.
package struct PrimeRing: Sendable {
  package let prime: UInt64
  /// floor(2^115 / q), for ``product(_:_:)`` and for rounding.
  let reciprocal: UInt64
  /// Powers of a root of X^8192 + 1, in the order in which the butterflies need them.
  package let roots: [Factor]
  let inverseRoots: [Factor]
  /// 1 / 8192.
  let inverseDegree: Factor

  /// The ring of each prime of ``LatticeParameters``, in their order.
  package static let both = [
    PrimeRing(prime: LatticeParameters.firstPrime), PrimeRing(prime: LatticeParameters.secondPrime),
  ]

  /// A number known beforehand that many others are multiplied by, with its quotient (Shoup's
  /// method): `value`, and floor(`value` · 2^64 / q).
  package struct Factor: Sendable {
    package let value: UInt64
    let quotient: UInt64

    package init(_ value: UInt64, prime: UInt64) {
      self.value = value
      quotient = prime.dividingFullWidth((value, 0)).quotient
    }
  }

  package init(prime: UInt64) {
    precondition(
      prime > 1 << 51 && prime < 1 << 52 && prime % UInt64(2 * LatticeParameters.degree) == 1)
    self.prime = prime
    reciprocal = UInt64((UInt128(1) << 115) / UInt128(prime))
    let degree = LatticeParameters.degree
    let root = Self.root(prime: prime, order: UInt64(2 * degree))
    let inverseRoot = Self.power(root, prime - 2, prime)
    roots = Self.powers(of: root, prime: prime)
    inverseRoots = Self.powers(of: inverseRoot, prime: prime)
    inverseDegree = Factor(Self.power(UInt64(degree), prime - 2, prime), prime: prime)
  }

  /// Returns `value` less `bound` if it is at least that, else `value`. Both are below 2^63.
  @inline(__always)
  static func reduced(_ value: UInt64, below bound: UInt64) -> UInt64 {
    let less = value &- bound
    return less &+ (bound & (0 &- (less >> 63)))
  }

  @inline(__always)
  package func sum(_ first: UInt64, _ second: UInt64) -> UInt64 {
    Self.reduced(first &+ second, below: prime)
  }

  @inline(__always)
  package func difference(_ first: UInt64, _ second: UInt64) -> UInt64 {
    Self.reduced(first &+ prime &- second, below: prime)
  }

  /// Returns the residue of a number of a smaller magnitude than the prime.
  @inline(__always)
  package func residue(_ number: Int64) -> UInt64 {
    UInt64(bitPattern: number) &+ (prime & UInt64(bitPattern: number >> 63))
  }

  /// Returns the product of two residues (Barrett's method).
  ///
  /// The product p is below 2^104. Leaving out its lowest 51 bits takes at most 2^51 / q < 1 from
  /// the estimated quotient, rounding ``reciprocal`` at most p / 2^115 < 2^-10, and the last
  /// rounding less than 1. The estimate is therefore at most 2 too small, and the rest below 3q.
  @inline(__always)
  package func product(_ first: UInt64, _ second: UInt64) -> UInt64 {
    let whole = first.multipliedFullWidth(by: second)
    let upper = whole.high << 13 | whole.low >> 51
    let quotient = upper.multipliedFullWidth(by: reciprocal).high
    let rest = whole.low &- quotient &* prime
    return Self.reduced(Self.reduced(rest, below: 2 &* prime), below: prime)
  }

  /// Returns `value` times the factor, plus 0 or the prime. `value` may be any word.
  @inline(__always)
  func lazyProduct(_ value: UInt64, _ factor: Factor) -> UInt64 {
    value &* factor.value &- value.multipliedFullWidth(by: factor.quotient).high &* prime
  }

  @inline(__always)
  package func product(_ value: UInt64, _ factor: Factor) -> UInt64 {
    Self.reduced(lazyProduct(value, factor), below: prime)
  }
}

// MARK: Tables, made once from public numbers

extension PrimeRing {
  /// Returns the powers 0 to 8191 of `root`, power i at the place whose 13 bits are those of i
  /// reversed.
  private static func powers(of root: UInt64, prime: UInt64) -> [Factor] {
    let bits = LatticeParameters.degree.trailingZeroBitCount
    var powers = [Factor](repeating: Factor(0, prime: prime), count: LatticeParameters.degree)
    var power: UInt64 = 1
    for index in powers.indices {
      let reversed = (0..<bits).reduce(0) { $0 << 1 | index >> $1 & 1 }
      powers[reversed] = Factor(power, prime: prime)
      power = publicProduct(power, root, prime)
    }
    return powers
  }

  /// Returns a number whose order modulo the prime is `order`, a power of two.
  private static func root(prime: UInt64, order: UInt64) -> UInt64 {
    var candidate: UInt64 = 2
    while true {
      let root = power(candidate, (prime - 1) / order, prime)
      if power(root, order / 2, prime) == prime - 1 { return root }
      candidate += 1
    }
  }

  package static func power(_ base: UInt64, _ exponent: UInt64, _ prime: UInt64) -> UInt64 {
    var (result, square, rest): (UInt64, UInt64, UInt64) = (1, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = publicProduct(result, square, prime) }
      square = publicProduct(square, square, prime)
      rest >>= 1
    }
    return result
  }

  private static func publicProduct(_ first: UInt64, _ second: UInt64, _ prime: UInt64) -> UInt64 {
    prime.dividingFullWidth(first.multipliedFullWidth(by: second)).remainder
  }
}
