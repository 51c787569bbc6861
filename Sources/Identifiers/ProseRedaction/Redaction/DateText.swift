import Tables
import Words

/// A written date, taken apart so that another date can be written in the same way.
struct DateText {
  /// In text order: literal text, and placeholders for parts of the date.
  private enum Part {
    case literal([UInt8])
    case day(width: Int)
    case month(width: Int)
    case year(width: Int)
    case monthName(MonthNames.Style)
  }

  private var parts: [Part] = []
  private(set) var year: Int?
  private(set) var month: Int?
  private(set) var day: Int?

  /// Returns nil if the text is not a single date.
  /// - Parameters:
  ///   - isDayFirst: how to read 3/4/2020.
  ///   - thisYear: two-digit years are read as one of the hundred years that end with the next one.
  init?(_ text: some Collection<UInt8>, isDayFirst: Bool, thisYear: Int) {
    let runs = Self.runs(Array(text))
    let names = runs.indices.filter { runs[$0].isLetters && MonthNames.find(runs[$0].bytes) != nil }
    let numbers = runs.indices.filter { runs[$0].isDigits }
    guard names.count <= 1, (1...3).contains(numbers.count) else { return nil }
    guard
      let roles = names.isEmpty
        ? Self.numericRoles(numbers.map { runs[$0].bytes }, isDayFirst)
        : Self.namedRoles(numbers, names[0], runs)
    else {
      guard names.isEmpty, numbers.count == 1 else { return nil }
      return nil
    }
    var next = roles.makeIterator()
    for index in runs.indices {
      let run = runs[index]
      if names.first == index, let (number, style) = MonthNames.find(run.bytes) {
        month = number
        parts.append(.monthName(style))
      } else if run.isDigits {
        guard let role = next.next() else { return nil }
        set(role, run.bytes, thisYear: thisYear)
      } else {
        parts.append(.literal(run.bytes))
      }
    }
    guard (1...12).contains(month ?? 1), (1...31).contains(day ?? 1) else { return nil }
  }

  private struct Run {
    var bytes: [UInt8]
    var isDigits: Bool
    var isLetters: Bool
  }

  private static func runs(_ text: [UInt8]) -> [Run] {
    var runs: [Run] = []
    for byte in text {
      let isDigit = (48...57).contains(byte)
      let isLetter =
        (65...90).contains(byte & 0xdf) && byte < 0x80 || byte >= 0xc3
        || byte >= 0x80 && runs.last?.isLetters == true
      if let last = runs.last, last.isDigits == isDigit, last.isLetters == isLetter {
        runs[runs.count - 1].bytes.append(byte)
      } else {
        runs.append(Run(bytes: [byte], isDigits: isDigit, isLetters: isLetter))
      }
    }
    return runs.flatMap(split)
  }

  /// Splits eight digits into a year, a month and a day, or the other way round.
  private static func split(_ run: Run) -> [Run] {
    guard run.isDigits, run.bytes.count == 8 else { return [run] }
    let isYearFirst = (18...21).contains(Int(run.bytes[0] - 48) * 10 + Int(run.bytes[1] - 48))
    let cuts = isYearFirst ? [0, 4, 6, 8] : [0, 2, 4, 8]
    return zip(cuts, cuts.dropFirst()).map {
      Run(bytes: Array(run.bytes[$0..<$1]), isDigits: true, isLetters: false)
    }
  }

  private enum Role { case day, month, year }

  private static func numericRoles(_ numbers: [[UInt8]], _ isDayFirst: Bool) -> [Role]? {
    let lengths = numbers.map(\.count)
    let values = numbers.map { $0.reduce(0) { $0 * 10 + Int($1 - 48) } }
    let isFirstDay = values[0] > 12 || isDayFirst && values.count > 1 && values[1] <= 12
    switch numbers.count {
    case 3 where lengths[0] == 4:
      return values[1] > 12 ? [.year, .day, .month] : [.year, .month, .day]
    case 3: return isFirstDay ? [.day, .month, .year] : [.month, .day, .year]
    case 2 where lengths[0] == 4: return [.year, .month]
    case 2 where lengths[1] == 4: return [.month, .year]
    case 2: return isFirstDay ? [.day, .month] : [.month, .day]
    default: return nil
    }
  }

