import Foundation
import Ledger

/// The numbers of a column without their unit: divided by a divisor of nearly all of them.
///
/// In this form 39 years and 468 months, 12.5 and 12.50, 1.2 m and 120 cm become the same whole
/// number. The divisor is a product of powers of 2, 3, 5 and 7 that divides all but one cell in
/// 200, or the greatest common divisor of all cells if that is larger.
struct NumberForm: Sendable {
  private(set) var divisor: Int64 = 1
  /// Whether the cells count the rows, such as 1, 2, 3: nine in ten numbers of their range occur,
  /// and nine in ten cells differ. They are the same in every table and carry no information.
  private(set) var isCounter = false
  /// The lowest and highest tick; nil if all are missing.
  private(set) var range: ClosedRange<Int64>?

  /// Complexity: one pass, and one more each time all powers of ``modulus`` are found.
  init(_ ticks: [Int64], missing: Int64) {
    guard let range = Self.range(of: ticks, missing: missing) else { return }
    self.range = range
    var share = Self.smoothShare(ticks, missing: missing, dividedBy: 1)
    while share > 1, divisor <= Int64.max / Self.modulus / share {
      divisor *= share
      share = Self.smoothShare(ticks, missing: missing, dividedBy: divisor)
    }
    let common = Self.commonDivisor(ticks, missing: missing)
    if common > divisor, common % divisor == 0 { divisor = common }
    isCounter = Self.isCounter(ticks, missing: missing, range, divisor)
  }

  /// 2³ · 3² · 5 · 7.
  private static let modulus: Int64 = 2520
  private static let divisors = (2...modulus).filter { modulus % $0 == 0 }.sorted(by: >)

  private static func range(of ticks: [Int64], missing: Int64) -> ClosedRange<Int64>? {
    var (low, high) = (Int64.max, Int64.min)
    for tick in ticks where tick != missing {
      low = min(low, tick)
      high = max(high, tick)
    }
    return low <= high ? low...high : nil
  }

  /// Returns the largest divisor of ``modulus`` that, after division by `divisor`, divides all but
  /// one in 200 of the nonzero cells.
  private static func smoothShare(_ ticks: [Int64], missing: Int64, dividedBy divisor: Int64)
    -> Int64
  {
    var counts = [Int](repeating: 0, count: Int(modulus))
    var total = 0
    for tick in ticks where tick != missing && tick != 0 {
      total += 1
      let (quotient, remainder) =
        divisor == 1 ? (tick, 0) : tick.quotientAndRemainder(dividingBy: divisor)
      if remainder == 0 { counts[Int((quotient % modulus).magnitude)] += 1 }
    }
    guard total > 0 else { return 1 }
    return divisors.first { share in
      stride(from: 0, to: Int(modulus), by: Int(share)).reduce(0) { $0 + counts[$1] } * 200 >= 199
        * total
    } ?? 1
  }

  private static func isCounter(
    _ ticks: [Int64], missing: Int64, _ range: ClosedRange<Int64>, _ divisor: Int64
  ) -> Bool {
    let (width, isWide) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
    guard !isWide, ticks.count > 2, width / divisor <= Int64(ticks.count) + Int64(ticks.count) / 9
    else { return false }
    var isThere = [Bool](repeating: false, count: Int(width / divisor) + 1)
    for tick in ticks where tick != missing {
      isThere[Int((tick - range.lowerBound) / divisor)] = true
    }
    return isThere.count { $0 } * 10 >= 9 * ticks.count
  }

  /// Returns the greatest common divisor of all cells, stopping as soon as it is 1.
  private static func commonDivisor(_ ticks: [Int64], missing: Int64) -> Int64 {
    var common: UInt64 = 0
    for tick in ticks where tick != missing {
      var (first, second) = (common, tick.magnitude)
      while second != 0 { (first, second) = (second, first % second) }
      common = first
      if common == 1 { return 1 }
    }
    return Int64(exactly: common) ?? 1
  }
}

/// Labels stripped of differences in writing.
enum LabelForm {
  /// Returns the label in lower case, without blanks at either end, and with one space for each run
  /// of blanks inside.
  package static func folded(_ label: some Sequence<UInt8>) -> [UInt8] {
    var folded: [UInt8] = []
    var isASCII = true
    var blankPending = false
    for byte in label {
      if byte == 0x20 || (0x09...0x0d).contains(byte) {
        blankPending = !folded.isEmpty
        continue
      }
      if blankPending { folded.append(0x20) }
      blankPending = false
      isASCII = isASCII && byte < 0x80
      folded.append((0x41...0x5a).contains(byte) ? byte | 0x20 : byte)
    }
    return isASCII ? folded : Array(String(decoding: folded, as: UTF8.self).lowercased().utf8)
  }

  /// Reads a number with a point or a comma. Returns its digits and how many of them follow the
  /// mark, or nil if the label is not a number of at most 18 digits with at most 9 after the mark.
  static func number(_ label: [UInt8]) -> (mantissa: Int64, digits: Int)? {
    var (mantissa, count, digits, hasMark) = (Int64(0), 0, 0, false)
    let isSigned = label.first == UInt8(ascii: "-") || label.first == UInt8(ascii: "+")
    for byte in label.dropFirst(isSigned ? 1 : 0) {
      if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ","), !hasMark {
        hasMark = true
        continue
      }
      guard (0x30...0x39).contains(byte), count < 18 else { return nil }
      mantissa = mantissa * 10 + Int64(byte - 0x30)
      count += 1
      if hasMark { digits += 1 }
    }
    guard count > 0, digits <= 9 else { return nil }
    return (label.first == UInt8(ascii: "-") ? -mantissa : mantissa, digits)
  }

  /// Returns the person a label names, however the number or name is punctuated: letters and digits
  /// only, without leading zeros in a number.
  static func person(_ label: [UInt8]) -> [UInt8] {
    let letters = folded(label).filter {
      $0 >= 0x80 || (0x30...0x39).contains($0) || (0x61...0x7a).contains($0)
    }
    return letters.allSatisfy({ (0x30...0x39).contains($0) })
      ? Array(letters.drop { $0 == 0x30 }) : letters
  }
}
