import Foundation

/// Short texts for numbers and dates on charts.
package enum Label {
  /// Writes at most six significant digits, without trailing zeros.
  static func number(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return String(format: "%.6g", value)
  }

  static func text(_ value: Double, _ scale: AlignedColumn.Scale) -> String {
    switch scale {
    case .plain: number(value)
    case .days: date(Int(value.rounded(.down)))
    case .seconds: date(Int((value / 86_400).rounded(.down)))
    }
  }

  /// Returns the ISO date of a day counted from 1970-01-01, in the proleptic Gregorian calendar
  /// (Hinnant, `civil_from_days`).
  package static func date(_ day: Int) -> String {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return String(
      format: "%04d-%02d-%02d", year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
