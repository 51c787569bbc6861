/// A plainly written number: `mantissa` times 10 to the minus `scale`.
///
/// Accepted: an optional minus, digits without needless leading zeros, an optional point and
/// fraction, and an exponent if the number has a point or the exponent a sign (`2.50E-01`, `1e+06`;
/// not `1E5`, which may be a code). Refused: `007`, `+5`, `1,000`; lenient reading accepts the
/// first two.
package struct ParsedNumber: Equatable {
  /// The most digits that are kept after the point.
  package static let maximumScale = 9

  package var mantissa: Int64
  /// Digits after the point, 0 to ``maximumScale``.
  package var scale: Int
  /// Whether digits were rounded away.
  package var isRounded = false
  /// Whether it was written with a point or an exponent.
  package var isDecimal = false
  /// Digits written after the point, at most ``maximumScale``; nil with an exponent.
  package var writtenDigits: Int? = 0

  package static let powersOfTen: [Int64] = (0...18).map { exponent in
    (0..<exponent).reduce(Int64(1)) { power, _ in power * 10 }
  }

  /// Returns nil if the cell, after trimming blanks, is not a plainly written number or does not
  /// fit in 64 bits.
  /// - Parameters:
  ///   - isLenient: Whether to also accept `+5`, `007` and `1E5`, for columns that a schema
  ///     declares to be numbers.
  ///   - mark: The sign before the decimals.
  package init?(
    _ cell: UnsafeBufferPointer<UInt8>, isLenient: Bool = false, mark: UInt8 = UInt8(ascii: ".")
  ) {
    let text = trimmed(cell)
    var at = 0
    let isNegative = !text.isEmpty && text[0] == UInt8(ascii: "-")
    if isNegative || (isLenient && !text.isEmpty && text[0] == UInt8(ascii: "+")) { at = 1 }
    var digits = Digits()
    let wholeStart = at
    while at < text.count, let digit = decimalDigit(text[at]) {
      guard digits.append(digit) else { return nil }
      at += 1
    }
    let wholeCount = at - wholeStart
    if wholeCount > 1 && text[wholeStart] == UInt8(ascii: "0") && !isLenient { return nil }
    var fractionCount = 0
    var hasPoint = false
    if at < text.count && text[at] == mark {
      hasPoint = true
      at += 1
      while at < text.count, let digit = decimalDigit(text[at]) {
        digits.appendFraction(digit)
        fractionCount += 1
        at += 1
      }
    }
    guard wholeCount + fractionCount > 0 else { return nil }
    var exponent = 0
    var hasExponent = false
    if at < text.count {
      guard let parsed = ParsedNumber.exponent(text, from: at, needsSign: !hasPoint && !isLenient)
      else { return nil }
      exponent = parsed
      hasExponent = true
    }
    mantissa = 0
    scale = 0
    isDecimal = hasPoint || hasExponent
    writtenDigits = hasExponent ? nil : min(fractionCount, ParsedNumber.maximumScale)
    guard settle(digits, exponent: exponent, strippingZeros: hasExponent) else { return nil }
    if isNegative { mantissa = -mantissa }
    // The lowest numbers of 64 bits stand for missing cells and code words.
    guard Cells.isValue(mantissa) else { return nil }
  }

  /// Up to 18 significant digits, and the number of them after the point.
  private struct Digits {
    var value: Int64 = 0
    var significant = 0
    var scale = 0
    var droppedNonzero = false
    var firstDropped: Int64?

    mutating func append(_ digit: Int64) -> Bool {
      if significant == 18 { return appendNineteenth(digit) }
      if significant > 18 { return false }
      value = value &* 10 &+ digit
      if value != 0 { significant += 1 }
      return true
    }

    private mutating func appendNineteenth(_ digit: Int64) -> Bool {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(digit)
      guard !overflow, !carry else { return false }
      value = sum
      significant += 1
      return true
    }

    mutating func appendFraction(_ digit: Int64) {
      if significant >= 18 || firstDropped != nil {
        if firstDropped == nil { firstDropped = digit }
        if digit != 0 { droppedNonzero = true }
        return
      }
      value = value &* 10 &+ digit
      scale += 1
      if value != 0 { significant += 1 }
    }
  }

  /// Applies the exponent and brings the scale into `0...maximumScale`.
  private mutating func settle(_ digits: Digits, exponent: Int, strippingZeros: Bool) -> Bool {
    var value = digits.value
    var scale = digits.scale - exponent
    isRounded = digits.droppedNonzero
    if strippingZeros {
      while scale > 0 && value != 0 && value % 10 == 0 {
        value /= 10
        scale -= 1
      }
    }
    if value == 0 { scale = min(max(scale, 0), ParsedNumber.maximumScale) }
    if scale < 0 {
      guard scale >= -18 else { return false }
      let (product, overflow) = value.multipliedReportingOverflow(
        by: ParsedNumber.powersOfTen[-scale])
      guard !overflow else { return false }
      (value, scale) = (product, 0)
    }
    if scale > ParsedNumber.maximumScale {
      let surplus = scale - ParsedNumber.maximumScale
      let (quotient, isExact) = ParsedNumber.shifted(value, right: surplus)
      if !isExact { isRounded = true }
      (value, scale) = (quotient, ParsedNumber.maximumScale)
      // The residue of binary floating point, as in 0.1 + 0.2, is not precision.
      while isRounded && scale > 1 && value % 10 == 0 {
        value /= 10
        scale -= 1
      }
    } else if let dropped = digits.firstDropped, dropped >= 5 {
      guard value < Int64.max else { return false }
      value += 1
    }
    mantissa = value
    self.scale = scale
    return true
  }

  /// Returns the number in ticks of `digits` digits after the point, rounded half away from zero;
  /// nil if ticks cannot hold it.
  package func tick(digits: Int) -> Int64? {
    if scale >= digits { return ParsedNumber.shifted(mantissa, right: scale - digits).value }
    let (tick, overflow) = mantissa.multipliedReportingOverflow(
      by: ParsedNumber.powersOfTen[digits - scale])
    return overflow || !Cells.isValue(tick) ? nil : tick
  }

  /// Returns `value` over 10 to the power `digits`, rounded half away from zero, and whether the
  /// result is exact.
  package static func shifted(_ value: Int64, right digits: Int) -> (value: Int64, isExact: Bool) {
    guard digits <= 18 else { return (0, value == 0) }
    let power = powersOfTen[digits]
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: power)
    let roundsUp = remainder.magnitude >= power.magnitude - remainder.magnitude && remainder != 0
    return (quotient + (roundsUp ? value.signum() : 0), remainder == 0)
  }

  private static func exponent(_ text: UnsafeBufferPointer<UInt8>, from start: Int, needsSign: Bool)
    -> Int?
  {
    guard text[start] == UInt8(ascii: "e") || text[start] == UInt8(ascii: "E"),
      start + 1 < text.count
    else { return nil }
    var at = start + 1
    let isNegative = text[at] == UInt8(ascii: "-")
    let hasSign = isNegative || text[at] == UInt8(ascii: "+")
    if hasSign { at += 1 }
    guard hasSign || !needsSign, at < text.count, text.count - at <= 3 else { return nil }
    var value = 0
    while at < text.count {
      guard let digit = decimalDigit(text[at]) else { return nil }
      value = value * 10 + Int(digit)
      at += 1
    }
    return isNegative ? -value : value
  }
}

@inline(__always)
package func decimalDigit(_ byte: UInt8) -> Int64? {
  let digit = byte &- UInt8(ascii: "0")
  return digit < 10 ? Int64(digit) : nil
}
