import Words

/// Reads dates with the month in words, in any order, and ranges of their days.
extension DateReader {
  /// Matches one or more days before a month: "3 March 2020", "3rd of March", "3 de marzo de 2020",
  /// "3-Mar-20", "3. bis 5. März", "14 II 2019".
  func days(_ index: Int) -> DateMatch? {
    guard isDay(index) else { return nil }
    var last = index
    for _ in 0..<4 {
      if let date = month(behind: last, from: index) { return date }
      guard let next = rangeEnd(from: last + 1), isDay(next), text.tokens[next].count <= 5 else {
        return nil
      }
      last = next
    }
    return nil
  }

  /// Matches a month, with its year, after a day in digits or in words.
  private func month(behind day: Int, from first: Int) -> DateMatch? {
    guard joins(after: day) else { return nil }
    var month = day + 1
    var isLinked = false
    // "29th day of March 2020"
    if isOne(of: Self.dayCounts, month), isOrdinal(day), joins(after: month),
      isOne(of: Self.linkers, month + 1)
    {
      month += 1
    }
    while isOne(of: Self.linkers, month), joins(after: month), month < day + 4 {
      month += 1
      isLinked = true
    }
    guard month < text.tokens.count else { return nil }
    if isRoman(month), text.isSpace(after: day), text.isSpace(after: month), isYear(month + 1),
      text.tokens[day].hasDigit
    {
      return DateMatch(last: month + 1, confidence: 0.85)
    }
    guard text.tokens[month].flags.contains(.month) else { return nil }
    if let year = year(behind: month) { return DateMatch(last: year, confidence: 0.95) }
    // "12. Juni" is a day; "of 12. June was" is not.
    if text.isGap(after: month - 1, ". "), text.tokens[month].flags.contains(.englishMonth),
      !isGerman(month)
    {
      return nil
    }
    let token = text.tokens[month]
    let isWeak = token.flags.contains(.weakMonth) && token.shape == .lower
    let isWritten =
      isLinked || text.isGap(after: day, "-") || token.shape != .lower
      || !isWeak && (token.count > 3 || !isEnglish(month))
      || hasCue(before: first)
    return isWritten && !(isWeak && !isLinked && !hasCue(before: first))
      ? DateMatch(last: month, confidence: 0.85) : nil
  }

  /// Returns the year after a month: "March 2020", "marzo de 2020", "Mar-20", "Sept. '19".
  private func year(behind month: Int) -> Int? {
    var year = month + 1
    guard year < text.tokens.count, joins(after: month) else { return nil }
    if isOne(of: Self.linkers, year), joins(after: year) { year += 1 }
    if isYear(year) { return year }
    guard text.number(year) != nil, text.tokens[year].count == 2 else { return nil }
    let hasApostrophe = text.byte(text.tokens[year].start - 1) == UInt8(ascii: "'")
    return hasApostrophe || text.isGap(after: month, "-") || text.isGap(after: month, "/")
      ? year : nil
  }

  /// Matches "March 3rd, 2020", "March the 3rd", "March 3 - 5", "March 2020", "March to May 2020",
  /// "Mar-03-20".
  func monthFirst(_ index: Int) -> DateMatch? {
    guard joins(after: index) else { return nil }
    if let year = year(behind: index) { return DateMatch(last: year, confidence: 0.9) }
    if let other = rangeEnd(from: index + 1), other < text.tokens.count,
      text.tokens[other].flags.contains(.month),
      let year = year(behind: other)
    {
      return DateMatch(last: year, confidence: 0.85)
    }
    let isArticle = isOne(of: Self.articles, index + 1) && text.isSpace(after: index + 1)
    let day = isArticle ? index + 2 : index + 1
    guard isDay(day), !isArticle || isOrdinal(day) else { return dayWord(behind: index) }
    if text.tokens[day].kind == .number, text.isGap(after: day, "."), text.tokens[day + 1].hasDigit
    {
      return nil
    }
    var last = day
    while let next = rangeEnd(from: last + 1), isDay(next), text.tokens[next].count <= 4,
      last < day + 8, isEnd(of: next, from: last)
    {
      last = next
    }
    if joins(after: last), isYear(last + 1) { return DateMatch(last: last + 1, confidence: 0.95) }
    if text.isGap(after: last, "-") || text.isGap(after: last, ", '")
      || text.isGap(after: last, " '"), text.number(last + 1) != nil,
      text.tokens[last + 1].count == 2
    {
      return DateMatch(last: last + 1, confidence: 0.9)
    }
    let token = text.tokens[index]
    let isVerb = token.shape == .lower && token.count == 3 && !isOrdinal(day)
    if let following = text.tokens.dropFirst(last + 1).first, following.flags.contains(.unit),
      !text.isBreak(after: last)
    {
      return nil
    }
    return !isVerb || hasCue(before: index) ? DateMatch(last: last, confidence: 0.85) : nil
  }

  /// Whether a number after a day and a joiner is also a day: it must not count the word that
  /// follows.
  private func isEnd(of next: Int, from last: Int) -> Bool {
    if text.isGap(after: last, "-") || text.isGap(after: last, " - ") || isOrdinal(next) {
      return true
    }
    guard next + 1 < text.tokens.count else { return true }
    return next > last + 1
      && (text.isBreak(after: next) || text.isGap(after: next, ", ") || isYear(next + 1))
  }