  private static func namedRoles(_ numbers: [Int], _ name: Int, _ runs: [Run]) -> [Role]? {
    let lengths = numbers.map { runs[$0].bytes.count }
    switch numbers.count {
    case 1: return lengths[0] == 4 ? [.year] : [.day]
    case 2:
      if lengths[0] == 4 { return [.year, .day] }
      // "March 3-5" is two days.
      guard
        lengths[1] == 4 || numbers[0] < name || runs[numbers[0] + 1].bytes != [UInt8(ascii: "-")]
          || numbers[0] > name + 1 && runs[name + 1].bytes == [UInt8(ascii: "-")]
      else { return nil }
      return [.day, .year]
    default: return nil
    }
  }

  private mutating func set(_ role: Role, _ digits: [UInt8], thisYear: Int) {
    let value = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    switch role {
    case .day:
      day = value
      parts.append(.day(width: digits.count))
    case .month:
      month = value
      parts.append(.month(width: digits.count))
    case .year:
      let century = (thisYear + 1) / 100 * 100
      year =
        digits.count > 2
        ? value : century + value > thisYear + 1 ? century - 100 + value : century + value
      parts.append(.year(width: digits.count))
    }
  }

  /// Returns another date written in the same way; nil if this date is not in the calendar.
  /// - Parameter referenceYear: the year of a date without one.
  func shifted(by days: Int, referenceYear: Int) -> [UInt8]? {
    let date = CivilDate(year: year ?? referenceYear, month: month ?? 7, day: day ?? 15)
    guard date.isValid else { return nil }
    let moved = CivilDate(daysSince1970: date.daysSince1970 + days)
    guard moved.isValid else { return nil }
    var text: [UInt8] = []
    for (index, part) in parts.enumerated() {
      switch part {
      case .literal(let bytes):
        text += index > 0 && isDay(parts[index - 1]) ? Self.ordinal(bytes, day: moved.day) : bytes
      case .day(let width): text += Self.digits(moved.day, width: width)
      case .month(let width): text += Self.digits(moved.month, width: width)
      case .year(let width):
        text +=
          width == 2
          ? Self.digits(moved.year % 100, width: 2) : Self.digits(moved.year, width: width)
      case .monthName(let style): text += style.name(of: moved.month)
      }
    }
    return text
  }

  private func isDay(_ part: Part) -> Bool {
    if case .day = part { return true }
    return false
  }

  private static func digits(_ number: Int, width: Int) -> [UInt8] {
    let digits = Array(String(number).utf8)
    return Array(repeating: 48, count: max(0, width - digits.count)) + digits
  }

  /// Returns the ending of an English ordinal for another day.
  private static func ordinal(_ ending: [UInt8], day: Int) -> [UInt8] {
    guard ["st", "nd", "rd", "th"].contains(String(decoding: ending, as: UTF8.self).lowercased())
    else { return ending }
    if (11...13).contains(day) { return Array("th".utf8) }
    return Array((day % 10 == 1 ? "st" : day % 10 == 2 ? "nd" : day % 10 == 3 ? "rd" : "th").utf8)
  }
}

/// The order of day and month in a document's numeric dates, judged by the unambiguous ones.
package struct DayMonthGuess: Sendable {
  private let usual: Bool
  private var (dayFirst, monthFirst) = (0, 0)

  /// - Parameter isDayFirst: the order if nothing in the document settles it.
  package init(isDayFirst: Bool) { usual = isDayFirst }

  package var isDayFirst: Bool { dayFirst == monthFirst ? usual : dayFirst > monthFirst }

  package mutating func look(at spans: [ProseSpan], in text: UnsafeRawBufferPointer) {
    for span in spans where span.type == .date {
      let numbers = text[span.range].split { !(48...57).contains($0) }
      guard numbers.count == 3, numbers[0].count <= 2, numbers[1].count <= 2 else { continue }
      let values = numbers.prefix(2).map { $0.reduce(0) { $0 * 10 + Int($1 - 48) } }
      if values[0] > 12 { dayFirst += 1 } else if values[1] > 12 { monthFirst += 1 }
    }
  }
}
