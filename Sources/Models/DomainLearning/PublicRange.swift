import Encoding
import Tables

/// Ranges that follow from a column's type and are public knowledge.
enum PublicRange {
  /// Returns runs that hold every value of the type: for dates centuries and, from 1800 to 2200,
  /// decades; for numbers powers of two by sign.
  static func start(of variable: Variable, in schema: Schema) -> [ClosedRange<Int64>] {
    guard case .column(let name) = variable.source, let type = schema.column(named: name)?.type, let ticks = ticksPerDay(type) else {
      return OrderedSearch.dyadic
    }
    let years =
      Array(stride(from: 1, to: 1_801, by: 100)) + Array(stride(from: 1_800, through: 2_200, by: 10)).dropFirst()
      + Array(stride(from: 2_300, through: 9_900, by: 100))
    let starts = years.map { Int64(CivilDate(year: $0, month: 1, day: 1).daysSince1970) * ticks }
    let last = (Int64(CivilDate(year: 9_999, month: 12, day: 31).daysSince1970) + 1) * ticks - 1
    return zip(starts, starts.dropFirst() + [last + 1]).map { $0...($1 - 1) }
  }

  /// Returns the range for values about which nothing could be learned: a plain range that does not
  /// depend on any row.
  static func fallback(of variable: Variable, in schema: Schema) -> ClosedRange<Int64> {
    guard case .column(let name) = variable.source, let type = schema.column(named: name)?.type else { return 0...100 }
    if let ticks = ticksPerDay(type) {
      let (first, last) = (CivilDate(year: 2_000, month: 1, day: 1), CivilDate(year: 2_029, month: 12, day: 31))
      return Int64(first.daysSince1970) * ticks...(Int64(last.daysSince1970) + 1) * ticks - 1
    }
    if let clock = TimePattern(type) { return 0...clock.ticksPerDay - 1 }
    if case .scientific(let format) = type, let one = type.parse("1") { return 0...one + 9 * ParsedNumber.powersOfTen[format.digits - 1] }
    guard case .decimal(let digits) = type else { return 0...100 }
    return 0...(0..<digits).reduce(100) { whole, _ in whole * 10 }
  }

  private static func ticksPerDay(_ type: ColumnType) -> Int64? {
    switch type {
    case .date, .timestamp: TimePattern(type).flatMap { $0.isClock ? nil : $0.ticksPerDay }
    case .integer, .decimal, .scientific, .boolean, .category, .identifier, .text: nil
    }
  }
}
