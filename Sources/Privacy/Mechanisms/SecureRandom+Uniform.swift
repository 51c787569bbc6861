import BigInt

extension SecureRandom {
  /// Returns a uniform whole number in `0 ..< bound`; no value is favoured (Lemire 2019, with
  /// rejection).
  package func uniform(below bound: UInt64) -> UInt64 {
    precondition(bound > 0, "nothing lies below zero")
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return product.high
  }

  /// Returns a uniform whole number in `0 ..< bound`, of any size: as many random bits as `bound`
  /// has, drawn again until they lie below it.
  package func uniform(below bound: BigUInt) -> BigUInt {
    precondition(bound > 0, "nothing lies below zero")
    if let small = UInt64(exactly: bound) { return BigUInt(uniform(below: small)) }
    let words = (bound.bitWidth + 63) / 64
    let spareBits = words * 64 - bound.bitWidth
    while true {
      var candidate = BigUInt(next() >> UInt64(spareBits))
      for _ in 1..<words { candidate = candidate << 64 + BigUInt(next()) }
      if candidate < bound { return candidate }
    }
  }
}