  /// Matches "May the third", "May third, 1950".
  private func dayWord(behind month: Int) -> DateMatch? {
    let first = isOne(of: Self.articles, month + 1) ? month + 2 : month + 1
    guard text.isSpace(after: month), text.tokens[month].shape != .lower,
      let last = text.phrase(at: first, having: .dayWord),
      text.tokens[last].shape == .lower
    else { return nil }
    return DateMatch(
      last: joins(after: last) && isYear(last + 1) ? last + 1 : last, confidence: 0.85)
  }

  /// Matches "the fourteenth of February", "primero de mayo de 1950", "dritten März".
  func dayInWords(_ index: Int) -> DateMatch? {
    guard let last = text.phrase(at: index, having: .dayWord) else { return nil }
    guard last + 1 < text.tokens.count, text.isSpace(after: last),
      let date = month(behind: last, from: index)
    else { return nil }
    // "second March" in a list of months is not a date, but "second of March" is.
    let isLinked = !text.tokens[last + 1].flags.contains(.month)
    return isLinked || hasCue(before: index) || index > 0 && isOne(of: Self.articles, index - 1)
      || date.confidence > 0.9 ? date : nil
  }

  /// Matches "Monday, 3 March", "Dienstag, den 8. August", "Friday the 15th", "Tue 3/14".
  func behindWeekday(_ index: Int) -> DateMatch? {
    guard let weekday = text.phrase(at: index, having: .weekday) else { return nil }
    let isShort = text.tokens[weekday].count <= 4 && text.isGap(after: weekday, ". ")
    guard text.isSpace(after: weekday) || text.isGap(after: weekday, ", ") || isShort else {
      return nil
    }
    let hasArticle = isOne(of: Self.articles, weekday + 1) && text.isSpace(after: weekday + 1)
    let first = hasArticle ? weekday + 2 : weekday + 1
    guard first < text.tokens.count else { return nil }
    let token = text.tokens[first]
    if token.flags.contains(.month), let date = monthFirst(first) { return date }
    if token.hasDigit, let date = days(first) ?? numeric(first, isCued: true) { return date }
    if let date = dayInWords(first) { return date }
    guard
      isOrdinal(first) || hasArticle && isDay(first) && isEndOfClause(first) || isRomanceDay(first)
    else { return nil }
    return DateMatch(last: first, confidence: 0.8)
  }

  /// Whether a day, not an hour, follows a weekday: "venerdì 8", "lundi 5".
  private func isRomanceDay(_ index: Int) -> Bool {
    guard isDay(index), text.tokens[index].kind == .number, !text.isGap(after: index, ":"),
      !text.isGap(after: index, ".")
    else {
      return false
    }
    let token = text.tokens[index]
    guard token.languages & (Language.english.bit | Language.german.bit | Language.dutch.bit) == 0
    else { return false }
    guard index + 1 < text.tokens.count, text.isSpace(after: index) else { return true }
    let next = text.tokens[index + 1]
    return next.kind == .word && next.flags.isDisjoint(with: .unit)
      && (next.count > 1 || isOne(of: Self.shortWords, index + 1))
  }

  /// Matches a day that everybody knows by its name, with its year.
  func holiday(_ index: Int) -> DateMatch? {
    guard let last = text.phrase(at: index, having: .holiday) else { return nil }
    let token = text.tokens[index]
    guard last > index || token.shape != .lower || token.count > 5 else { return nil }
    // "Easter Road" and "Mr Noel" are not days.
    if last + 1 < text.tokens.count, text.isSpace(after: last),
      text.tokens[last + 1].flags.contains(.streetEnd),
      text.tokens[last + 1].shape != .lower
    {
      return nil
    }
    if index > 0, text.tokens[index - 1].flags.contains(.title) { return nil }
    let end = joins(after: last) && isYear(last + 1) ? last + 1 : last
    return DateMatch(last: end, confidence: 0.8, reason: "a day that has a name")
  }

  /// Matches a day alone: "on the 14th", "the 3rd of this month", "el día 14.".
  func lone(_ index: Int) -> DateMatch? {
    guard isDay(index), index > 0, isOne(of: Self.articles, index - 1),
      text.isSpace(after: index - 1), isEndOfClause(index)
    else {
      return nil
    }
    let isNamed = isOne(of: Self.dayNames, index - 1)
    let isCued =
      index > 1 && text.tokens[index - 2].ends.contains(.dateCue) && text.isSpace(after: index - 2)
    guard isNamed || isCued && isOrdinal(index) else { return nil }
    return DateMatch(last: index, confidence: 0.7)
  }

  private static let shortWords = WordSet("a e o y u")
  private static let dayCounts = WordSet(["day"])
  private static let dayNames = WordSet(["dia"])
  private static let followers = WordSet([
    "at", "and", "or", "in", "with", "for", "to", "of", "y", "a", "as",
  ])

  /// Whether a clause ends after a token, or continues with a small word that an ordinal does not
  /// count.
  private func isEndOfClause(_ index: Int) -> Bool {
    guard index + 1 < text.tokens.count else { return true }
    if text.isBreak(after: index) || text.gapContains(after: index, ",")
      || text.gapContains(after: index, ")")
    {
      return true
    }
    if isOne(of: Self.linkers, index + 1) { return isOne(of: Self.ofMonth, index + 2) }
    return isOne(of: Self.followers, index + 1) || text.gapContains(after: index, ".")
  }

  private static let ofMonth = WordSet(["this", "the", "last", "next", "month", "mes", "este"])
}
