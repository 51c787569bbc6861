/// The type of an Arrow column, as far as it is read.
package indirect enum ArrowType: Sendable, Equatable {
  /// Nothing but missing cells, without buffers.
  case null
  case boolean
  case integer(bytes: Int, isSigned: Bool)
  case real(bytes: Int)
  /// Sixteen bytes, times ten to the power of `scale`.
  case decimal(scale: Int)
  /// Texts, or bytes that must be text: with offsets of four or eight bytes, or as views.
  case text(TextLayout)
  /// The sixteen bytes of a UUID.
  case uuid
  /// Days in four bytes, or milliseconds in eight.
  case date(bytes: Int)
  /// Eight bytes.
  case timestamp(TimeUnit, isUTC: Bool)
  case time(TimeUnit)
  /// Places in a list of values.
  case dictionary(index: ArrowType, value: ArrowType)

  package enum TextLayout: Sendable { case offsets32, offsets64, views }

  package enum TimeUnit: Int, Sendable {
    case second, millisecond, microsecond, nanosecond

    /// Returns the time in microseconds; nil beyond 64 bits. Parts of a microsecond are dropped.
    func microseconds(_ value: Int64) -> Int64? {
      switch self {
      case .second: product(value, 1_000_000)
      case .millisecond: product(value, 1000)
      case .microsecond: value
      case .nanosecond: value >= 0 ? value / 1000 : -((-(value + 1)) / 1000) - 1
      }
    }

    /// The bytes of a time of day.
    var timeBytes: Int { self == .second || self == .millisecond ? 4 : 8 }

    private func product(_ value: Int64, _ factor: Int64) -> Int64? {
      let (product, isOver) = value.multipliedReportingOverflow(by: factor)
      return isOver ? nil : product
    }
  }

  /// Reads a format string of the Arrow C data interface; nil for types that are not read.
  package init?(format: String, isUUID: Bool = false) {
    switch format {
    case "n": self = .null
    case "b": self = .boolean
    case "c", "s", "i", "l":
      self = .integer(bytes: ["c": 1, "s": 2, "i": 4, "l": 8][format] ?? 8, isSigned: true)
    case "C", "S", "I", "L":
      self = .integer(bytes: ["C": 1, "S": 2, "I": 4, "L": 8][format] ?? 8, isSigned: false)
    case "f": self = .real(bytes: 4)
    case "g": self = .real(bytes: 8)
    case "u", "z": self = .text(.offsets32)
    case "U", "Z": self = .text(.offsets64)
    case "vu", "vz": self = .text(.views)
    case "w:16" where isUUID: self = .uuid
    case "tdD": self = .date(bytes: 4)
    case "tdm": self = .date(bytes: 8)
    default:
      guard let type = Self.time(format) ?? Self.decimal(format) else { return nil }
      self = type
    }
  }

  private static let units: [Character: TimeUnit] = [
    "s": .second, "m": .millisecond, "u": .microsecond, "n": .nanosecond,
  ]

  private static func time(_ format: String) -> ArrowType? {
    let letters = Array(format)
    guard letters.count >= 3, letters[0] == "t", let unit = units[letters[2]] else { return nil }
    if letters[1] == "t", letters.count == 3 { return .time(unit) }
    guard letters[1] == "s", letters.count >= 4, letters[3] == ":" else { return nil }
    return .timestamp(unit, isUTC: letters.count > 4)
  }

  private static func decimal(_ format: String) -> ArrowType? {
    let parts = format.split(separator: ":")
    guard parts.count == 2, parts[0] == "d" else { return nil }
    let numbers = parts[1].split(separator: ",").compactMap { Int($0) }
    guard numbers.count == 2 || numbers.count == 3 && numbers[2] == 128,
      (1...38).contains(numbers[0]), (0...38).contains(numbers[1])
    else {
      return nil
    }
    return .decimal(scale: numbers[1])
  }

  /// How the cells are kept.
  package var kind: SourceKind {
    switch self {
    case .null, .text, .uuid: .text
    case .boolean: .truth
    case .integer: .whole
    case .real: .real
    case .decimal(let scale): scale == 0 ? .whole : scale <= 9 ? .decimal(digits: scale) : .text
    case .date: .day
    case .timestamp(_, let isUTC): .instant(isUTC: isUTC)
    case .time: .clock
    case .dictionary(_, let value): value.kind
    }
  }
}
