/// Bytes to be written. It grows by itself, and writes digits without going through strings.
package struct ByteBuffer {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package var count: Int { bytes.count }

  package mutating func reserveCapacity(_ count: Int) { bytes.reserveCapacity(count) }

  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  @inline(__always)
  package mutating func append(_ byte: UInt8) { bytes.append(byte) }

  @inline(__always)
  package mutating func append(_ more: some Collection<UInt8>) { bytes.append(contentsOf: more) }

  /// Writes `value` in decimal, with leading zeros up to `minimumCount` digits.
  @inline(__always)
  package mutating func append(digits value: UInt64, minimumCount: Int = 1) {
    var rest = value
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { scratch in
      var at = 40
      while rest != 0 || 40 - at < minimumCount {
        at -= 1
        let quotient = rest / 10
        scratch[at] = UInt8(truncatingIfNeeded: rest &- quotient &* 10) &+ UInt8(ascii: "0")
        rest = quotient
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: scratch[at..<40]))
    }
  }

  @inline(__always)
  package mutating func append(integer value: Int64) {
    if value < 0 { append(UInt8(ascii: "-")) }
    append(digits: value.magnitude)
  }

  /// Writes `tick` over 10 to the `fractionDigits`, dropping trailing zeros down to
  /// `minimumFractionDigits`.
  package mutating func append(
    decimal tick: Int64, fractionDigits: Int, minimumFractionDigits: Int,
    mark: UInt8 = UInt8(ascii: ".")
  ) {
    if tick < 0 { append(UInt8(ascii: "-")) }
    let (whole, rest) = tick.magnitude.quotientAndRemainder(
      dividingBy: UInt64(ParsedNumber.powersOfTen[fractionDigits]))
    append(digits: whole)
    var fraction = rest
    var count = fractionDigits
    while count > minimumFractionDigits && fraction % 10 == 0 {
      fraction /= 10
      count -= 1
    }
    guard count > 0 else { return }
    append(mark)
    append(digits: fraction, minimumCount: count)
  }
}
