import Words

/// Detects dates with a day or month: in numbers, in words, with ordinals and Roman months, ranges
/// of them, holidays, and lone days of a month if a word marks them. A year or a month alone is not
/// a date.
struct DateDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    let reader = DateReader(text: text)
    var (index, next) = (0, 0)
    while index < text.tokens.count {
      let token = text.tokens[index]
      guard
        token.hasDigit || !token.flags.isDisjoint(with: DateReader.openers)
          || token.flags.contains(.phraseStart),
        let date = reader.date(at: index, behind: next)
      else {
        index += 1
        continue
      }
      let range = token.start..<reader.end(of: date.last)
      found.append(
        ProseSpan(range: range, type: .date, confidence: date.confidence, reason: date.reason))
      index = date.last + 1
      next = index
    }
  }
}

/// A date that has been read, with its last token.
struct DateMatch {
  let last: Int
  let confidence: Double
  var reason = "a date with a day or a month"
}

/// Reads dates in any written form, starting at a token.
struct DateReader {
  let text: ScannedText

  /// The words, besides numbers, that can begin a date.
  static let openers: WordFlags = [.month, .weekday, .dayWord, .holiday]

  /// - Parameter next: the first token after the last date found; if it is joined to that date, the
  ///   two are a range.
  func date(at index: Int, behind next: Int) -> DateMatch? {
    let token = text.tokens[index]
    if token.hasDigit {
      return days(index) ?? numeric(index, isCued: isRange(next, index)) ?? compact(index)
        ?? spaced(index) ?? lone(index)
    }
    if token.flags.contains(.weekday), let date = behindWeekday(index) { return date }
    if token.flags.contains(.month), let date = monthFirst(index) { return date }
    return dayInWords(index) ?? holiday(index)
  }

  /// Returns the end of a token, without a time after the T of ISO 8601, with the full stop of
  /// "01.06." and the sign of "1º".
  func end(of index: Int) -> Int {
    let token = text.tokens[index]
    let mark = token.range.first {
      $0 > token.start && (text.bytes[$0] | 0x20) == UInt8(ascii: "t") && text.byte($0 - 1) < 58
        && text.byte($0 + 1) < 58
    }
    return mark ?? token.end
  }

  /// Whether a token follows a date and a range joiner: a hyphen, or a word such as "to".
  private func isRange(_ next: Int, _ index: Int) -> Bool {
    guard next > 0 else { return false }
    if next == index {
      return text.isGap(after: index - 1, "-") || text.isGap(after: index - 1, " - ")
        || text.isGap(after: index - 1, "/")
    }
    return index <= next + 3
      && (next..<index).contains { text.tokens[$0].ends.contains(.rangeWord) }
      && !text.isBreak(after: next - 1)
      && rangeEnd(from: next) == index
  }

  // MARK: joiners

  func isNumber(_ index: Int, in range: ClosedRange<Int>) -> Bool {
    text.number(index).map(range.contains) == true
  }

  func isYear(_ index: Int) -> Bool {
    isNumber(index, in: 1850...2150) && text.tokens[index].count == 4
  }

  /// Whether a token is a day's number, with or without an ending such as "th", followed only by a
  /// full stop or an ordinal sign.
  func isDay(_ index: Int) -> Bool {
    guard text.tokens.indices.contains(index), text.tokens[index].hasDigit,
      text.tokens[index].count <= 5
    else { return false }
    let bytes = text.bytes[text.tokens[index].range]
    let digits = bytes.prefix { (48...57).contains($0) }
    guard (1...2).contains(digits.count),
      (1...31).contains(digits.reduce(0) { $0 * 10 + Int($1 - 48) })
    else { return false }
    return digits.count == bytes.count
      || Self.dayEndings.contains(WordHash.of(bytes.dropFirst(digits.count)))
  }

  /// Whether a day has an ending such as "th".
  func isOrdinal(_ index: Int) -> Bool { isDay(index) && text.tokens[index].kind == .mixed }

  private static let dayEndings = WordSet([
    "st", "nd", "rd", "th", "er", "e", "eme", "ste", "de", "te", "º",
  ])
  static let articles = WordSet(["the", "den", "dem", "le", "el", "il", "dia", "de", "op"])
  static let linkers = WordSet(["of", "de", "del", "di", "do", "d", "van"])

  func isOne(of words: WordSet, _ index: Int) -> Bool {
    text.tokens.indices.contains(index) && words.contains(text.tokens[index].hash)
  }

  /// Whether the parts of one date can stand on both sides of a gap: spaces, one sign, no line
  /// break.
  func joins(after index: Int) -> Bool {
    guard index >= 0, index + 1 < text.tokens.count else { return false }
    let gap = text.gap(after: index)
    return !gap.isEmpty && gap.count <= 4
      && gap.allSatisfy {
        " ,.-/'".utf8.contains(text.bytes[$0]) || text.bytes[$0] == 0xc2 || text.bytes[$0] == 0xba
          || text.bytes[$0] == 0xaa
      }
  }

  func hasCue(before index: Int) -> Bool {
    guard index > 0, text.gap(after: index - 1).count <= 3 else { return false }
    let before = text.tokens[index - 1]
    if !before.ends.isDisjoint(with: [.dateCue, .weekday]) { return true }
    // An article stands between: "Visite du 3/4", "on the 3/4".
    return index > 1 && Self.articles.contains(before.hash)
      && text.tokens[index - 2].ends.contains(.dateCue)
      && text.isSpace(after: index - 2)
  }

  func isEnglish(_ index: Int) -> Bool { text.tokens[index].languages & Language.english.bit != 0 }
  func isGerman(_ index: Int) -> Bool { text.tokens[index].languages & Language.german.bit != 0 }

  /// Returns the first token after a range joiner ("to", "tot en met", a hyphen); nil if there is
  /// none.
  /// - Parameter index: the position of the joiner, or of the second end if only signs stand
  ///   between.
  func rangeEnd(from index: Int) -> Int? {
    guard index > 0, index < text.tokens.count, !text.isLineBreak(after: index - 1) else {
      return nil
    }
    let gap = text.gap(after: index - 1)
    if gap.count <= 4, gap.contains(where: { "-&/,".utf8.contains(text.bytes[$0]) }),
      gap.allSatisfy({ " -&/,.".utf8.contains(text.bytes[$0]) })
    {
      return index
    }
    guard gap.count <= 4, let last = text.phrase(at: index, having: .rangeWord),
      text.isSpace(after: last) || text.isGap(after: last, "/")
    else { return nil }
    let next = last + 1
    return isOne(of: Self.articles, next) && text.isSpace(after: next) ? next + 1 : next
  }
}
