import Tables

/// Reads the scale of a column, and the longest gap before it.
extension SchemaReader {
  /// Reads `transform: log`.
  ///
  /// - Parameter hasGap: Whether the column says how long the gap before it may be. The logarithm
  ///   is then that of the gap.
  mutating func isLogarithm(_ node: SchemaNode, type: ColumnType, hasGap: Bool) -> Bool {
    guard node.text?.lowercased() == "log" else {
      report(
        node.line, "`transform` is not known", allowed: "`transform: log`, or no `transform`",
        remedy: "write `transform: log` for money, durations and counts of many sizes")
      return false
    }
    guard type.hasLogarithm || hasGap && TimePattern(type) != nil else {
      report(
        node.line,
        "`transform: log` stands at a column that is neither a number nor a duration nor a gap",
        allowed: "`transform: log` for integer, decimal and time, or beside `gap`",
        remedy: "remove `transform`")
      return false
    }
    return true
  }

  /// Reads `gap: at most 90 days`, or `gap: at most 500` between numbers, in ticks of the type.
  mutating func longestGap(_ node: SchemaNode, type: ColumnType) -> Int64? {
    let allowed =
      "`gap: at most 90 days` (or weeks, hours, minutes, seconds), or `gap: at most 500` between numbers"
    guard type.isNumber || TimePattern(type) != nil else {
      report(
        node.line, "`gap` stands at a column that is neither a number nor a time", allowed: allowed,
        remedy: "remove `gap`")
      return nil
    }
    let words = (node.text ?? "").lowercased().split(separator: " ").map(String.init)
    guard words.starts(with: ["at", "most"]), let gap = type.gap(Array(words.dropFirst(2))) else {
      report(
        node.line, "`gap` is not understood", allowed: allowed,
        remedy: "write a whole number of a unit that the column's format tells apart")
      return nil
    }
    return gap
  }
}

extension ColumnType {
  /// Whether bins of the type can be even in the logarithm: those of amounts, which have a zero.
  fileprivate var hasLogarithm: Bool {
    switch self {
    case .integer, .decimal: true
    case .timestamp: TimePattern(self)?.isClock == true
    case .scientific, .boolean, .date, .category, .identifier, .text: false
    }
  }

  /// The units of gaps between times, largest first, with their lengths in seconds.
  private static let gapUnits: [(name: String, seconds: Int64)] = [
    ("week", 604_800), ("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1),
  ]

  /// Returns the ticks of a number, or of a number and a unit; nil if they are no whole, positive
  /// number of ticks.
  fileprivate func gap(_ words: [String]) -> Int64? {
    guard let pattern = TimePattern(self) else {
      guard isNumber, words.count == 1, let tick = parse(words[0]), tick >= 0 else { return nil }
      return tick
    }
    guard words.count == 2, let number = Int64(words[0]), number >= 0,
      let unit = Self.gapUnits.first(where: { [$0.name, $0.name + "s"].contains(words[1]) })
    else { return nil }
    let (product, overflow) = unit.seconds.multipliedReportingOverflow(by: pattern.ticksPerDay)
    let (ticks, isFarOff) = (product / 86_400).multipliedReportingOverflow(by: number)
    guard !overflow, !isFarOff, product % 86_400 == 0 else { return nil }
    return ticks
  }

  /// Returns the value of `gap:` for so many ticks, in the largest unit that holds them.
  func gapText(_ ticks: Int64) -> String {
    guard let pattern = TimePattern(self) else { return "at most \(format(tick: ticks))" }
    let perDay = pattern.ticksPerDay
    for unit in Self.gapUnits.dropFirst() {
      let whole = unit.seconds * perDay / 86_400
      guard whole > 0, unit.seconds * perDay % 86_400 == 0, ticks % whole == 0 else { continue }
      let number = ticks / whole
      return "at most \(number) \(unit.name)\(number == 1 ? "" : "s")"
    }
    return "at most \(ticks)"
  }
}
