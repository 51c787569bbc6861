import Words

/// Reads dates written only in numbers.
extension DateReader {
  /// Matches "03/14/2019", "2019-03-14", "14.03.", "3/14" after a word such as "on", and the first
  /// half of "3/5-3/9/2021".
  /// - Parameter isCued: whether the number is joined to a date before it.
  func numeric(_ index: Int, isCued: Bool) -> DateMatch? {
    guard let first = text.number(index), index + 1 < text.tokens.count else { return nil }
    if index > 0, !isCued, ["-", ".", "/"].contains(where: { text.isGap(after: index - 1, $0) }),
      text.tokens[index - 1].hasDigit
    {
      return nil
    }
    for separator: StaticString in ["/", "-", "."] where text.isGap(after: index, separator) {
      guard let second = leadingNumber(index + 1) else { return roman(index, separator) }
      if text.isGap(after: index + 1, separator), let third = leadingNumber(index + 2) {
        if text.isGap(after: index + 2, separator), text.tokens[index + 3].hasDigit {
          return rangeOfNumbers(index, separator)
        }
        let lengths = [index, index + 1].map { text.tokens[$0].count } + [third.count]
        return isDate([first, second.value, third.value], lengths: lengths)
          ? DateMatch(last: index + 2, confidence: 0.95) : rangeOfNumbers(index, separator)
      }
      return rangeOfNumbers(index, separator)
        ?? partial(index, first: first, second: second.value, separator, isCued: isCued)
    }
    return rangeOfDays(index)
  }

  /// Returns the digits that begin a token: the whole number, or those before the T of a time.
  private func leadingNumber(_ index: Int) -> (value: Int, count: Int)? {
    if let value = text.number(index) { return (value, text.tokens[index].count) }
    guard text.tokens.indices.contains(index), text.tokens[index].kind == .mixed else { return nil }
    let digits = text.bytes[text.tokens[index].range].prefix { (48...57).contains($0) }
    guard digits.count == 2, (text.byte(text.tokens[index].start + 2) | 0x20) == UInt8(ascii: "t")
    else { return nil }
    return (digits.reduce(0) { $0 * 10 + Int($1 - 48) }, 2)
  }

  private func isDayAndMonth(_ left: Int, _ right: Int) -> Bool {
    (1...31).contains(left) && (1...12).contains(right)
      || (1...12).contains(left) && (1...31).contains(right)
  }

  private func isDate(_ parts: [Int], lengths: [Int]) -> Bool {
    if lengths[0] == 4 {
      return (1850...2150).contains(parts[0]) && lengths[1] <= 2 && lengths[2] <= 2
        && isDayAndMonth(parts[1], parts[2])
    }
    guard lengths[0] <= 2, lengths[1] <= 2, isDayAndMonth(parts[0], parts[1]) else { return false }
    return lengths[2] == 2 || lengths[2] == 4 && (1850...2150).contains(parts[2])
  }

  /// Matches a day and month before a range whose other end is a whole date: "3/5-3/9/2021", "3/5
  /// to 3/9/21".
  private func rangeOfNumbers(_ index: Int, _ separator: StaticString) -> DateMatch? {
    guard let first = text.number(index), let second = text.number(index + 1),
      text.tokens[index].count <= 2,
      text.tokens[index + 1].count <= 2, isDayAndMonth(first, second),
      let other = rangeEnd(from: index + 2), other < text.tokens.count,
      other > index + 2 || !text.isGap(after: index + 1, separator), isWhole(other)
    else { return nil }
    return DateMatch(last: index + 1, confidence: 0.9)
  }

  /// Matches a day before a range whose other end is a whole date: "3.-5.9.2021", "3-5/9/2021",
  /// "vom 3. bis 5.9.2021".
  private func rangeOfDays(_ index: Int) -> DateMatch? {
    guard isDay(index), let other = rangeEnd(from: index + 1), other < text.tokens.count,
      isWhole(other), text.tokens[index].count <= 2
    else {
      return nil
    }
    return DateMatch(last: index, confidence: 0.85)
  }

  /// Whether a date of three numbers, or a day before a month in words, begins at a token.
  private func isWhole(_ index: Int) -> Bool {
    if let last = days(index)?.last { return last > index }
    guard let first = text.number(index) else { return false }
    return (["/", "-", "."] as [StaticString]).contains { separator in
      guard text.isGap(after: index, separator), let second = text.number(index + 1),
        text.isGap(after: index + 1, separator),
        let third = leadingNumber(index + 2)
      else { return false }
      return isDate(
        [first, second, third.value],
        lengths: [text.tokens[index].count, text.tokens[index + 1].count, third.count])
    }
  }

  /// Matches "14.II.2019", "14/II/19", "14-IV".
  private func roman(_ index: Int, _ separator: StaticString) -> DateMatch? {
    guard isDay(index), isRoman(index + 1), text.isGap(after: index + 1, separator),
      let year = text.number(index + 2),
      text.tokens[index + 2].count == 2 || (1850...2150).contains(year)
    else { return nil }
    return DateMatch(last: index + 2, confidence: 0.93)
  }

  /// Whether a token is a month in Roman numerals.
  func isRoman(_ index: Int) -> Bool {
    guard text.tokens.indices.contains(index), text.tokens[index].kind == .word,
      text.tokens[index].count <= 4
    else { return false }
    return Self.romans.contains { $0.utf8.elementsEqual(text.bytes[text.tokens[index].range]) }
  }

