import TableSources

/// The meaning of a number that a file of a statistics program shows as a date or a time.
struct DateForm: Equatable {
  enum Unit: Double {
    case days = 86_400
    case seconds = 1
    case milliseconds = 0.001
  }

  let unit: Unit
  /// The day 0 of the numbers, in days since 1970-01-01.
  let epoch: Int64
  let kind: SourceKind

  var isClock: Bool { kind == .clock }

  /// 1582-10-14, from which SPSS counts.
  private static let gregorian: Int64 = -141_428
  /// 1960-01-01, from which Stata and SAS count.
  private static let sixty: Int64 = -3653

  /// - Parameter format: The display format of a variable, such as `DATE11`, `%td` or
  ///   `DATETIME20.`.
  init?(_ format: String, of file: StatisticsFile.Kind) {
    switch file {
    case .spss: self.init(spss: Self.word(format))
    case .stata: self.init(stata: format)
    case .sasTransport, .sasData: self.init(sas: Self.word(format))
    }
  }

  private init(_ unit: Unit, _ epoch: Int64, _ kind: SourceKind) {
    (self.unit, self.epoch, self.kind) = (unit, epoch, kind)
  }

  private init?(spss word: String) {
    switch word {
    case "DATE", "ADATE", "EDATE", "SDATE", "JDATE", "MOYR", "QYR", "WKYR":
      self.init(.seconds, Self.gregorian, .day)
    case "DATETIME", "YMDHMS": self.init(.seconds, Self.gregorian, .instant(isUTC: false))
    case "TIME": self.init(.seconds, 0, .clock)
    default: return nil
    }
  }

  private init?(stata format: String) {
    let letters = format.drop { "%-".contains($0) }
    if letters.hasPrefix("td") || letters.hasPrefix("d") {
      self.init(.days, Self.sixty, .day)
    } else if letters.hasPrefix("tc") {
      self.init(.milliseconds, Self.sixty, .instant(isUTC: false))
    } else {
      return nil
    }
  }

  private static let sasDates: Set<String> = [
    "DATE", "DDMMYY", "DDMMYYB", "DDMMYYC", "DDMMYYD", "DDMMYYN", "DDMMYYP", "DDMMYYS", "MMDDYY",
    "MMDDYYB", "MMDDYYC", "MMDDYYD",
    "MMDDYYN",
    "MMDDYYP", "MMDDYYS", "YYMMDD", "YYMMDDB", "YYMMDDC", "YYMMDDD", "YYMMDDN", "YYMMDDP",
    "YYMMDDS", "JULIAN", "WEEKDATE", "WEEKDATX",
    "WORDDATE", "WORDDATX",
    // Days of which only the month or the year is shown.
    "MONYY", "MMYY", "MMYYC", "MMYYD", "MMYYN", "MMYYP", "MMYYS", "YYMM", "YYMMC", "YYMMN", "YYMMP",
    "YYMON", "YEAR",
  ]

  private init?(sas word: String) {
    if Self.sasDates.contains(word) || word.hasSuffix("8601DA") {
      self.init(.days, Self.sixty, .day)
    } else if ["DATETIME", "DATEAMPM", "MDYAMPM"].contains(word) || word.hasSuffix("8601DT") {
      self.init(.seconds, Self.sixty, .instant(isUTC: false))
    } else if ["TIME", "TOD", "HHMM", "TIMEAMPM"].contains(word) || word.hasSuffix("8601TM") {
      self.init(.seconds, 0, .clock)
    } else {
      return nil
    }
  }

  /// The letters of a format without its width, in capitals.
  private static func word(_ format: String) -> String {
    var word = format.uppercased().prefix { $0 != "." }
    while word.last?.isNumber == true { word.removeLast() }
    return String(word)
  }

  /// Returns the tick of a number; nil if it is too large. Parts of a day, or of a microsecond, are
  /// dropped.
  func tick(_ number: Double) -> Int64? {
    let isDay = kind == .day
    let scaled =
      isDay
      ? (number * unit.rawValue / 86_400).rounded(.down)
      : (number * unit.rawValue * 1_000_000).rounded()
    guard abs(scaled) < 9e18 else { return nil }
    let (tick, isOver) = Int64(scaled).addingReportingOverflow(
      isDay ? epoch : epoch * 86_400_000_000)
    return isOver ? nil : tick
  }
}
