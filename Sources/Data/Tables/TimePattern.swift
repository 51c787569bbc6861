/// A compiled pattern of ``DateFormat`` or ``TimestampFormat`` that reads and writes ticks.
///
/// Two-digit years are 1969 to 2068, as in POSIX. Month names are the three-letter English ones,
/// read in any case.
package struct TimePattern: Sendable, Equatable {
  enum Element: Sendable, Equatable {
    case literal(UInt8)
    case year4, year2
    case month(minimumDigits: Int)
    case monthName
    case day(minimumDigits: Int)
    case hour24(minimumDigits: Int)
    case hour12(minimumDigits: Int)
    case minute, second, halfDay
    case fraction(digits: Int)
  }

  let elements: [Element]
  /// Ticks per second; 1 if ``secondsPerTick`` is not 1.
  package let ticksPerSecond: Int64
  package let secondsPerTick: Int64
  package let isDate: Bool

  /// Returns nil if the pattern has meaningless letters, or lacks a year, month or day.
  package init?(_ format: DateFormat) {
    self.init(pattern: format.pattern, isDate: true, fractionDigits: 0, secondsPerTick: 1)
  }

  package init?(_ format: TimestampFormat) {
    self.init(
      pattern: format.pattern, isDate: false, fractionDigits: format.fractionDigits, secondsPerTick: max(format.secondsPerTick, 1))
  }

  private init?(pattern: String, isDate: Bool, fractionDigits: Int, secondsPerTick: Int) {
    guard let elements = TimePattern.compile(Array(pattern.utf8)), TimePattern.namesADay(elements),
      (0...6).contains(fractionDigits)
    else { return nil }
    self.elements = elements
    self.isDate = isDate
    ticksPerSecond = ParsedNumber.powersOfTen[fractionDigits]
    self.secondsPerTick = Int64(secondsPerTick)
  }

  private static func namesADay(_ elements: [Element]) -> Bool {
    let hasYear = elements.contains(.year4) || elements.contains(.year2)
    let hasMonth = elements.contains { if case .month = $0 { true } else { $0 == .monthName } }
    let hasDay = elements.contains { if case .day = $0 { true } else { false } }
    return hasYear && hasMonth && hasDay
  }

  private static func compile(_ pattern: [UInt8]) -> [Element]? {
    var elements: [Element] = []
    var at = 0
    var isLiteral = false
    while at < pattern.count {
      let byte = pattern[at]
      if byte == UInt8(ascii: "'") {
        isLiteral.toggle()
        at += 1
        continue
      }
      let isLetter = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & 0xdf)
      if isLiteral || !isLetter || byte == UInt8(ascii: "T") || byte == UInt8(ascii: "Z") {
        elements.append(.literal(byte))
        at += 1
        continue
      }
      var end = at
      while end < pattern.count && pattern[end] == byte { end += 1 }
      guard let element = element(letter: byte, count: end - at) else { return nil }
      elements.append(element)
      at = end
    }
    return isLiteral ? nil : elements
  }

  private static func element(letter: UInt8, count: Int) -> Element? {
    switch (Character(UnicodeScalar(letter)), count) {
    case ("y", 4): .year4
    case ("y", 2): .year2
    case ("M", 1), ("M", 2): .month(minimumDigits: count)
    case ("M", 3): .monthName
    case ("d", 1), ("d", 2): .day(minimumDigits: count)
    case ("H", 1), ("H", 2): .hour24(minimumDigits: count)
    case ("h", 1), ("h", 2): .hour12(minimumDigits: count)
    case ("m", 2): .minute
    case ("s", 2): .second
    case ("S", 1...6): .fraction(digits: count)
    case ("a", 1): .halfDay
    default: nil
    }
  }
}
