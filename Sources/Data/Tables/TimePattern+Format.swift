extension TimePattern {
  /// Writes a tick. A tick outside the years 1 to 9999, or the hours 0 to 9999 of a time
  /// without a date, is written at the nearer end.
  package func write(_ tick: Int64, to output: inout ByteBuffer) {
    let clock = clock(of: min(max(tick, lowestTick), highestTick))
    for element in elements { write(element, clock, to: &output) }
  }

  private struct Clock {
    var date: CivilDate
    var secondOfDay: Int
    var fraction: Int64
  }

  /// 0001-01-01 at midnight; 0 for a time without a date.
  private var lowestTick: Int64 { isClock ? 0 : firstTick(ofDay: -719_162) }
  /// The last tick of 9999-12-31; 9999:59 for a time without a date.
  private var highestTick: Int64 {
    isClock ? 10_000 * 3600 / secondsPerTick * ticksPerSecond - 1 : firstTick(ofDay: 2_932_897) - 1
  }

  private func firstTick(ofDay day: Int64) -> Int64 {
    isDate ? day : day * 86_400 / secondsPerTick * ticksPerSecond
  }

  private func clock(of tick: Int64) -> Clock {
    if isDate {
      return Clock(date: CivilDate(daysSince1970: Int(tick)), secondOfDay: 0, fraction: 0)
    }
    let wholeSeconds =
      secondsPerTick > 1 ? tick * secondsPerTick : floorDivide(tick, by: ticksPerSecond)
    let days = isClock ? 0 : floorDivide(wholeSeconds, by: 86_400)
    return Clock(
      date: CivilDate(daysSince1970: Int(days)), secondOfDay: Int(wholeSeconds - days * 86_400),
      fraction: secondsPerTick > 1 ? 0 : tick - wholeSeconds * ticksPerSecond)
  }

  private func write(_ element: Element, _ clock: Clock, to output: inout ByteBuffer) {
    let hour = clock.secondOfDay / 3600
    switch element {
    case .literal(let byte): output.append(byte)
    case .year4: output.append(digits: UInt64(clock.date.year), minimumCount: 4)
    case .year2: output.append(digits: UInt64(clock.date.year % 100), minimumCount: 2)
    case .month(let minimum): output.append(digits: UInt64(clock.date.month), minimumCount: minimum)
    case .monthName: output.append(TimePattern.monthNames[clock.date.month - 1])
    case .day(let minimum): output.append(digits: UInt64(clock.date.day), minimumCount: minimum)
    case .hour24(let minimum): output.append(digits: UInt64(hour), minimumCount: minimum)
    case .hour12(let minimum):
      output.append(digits: UInt64(hour % 12 == 0 ? 12 : hour % 12), minimumCount: minimum)
    case .minute: output.append(digits: UInt64(clock.secondOfDay / 60 % 60), minimumCount: 2)
    case .second: output.append(digits: UInt64(clock.secondOfDay % 60), minimumCount: 2)
    case .halfDay:
      output.append(UInt8(ascii: hour < 12 ? "A" : "P"))
      output.append(UInt8(ascii: "M"))
    case .monthText(let names): output.append(names.written[clock.date.month - 1])
    case .hours(let minimum): output.append(digits: UInt64(hour), minimumCount: minimum)
    case .packedClock: output.append(digits: UInt64(hour * 100 + clock.secondOfDay / 60 % 60))
    case .offset(let form): output.append(form.ofUTC)
    case .fraction(let digits): output.append(digits: UInt64(clock.fraction), minimumCount: digits)
    }
  }
}

extension TimePattern.Offset {
  /// The text of UTC itself.
  fileprivate var ofUTC: [UInt8] {
    switch self {
    case .colon: Array("+00:00".utf8)
    case .digits: Array("+0000".utf8)
    case .hours: Array("+00".utf8)
    case .zulu: Array("Z".utf8)
    }
  }
}
