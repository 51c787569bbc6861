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
    var days: [(String, String?)] = [
      "yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "yyyy-M-d", "yyyy/M/d",
    ].map { ($0, nil) }
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
        days += ["dd\(separator)MMM\(separator)\(year)", "d\(separator)MMM\(separator)\(year)"].map
        { ($0, nil) }
      }
    }
    return days + [("MMM dd, yyyy", nil), ("MMM d, yyyy", nil)]
  }()

  private static let dates: [TimeCandidate] = days.compactMap { day in
    TimeCandidate(
      .date(DateFormat(pattern: day.pattern)),
      exchanged: day.exchanged.map { .date(DateFormat(pattern: $0)) })
  }

  private struct Clock {
    let pattern: String
    var fractionDigits = 0
    var secondsPerTick = 1
  }

  private static let clocks: [Clock] = {
    var clocks = ["HH:mm:ss", "H:mm:ss", "hh:mm:ss a", "h:mm:ss a"].map { Clock(pattern: $0) }
    clocks += ["HH:mm", "H:mm", "hh:mm a", "h:mm a"].map { Clock(pattern: $0, secondsPerTick: 60) }
    clocks += (1...6).map {
      Clock(pattern: "HH:mm:ss." + String(repeating: "S", count: $0), fractionDigits: $0)
    }
    return clocks
  }()

  private static let timestamps: [TimeCandidate] = days.flatMap { day in
    [" ", "'T'"].flatMap { joint in
      clocks.flatMap { clock in
        ["", "'Z'"].compactMap { zone in
          func type(_ day: String) -> ColumnType {
            let pattern = day + joint + clock.pattern + zone
            return .timestamp(
              TimestampFormat(
                pattern: pattern, fractionDigits: clock.fractionDigits,
                secondsPerTick: clock.secondsPerTick))
          }
          return TimeCandidate(type(day.pattern), exchanged: day.exchanged.map(type))
        }
      }
    }
  }
}

/// Patterns that are tried only if a column's cells look like them.
extension TimeCandidate {
  /// Returns the rarer patterns that the first of some cells may have: times of day and durations,
  /// offsets from UTC, months without a day, packed days, months in words of several languages.
  static func rarer(like sample: [UnsafeBufferPointer<UInt8>]) -> [TimeCandidate] {
    guard let first = sample.first.map({ String(decoding: trimmed($0), as: UTF8.self) }) else {
      return []
    }
    var patterns = days(like: first).map { ($0, true) }
    patterns += clocks(like: first).map { ($0, false) }
    if first.contains(":") {
      for zone in zones(of: sample) { patterns += isoTimestamps.map { ($0 + zone, false) } }
      for day in days(like: first) { patterns += clocksBehindDays.map { (day + $0, false) } }
    }
    return patterns.compactMap { pattern, isDate in
      isDate
        ? TimeCandidate(.date(DateFormat(pattern: pattern)))
        : TimeCandidate(.timestamp(TimestampFormat(showing: pattern)))
    }
  }

  /// Returns the patterns that at least a share of the cells have, the most frequent first.
  static func common(to cells: [[UInt8]], least: Double) -> [TimeCandidate] {
    func fits(_ candidate: TimeCandidate) -> Int {
      cells.count { cell in cell.withUnsafeBufferPointer { candidate.pattern.parse($0) != nil } }
    }
    let rarer = cells.prefix(3).flatMap { cell in
      cell.withUnsafeBufferPointer { TimeCandidate.rarer(like: [$0]) }
    }
    let probe = Array(cells.prefix(3))
    let possible = (all + rarer).filter { candidate in
      probe.contains { cell in cell.withUnsafeBufferPointer { candidate.pattern.parse($0) != nil } }
    }
    let counts = possible.map(fits)
    let enough = possible.indices.filter { Double(counts[$0]) >= least * Double(cells.count) }
    return enough.sorted { (counts[$1], $0) < (counts[$0], $1) }.map { possible[$0] }
  }

  /// Whether a cell is long enough and has a digit.
  static func mayBeTime(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    (4...40).contains(trimmed(cell).count) && cell.contains { decimalDigit($0) != nil }
  }

