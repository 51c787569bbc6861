import Tables

/// Decides whether the day or the month comes first if a column alone cannot tell.
enum DayMonthOrder {
  /// Exchanges day and month in columns that another column of the file decides, and notes those
  /// that stay open.
  ///
  /// A column is decided if some first or second number is above 12. Undecided columns follow the
  /// decided ones if those agree; otherwise the month is assumed to come first.
  static func settle(_ columns: inout [BuiltColumn], names: [String], candidates: [TimeCandidate?])
    -> [ReadNote]
  {
    var open: [Int] = []
    var votes = (dayFirst: 0, monthFirst: 0)
    for (position, candidate) in candidates.enumerated() {
      guard let candidate, candidate.exchanged != nil else { continue }
      if isOpen(columns[position], candidate.pattern) {
        open.append(position)
      } else if isDayFirst(candidate.type) {
        votes.dayFirst += 1
      } else {
        votes.monthFirst += 1
      }
    }
    let wantsDayFirst = votes.dayFirst > 0 && votes.monthFirst == 0
    let reason =
      wantsDayFirst
      ? "the file's other dates have the day first"
      : votes.monthFirst > 0 && votes.dayFirst == 0
        ? "the file's other dates have the month first"
        : "no day above 12 decides and the month first is assumed"
    return open.map { position in
      if let candidate = candidates[position], let exchanged = candidate.exchanged,
        isDayFirst(candidate.type) != wantsDayFirst
      {
        exchange(&columns[position], from: candidate.pattern, to: exchanged)
      }
      return .ambiguousDayAndMonth(
        column: names[position], readAs: columns[position].type.pattern, because: reason)
    }
  }

  private static func isDayFirst(_ type: ColumnType) -> Bool { type.pattern.first == "d" }

  private static func isOpen(_ column: BuiltColumn, _ pattern: TimePattern) -> Bool {
    guard case .ticks(let ticks) = column.cells else { return false }
    return ticks.allSatisfy { tick in
      guard tick != Cells.missingTick else { return true }
      let date = pattern.date(of: tick)
      return date.day <= 12 && date.month <= 12
    }
  }

  private static func exchange(
    _ column: inout BuiltColumn, from pattern: TimePattern, to type: ColumnType
  ) {
    guard case .ticks(let ticks) = column.cells else { return }
    column.type = type
    column.cells = .ticks(
      ticks.map { tick in
        guard tick != Cells.missingTick else { return tick }
        let date = pattern.date(of: tick)
        let exchanged = CivilDate(year: date.year, month: date.day, day: date.month)
        return tick + Int64(exchanged.daysSince1970 - date.daysSince1970) * pattern.ticksPerDay
      })
  }
}

extension ColumnType {
  /// The pattern of a date or time; empty for other types.
  var pattern: String {
    switch self {
    case .date(let format): format.pattern
    case .timestamp(let format): format.pattern
    default: ""
    }
  }
}
