import Tables

/// Finds the signs around and between the digits of a column's numbers, if most of them agree.
struct NumberFormatFinder {
  /// The format that reads the most cells, and their number; nil if no cell reads as a number.
  let best: (format: NumberFormat, rows: Int)?

  /// The number of labels that choose the format.
  private static let sampleSize = 2000

  init(_ labels: CountedLabels, mark: DecimalMark) {
    let step = max(labels.dictionary.count / Self.sampleSize, 1)
    let sample = stride(from: 0, to: labels.dictionary.count, by: step).map { label in
      (text: labels.dictionary.withUTF8(label) { Array($0) }, rows: labels.counts[label])
    }
    var rows: [Surroundings: Int] = [:]
    for label in sample { Surroundings(label.text).map { rows[$0, default: 0] += label.rows } }
    // Equally frequent surroundings: the plainer first, so that the choice does not hang on
    // hashing.
    guard let common = rows.max(by: { ($0.value, $1.key.order) < ($1.value, $0.key.order) })?.key
    else {
      best = nil
      return
    }
    let showsPlus = sample.contains { $0.text.contains(UInt8(ascii: "+")) }
    best = Self.formats(around: common, mark: mark, showsPlus: showsPlus).reduce(nil) {
      best, format in
      let read = sample.reduce(0) { sum, label in
        sum
          + (label.text.withUnsafeBufferPointer { format.read($0, fileMark: mark) } == nil
            ? 0 : label.rows)
      }
      return read > best?.rows ?? 0 ? (format, read) : best
    }
  }

  /// Returns the formats that the surroundings leave open, preferred ones first: signs between
  /// thousands rather than before decimals, since all numbers have three digits behind such a sign.
  private static func formats(around surroundings: Surroundings, mark: DecimalMark, showsPlus: Bool)
    -> [NumberFormat]
  {
    var base = NumberFormat()
    base.showsPlus = showsPlus
    base.prefix = surroundings.prefix
    base.suffix = surroundings.suffix
    let other: DecimalMark = mark == .point ? .comma : .point
    let groupings: [String?] = [nil] + NumberFormat.groupings
    let negatives: [NumberFormat.Negatives] = [.before, .parentheses, .after]
    // Dashes in place of decimals stand behind the mark.
    let dashed = base.suffix.utf8.first.flatMap { first in
      [DecimalMark.point, .comma].first { $0.byte == first }
    }
    let marks = dashed.map { [$0] } ?? [mark, other]
    return marks.flatMap { mark in
      groupings.flatMap { grouping -> [NumberFormat] in
        guard grouping?.utf8.elementsEqual([mark.byte]) != true else { return [] }
        return negatives.map { negatives in
          var format = base
          format.grouping = grouping
          format.mark =
            base == .plain && grouping == nil && negatives == .before && mark != other ? nil : mark
          format.negatives = negatives
          return format
        }
      }
    }
  }
}

/// The text before and after the digits of one cell, if both are such as stand beside numbers.
private struct Surroundings: Hashable {
  var prefix = ""
  var suffix = ""

  var order: String { "\(prefix.count + suffix.count) \(prefix) \(suffix)" }

  init?(_ cell: [UInt8]) {
    let text = Substring(String(decoding: cell, as: UTF8.self)).trimmingBlanks
    guard let first = text.firstIndex(where: \.isASCIIDigit),
      let last = text.lastIndex(where: \.isASCIIDigit)
    else { return nil }
    var start = text[..<first].drop { "(-+\u{2212}".contains($0) }
    while let sign = start.last, "-+\u{2212}.,".contains(sign) { start.removeLast() }
    var end = text[text.index(after: last)...]
    let dashes = Self.dashes(end)
    end = end.dropFirst(dashes.count)
    while let sign = end.last, ")-".contains(sign) { end.removeLast() }
    while let sign = end.first, ".,".contains(sign) { end.removeFirst() }
    prefix = String(start)
    suffix = dashes + String(end)
    guard prefix.isEmpty || Self.currencies.contains(prefix.trimmingBlanks.uppercased()) else {
      return nil
    }
    let unit = String(end).trimmingBlanks
    guard
      unit.isEmpty
        ? end.isEmpty
        : Self.currencies.contains(unit.uppercased()) || Self.units.contains(unit.lowercased())
    else {
      return nil
    }
  }