  private static let romans = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
  ]

  /// Matches a month and year ("03/2019"), or a day and month ("3/14", "14.03.") after a word such
  /// as "on" if no fraction is meant.
  private func partial(
    _ index: Int, first: Int, second: Int, _ separator: StaticString, isCued: Bool
  ) -> DateMatch? {
    let lengths = (text.tokens[index].count, text.tokens[index + 1].count)
    let isSlash = text.isGap(after: index, "/")
    let hasCue = isCued || hasCue(before: index)
    if lengths.0 <= 2, lengths.1 == 4, (1...12).contains(first), (1900...2100).contains(second),
      isSlash || hasCue
    {
      return DateMatch(last: index + 1, confidence: 0.85)
    }
    if lengths.0 == 4, lengths.1 == 2, (1900...2100).contains(first), (1...12).contains(second),
      isSlash || text.isGap(after: index, "-") && hasCue
    {
      return DateMatch(last: index + 1, confidence: 0.7)
    }
    guard lengths.0 <= 2, lengths.1 <= 2, isDayAndMonth(first, second) else { return nil }
    if text.isGap(after: index, ".") { return dotted(index, hasCue: hasCue) }
    guard isSlash || text.isGap(after: index, "-") && isCued else { return nil }
    guard hasCue || isEntry(index), !isMeasure(after: index + 1) else { return nil }
    return DateMatch(last: index + 1, confidence: 0.75)
  }

  /// Matches "01.06." with a final full stop, as in German.
  private func dotted(_ index: Int, hasCue: Bool) -> DateMatch? {
    let end = text.tokens[index + 1].end
    guard text.byte(end) == UInt8(ascii: "."), !(48...57).contains(text.byte(end + 1)) else {
      return nil
    }
    let isFull =
      text.tokens[index].count == 2 && text.tokens[index + 1].count == 2 && isGerman(index)
    guard hasCue || isFull else { return nil }
    return DateMatch(last: index + 1, confidence: 0.8)
  }

  /// Whether a day and month begin a line, as in a log, before a time, a bar or a colon.
  private func isEntry(_ index: Int) -> Bool {
    guard
      index == 0 || text.isLineBreak(after: index - 1) || text.isGap(after: index - 1, " | ")
        || text.isGap(after: index - 1, ". "),
      index + 2 < text.tokens.count
    else { return false }
    if text.gap(after: index + 1).contains(where: {
      text.bytes[$0] == UInt8(ascii: ":") || text.bytes[$0] == UInt8(ascii: "|")
    }) {
      return true
    }
    let next = text.tokens[index + 2]
    return text.isSpace(after: index + 1)
      && (next.kind == .number && next.count == 4
        || next.kind == .word && next.flags.isDisjoint(with: [.unit]) && index > 0)
  }

  private static let measured = WordSet([
    "strength", "murmur", "systolic", "pain", "points", "doses", "pulses", "on", "power", "edema",
    "reflexes", "criteria",
  ])

  private static let hours = WordSet("ore ora uhr uur heures h hrs")

  private func isMeasure(after index: Int) -> Bool {
    guard index + 1 < text.tokens.count, !text.isBreak(after: index) else { return false }
    let next = text.tokens[index + 1]
    // "del 4/6 ore 9:40"
    if Self.hours.contains(next.hash), index + 2 < text.tokens.count,
      text.tokens[index + 2].hasDigit
    {
      return false
    }
    return next.flags.contains(.unit) || Self.measured.contains(next.hash)
      || text.gapContains(after: index, "%")
  }

  /// Matches "12MAR2020", "09JUL", and eight digits after a word such as "DOB".
  func compact(_ index: Int) -> DateMatch? {
    let token = text.tokens[index]
    if token.kind == .number, token.count == 8, hasCue(before: index),
      let value = text.number(index)
    {
      let isYearFirst = isDate(
        [value / 10_000, value / 100 % 100, value % 100], lengths: [4, 2, 2])
      let isYearLast = isDate(
        [value / 1_000_000, value / 10_000 % 100, value % 10_000], lengths: [2, 2, 4])
      return isYearFirst || isYearLast ? DateMatch(last: index, confidence: 0.85) : nil
    }
    guard token.kind == .mixed, (5...9).contains(token.count) else { return nil }
    let bytes = text.bytes[token.range]
    let day = bytes.prefix { (48...57).contains($0) }
    let month = bytes.dropFirst(day.count).prefix { $0 > 57 }
    let year = bytes.dropFirst(day.count + month.count)
    guard (1...2).contains(day.count), month.count == 3, [0, 2, 4].contains(year.count),
      year.allSatisfy({ (48...57).contains($0) }),
      (1...31).contains(day.reduce(0) { $0 * 10 + Int($1 - 48) })
    else { return nil }
    return text.words[WordHash.of(month)].contains(.month)
      ? DateMatch(last: index, confidence: 0.9) : nil
  }

  /// Matches "04 05 1961" after a word for birth or a similar one.
  func spaced(_ index: Int) -> DateMatch? {
    guard let first = text.number(index), let second = text.number(index + 1), isYear(index + 2),
      text.isGap(after: index, " "),
      text.isGap(after: index + 1, " "), text.tokens[index].count <= 2,
      text.tokens[index + 1].count <= 2, isDayAndMonth(first, second),
      hasCue(before: index)
    else { return nil }
    return DateMatch(last: index + 2, confidence: 0.85)
  }
}
