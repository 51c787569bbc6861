import Tables

/// Dates, months or times of day packed into whole numbers: 20190131, 201901, 20190131093000, 905.
///
/// All cells must fit, and differ enough that they cannot fit by chance; for times of day, either
/// the column's name must say so or minutes must be spread over the hour.
struct PackedTimes {
  private let type: ColumnType
  /// The number that stands for each tick is unpacked by this.
  private let unpack: (Int64) -> Int64?

  /// Returns nil if the cells are ordinary numbers.
  init?(_ ticks: [Int64], name: String) {
    guard let first = ticks.first(where: { $0 != Cells.missingTick }) else { return nil }
    let forms: [(ColumnType, (Int64) -> Int64?)] =
      switch first {
      case 10_000_000...99_999_999: [(.date(DateFormat(pattern: "yyyyMMdd")), Self.day)]
      case 100_000...999_999: [(.date(DateFormat(pattern: "yyyyMM")), Self.month)]
      case 100_000_000_000...999_999_999_999:
        [(.timestamp(TimestampFormat(pattern: "yyyyMMddHHmm", secondsPerTick: 60)), Self.minute)]
      case 10_000_000_000_000...99_999_999_999_999:
        [(.timestamp(TimestampFormat(pattern: "yyyyMMddHHmmss")), Self.second)]
      case 0...2400: [(.timestamp(TimestampFormat(pattern: "Hmm", secondsPerTick: 60)), Self.clock)]
      default: []
      }
    for (type, unpack) in forms {
      guard let found = Self.values(ticks, unpack) else { continue }
      if TimePattern(type)?.isClock == true, !Self.isClock(found, name: name) { continue }
      guard found.count >= WrittenForms.leastValues else { continue }
      (self.type, self.unpack) = (type, unpack)
      return
    }
    return nil
  }

  /// Returns the column with the ticks of its dates.
  func built(from column: BuiltColumn, ticks: [Int64]) -> BuiltColumn {
    var built = column
    built.type = type
    built.cells = .ticks(
      ticks.map { $0 == Cells.missingTick ? $0 : unpack($0) ?? Cells.missingTick })
    return built
  }

  /// Returns the different numbers; nil if one of them does not unpack.
  private static func values(_ ticks: [Int64], _ unpack: (Int64) -> Int64?) -> Set<Int64>? {
    var values: Set<Int64> = []
    for tick in ticks where tick != Cells.missingTick && !values.contains(tick) {
      guard unpack(tick) != nil else { return nil }
      values.insert(tick)
    }
    return values
  }

  private static let clockWords = [
    "time", "hhmm", "hour", "clock", "zeit", "uhr", "heure", "hora", "ora", "tijd", "uur",
  ]

  /// Whether numbers whose last two digits are below 60 are times: their name says so and some pass
  /// an hour, or their minutes are spread over the hour and many pass one.
  private static func isClock(_ values: Set<Int64>, name: String) -> Bool {
    let hours = Set(values.map { $0 / 100 })
    guard hours.count >= 4 else { return false }
    let name = name.lowercased()
    if clockWords.contains(where: name.contains) { return true }
    return hours.count >= 12 && Set(values.map { $0 % 100 }).count >= 24
  }

  private static let years: ClosedRange<Int> = 1800...2199

  private static func day(_ packed: Int64) -> Int64? {
    let date = CivilDate(
      year: Int(packed / 10_000), month: Int(packed / 100 % 100), day: Int(packed % 100))
    return years.contains(date.year) && date.isValid ? Int64(date.daysSince1970) : nil
  }

  private static func month(_ packed: Int64) -> Int64? { packed < 0 ? nil : day(packed * 100 + 1) }

  private static func clock(_ packed: Int64) -> Int64? {
    guard (0...2400).contains(packed), packed % 100 < 60 else { return nil }
    return packed / 100 * 60 + packed % 100
  }

  private static func minute(_ packed: Int64) -> Int64? {
    guard let day = day(packed / 10_000), let minute = clock(packed % 10_000), minute < 1440 else {
      return nil
    }
    return day * 1440 + minute
  }

  private static func second(_ packed: Int64) -> Int64? {
    guard packed % 100 < 60 else { return nil }
    return minute(packed / 100).map { $0 * 60 + packed % 100 }
  }
}
