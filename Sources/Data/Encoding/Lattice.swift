import Tables

/// Ticks at regular places, on which people round: tens, whole hours, prices that end in 99, first
/// days of months. Public: it depends on a column's type alone.
package enum Lattice: Sendable, Equatable, Codable {
  /// Ticks that leave `offset` when divided by `step`; 0 ≤ `offset` < `step`.
  case every(step: Int64, offset: Int64)
  /// The first tick of each month, of a calendar with this many ticks a day.
  case months(ticksPerDay: Int64)
  /// The first tick of each year, of a calendar with this many ticks a day.
  case years(ticksPerDay: Int64)

  /// Whether a tick lies on it.
  package func contains(_ tick: Int64) -> Bool {
    switch self {
    case .every(let step, let offset): Lattice.remainder(tick, step) == offset
    case .months(let ticksPerDay):
      Lattice.remainder(tick, ticksPerDay) == 0 && Lattice.date(tick, ticksPerDay).day == 1
    case .years(let ticksPerDay):
      Lattice.remainder(tick, ticksPerDay) == 0 && Lattice.date(tick, ticksPerDay).isNewYear
    }
  }

  /// The share of all ticks that lie on it.
  package var density: Double {
    switch self {
    case .every(let step, _): 1 / Double(step)
    case .months(let ticksPerDay): 12 / (365.2425 * Double(ticksPerDay))
    case .years(let ticksPerDay): 1 / (365.2425 * Double(ticksPerDay))
    }
  }

  /// Whether all its ticks lie on another lattice.
  package func isInside(_ other: Lattice) -> Bool {
    switch (self, other) {
    case (.every(let step, let offset), .every(let whole, let start)):
      step % whole == 0 && offset % whole == start
    case (.years(let first), .months(let second)): first == second
    case (.years(let ticksPerDay), .every(let step, 0)),
      (.months(let ticksPerDay), .every(let step, 0)):
      ticksPerDay % step == 0
    default: false
    }
  }

  /// Returns the nearest tick at or below `tick`, and the nearest above; nil beyond the ticks there
  /// are.
  func around(_ tick: Int64) -> (below: Int64?, above: Int64?) {
    switch self {
    case .every(let step, let offset):
      let back = Lattice.remainder(tick &- offset, step)
      let below = tick.subtractingReportingOverflow(back)
      let above = tick.addingReportingOverflow(step - back)
      return (below.overflow ? nil : below.partialValue, above.overflow ? nil : above.partialValue)
    case .months(let ticksPerDay), .years(let ticksPerDay):
      var date = Lattice.date(tick, ticksPerDay)
      date.day = 1
      if case .years = self { date.month = 1 }
      var next = date
      if case .years = self { next.year += 1 } else { next.month += 1 }
      if next.month > 12 { (next.year, next.month) = (next.year + 1, 1) }
      return (Int64(date.daysSince1970) * ticksPerDay, Int64(next.daysSince1970) * ticksPerDay)
    }
  }

  /// Returns its tick in a run that is nearest to `tick`, if the run has one.
  func nearest(to tick: Int64, in run: ClosedRange<Int64>) -> Int64? {
    let (below, above) = around(tick)
    let candidates = [below, above].compactMap(\.self).filter(run.contains)
    return candidates.min { abs(Double($0) - Double(tick)) < abs(Double($1) - Double(tick)) }
  }

  private static func remainder(_ tick: Int64, _ step: Int64) -> Int64 {
    let rest = tick % step
    return rest < 0 ? rest + step : rest
  }

  /// Returns the day of a tick, limited to ten thousand years around 1970, which the calendar
  /// covers.
  private static func date(_ tick: Int64, _ ticksPerDay: Int64) -> CivilDate {
    let day = tick / ticksPerDay - (tick % ticksPerDay < 0 ? 1 : 0)
    return CivilDate(daysSince1970: Int(min(max(day, -mostDays), mostDays)))
  }

  private static let mostDays: Int64 = 3_652_425
}

extension CivilDate {
  fileprivate var isNewYear: Bool { month == 1 && day == 1 }
}
