import Words

/// Detects postal codes by their form or by the text beside them; `LabelledNumberDetector` finds
/// those after a label.
struct PostalCodeDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    let reader = PostalCodeReader(text: text)
    var end = 0
    for index in text.digits where index >= end && text.tokens[index].count <= 6 {
      guard let code = reader.formed(index) ?? reader.placed(index) else { continue }
      let range = text.tokens[index].start..<text.tokens[code.last].end
      found.append(
        ProseSpan(range: range, type: .postalCode, confidence: 0.87, reason: code.reason))
      end = code.last + 1
    }
  }
}

/// Reads postal codes of some twenty-five countries, starting at a token.
///
/// The codes of Britain, Canada, Ireland, the Netherlands, Portugal and Brazil have a distinctive
/// form. Codes of four to six digits are recognised by the text beside them: a state, a listed
/// city, a name after the house of a street.
struct PostalCodeReader {
  let text: ScannedText

  struct Match {
    let last: Int
    let reason: String
  }

  /// Matches a code that its form alone identifies.
  func formed(_ index: Int) -> Match? {
    guard text.tokens.indices.contains(index), text.tokens[index].count <= 6 else { return nil }
    if let last = british(index) {
      return Match(last: last, reason: "the form of a British postcode")
    }
    if let last = canadian(index) {
      return Match(last: last, reason: "the form of a Canadian postal code")
    }
    if let last = irish(index) { return Match(last: last, reason: "the form of an Irish Eircode") }
    if let last = dutch(index) { return Match(last: last, reason: "the form of a Dutch postcode") }
    return hyphenated(index)
  }

  /// Matches digits that are a code if a place follows: four to six, "31-042", "753 10", "CH-8001".
  /// - Returns: the last token of the code.
  func digits(_ index: Int) -> Int? {
    guard text.tokens.indices.contains(index), text.tokens[index].kind == .number else {
      return nil
    }
    let count = text.tokens[index].count
    if count == 2, text.isGap(after: index, "-"), isNumber(index + 1, 3) { return index + 1 }
    if count == 3, text.isGap(after: index, " "), isNumber(index + 1, 2) { return index + 1 }
    if count == 3, text.isGap(after: index, " "), isNumber(index + 1, 3) { return index + 1 }
    return (4...6).contains(count) ? index : nil
  }

  private func isNumber(_ index: Int, _ count: Int) -> Bool {
    text.tokens.indices.contains(index) && text.tokens[index].kind == .number
      && text.tokens[index].count == count
  }

  // MARK: codes with letters

  /// Whether a token matches a pattern: A for a capital, 9 for a digit, a for other letters.
  private func hasForm(_ index: Int, _ form: StaticString) -> Bool {
    guard text.tokens.indices.contains(index), text.tokens[index].count == form.utf8CodeUnitCount
    else { return false }
    let start = text.tokens[index].start
    return (0..<form.utf8CodeUnitCount).allSatisfy { place in
      let byte = text.bytes[start + place]
      return form.utf8Start[place] == UInt8(ascii: "9")
        ? (48...57).contains(byte) : (65...90).contains(byte)
    }
  }

  private func british(_ index: Int) -> Int? {
    let outward: [StaticString] = ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"]
    guard outward.contains(where: { hasForm(index, $0) }), text.isGap(after: index, " "),
      hasForm(index + 1, "9AA")
    else { return nil }
    return index + 1
  }

  private func canadian(_ index: Int) -> Int? {
    // No Canadian code begins with D, F, I, O, Q, U, W or Z.
    guard text.tokens[index].kind == .mixed,
      !"DFIOQUWZ".utf8.contains(text.bytes[text.tokens[index].start])
    else { return nil }
    if hasForm(index, "A9A"), text.isGap(after: index, " ") || text.isGap(after: index, "-"),
      hasForm(index + 1, "9A9")
    {
      return index + 1
    }
    return hasForm(index, "A9A9A9") ? index : nil
  }

  private func irish(_ index: Int) -> Int? {
    guard
      hasForm(index, "A99")
        || hasForm(index, "A9A") && text.bytes[text.tokens[index].start + 2] == UInt8(ascii: "W"),
      text.isGap(after: index, " "), index + 1 < text.tokens.count,
      text.tokens[index + 1].count == 4,
      text.tokens[index + 1].kind == .mixed,
      text.tokens[index + 1].shape != .lower, text.tokens[index + 1].shape != .camel,
      text.bytes[text.tokens[index + 1].start] > 64
    else { return nil }
    return index + 1
  }