  /// Returns the dashes that stand for no cents, with the mark before them: `481.-`, `25,-- €`.
  private static func dashes(_ end: Substring) -> String {
    guard let mark = end.first, ".,".contains(mark) else { return "" }
    let dashes = end.dropFirst().prefix { "-\u{2013}\u{2014}".contains($0) }
    return (1...2).contains(dashes.count) ? "\(mark)\(dashes)" : ""
  }

  private static let currencies: Set<String> = [
    "$", "US$", "USD", "CA$", "C$", "CAD", "A$", "AU$", "AUD", "NZ$", "NZD", "R$", "BRL", "MX$",
    "MXN", "€", "EUR", "£", "GBP", "¥", "JPY", "CN¥", "CNY", "RMB", "₹", "RS", "RS.", "INR", "₽",
    "RUB", "₩", "KRW", "CHF", "FR.", "SFR.", "KR", "KR.", "SEK", "NOK", "DKK", "ZŁ", "PLN", "KČ",
    "CZK", "FT", "HUF", "₺", "TL", "TRY", "₪", "ILS", "R", "ZAR", "HK$", "HKD", "S$", "SGD", "₫",
    "VND", "฿", "THB", "₱", "PHP",
  ]

  private static let units: Set<String> = [
    "%", "‰", "pct", "percent", "pp", "kg", "g", "mg", "µg", "ug", "mcg", "ng", "t", "lb", "lbs",
    "oz", "st", "km", "m", "dm", "cm", "mm", "µm", "nm", "mi", "miles", "ft", "in", "inch", "yd",
    "\"", "'", "m²", "m2", "km²", "km2", "ha", "sqm", "sq ft", "sqft", "acres", "l", "dl", "cl",
    "ml", "µl", "gal", "m³", "m3", "cc", "°c", "°f", "° c", "° f", "c", "f", "k", "°", "deg", "y",
    "yr", "yrs", "year", "years", "months", "month", "mo", "w", "wk", "weeks", "d", "day", "days",
    "h", "hr", "hrs", "hour", "hours", "min", "mins", "minutes", "s", "sec", "secs", "seconds",
    "ms", "km/h", "kmh", "mph", "m/s", "knots", "rpm", "hz", "khz", "mhz", "ghz", "w", "kw", "mw",
    "kwh", "mwh", "v", "a", "mah", "j", "kj", "kcal", "cal", "pa", "hpa", "kpa", "bar", "psi",
    "mmhg", "cmh2o", "bpm", "/min", "x", "mg/dl", "g/dl", "g/l", "mg/l", "ng/ml", "pg/ml", "µg/l",
    "mmol/l", "µmol/l", "umol/l", "nmol/l", "mol/l", "u/l", "iu/l", "iu", "iu/ml", "meq/l",
    "ml/min", "ml/min/1.73m2", "kg/m2", "kg/m²", "b", "kb", "mb", "gb", "tb", "px", "dpi", "db",
    "ppm", "ppb", "pts", "pcs", "jahre", "j.", "monate", "tage", "std", "std.", "ans", "mois",
    "jours", "años", "meses", "días", "anni", "mesi", "giorni", "jaar", "maanden", "dagen",
    "anos", "dias",
  ]
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isWholeNumber }
}

extension StringProtocol {
  /// The text without blanks of any kind at either end.
  fileprivate var trimmingBlanks: String {
    let blanks: Set<Character> = [" ", "\t", "\u{A0}", "\u{202F}"]
    var rest = Substring(self)
    while let first = rest.first, blanks.contains(first) { rest.removeFirst() }
    while let last = rest.last, blanks.contains(last) { rest.removeLast() }
    return String(rest)
  }
}
