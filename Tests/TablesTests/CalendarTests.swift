import DelimitedText
import Foundation
import Tables
import Testing

@Suite struct CalendarTests {
  /// Compared with Foundation, whose calendar is Gregorian only from 1582-10-15.
  @Test func daysAgreeWithFoundation() throws {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    for day in stride(from: -141_427, through: 2_932_896, by: 1309) {
      let date = CivilDate(daysSince1970: day)
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86_400))
      #expect(
        date == CivilDate(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0),
        "day \(day)")
    }
  }

  /// Compared with a calendar that counts day by day.
  @Test func everyDayThereAndBack() {
    var expected = CivilDate(year: 1, month: 1, day: 1)
    var faults = 0
    for day in -719_162...2_932_896 {
      let date = CivilDate(daysSince1970: day)
      if date.daysSince1970 != day || !date.isValid || date != expected { faults += 1 }
      let isLeap =
        expected.year.isMultiple(of: 400)
        || (expected.year.isMultiple(of: 4) && !expected.year.isMultiple(of: 100))
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      expected.day += 1
      if expected.day > lengths[expected.month - 1] {
        expected.day = 1
        expected.month += 1
      }
      if expected.month > 12 {
        expected.month = 1
        expected.year += 1
      }
    }
    #expect(faults == 0)
    #expect(CivilDate(daysSince1970: -719_162) == CivilDate(year: 1, month: 1, day: 1))
    #expect(CivilDate(daysSince1970: 2_932_896) == CivilDate(year: 9999, month: 12, day: 31))
    #expect(
      !CivilDate(year: 1900, month: 2, day: 29).isValid
        && CivilDate(year: 2000, month: 2, day: 29).isValid)
  }

  @Test func everyPatternReadsWhatItWrites() {
    var generator = SeededGenerator(5)
    for candidate in TimeCandidate.all {
      for _ in 0..<3 {
        // Two-digit years range from 1969 to 2068.
        let tick =
          Int64(generator.below(36_000)) * candidate.pattern.ticksPerDay
          + Int64(generator.below(Int(candidate.pattern.ticksPerDay)))
        let text = candidate.type.format(tick: tick)
        #expect(candidate.type.parse(text) == tick, "\(text)")
      }
    }
  }

  @Test func singleCells() {
    #expect(ColumnType.date(.iso).parse("2024-01-01") == 19_723)
    #expect(ColumnType.date(.iso).format(tick: -1) == "1969-12-31")
    #expect(ColumnType.decimal(fractionDigits: 2).parse("12.5") == 1250)
    #expect(ColumnType.decimal(fractionDigits: 2).parse("12.505") == nil)
    #expect(ColumnType.decimal(fractionDigits: 2).format(tick: -5) == "-0.05")
    #expect(ColumnType.integer.parse("12.0") == nil)
    #expect(ColumnType.integer.format(tick: Int64.max) == "9223372036854775807")
    #expect(ColumnType.category.parse("x") == nil)
    #expect(ColumnType.timestamp(.iso).parse("1970-01-02 00:00:01") == 86_401)
    #expect(ColumnType.timestamp(.iso).parse("1970-01-02 24:00:01") == nil)
    #expect(
      TimePattern(DateFormat(pattern: "yyyy-QQ")) == nil
        && TimePattern(DateFormat(pattern: "yyyy")) == nil)
    #expect(ColumnType.date(DateFormat(pattern: "yyyyMMdd")).parse("20240101") == 19_723)
  }
}
