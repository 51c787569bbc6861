/// A compiled pattern of ``DateFormat`` or ``TimestampFormat`` that reads and writes ticks.
///
/// Two-digit years are 1969 to 2068, as in POSIX. Month names are the three-letter English ones,
/// read in any case, unless the pattern says otherwise (``MonthNames``).
package struct TimePattern: Sendable, Equatable {
  enum Element: Sendable, Equatable {
    case literal(UInt8)
    case year4, year2
    case month(minimumDigits: Int)
    case monthName
    case monthText(MonthTexts)
    case day(minimumDigits: Int)
    case hour24(minimumDigits: Int)
    case hour12(minimumDigits: Int)
    case minute, second, halfDay
    case fraction(digits: Int)
    /// Hours of a time without a date, which may exceed 24.
    case hours(minimumDigits: Int)
    /// Hours and minutes in one whole number: 905 is 9:05.
    case packedClock
    case offset(Offset)
  }

  /// The forms of an offset from UTC.
  enum Offset: Sendable, Equatable {
    /// `+01:00`, `+0100`, `+01`, and `+01:00` or `Z`.
    case colon, digits, hours, zulu
  }

  let elements: [Element]
  /// Ticks per second; 1 if ``secondsPerTick`` is not 1.
  package let ticksPerSecond: Int64
  package let secondsPerTick: Int64
  package let isDate: Bool
  /// Whether it is a time of day or a duration: its ticks count from 0, not from 1970.
  package let isClock: Bool

  /// Returns nil if the pattern has meaningless letters, or lacks a year or a month.
  package init?(_ format: DateFormat) {
    self.init(pattern: format.pattern, isDate: true, fractionDigits: 0, secondsPerTick: 1)
  }

  package init?(_ format: TimestampFormat) {
    self.init(
      pattern: format.pattern, isDate: false, fractionDigits: format.fractionDigits,
      secondsPerTick: max(format.secondsPerTick, 1))
  }

  private init?(pattern: String, isDate: Bool, fractionDigits: Int, secondsPerTick: Int) {
    guard let elements = TimePattern.elements(of: pattern), (0...6).contains(fractionDigits) else {
      return nil
    }
    isClock =
      !isDate && !elements.contains(where: \.isOfADate) && elements.contains(where: \.isHour)
    guard isClock || TimePattern.namesAMonth(elements) else { return nil }
    self.elements = isClock ? elements.map(\.unbounded) : elements
    self.isDate = isDate
    ticksPerSecond = ParsedNumber.powersOfTen[fractionDigits]
    self.secondsPerTick = Int64(secondsPerTick)
  }

  private static func namesAMonth(_ elements: [Element]) -> Bool {
    let hasYear = elements.contains(.year4) || elements.contains(.year2)
    return hasYear && elements.contains(where: \.isMonth)
  }

  /// Compiles a pattern, which may begin with the language of its months in brackets.
  private static func elements(of pattern: String) -> [Element]? {
    if pattern == "Hmm" { return [.packedClock] }
    guard pattern.hasPrefix("[") else { return compile(Array(pattern.utf8), language: nil) }
    guard let end = pattern.firstIndex(of: "]") else { return nil }
    let tag = String(pattern[pattern.index(after: pattern.startIndex)..<end])
    guard MonthNames(tag: tag, isShort: true) != nil else { return nil }
    return compile(Array(pattern[pattern.index(after: end)...].utf8), language: tag)
  }

  private static func compile(_ pattern: [UInt8], language: String?) -> [Element]? {
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
      guard let element = element(letter: byte, count: end - at, language: language) else {
        return nil
      }
      elements.append(element)
      at = end
    }
    return isLiteral ? nil : elements
  }

  private static func element(letter: UInt8, count: Int, language: String?) -> Element? {
    func months(isShort: Bool) -> Element? {
      MonthNames(tag: language ?? "En", isShort: isShort).map { .monthText(MonthTexts($0)) }
    }
    return switch (Character(UnicodeScalar(letter)), count) {
    case ("y", 4): .year4
    case ("y", 2): .year2
    case ("M", 1), ("M", 2): .month(minimumDigits: count)
    case ("M", 3): language == nil ? .monthName : months(isShort: true)
    case ("M", 4): months(isShort: false)
    case ("d", 1), ("d", 2): .day(minimumDigits: count)
    case ("H", 1), ("H", 2): .hour24(minimumDigits: count)
    case ("h", 1), ("h", 2): .hour12(minimumDigits: count)
    case ("m", 2): .minute
    case ("s", 2): .second
    case ("S", 1...6): .fraction(digits: count)
    case ("a", 1): .halfDay
    case ("x", 1): .offset(.hours)
    case ("x", 2): .offset(.digits)
    case ("x", 3): .offset(.colon)
    case ("X", 3): .offset(.zulu)
    default: nil
    }
  }
}

extension TimePattern.Element {
  fileprivate var isMonth: Bool {
    switch self {
    case .month, .monthName, .monthText: true
    default: false
    }
  }

  fileprivate var isOfADate: Bool {
    switch self {
    case .year4, .year2, .day, .offset: true
    default: isMonth
    }
  }

  fileprivate var isHour: Bool {
    switch self {
    case .hour24, .hour12, .hours, .packedClock: true
    default: false
    }
  }

  /// The element in a time without a date.
  fileprivate var unbounded: Self {
    guard case .hour24(let minimum) = self else { return self }
    return .hours(minimumDigits: minimum)
  }
}
