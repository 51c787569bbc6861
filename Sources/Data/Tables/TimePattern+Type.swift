extension TimePattern {
  /// The pattern of a date or timestamp type; nil for other types and for patterns of no meaning.
  package init?(_ type: ColumnType) {
    switch type {
    case .date(let format): self.init(format)
    case .timestamp(let format): self.init(format)
    default: return nil
    }
  }

  /// The month and day of a tick, to see whether they could be exchanged.
  package func date(of tick: Int64) -> CivilDate {
    if isDate { return CivilDate(daysSince1970: Int(tick)) }
    return CivilDate(daysSince1970: Int(floorDivide(tick, by: ticksPerDay)))
  }

  package var ticksPerDay: Int64 { isDate ? 1 : 86_400 / secondsPerTick * ticksPerSecond }
}