  private static let notDutch = WordSet([
    "mg", "ml", "kg", "km", "cm", "mm", "am", "pm", "ad", "bc", "iu", "ui", "ue", "cc", "gm", "kj",
    "hz", "st", "nd", "rd", "th", "mb",
    "gb",
  ])

  private func dutch(_ index: Int) -> Int? {
    if text.tokens[index].kind == .mixed {
      guard hasForm(index, "9999AA"), text.bytes[text.tokens[index].start] != 48,
        isBeforePlace(index)
      else { return nil }
      return index
    }
    guard hasForm(index, "9999"), text.bytes[text.tokens[index].start] != 48,
      text.isGap(after: index, " "), hasForm(index + 1, "AA"),
      !Self.notDutch.contains(text.tokens[index + 1].hash),
      index == 0 || !text.gapContains(after: index - 1, ":") || text.isGap(after: index - 1, ": "),
      isBeforePlace(index + 1)
    else { return nil }
    return index + 1
  }

  /// Whether a capitalised word follows, or the line or part ends.
  private func isBeforePlace(_ index: Int) -> Bool {
    guard index + 1 < text.tokens.count, !text.isLineBreak(after: index) else { return true }
    let next = text.tokens[index + 1]
    if text.gapContains(after: index, ",") || text.gapContains(after: index, ";")
      || text.gapContains(after: index, ".")
    {
      return true
    }
    return next.kind == .word && next.shape != .lower && text.isSpace(after: index)
      && next.count > 1 || text.byte(next.start) == 39
  }

  /// Matches "4700-030" in Portugal and "90010-150" in Brazil if a place or nothing else follows.
  private func hyphenated(_ index: Int) -> Match? {
    guard text.tokens[index].kind == .number, (4...5).contains(text.tokens[index].count),
      text.isGap(after: index, "-"),
      isNumber(index + 1, 3),
      !(index > 0 && text.isGap(after: index - 1, "-")), !text.isGap(after: index + 1, "-"),
      isBeforePlace(index + 1)
    else { return nil }
    let isPlaced =
      isNameBehind(index + 1) || isBehindHouse(index)
      || index > 0 && text.phraseStart(endingAt: index - 1, having: .city) != nil
    return isPlaced
      ? Match(
        last: index + 1, reason: "the form of a postal code of Portugal or Brazil, beside a place")
      : nil
  }

  /// Whether a capitalised word that is not a common word follows a token.
  private func isNameBehind(_ index: Int) -> Bool {
    guard text.isSpace(after: index) || text.isGap(after: index, ", "),
      index + 1 < text.tokens.count
    else { return false }
    let next = text.tokens[index + 1]
    return next.kind == .word && next.shape != .lower && next.count > 1
      && next.flags.isDisjoint(with: [.neverName, .month, .unit])
  }

  // MARK: codes of digits

  /// Matches digits that a state, a city or a name beside them identifies.
  func placed(_ index: Int) -> Match? {
    guard let last = digits(index), index == 0 || !isJoined(index) else { return nil }
    let count = (index...last).reduce(0) { $0 + text.tokens[$1].count }
    if index > 0, text.gap(after: index - 1).count <= 2, count == 5 || count == 4, last == index,
      text.isState(endingAt: index - 1)
    {
      let isExtended = text.isGap(after: index, "-") && isNumber(index + 1, 4)
      return Match(last: isExtended ? index + 1 : index, reason: "digits behind a state")
    }
    if isBehindCity(index, count: count, last: last) {
      return Match(last: last, reason: "digits behind a city")
    }
    if count == 5, last == index, isBehindHouse(index), isEnd(last) {
      return Match(last: last, reason: "digits behind a house")
    }
    guard last + 1 < text.tokens.count,
      text.isSpace(after: last) || count == 5 && text.isGap(after: last, ", "),
      text.tokens[last + 1].kind == .word, text.tokens[last + 1].shape != .lower,
      text.tokens[last + 1].count > 2
    else { return nil }
    let isYear = count == 4 && text.number(index).map { (1850...2100).contains($0) } == true
    if let city = text.phrase(at: last + 1, having: .city), isCity(last + 1...city),
      !isYear || isOwnPart(index), last > index || count >= 4
    {
      return Match(last: last, reason: "digits before a city")
    }
    let next = text.tokens[last + 1].flags
    guard isOwnPart(index), text.isSpace(after: last),
      next.isDisjoint(with: [.common, .neverName]) || next.contains(.state)
        || count == 5 && isBehindHouse(index),
      count == 5 && last == index || isBehindHouse(index), !isYear || isBehindHouse(index)
    else { return nil }
    return Match(last: last, reason: "digits before a name")
  }

