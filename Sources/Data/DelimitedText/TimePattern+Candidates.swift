import Tables

/// A pattern that inference tries, and its counterpart with day and month exchanged.
package struct TimeCandidate: Sendable {
  package let type: ColumnType
  package let pattern: TimePattern
  /// The other reading of the same cells, if day and month are both numbers.
  let exchanged: ColumnType?

  init?(_ type: ColumnType, exchanged: ColumnType? = nil) {
    guard let pattern = TimePattern(type) else { return nil }
    self.type = type
    self.pattern = pattern
    self.exchanged = exchanged
  }

  /// All patterns that inference knows, stricter before laxer and month first before day first.
  package static let all: [TimeCandidate] = dates + timestamps

  /// Day patterns, each with its exchanged form if it has one.
  private static let days: [(pattern: String, exchanged: String?)] = {
    var days: [(String, String?)] = ["yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "yyyy-M-d", "yyyy/M/d"].map { ($0, nil) }
    for year in ["yyyy", "yy"] {
      for (month, day) in [("MM", "dd"), ("M", "d")] {
        for separator in ["/", "-"] {
          let monthFirst = "\(month)\(separator)\(day)\(separator)\(year)"
          let dayFirst = "\(day)\(separator)\(month)\(separator)\(year)"
          days += [(monthFirst, dayFirst), (dayFirst, monthFirst)]
        }
        days.append(("\(day).\(month).\(year)", nil))
      }
    }
    for separator in ["-", " ", "/"] {
      for year in ["yyyy", "yy"] {
        days += ["dd\(separator)MMM\(separator)\(year)", "d\(separator)MMM\(separator)\(year)"].map { ($0, nil) }
      }
    }
    return days + [("MMM dd, yyyy", nil), ("MMM d, yyyy", nil)]
  }()

  private static let dates: [TimeCandidate] = days.compactMap { day in
    TimeCandidate(.date(DateFormat(pattern: day.pattern)), exchanged: day.exchanged.map { .date(DateFormat(pattern: $0)) })
  }

  private struct Clock {
    let pattern: String
    var fractionDigits = 0
    var secondsPerTick = 1
  }

  private static let clocks: [Clock] = {
    var clocks = ["HH:mm:ss", "H:mm:ss", "hh:mm:ss a", "h:mm:ss a"].map { Clock(pattern: $0) }
    clocks += ["HH:mm", "H:mm", "hh:mm a", "h:mm a"].map { Clock(pattern: $0, secondsPerTick: 60) }
    clocks += (1...6).map { Clock(pattern: "HH:mm:ss." + String(repeating: "S", count: $0), fractionDigits: $0) }
    return clocks
  }()

  private static let timestamps: [TimeCandidate] = days.flatMap { day in
    [" ", "'T'"].flatMap { joint in
      clocks.flatMap { clock in
        ["", "'Z'"].compactMap { zone in
          func type(_ day: String) -> ColumnType {
            let pattern = day + joint + clock.pattern + zone
            return .timestamp(
              TimestampFormat(pattern: pattern, fractionDigits: clock.fractionDigits, secondsPerTick: clock.secondsPerTick))
          }
          return TimeCandidate(type(day.pattern), exchanged: day.exchanged.map(type))
        }
      }
    }
  }
}
