/// A sum of doubles without any rounding. It equals the exact sum of ``parts``, which ascend in
/// size and do not overlap (Shewchuk 1997, "Adaptive Precision Floating-Point Arithmetic",
/// GROW-EXPANSION).
package struct ExactSum: Sendable, Hashable {
  package private(set) var parts: [Double] = []

  package init() {}

  /// Adds a finite number.
  package mutating func add(_ value: Double) {
    var (carry, kept) = (value, [Double]())
    for part in parts {
      let sum = carry + part
      let added = sum - carry
      let error = (carry - (sum - added)) + (part - added)
      if error != 0 { kept.append(error) }
      carry = sum
    }
    if carry != 0 || kept.isEmpty { kept.append(carry) }
    parts = kept
  }

  /// Returns this sum less the other's parts.
  package func subtracting(_ other: ExactSum) -> ExactSum {
    var result = self
    for part in other.parts { result.add(-part) }
    return result
  }

  package func subtracting(_ value: Double) -> ExactSum {
    var result = self
    result.add(-value)
    return result
  }

  /// The sign of the sum; nil for zero. The largest part decides.
  package var sign: FloatingPointSign? {
    guard let last = parts.last, last != 0 else { return nil }
    return last < 0 ? .minus : .plus
  }

  package var isNegative: Bool { sign == .minus }

  /// The nearest doubles on either side of the sum; equal if the sum is a double.
  package var roundedDown: Double { rounded(-1) }
  package var roundedUp: Double { rounded(1) }

  private func rounded(_ direction: Double) -> Double {
    // The parts do not overlap, so their sum, largest first, is off by less than a unit in the last
    // place. Move until it is on the right side.
    var value = parts.reversed().reduce(0, +)
    while true {
      var difference = self
      difference.add(-value)
      guard let sign = difference.sign else { return value }
      if direction < 0, sign == .plus {
        var next = self
        next.add(-value.nextUp)
        if next.isNegative { return value }
        value = value.nextUp
      } else if direction > 0, sign == .minus {
        var next = self
        next.add(-value.nextDown)
        if next.sign == .plus { return value }
        value = value.nextDown
      } else {
        value = direction < 0 ? value.nextDown : value.nextUp
      }
    }
  }
}