  /// Whether a part of an address ends after a token.
  private func isEnd(_ index: Int) -> Bool {
    index + 1 >= text.tokens.count || text.isLineBreak(after: index)
      || text.gapContains(after: index, ",")
      || text.gapContains(after: index, ".") || text.gapContains(after: index, ")")
  }

  /// Whether tokens are a city of several words, or of one word that is not common.
  private func isCity(_ tokens: ClosedRange<Int>) -> Bool {
    tokens.count > 1
      || text.tokens[tokens.lowerBound].flags.isDisjoint(with: [.common, .month, .neverName])
      || isOwnPart(tokens.lowerBound - 1)
  }

  private func isJoined(_ index: Int) -> Bool {
    let sign = text.byte(text.tokens[index].start - 1)
    if sign == UInt8(ascii: "-"), text.tokens[index - 1].kind == .word,
      text.tokens[index - 1].count <= 2,
      text.tokens[index - 1].shape != .lower
    {
      return false
    }
    return "-./:#+'".utf8.contains(sign)
  }

  /// Whether digits follow a listed city: "Pune 411004", "Napier 4110", "Ballarat VIC 3350". A year
  /// is a code only after a house.
  private func isBehindCity(_ index: Int, count: Int, last: Int) -> Bool {
    guard index > 0,
      text.isGap(after: index - 1, " ") || text.isGap(after: index - 1, ", ")
        || text.isGap(after: index - 1, " - ")
    else {
      return false
    }
    var city = index - 1
    if text.tokens[city].shape == .upper, text.tokens[city].count <= 3, city > 0,
      text.isSpace(after: city - 1)
    {
      city -= 1
    }
    guard let start = text.phraseStart(endingAt: city, having: .city),
      text.tokens[start].shape != .lower
    else { return false }
    if last + 1 < text.tokens.count, text.isSpace(after: last),
      !text.tokens[last + 1].flags.isDisjoint(with: [.unit, .common]),
      text.tokens[last + 1].shape == .lower, count != 6
    {
      return false
    }
    let isYear = count == 4 && text.number(index).map { (1850...2100).contains($0) } == true
    if isBehindHouse(start) { return true }
    return !isYear && (count >= 5 || isOwnPart(start))
      && !(count == 4 && text.isGap(after: index - 1, ", "))
  }

  /// Whether a part of an address begins at a token: after a comma, a full stop, a line break or a
  /// bar.
  func isOwnPart(_ index: Int) -> Bool {
    guard index > 0 else { return true }
    return text.isGap(after: index - 1, ", ") || text.isGap(after: index - 1, ". ")
      || text.isLineBreak(after: index - 1)
      || text.isGap(after: index - 1, " - ") || text.gapContains(after: index - 1, "|")
      || text.gapContains(after: index - 1, ":")
      || text.isGap(after: index - 1, "-")
      || text.gap(after: index - 1).contains { text.bytes[$0] == 0xc2 }
  }

  /// Whether a street and its house precede a part: street words and a number in the last few
  /// words.
  func isBehindHouse(_ index: Int) -> Bool {
    guard index > 1, isOwnPart(index) else { return false }
    let before = max(0, index - 9)..<index
    return before.contains { text.tokens[$0].hasDigit && text.tokens[$0].count <= 5 }
      && before.contains {
        let token = text.tokens[$0]
        return !token.flags.isDisjoint(with: [.streetEnd, .streetStart]) && token.kind == .word
          && token.count > 1
          || token.kind == .word && StreetWords.isStreet(text.bytes[token.range])
      }
  }
}

extension ScannedText {
  /// Whether a state, or its code in capitals, ends at a token.
  func isState(endingAt index: Int) -> Bool {
    guard tokens.indices.contains(index) else { return false }
    let token = tokens[index]
    if token.flags.contains(.stateCode), token.shape == .upper { return true }
    return token.shape != .lower && token.ends.contains(.state)
  }
}
