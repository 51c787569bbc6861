import Ledger
import Tables

/// The written form of a tick of a date, timestamp or boolean column: the text in the file.
package struct TickText: Sendable {
  private let pieces: [Piece]
  private let unitsPerDay: Int64
  private let fractionDigits: Int
  private let secondsPerTick: Int64

  package init(date: DateFormat) { self.init(pattern: date.pattern, fractionDigits: -1, secondsPerTick: 86_400) }

  package init(timestamp: TimestampFormat) {
    self.init(
      pattern: timestamp.pattern, fractionDigits: timestamp.fractionDigits, secondsPerTick: Int64(timestamp.secondsPerTick))
  }

  /// `fractionDigits` is −1 for dates, whose ticks are days.
  private init(pattern: String, fractionDigits: Int, secondsPerTick: Int64) {
    pieces = Self.parse(Array(pattern.utf8))
    self.fractionDigits = max(0, fractionDigits)
    self.secondsPerTick = secondsPerTick > 1 ? secondsPerTick : 1
    let perSecond = (0..<max(0, fractionDigits)).reduce(Int64(1)) { value, _ in value * 10 }
    unitsPerDay = fractionDigits < 0 ? 1 : self.secondsPerTick > 1 ? 86_400 / self.secondsPerTick : 86_400 * perSecond
  }

  private enum Piece: Sendable {
    case literal(UInt8)
    case field(letter: UInt8, width: Int)
  }

  private static func parse(_ pattern: [UInt8]) -> [Piece] {
    var pieces: [Piece] = []
    var index = 0
    var isQuoted = false
    while index < pattern.count {
      let byte = pattern[index]
      if byte == UInt8(ascii: "'") {
        isQuoted.toggle()
        index += 1
      } else if !isQuoted, "yMdHhmsaS".utf8.contains(byte) {
        let end = pattern[index...].firstIndex { $0 != byte } ?? pattern.count
        pieces.append(.field(letter: byte, width: end - index))
        index = end
      } else {
        pieces.append(.literal(byte))
        index += 1
      }
    }
    return pieces
  }

  /// Appends the text of a tick to `text`.
  package func write(_ tick: Int64, to text: inout [UInt8]) {
    let (day, unit) = Self.floorDivide(tick, unitsPerDay)
    let date = Self.civil(day)
    var (seconds, fraction) = (Int64(0), Int64(0))
    if unitsPerDay > 1 {
      let perSecond = max(1, unitsPerDay / 86_400)
      (seconds, fraction) = secondsPerTick > 1 ? (unit * secondsPerTick, 0) : (unit / perSecond, unit % perSecond)
    }
    for piece in pieces {
      switch piece {
      case .literal(let byte): text.append(byte)
      case .field(let letter, let width): write(letter, width, date, seconds, fraction, to: &text)
      }
    }
  }

  private func write(
    _ letter: UInt8, _ width: Int, _ date: (year: Int64, month: Int64, day: Int64), _ seconds: Int64, _ fraction: Int64,
    to text: inout [UInt8]
  ) {
    let hour = seconds / 3600
    switch letter {
    case UInt8(ascii: "y"): Self.pad(width == 2 ? Self.floorDivide(date.year, 100).1 : date.year, width, &text)
    case UInt8(ascii: "M") where width >= 3: text += Self.months[Int(date.month) - 1]
    case UInt8(ascii: "M"): Self.pad(date.month, width, &text)
    case UInt8(ascii: "d"): Self.pad(date.day, width, &text)
    case UInt8(ascii: "H"): Self.pad(hour, width, &text)
    case UInt8(ascii: "h"): Self.pad((hour + 11) % 12 + 1, width, &text)
    case UInt8(ascii: "m"): Self.pad(seconds / 60 % 60, width, &text)
    case UInt8(ascii: "s"): Self.pad(seconds % 60, width, &text)
    case UInt8(ascii: "S"): Self.pad(fraction, fractionDigits, &text)
    default: text += hour < 12 ? Array("AM".utf8) : Array("PM".utf8)
    }
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ].map { Array($0.utf8) }

  private static func pad(_ value: Int64, _ width: Int, _ text: inout [UInt8]) {
    if width == 2, (0..<100).contains(value) {
      text.append(UInt8(ascii: "0") + UInt8(value / 10))
      text.append(UInt8(ascii: "0") + UInt8(value % 10))
      return
    }
    if value < 0 { text.append(UInt8(ascii: "-")) }
    let start = text.count
    var rest = value.magnitude
    while rest > 0 || text.count - start < max(1, width) {
      text.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    }
    text[start...].reverse()
  }

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> (Int64, Int64) {
    let remainder = value % divisor
    return remainder < 0 ? (value / divisor - 1, remainder + divisor) : (value / divisor, remainder)
  }

  /// Returns the proleptic Gregorian date of a day counted from 1970-01-01 (Hinnant,
  /// "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`).
  private static func civil(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = floorDivide(day &+ 719_468, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }
}