  private static let clocksBehindDays = [
    " HH:mm", " HH:mm:ss", ":HH:mm:ss", ":HH:mm", " H:mm", ", HH:mm",
  ]

  private static func clocks(like cell: String) -> [String] {
    guard cell.count <= 16, cell.contains(":") else { return [] }
    return ["HH:mm:ss", "H:mm:ss", "HH:mm", "H:mm", "hh:mm:ss a", "h:mm:ss a", "hh:mm a", "h:mm a"]
      + (1...6).map { "HH:mm:ss." + String(repeating: "S", count: $0) }
      + (1...6).map { "H:mm:ss." + String(repeating: "S", count: $0) }
  }

  private static let isoTimestamps = ["yyyy-MM-dd", "yyyy/MM/dd"].flatMap { day in
    [" ", "'T'"].flatMap { joint in
      (["HH:mm:ss", "HH:mm"] + (1...6).map { "HH:mm:ss." + String(repeating: "S", count: $0) }).map
      { day + joint + $0 }
    }
  }

  /// Returns the offset that all cells share, as it stands, and then the letters for changing ones.
  private static func zones(of sample: [UnsafeBufferPointer<UInt8>]) -> [String] {
    let forms = [("xxx", 6), ("xx", 5), ("x", 3)]
    let cells = sample.map { trimmed($0) }
    for (letters, length) in forms {
      guard let first = cells.first, first.count > length else { continue }
      let end = Array(first.suffix(length))
      guard end[0] == UInt8(ascii: "+") || end[0] == UInt8(ascii: "-"),
        end.dropFirst().allSatisfy({ decimalDigit($0) != nil || $0 == UInt8(ascii: ":") }),
        end.contains(UInt8(ascii: ":")) == (letters == "xxx")
      else { continue }
      let isShared = cells.allSatisfy { $0.count > length && Array($0.suffix(length)) == end }
      return (isShared ? ["'\(String(decoding: end, as: UTF8.self))'"] : []) + [letters]
        + (letters == "xxx" ? ["XXX"] : [])
    }
    return ["XXX"]
  }

  private static func days(like cell: String) -> [String] {
    var patterns = [
      "yyyy-MM", "yyyy/MM", "MM/yyyy", "M/yyyy", "MM-yyyy", "MM.yyyy", "yyyyMMdd", "ddMMyyyy",
      "MMddyyyy",
    ]
    for (tag, isShort) in months(in: cell) {
      let tag = tag == "En" ? "" : "[\(tag)]"
      let month = isShort ? "MMM" : "MMMM"
      for day in ["dd", "d"] {
        for separator in [" ", "-", "/", ". ", ".", " de ", ""] {
          let last = separator == ". " ? " " : separator
          patterns += ["yyyy", "yy"].map {
            "\(tag)\(day)\(quoted(separator))\(month)\(quoted(last))\($0)"
          }
        }
        patterns += [
          "\(tag)\(month) \(day), yyyy", "\(tag)\(month) \(day) yyyy", "\(tag)\(month)-\(day)-yyyy",
        ]
      }
      patterns += [" ", "-", "/", ""].flatMap { separator in
        ["yyyy", "yy"].map { "\(tag)\(month)\(separator)\($0)" }
      }
      patterns += ["\(tag)yyyy-\(month)-dd", "\(tag)yyyy \(month) dd"]
    }
    return patterns
  }

  private static func quoted(_ separator: String) -> String {
    separator.contains("d") ? "'\(separator)'" : separator
  }

  /// Returns the languages and spellings of a name of a month in the cell.
  private static func months(in cell: String) -> [(tag: String, isShort: Bool)] {
    let words = cell.split { !$0.isLetter }.map(String.init)
    guard let word = words.first(where: { $0.count >= 3 && $0.lowercased() != "del" }) else {
      return []
    }
    var found: [(tag: String, isShort: Bool)] = []
    for language in MonthNames.languages {
      let capitalised = String(language.prefix(1)).uppercased() + String(language.dropFirst())
      let tag =
        word == word.uppercased()
        ? language.uppercased() : word == word.lowercased() ? language : capitalised
      for isShort in [false, true]
      where MonthNames(tag: tag, isShort: isShort)?.texts.contains(word) == true {
        found.append((tag, isShort))
      }
    }
    return found
  }
}
