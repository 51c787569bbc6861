import Encoding
import Tables

/// Ranges that follow from a column's type and are public knowledge.
enum PublicRange {
  /// Returns runs that hold every value of the type: for dates centuries and, from 1800 to 2200,
  /// decades; for numbers powers of two by sign.
  static func start(of variable: Variable, in schema: Schema) -> [ClosedRange<Int64>] {
    guard case .column(let name) = variable.source, let type = schema.column(named: name)?.type,
      let ticks = ticksPerDay(type)
    else {
      return OrderedSearch.dyadic
    }
    let years =
      Array(stride(from: 1, to: 1_801, by: 100))
      + Array(stride(from: 1_800, through: 2_200, by: 10)).dropFirst()
      + Array(stride(from: 2_300, through: 9_900, by: 100))
    let starts = years.map { Int64(CivilDate(year: $0, month: 1, day: 1).daysSince1970) * ticks }
    let last = (Int64(CivilDate(year: 9_999, month: 12, day: 31).daysSince1970) + 1) * ticks - 1
    return zip(starts, starts.dropFirst() + [last + 1]).map { $0...($1 - 1) }
  }

  /// Returns the range for values about which nothing could be learned: a plain range that does not
  /// depend on any row.
  static func fallback(of variable: Variable, in schema: Schema) -> ClosedRange<Int64> {
    guard case .column(let name) = variable.source, let type = schema.column(named: name)?.type
    else { return 0...100 }
    if let ticks = ticksPerDay(type) {
      let (first, last) = (
        CivilDate(year: 2_000, month: 1, day: 1), CivilDate(year: 2_029, month: 12, day: 31)
      )
      return Int64(first.daysSince1970) * ticks...(Int64(last.daysSince1970) + 1) * ticks - 1
    }
    if let clock = TimePattern(type) { return 0...clock.ticksPerDay - 1 }
    if case .scientific(let format) = type, let one = type.parse("1") {
      return 0...one + 9 * ParsedNumber.powersOfTen[format.digits - 1]
    }
    guard case .decimal(let digits) = type else { return 0...100 }
    return 0...(0..<digits).reduce(100) { whole, _ in whole * 10 }
  }

  /// Returns the ticks where values are looked for if noise hides where they are: from minus a
  /// million to a thousand million, and for times from 1900 to 2100.
  static func ordinary(for variable: Variable, in schema: Schema) -> ClosedRange<Int64> {
    var one: Int64 = 1
    if case .column(let name) = variable.source, let type = schema.column(named: name)?.type {
      if let ticks = ticksPerDay(type) {
        let days = [1900, 2100].map { Int64(CivilDate(year: $0, month: 1, day: 1).daysSince1970) }
        return days[0] * ticks...days[1] * ticks
      }
      if case .decimal(let digits) = type { one = ParsedNumber.powersOfTen[digits] }
    }
    return -1_000_000 * one...1_000_000_000 * one
  }

  /// Returns the ticks that a trend may reach: numbers that were all seen above zero, or all below,
  /// stay there, and nobody is older than 120.
  /// - Parameter seen: The runs that hold rows, ascending.
  static func plausible(for variable: Variable, in schema: Schema, seen: [ClosedRange<Int64>])
    -> ClosedRange<Int64>
  {
    let all = Cells.lowestValue...Int64.max
    guard let first = seen.first, let last = seen.last else { return all }
    if case .gap = variable.source { return 0...Int64.max }
    guard case .column(let name) = variable.source, let type = schema.column(named: name)?.type
    else { return all }
    let one: Int64
    switch type {
    case .integer: one = 1
    case .decimal(let digits): one = ParsedNumber.powersOfTen[digits]
    case .scientific, .boolean, .date, .timestamp, .category, .identifier, .text: return all
    }
    let high =
      isAge(name) ? oldest * one : last.upperBound <= 0 ? min(last.upperBound + 1, 0) : .max
    let low = first.lowerBound >= 0 ? min(first.lowerBound, 1) : Cells.lowestValue
    return min(low, high)...high
  }

  private static let oldest: Int64 = 120

  /// Whether a column's name says that it holds years of age: one of its words does, and none names
  /// another unit.
  private static func isAge(_ name: String) -> Bool {
    let words = name.replacing(/([a-z])([A-Z])/) { "\($0.1) \($0.2)" }.lowercased().split {
      !$0.isLetter
    }.map(String.init)
    return words.contains(where: ages.contains) && !words.contains(where: units.contains)
  }

  private static let ages: Set<String> = [
    "age", "ages", "alter", "âge", "edad", "età", "eta", "idade", "leeftijd",
  ]
  private static let units: Set<String> = [
    "month", "months", "week", "weeks", "day", "days", "hours", "monate", "wochen", "tage", "mois",
    "jours", "meses", "dias", "días",
  ]

  private static func ticksPerDay(_ type: ColumnType) -> Int64? {
    switch type {
    case .date, .timestamp: TimePattern(type).flatMap { $0.isClock ? nil : $0.ticksPerDay }
    case .integer, .decimal, .scientific, .boolean, .category, .identifier, .text: nil
    }
  }
}
