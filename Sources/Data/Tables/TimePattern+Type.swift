extension TimePattern {
  /// Returns the pattern of a date or timestamp type; nil for other types and meaningless patterns.
  package init?(_ type: ColumnType) {
    switch type {
    case .date(let format): self.init(format)
    case .timestamp(let format): self.init(format)
    default: return nil
    }
  }

  /// Whether hours and minutes are packed into a whole number.
  package var isPackedClock: Bool { elements == [.packedClock] }

  /// Returns the date of a tick, to check whether its month and day could be exchanged.
  package func date(of tick: Int64) -> CivilDate {
    if isDate { return CivilDate(daysSince1970: Int(tick)) }
    return CivilDate(daysSince1970: Int(floorDivide(tick, by: ticksPerDay)))
  }

  package var ticksPerDay: Int64 { isDate ? 1 : 86_400 / secondsPerTick * ticksPerSecond }
}

extension ColumnType {
  /// The ticks of a day, for times of day packed into whole numbers, which are never durations.
  package var packedDay: ClosedRange<Int64>? {
    guard let pattern = TimePattern(self), pattern.isPackedClock else { return nil }
    return 0...pattern.ticksPerDay - 1
  }
}

extension TimePattern {
  /// Returns the letters that stand for parts. Text in single quotes, a T between date and time,
  /// and a language in front are literal.
  package static func letters(of pattern: String) -> Set<Character> {
    var isQuoted = false
    var found: Set<Character> = []
    let pattern = pattern.hasPrefix("[") ? pattern.drop { $0 != "]" }.dropFirst() : pattern[...]
    for character in pattern {
      if character == "'" {
        isQuoted.toggle()
      } else if !isQuoted, character.isLetter, character != "T" {
        found.insert(character)
      }
    }
    return found
  }
}

extension TimestampFormat {
  /// Creates a format with the resolution that the pattern shows.
  package init(showing pattern: String) {
    let digits = min(6, pattern.count { $0 == "S" })
    self.init(
      pattern: pattern, fractionDigits: digits,
      secondsPerTick: TimePattern.letters(of: pattern).contains("s") ? 1 : 60)
  }
}
