/// The common unit of two columns that one rule puts in order: that of the finer one.
package struct OrderScale: Sendable, Equatable {
  /// The common units in one tick of each column.
  package let earlier: Int64
  package let later: Int64

  /// - Precondition: The types can be compared, see ``ColumnType/canPrecede(_:)``.
  package init(_ earlier: ColumnType, _ later: ColumnType) {
    guard earlier.isNumber, later.isNumber, let first = earlier.fractionDigits,
      let second = later.fractionDigits
    else {
      (self.earlier, self.later) = (1, 1)
      return
    }
    let finest = max(first, second)
    (self.earlier, self.later) = (
      ParsedNumber.powersOfTen[finest - first], ParsedNumber.powersOfTen[finest - second]
    )
  }

  /// Whether the first value lies above the second.
  @inline(__always)
  package func isAbove(_ first: Int64, _ second: Int64) -> Bool {
    earlier == later
      ? first > second : Int128(first) * Int128(earlier) > Int128(second) * Int128(later)
  }

  /// Whether the first of two earlier values, each in the unit of its own column, lies below.
  package func isBelow(_ first: Int64, _ second: Int64, _ other: OrderScale) -> Bool {
    Int128(first) * Int128(earlier) * Int128(other.later) < Int128(second) * Int128(other.earlier)
      * Int128(later)
  }

  /// Returns the distance in common units, limited to what a tick holds; 0 if it is negative.
  package func gap(_ first: Int64, _ second: Int64) -> Int64 {
    Int64(clamping: max(Int128(second) * Int128(later) - Int128(first) * Int128(earlier), 0))
  }

  /// Returns the lowest tick of the later column that is so far above the earlier, at most
  /// `highest` unless even the earlier lies above that.
  package func tick(above first: Int64, by gap: Int64, highest: Int64?) -> Int64 {
    func rounded(_ value: Int128) -> Int64 {
      let (quotient, rest) = value.quotientAndRemainder(dividingBy: Int128(later))
      return Int64(clamping: rest > 0 ? quotient + 1 : quotient)
    }
    let start = Int128(first) * Int128(earlier)
    let tick = rounded(start + Int128(gap))
    return max(rounded(start), min(tick, highest ?? tick))
  }
}
