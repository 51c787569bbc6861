/// Dates with a day or a month, in numbers and in words. Years alone and months alone are not dates.
struct DateDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var (index, next) = (0, 0)
    while index < text.tokens.count {
      let token = text.tokens[index]
      let match: (last: Int, confidence: Double)?
      if token.hasDigit {
        match = numeric(index, rangeStart: next, in: text) ?? dayFirst(index, in: text) ?? compact(index, in: text)
      } else if token.flags.contains(.month) {
        match = monthFirst(index, in: text)
      } else {
        match = nil
      }
      guard let match else {
        index += 1
        continue
      }
      let end = timeFreeEnd(match.last, in: text)
      found.append(
        ProseSpan(range: token.start..<end, type: .date, confidence: match.confidence, reason: "a date with a day or a month"))
      index = match.last + 1
      next = index
    }
  }

  /// The end of a token, without a time behind the T of ISO 8601.
  private func timeFreeEnd(_ index: Int, in text: ScannedText) -> Int {
    let token = text.tokens[index]
    let mark = token.range.first {
      $0 > token.start && (text.bytes[$0] | 0x20) == UInt8(ascii: "t") && text.byte($0 - 1) < 58 && text.byte($0 + 1) < 58
    }
    return mark ?? token.end
  }

  // MARK: numbers only

  /// - Parameter rangeStart: a token that follows a date and a hyphen, as the second date of "2/14/24-2/18/24" does.
  private func numeric(_ index: Int, rangeStart: Int, in text: ScannedText) -> (last: Int, confidence: Double)? {
    guard let first = text.number(index), index + 1 < text.tokens.count else { return nil }
    if index > 0, index != rangeStart, ["-", ".", "/"].contains(where: { text.isGap(after: index - 1, $0) }),
      text.tokens[index - 1].hasDigit
    {
      return nil
    }
    for separator: StaticString in ["/", "-", "."] where text.isGap(after: index, separator) {
      guard let second = leadingNumber(index + 1, in: text) else { return nil }
      if text.isGap(after: index + 1, separator), let third = leadingNumber(index + 2, in: text) {
        if text.isGap(after: index + 2, separator), text.tokens[index + 3].hasDigit { return nil }
        let lengths = [index, index + 1].map { text.tokens[$0].count } + [third.count]
        return isDate([first, second.value, third.value], lengths: lengths) ? (index + 2, 0.95) : nil
      }
      return partial(index, first: first, second: second.value, separator: separator, in: text)
    }
    return nil
  }

  /// The digits with which a token begins: all of a number, or those before the T of a time.
  private func leadingNumber(_ index: Int, in text: ScannedText) -> (value: Int, count: Int)? {
    if let value = text.number(index) { return (value, text.tokens[index].count) }
    guard text.tokens.indices.contains(index), text.tokens[index].kind == .mixed else { return nil }
    let digits = text.bytes[text.tokens[index].range].prefix { (48...57).contains($0) }
    guard digits.count == 2, (text.byte(text.tokens[index].start + 2) | 0x20) == UInt8(ascii: "t") else { return nil }
    return (digits.reduce(0) { $0 * 10 + Int($1 - 48) }, 2)
  }

  private func isDate(_ parts: [Int], lengths: [Int]) -> Bool {
    func isDayAndMonth(_ left: Int, _ right: Int) -> Bool {
      (1...31).contains(left) && (1...12).contains(right) || (1...12).contains(left) && (1...31).contains(right)
    }
    if lengths[0] == 4 {
      return (1850...2150).contains(parts[0]) && lengths[1] <= 2 && lengths[2] <= 2 && isDayAndMonth(parts[1], parts[2])
    }
    guard lengths[0] <= 2, lengths[1] <= 2, isDayAndMonth(parts[0], parts[1]) else { return false }
    return lengths[2] == 2 || lengths[2] == 4 && (1850...2150).contains(parts[2])
  }

  /// Month and year ("03/2019"), or day and month ("3/14") where a word such as "on" stands before and no fraction is meant.
  private func partial(_ index: Int, first: Int, second: Int, separator: StaticString, in text: ScannedText) -> (
    last: Int, confidence: Double
  )? {
    let lengths = (text.tokens[index].count, text.tokens[index + 1].count)
    let isSlash = text.isGap(after: index, "/")
    if lengths.0 <= 2, lengths.1 == 4, (1...12).contains(first), (1900...2100).contains(second), isSlash || hasCue(before: index, in: text)
    {
      return (index + 1, 0.85)
    }
    if lengths.0 == 4, lengths.1 == 2, (1900...2100).contains(first), (1...12).contains(second),
      isSlash || text.isGap(after: index, "-") && hasCue(before: index, in: text)
    {
      return (index + 1, 0.7)
    }
    guard isSlash, lengths.0 <= 2, lengths.1 <= 2, (1...31).contains(first), (1...31).contains(second), first <= 12 || second <= 12 else {
      return nil
    }
    guard hasCue(before: index, in: text) || isEntry(index, in: text), !isMeasure(after: index + 1, in: text) else { return nil }
    return (index + 1, 0.75)
  }

  /// Whether a day and month begin a line, as in a log: before a time, a bar or a colon.
  private func isEntry(_ index: Int, in text: ScannedText) -> Bool {
    guard index == 0 || text.isLineBreak(after: index - 1) || text.isGap(after: index - 1, " | ") || text.isGap(after: index - 1, ". "),
      index + 2 < text.tokens.count
    else { return false }
    if text.gap(after: index + 1).contains(where: { text.bytes[$0] == UInt8(ascii: ":") || text.bytes[$0] == UInt8(ascii: "|") }) {
      return true
    }
    let next = text.tokens[index + 2]
    return text.isSpace(after: index + 1)
      && (next.kind == .number && next.count == 4 || next.kind == .word && next.flags.isDisjoint(with: [.unit]) && index > 0)
  }

  private func isMeasure(after index: Int, in text: ScannedText) -> Bool {
    guard index + 1 < text.tokens.count, !text.isBreak(after: index) else { return false }
    let next = text.tokens[index + 1]
    let hashes = ["strength", "murmur", "systolic", "pain", "points", "doses", "pulses", "on", "power", "edema", "reflexes", "criteria"].map
    {
      WordHash.of($0.utf8)
    }
    return next.flags.contains(.unit) || hashes.contains(next.hash) || text.gapContains(after: index, "%")
  }

  private func hasCue(before index: Int, in text: ScannedText) -> Bool {
    guard index > 0, text.gap(after: index - 1).count <= 3 else { return false }
    return text.tokens[index - 1].ends.contains(.dateCue)
  }

  // MARK: words

  private func isYear(_ index: Int, in text: ScannedText) -> Bool {
    text.number(index).map { (1850...2150).contains($0) && text.tokens[index].count == 4 } == true
  }

  /// The number of a day, with or without an ending such as "th".
  private func isDay(_ index: Int, in text: ScannedText) -> Bool {
    guard text.tokens.indices.contains(index), text.tokens[index].hasDigit, text.tokens[index].count <= 4 else { return false }
    let bytes = text.bytes[text.tokens[index].range]
    let digits = bytes.prefix { (48...57).contains($0) }
    guard (1...2).contains(digits.count), (1...31).contains(digits.reduce(0) { $0 * 10 + Int($1 - 48) }) else { return false }
    let ending = bytes.dropFirst(digits.count)
    return ending.isEmpty || ["st", "nd", "rd", "th", "er"].contains { $0.utf8.elementsEqual(ending.map { $0 | 0x20 }) }
  }

  private func joins(after index: Int, in text: ScannedText) -> Bool {
    guard index + 1 < text.tokens.count else { return false }
    let gap = text.gap(after: index)
    return !gap.isEmpty && gap.count <= 3
      && gap.allSatisfy { " ,.-/\u{27}".utf8.contains(text.bytes[$0]) || text.bytes[$0] == 0xc2 || text.bytes[$0] == 0xba }
  }

  /// "March 3rd, 2020", "March 3", "March 2020", "Mar-03-20".
  private func monthFirst(_ index: Int, in text: ScannedText) -> (last: Int, confidence: Double)? {
    guard joins(after: index, in: text) else { return nil }
    var next = index + 1
    if ["of", "de", "del"].contains(where: { WordHash.of($0.utf8) == text.tokens[next].hash }) { next += 1 }
    if isYear(next, in: text), joins(after: next - 1, in: text) { return (next, 0.9) }
    guard next == index + 1, isDay(next, in: text) else { return nil }
    if text.tokens[next].kind == .number, text.isGap(after: next, "."), text.tokens[next + 1].hasDigit { return nil }
    var last = next
    if text.isGap(after: last, "-"), isDay(last + 1, in: text) { last += 1 }
    if joins(after: last, in: text), isYear(last + 1, in: text) { return (last + 1, 0.95) }
    if text.isGap(after: last, "-") || text.isGap(after: last, ", '"), text.number(last + 1) != nil, text.tokens[last + 1].count == 2 {
      return (last + 1, 0.9)
    }
    let isWritten = text.tokens[index].shape != .lower || hasCue(before: index, in: text) || text.tokens[index].count > 3
    let isVerb = text.tokens[index].shape == .lower && [3].contains(text.tokens[index].count)
    if let following = text.tokens.dropFirst(last + 1).first, following.flags.contains(.unit), !text.isBreak(after: last) { return nil }
    return isWritten && !(isVerb && !hasCue(before: index, in: text)) ? (last, 0.85) : nil
  }

  /// "3 March 2020", "3rd of March", "3 de marzo de 2020", "3-Mar-20", "3. März".
  private func dayFirst(_ index: Int, in text: ScannedText) -> (last: Int, confidence: Double)? {
    guard isDay(index, in: text), joins(after: index, in: text) else { return nil }
    var month = index + 1
    if ["of", "de"].contains(where: { WordHash.of($0.utf8) == text.tokens[month].hash }), joins(after: month, in: text) { month += 1 }
    guard month < text.tokens.count, text.tokens[month].flags.contains(.month) else { return nil }
    let isLinked = month > index + 1
    // "12. Juni" is a day; "of 12. June was" is not.
    let isSentence = text.isGap(after: month - 1, ". ") && text.tokens[month].flags.contains(.englishMonth)
    var year = month + 1
    if year < text.tokens.count, joins(after: month, in: text) {
      if ["de", "del", "of"].contains(where: { WordHash.of($0.utf8) == text.tokens[year].hash }), joins(after: year, in: text) {
        year += 1
      }
      if isYear(year, in: text) { return (year, 0.95) }
      if text.isGap(after: month, "-") || text.isGap(after: month, "/"), text.number(year) != nil, text.tokens[year].count == 2 {
        return (year, 0.95)
      }
    }
    let isWritten =
      isLinked || text.tokens[month].shape != .lower || text.tokens[month].count > 3 || hasCue(before: index, in: text)
    return isWritten && !isSentence ? (month, 0.85) : nil
  }

  /// "12MAR2020", and eight digits behind a word such as "DOB".
  private func compact(_ index: Int, in text: ScannedText) -> (last: Int, confidence: Double)? {
    let token = text.tokens[index]
    if token.kind == .number, token.count == 8, hasCue(before: index, in: text), let value = text.number(index) {
      let isYearFirst = isDate([value / 10_000, value / 100 % 100, value % 100], lengths: [4, 2, 2])
      let isYearLast = isDate([value / 1_000_000, value / 10_000 % 100, value % 10_000], lengths: [2, 2, 4])
      return isYearFirst || isYearLast ? (index, 0.85) : nil
    }
    guard token.kind == .mixed, (6...9).contains(token.count) else { return nil }
    let bytes = text.bytes[token.range]
    let day = bytes.prefix { (48...57).contains($0) }
    let month = bytes.dropFirst(day.count).prefix { $0 > 57 }
    let year = bytes.dropFirst(day.count + month.count)
    guard (1...2).contains(day.count), month.count == 3, [2, 4].contains(year.count), year.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return text.words[WordHash.of(month)].contains(.month) ? (index, 0.9) : nil
  }
}
