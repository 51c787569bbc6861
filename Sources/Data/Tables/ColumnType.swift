/// The type of a column, which decides how its cells are read and written.
///
/// Every ordered type is stored as whole *ticks* (`Int64`), so nothing downstream touches floating
/// point. The tick of an integer is the integer; of a decimal, the value times 10 to the number of
/// fraction digits; of a scientific number, its place among all numbers of its digits; of a
/// boolean, 0 or 1; of a date, the days since 1970-01-01; of a timestamp, the units of its
/// resolution since 1970-01-01T00:00:00 in the table's own, unnamed time zone. The other types are
/// stored as codes into a dictionary of labels.
package enum ColumnType: Sendable, Hashable {
  case integer
  /// Values with at most `fractionDigits` (1 to 9) digits after the point.
  case decimal(fractionDigits: Int)
  /// Numbers of very different size, kept to 1 to 9 significant digits, see ``ScientificTick``.
  case scientific(ScientificFormat)
  case boolean(BooleanLabels)
  case date(DateFormat)
  case timestamp(TimestampFormat)
  case category
  /// Names one person or one record. Never modelled.
  case identifier
  /// Free prose. Never modelled.
  case text

  package var isDecimal: Bool {
    if case .decimal = self { true } else { false }
  }

  /// Whether cells of this type are stored as ticks.
  package var isOrdered: Bool {
    switch self {
    case .integer, .decimal, .scientific, .boolean, .date, .timestamp: true
    case .category, .identifier, .text: false
    }
  }
}

/// The digits of scientific numbers, and whether all of them show an exponent.
package struct ScientificFormat: Sendable, Hashable {
  /// The significant digits, 1 to 9.
  package let digits: Int
  /// Whether 0.05 is written 5e-02; else only small and large numbers have an exponent.
  package let alwaysExponent: Bool

  /// Creates a format with 1 to 9 significant digits.
  package init(digits: Int, alwaysExponent: Bool = false) {
    self.digits = digits
    self.alwaysExponent = alwaysExponent
  }
}

/// The two words that a boolean column is written with, such as `yes` and `no`.
package struct BooleanLabels: Sendable, Hashable {
  /// The word for false.
  package let whenFalse: String
  /// The word for true.
  package let whenTrue: String

  /// Creates a pair of words, which must differ.
  package init(whenFalse: String, whenTrue: String) {
    self.whenFalse = whenFalse
    self.whenTrue = whenTrue
  }
}

/// The format of a date. The pattern uses `yyyy`, `yy`, `MM`, `M`, `dd`, `d`, `MMM`, `MMMM` and
/// literal separators; without a day it is the first of the month. It may begin with the language
/// of its months in brackets, see ``MonthNames``.
package struct DateFormat: Sendable, Hashable {
  /// The letters and separators, such as `dd.MM.yyyy`.
  package let pattern: String

  /// Creates a format with the given pattern.
  package init(pattern: String) { self.pattern = pattern }

  /// `2026-01-31`.
  package static let iso = DateFormat(pattern: "yyyy-MM-dd")
}

/// The format and resolution of a timestamp.
///
/// The pattern uses the letters of ``DateFormat`` plus `HH`, `H`, `hh`, `h`, `mm`, `ss`, `a` and
/// `SSS…` (fraction), and may end in `'Z'` for a literal zone letter, or in `xxx` (+01:00), `xx`
/// (+0100), `x` (+01) or `XXX` (+01:00 or Z) for an offset, which is read into UTC and written as
/// UTC. A pattern without a date is a time of day or a duration; its hours may exceed 24, and `Hmm`
/// and `HHmm` pack them into a whole number. One tick is `secondsPerTick`
/// seconds if that is positive (60 for minute precision), else 10^-`fractionDigits` seconds.
package struct TimestampFormat: Sendable, Hashable {
  /// The letters and separators, such as `dd.MM.yyyy HH:mm`.
  package let pattern: String
  /// Digits after the seconds, 0 to 6.
  package let fractionDigits: Int
  /// 60 if the pattern shows no seconds, else 1.
  package let secondsPerTick: Int

  /// Creates a format with the given pattern and the resolution that it shows.
  package init(pattern: String, fractionDigits: Int = 0, secondsPerTick: Int = 1) {
    self.pattern = pattern
    self.fractionDigits = fractionDigits
    self.secondsPerTick = secondsPerTick
  }

  /// `2026-01-31 23:59:59`.
  package static let iso = TimestampFormat(pattern: "yyyy-MM-dd HH:mm:ss")
}
