/// The type of a column, which decides how its cells are read and written.
///
/// Every ordered type is stored as whole *ticks* (`Int64`), so nothing downstream touches floating
/// point. The tick of an integer is the integer; of a decimal, the value times 10 to the number of
/// fraction digits; of a boolean, 0 or 1; of a date, the days since 1970-01-01; of a timestamp, the
/// units of its resolution since 1970-01-01T00:00:00 in the table's own, unnamed time zone. The
/// other types are stored as codes into a dictionary of labels.
public enum ColumnType: Sendable, Hashable {
  case integer
  /// Values with at most `fractionDigits` (1 to 9) digits after the point.
  case decimal(fractionDigits: Int)
  case boolean(BooleanLabels)
  case date(DateFormat)
  case timestamp(TimestampFormat)
  case category
  /// Names one person or one record. Never modelled.
  case identifier
  /// Free prose. Never modelled.
  case text

  /// Whether cells of this type are stored as ticks.
  public var isOrdered: Bool {
    switch self {
    case .integer, .decimal, .boolean, .date, .timestamp: true
    case .category, .identifier, .text: false
    }
  }
}

/// The two words that a boolean column is written with, such as `yes` and `no`.
public struct BooleanLabels: Sendable, Hashable {
  /// The word for false.
  public let whenFalse: String
  /// The word for true.
  public let whenTrue: String

  /// Creates a pair of words, which must differ.
  public init(whenFalse: String, whenTrue: String) {
    self.whenFalse = whenFalse
    self.whenTrue = whenTrue
  }
}

/// The format of a date. The pattern uses `yyyy`, `yy`, `MM`, `M`, `dd`, `d`, `MMM` and literal
/// separators.
public struct DateFormat: Sendable, Hashable {
  /// The letters and separators, such as `dd.MM.yyyy`.
  public let pattern: String

  /// Creates a format with the given pattern.
  public init(pattern: String) { self.pattern = pattern }

  /// `2026-01-31`.
  public static let iso = DateFormat(pattern: "yyyy-MM-dd")
}

/// The format and resolution of a timestamp.
///
/// The pattern uses the letters of ``DateFormat`` plus `HH`, `H`, `hh`, `h`, `mm`, `ss`, `a` and
/// `SSS…` (fraction), and may end in `'Z'` for a literal zone letter. One tick is `secondsPerTick`
/// seconds if that is positive (60 for minute precision), else 10^-`fractionDigits` seconds.
public struct TimestampFormat: Sendable, Hashable {
  /// The letters and separators, such as `dd.MM.yyyy HH:mm`.
  public let pattern: String
  /// Digits after the seconds, 0 to 6.
  public let fractionDigits: Int
  /// 60 if the pattern shows no seconds, else 1.
  public let secondsPerTick: Int

  /// Creates a format with the given pattern and the resolution that it shows.
  public init(pattern: String, fractionDigits: Int = 0, secondsPerTick: Int = 1) {
    self.pattern = pattern
    self.fractionDigits = fractionDigits
    self.secondsPerTick = secondsPerTick
  }

  /// `2026-01-31 23:59:59`.
  public static let iso = TimestampFormat(pattern: "yyyy-MM-dd HH:mm:ss")
}
