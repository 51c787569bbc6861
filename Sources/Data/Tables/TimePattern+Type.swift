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
