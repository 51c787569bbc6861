extension TimePattern {
  /// Returns the pattern of a date or timestamp type; nil for other types and meaningless patterns.
  package init?(_ type: ColumnType) {
    switch type {
    case .date(let format): self.init(format)
    case .timestamp(let format): self.init(format)
    default: return nil
    }
  }

  /// Returns the date of a tick, to check whether its month and day could be exchanged.
  package func date(of tick: Int64) -> CivilDate {
    if isDate { return CivilDate(daysSince1970: Int(tick)) }
    return CivilDate(daysSince1970: Int(floorDivide(tick, by: ticksPerDay)))
  }

  package var ticksPerDay: Int64 { isDate ? 1 : 86_400 / secondsPerTick * ticksPerSecond }
}
