/// The ticks of numbers whose size spans many powers of ten, such as p-values: one tick for each
/// number that has a given count of significant digits, in the order of the numbers.
///
/// A number `m · 10^(e − digits + 1)` with `digits` digits in `m` has the tick `(e −
/// lowestExponent) · 9 · 10^(digits − 1) + m − 10^(digits − 1) + 1`; zero has the tick 0, and a
/// negative number the negative tick of its magnitude. The order of ticks is the order of numbers,
/// and equal steps are nearly equal ratios.
package struct ScientificTick: Sendable, Equatable {
  /// The most significant digits that are kept.
  package static let mostDigits = 9
  /// The exponents that a tick can have, somewhat wider than those of 64-bit floating point.
  static let exponents = -330...330

  /// The significant digits, 1 to ``mostDigits``.
  package let digits: Int

  package init(digits: Int) { self.digits = digits }

  private var unit: Int64 { ParsedNumber.powersOfTen[digits - 1] }

  /// Returns the tick of a number, rounded half away from zero to the significant digits; nil if
  /// the cell is not a number. Numbers too small become 0, and numbers too large the largest.
  package func parse(_ cell: UnsafeBufferPointer<UInt8>, mark: UInt8 = UInt8(ascii: ".")) -> (
    tick: Int64, significant: Int
  )? {
    guard let number = Self.decompose(cell, mark: mark) else { return nil }
    guard number.mantissa != 0 else { return (0, 1) }
    var (mantissa, exponent) = (number.mantissa, number.exponent)
    while mantissa >= unit * 10 {
      let isLast = mantissa < unit * 100
      mantissa = isLast ? (mantissa + 5) / 10 : mantissa / 10
      exponent += 1
    }
    while mantissa < unit {
      mantissa *= 10
      exponent -= 1
    }
    let power = exponent + digits - 1
    guard power >= Self.exponents.lowerBound else { return (0, 1) }
    if power > Self.exponents.upperBound { (mantissa, exponent) = (unit * 10 - 1, 0) }
    let order = Int64(min(power, Self.exponents.upperBound) - Self.exponents.lowerBound)
    let tick = order * 9 * unit + mantissa - unit + 1
    return (number.isNegative ? -tick : tick, number.significant)
  }

  /// Returns the number's digits and its power of ten for a tick other than 0.
  private func parts(of tick: Int64) -> (mantissa: Int64, power: Int) {
    let place = Int64(clamping: tick.magnitude) - 1
    let (order, rest) = place.quotientAndRemainder(dividingBy: 9 * unit)
    return (rest + unit, min(Int(order) + Self.exponents.lowerBound, Self.exponents.upperBound))
  }

  /// Returns the tick of a number whose tick has the most digits, the surplus digits of which are
  /// 0.
  package func tick(ofFinest tick: Int64) -> Int64 {
    guard tick != 0, digits < Self.mostDigits else { return tick }
    let (mantissa, power) = ScientificTick(digits: Self.mostDigits).parts(of: tick)
    let kept = mantissa / ParsedNumber.powersOfTen[Self.mostDigits - digits]
    let magnitude = Int64(power - Self.exponents.lowerBound) * 9 * unit + kept - unit + 1
    return tick < 0 ? -magnitude : magnitude
  }

  /// Returns the value of a tick, in floating point.
  package func value(of tick: Int64) -> Double {
    guard tick != 0 else { return 0 }
    let (mantissa, power) = parts(of: tick)
    return Double("\(tick < 0 ? "-" : "")\(mantissa)e\(power - digits + 1)") ?? 0
  }

  /// Writes a tick: with an exponent of two digits or more, or without one, as C's `%g` decides, if
  /// the number is neither small nor large.
  package func write(
    _ tick: Int64, mark: UInt8 = UInt8(ascii: "."), alwaysExponent: Bool,
    to output: inout ByteBuffer
  ) {
    guard tick != 0 else {
      output.append(UInt8(ascii: "0"))
      return
    }
    if tick < 0 { output.append(UInt8(ascii: "-")) }
    let (mantissa, power) = parts(of: tick)
    let text = Array(String(mantissa).utf8)
    if !alwaysExponent, (-4..<digits).contains(power) {
      writePlain(text, power: power, mark: mark, to: &output)
      return
    }
    output.append(text[0])
    if digits > 1 {
      output.append(mark)
      output.append(text[1...])
    }
    output.append(UInt8(ascii: "e"))
    output.append(UInt8(ascii: power < 0 ? "-" : "+"))
    output.append(digits: UInt64(power.magnitude), minimumCount: 2)
  }

  private func writePlain(_ text: [UInt8], power: Int, mark: UInt8, to output: inout ByteBuffer) {
    let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: max(0, -power))
    let all = zeros + text
    let whole = max(power, 0) + 1
    output.append(all[..<whole])
    var fraction = all[whole...]
    while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
    guard !fraction.isEmpty else { return }
    output.append(mark)
    output.append(fraction)
  }

  private struct Parts {
    var mantissa: Int64 = 0
    var exponent = 0
    var isNegative = false
    var significant = 0
  }

  /// Reads an optional sign, digits with an optional mark, and an optional exponent.
  private static func decompose(_ cell: UnsafeBufferPointer<UInt8>, mark: UInt8) -> Parts? {
    let text = trimmed(cell)
    var parts = Parts()
    var (at, digits, hasMark) = (0, 0, false)
    if let first = text.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      parts.isNegative = first == UInt8(ascii: "-")
      at = 1
    }
    while at < text.count {
      if let digit = decimalDigit(text[at]) {
        digits += 1
        if parts.mantissa < 100_000_000_000_000_000 {
          parts.mantissa = parts.mantissa * 10 + digit
          if hasMark { parts.exponent -= 1 }
          if parts.mantissa != 0 { parts.significant += 1 }
        } else if !hasMark {
          parts.exponent += 1
        }
      } else if text[at] == mark, !hasMark {
        hasMark = true
      } else {
        break
      }
      at += 1
    }
    guard digits > 0 else { return nil }
    if at < text.count {
      guard text[at] == UInt8(ascii: "e") || text[at] == UInt8(ascii: "E"),
        let exponent = exponent(text[(at + 1)...])
      else { return nil }
      parts.exponent += exponent
    }
    return parts
  }

  private static func exponent(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    let isNegative = text.first == UInt8(ascii: "-")
    let digits = isNegative || text.first == UInt8(ascii: "+") ? text.dropFirst() : text
    guard (1...4).contains(digits.count), digits.allSatisfy({ decimalDigit($0) != nil }) else {
      return nil
    }
    let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return isNegative ? -value : value
  }
}
