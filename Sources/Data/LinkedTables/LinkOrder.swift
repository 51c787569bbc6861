import Tables

/// The comparison of two columns that a rule puts in order, which may be a date in one table and a
/// time of day in another.
package struct LinkOrder: Sendable, Equatable {
  private enum Way: Sendable, Equatable {
    case scaled(OrderScale)
    /// Both in units of this many ticks to the common unit: ticks times the factor, divided by a
    /// day if one column has no time of day.
    case moments(Int64, Int64, byDay: Bool)
  }
  private let way: Way

  /// - Returns: nil if the types cannot be compared.
  package init?(_ earlier: ColumnType, _ later: ColumnType) {
    if earlier.canPrecede(later) {
      way = .scaled(OrderScale(earlier, later))
    } else if let first = earlier.microsecondsPerTick, let second = later.microsecondsPerTick {
      way = .moments(first, second, byDay: earlier.isDate || later.isDate)
    } else {
      return nil
    }
  }

  /// Whether the first value lies above the second. Both are values, not missing.
  @inline(__always)
  package func isAbove(_ first: Int64, _ second: Int64) -> Bool {
    switch way {
    case .scaled(let scale): return scale.isAbove(first, second)
    case .moments(let one, let other, let byDay):
      let (first, second) = (Int128(first) * Int128(one), Int128(second) * Int128(other))
      return byDay ? Self.day(first) > Self.day(second) : first > second
    }
  }

  private static func day(_ microseconds: Int128) -> Int128 {
    let (quotient, rest) = microseconds.quotientAndRemainder(dividingBy: 86_400_000_000)
    return rest < 0 ? quotient - 1 : quotient
  }
}

extension ColumnType {
  /// The length of a tick of a date or of a time with a date; nil for every other type.
  package var microsecondsPerTick: Int64? {
    switch self {
    case .date: 86_400_000_000
    case .timestamp(let format):
      if TimePattern(format)?.isClock ?? true {
        nil
      } else if format.fractionDigits > 0 {
        ParsedNumber.powersOfTen[6 - format.fractionDigits]
      } else {
        1_000_000 * Int64(max(format.secondsPerTick, 1))
      }
    case .integer, .decimal, .scientific, .boolean, .category, .identifier, .text: nil
    }
  }

  fileprivate var isDate: Bool {
    if case .date = self { true } else { false }
  }
}
