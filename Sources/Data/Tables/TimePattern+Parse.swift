extension TimePattern {
  /// The fields of one cell as read.
  private struct Fields {
    var date = CivilDate(year: 1970, month: 1, day: 1)
    var hour = 0
    var minute = 0
    var second = 0
    /// The fraction, in ticks.
    var fraction: Int64 = 0
    var isAfternoon: Bool?
    /// The offset from UTC, in minutes.
    var offset = 0
  }

  /// Returns the tick of a cell in exactly this pattern, blanks around it aside; nil for any other.
  package func parse(_ cell: UnsafeBufferPointer<UInt8>) -> Int64? {
    let text = trimmed(cell)
    var fields = Fields()
    var at = 0
    for element in elements {
      guard read(element, of: text, at: &at, into: &fields) else { return nil }
    }
    guard at == text.count, fields.date.isValid else { return nil }
    return tick(fields)
  }

  private func tick(_ fields: Fields) -> Int64? {
    let days = Int64(fields.date.daysSince1970)
    if isDate { return days }
    var hour = fields.hour
    if let isAfternoon = fields.isAfternoon {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard isClock || hour < 24, fields.minute < 60, fields.second < 60 else { return nil }
    let seconds =
      days * 86_400 + Int64(hour * 3600 + (fields.minute - fields.offset) * 60 + fields.second)
    if secondsPerTick > 1 { return floorDivide(seconds, by: secondsPerTick) }
    return seconds * ticksPerSecond + fields.fraction
  }

  @inline(__always)
  private func read(
    _ element: Element, of text: UnsafeBufferPointer<UInt8>, at: inout Int,
    into fields: inout Fields
  ) -> Bool {
    switch element {
    case .literal(let byte):
      guard at < text.count, text[at] == byte else { return false }
      at += 1
      return true
    case .year4: return number(text, &at, 4, 4, into: &fields.date.year)
    case .year2:
      guard number(text, &at, 2, 2, into: &fields.date.year) else { return false }
      fields.date.year += fields.date.year < 69 ? 2000 : 1900
      return true
    case .month(let minimum): return number(text, &at, minimum, 2, into: &fields.date.month)
    case .monthName: return monthName(text, &at, into: &fields.date.month)
    case .monthText(let names):
      guard let found = names.month(in: text, at: at) else { return false }
      fields.date.month = found.month
      at += found.length
      return true
    case .day(let minimum): return number(text, &at, minimum, 2, into: &fields.date.day)
    case .hour24(let minimum), .hour12(let minimum):
      return number(text, &at, minimum, 2, into: &fields.hour)
    case .minute: return number(text, &at, 2, 2, into: &fields.minute)
    case .second: return number(text, &at, 2, 2, into: &fields.second)
    case .fraction(let digits):
      var value = 0
      guard number(text, &at, digits, digits, into: &value) else { return false }
      fields.fraction = Int64(value)
      return true
    case .halfDay: return halfDay(text, &at, into: &fields)
    case .hours(let minimum): return number(text, &at, minimum, 4, into: &fields.hour)
    case .packedClock: return packedClock(text, &at, into: &fields)
    case .offset(let form): return offset(form, text, &at, into: &fields.offset)
    }
  }

  /// Reads 905 as 9:05 and 5 as 0:05. Zeros before the hour are not written.
  private func packedClock(
    _ text: UnsafeBufferPointer<UInt8>, _ at: inout Int, into fields: inout Fields
  ) -> Bool {
    let start = at
    var packed = 0
    guard number(text, &at, 1, 6, into: &packed),
      at - start == 1 || text[start] != UInt8(ascii: "0")
    else { return false }
    (fields.hour, fields.minute) = (packed / 100, packed % 100)
    return true
  }

  private func offset(
    _ form: Offset, _ text: UnsafeBufferPointer<UInt8>, _ at: inout Int, into minutes: inout Int
  ) -> Bool {
    guard at < text.count else { return false }
    if form == .zulu, text[at] == UInt8(ascii: "Z") {
      at += 1
      return true
    }
    let isWest = text[at] == UInt8(ascii: "-")
    guard isWest || text[at] == UInt8(ascii: "+") else { return false }
    at += 1
    var (hour, minute) = (0, 0)
    guard number(text, &at, 2, 2, into: &hour) else { return false }
    if form == .colon || form == .zulu {
      guard at < text.count, text[at] == UInt8(ascii: ":") else { return false }
      at += 1
    }
    if form != .hours { guard number(text, &at, 2, 2, into: &minute) else { return false } }
    guard hour <= 18, minute < 60 else { return false }
    minutes = (hour * 60 + minute) * (isWest ? -1 : 1)
    return true
  }

  @inline(__always)
  private func number(
    _ text: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ minimum: Int, _ maximum: Int,
    into value: inout Int
  ) -> Bool {
    var result = 0
    var count = 0
    while count < maximum, at < text.count, let digit = decimalDigit(text[at]) {
      result = result &* 10 &+ Int(digit)
      count += 1
      at += 1
    }
    value = result
    return count >= minimum
  }

  private func monthName(_ text: UnsafeBufferPointer<UInt8>, _ at: inout Int, into month: inout Int)
    -> Bool
  {
    guard at + 3 <= text.count else { return false }
    let name = (text[at] & 0xdf, text[at + 1] & 0xdf, text[at + 2] & 0xdf)
    let found = TimePattern.monthNames.firstIndex { letters in
      letters[0] == name.0 && letters[1] & 0xdf == name.1 && letters[2] & 0xdf == name.2
    }
    guard let found else { return false }
    month = found + 1
    at += 3
    return true
  }

  private func halfDay(
    _ text: UnsafeBufferPointer<UInt8>, _ at: inout Int, into fields: inout Fields
  ) -> Bool {
    guard at + 2 <= text.count, text[at + 1] & 0xdf == UInt8(ascii: "M") else { return false }
    switch text[at] & 0xdf {
    case UInt8(ascii: "A"): fields.isAfternoon = false
    case UInt8(ascii: "P"): fields.isAfternoon = true
    default: return false
    }
    at += 2
    return true
  }

  static let monthNames: [[UInt8]] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ].map { Array($0.utf8) }
}

/// Returns the quotient rounded down, also below zero.
package func floorDivide(_ value: Int64, by divisor: Int64) -> Int64 {
  let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
  return remainder < 0 ? quotient - 1 : quotient
}
