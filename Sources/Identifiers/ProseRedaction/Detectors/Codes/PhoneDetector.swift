import Words

/// Detects telephone and fax numbers by their grouping.
struct PhoneDetector: ProseDetector {
  private static let faxWords = WordSet(["fax", "telefax", "facsimile"])
  private static let cues = WordSet([
    "call", "phone", "tel", "text", "cell", "mobile", "llamar", "movil", "telefono", "at", "reach",
    "whatsapp", "al", "number", "numero",
    "back", "tlf", "handy", "cellulare", "portable", "on", "ring", "dal", "do", "du", "desde",
    "unter", "via", "op", "au", "numero",
    "whatsapp",
  ])

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var end = 0
    for index in text.digits {
      guard let range = slashed(index, in: text) else { continue }
      found.append(
        ProseSpan(
          range: range, type: .phone, confidence: 0.8, reason: "the grouping of a telephone number")
      )
    }
    for groups in text.groups
    where groups.tokens.lowerBound >= end && groups.count >= 7 && !isShare(groups, in: text) {
      guard let confidence = confidence(groups, in: text) else { continue }
      end = groups.tokens.upperBound
      let before = text.tokens[max(0, groups.tokens.lowerBound - 3)..<groups.tokens.lowerBound]
      let isFax = before.contains { Self.faxWords.contains($0.hash) }
      found.append(
        ProseSpan(
          range: start(groups, in: text)..<extended(groups, in: text), type: isFax ? .fax : .phone,
          confidence: confidence,
          reason: "the grouping of a telephone number"))
    }
  }

  /// Matches "0341/5550123": an area code, a slash, and five digits or more.
  private func slashed(_ index: Int, in text: ScannedText) -> Range<Int>? {
    let token = text.tokens[index]
    guard token.kind == .number, (2...5).contains(token.count),
      text.bytes[token.start] == UInt8(ascii: "0"),
      text.isGap(after: index, "/") || text.isGap(after: index, " / "),
      text.tokens[index + 1].kind == .number,
      (4...8).contains(text.tokens[index + 1].count),
      token.count + text.tokens[index + 1].count >= 8
    else { return nil }
    var last = index + 1
    while last < index + 4, text.isGap(after: last, " ") || text.isGap(after: last, "-"),
      text.tokens[last + 1].kind == .number,
      text.tokens[last + 1].count <= 4
    { last += 1 }
    return token.start..<text.tokens[last].end
  }

  private func isShare(_ groups: DigitGroups, in text: ScannedText) -> Bool {
    let after = text.byte(groups.range.upperBound)
    return after == UInt8(ascii: "%")
      || "-/:".utf8.contains(after) && (48...57).contains(text.byte(groups.range.upperBound + 1))
  }

  /// Returns the start, including a plus sign or a parenthesis that is closed within the groups.
  private func start(_ groups: DigitGroups, in text: ScannedText) -> Int {
    let isClosed = text.bytes[groups.range].contains(UInt8(ascii: ")"))
    let signs = isClosed ? "+(" : "+"
    var start = groups.range.lowerBound
    while start > 0, start > groups.range.lowerBound - 2, signs.utf8.contains(text.bytes[start - 1])
    { start -= 1 }
    return start
  }

  /// Returns the end, including an extension such as "x524".
  private func extended(_ groups: DigitGroups, in text: ScannedText) -> Int {
    let last = groups.tokens.upperBound - 1
    guard last + 1 < text.tokens.count, text.gap(after: last).count <= 1 else {
      return groups.range.upperBound
    }
    let next = text.tokens[last + 1]
    let isExtension =
      next.kind == .mixed && next.count <= 7 && (text.bytes[next.start] | 0x20) == UInt8(ascii: "x")
    return isExtension ? next.end : groups.range.upperBound
  }

  /// Returns the confidence that groups are a telephone number; nil if they are not.
  private func confidence(_ groups: DigitGroups, in text: ScannedText) -> Double? {
    let digits = groups.digits(in: text)
    if groups.tokens.count > 1, (11...17).contains(digits.count), digits[0] == 48, digits[1] == 48,
      digits[2] != 48
    {
      return 0.85
    }
    if groups.hasPlus(in: text), (8...17).contains(digits.count) { return 0.95 }
    let isAmerican =
      groups.isGrouped(3, 3, 4) || groups.isGrouped(1, 3, 3, 4) && digits[0] == 49
      || groups.isGrouped(3, 3, 3, 4)
    if isAmerican, digits[digits.count - 10] > 49, digits[digits.count - 7] > 48 { return 0.9 }
    if groups.isGrouped(3, 7), text.byte(groups.range.lowerBound - 1) == UInt8(ascii: "("),
      digits[0] > 49
    {
      return 0.88
    }
    if groups.isGrouped(3, 4), digits[0] > 49, text.isGap(after: groups.tokens.lowerBound, "-") {
      return 0.72
    }
    if digits.count == 9, (54...57).contains(digits[0]),
      groups.isGrouped(3, 3, 3) || groups.isGrouped(3, 2, 2, 2) || groups.isGrouped(2, 3, 2, 2)
        || groups.isGrouped(2, 3, 4)
    {
      return 0.85
    }
    if groups.isGrouped(2, 4, 4) || groups.isGrouped(2, 5, 4), digits[0] > 48 { return 0.7 }
    if groups.isGrouped(5, 5), (54...57).contains(digits[0]),
      hasCue(groups.tokens.lowerBound, in: text)
    {
      return 0.78
    }
    if groups.isGrouped(3, 7), digits[0] == 51 { return 0.72 }
    if groups.isGrouped(3, 3, 3), digits[0] > 48,
      hasCue(groups.tokens.lowerBound, in: text) || isPortuguese(groups, in: text)
    {
      return 0.75
    }
    if (9...12).contains(digits.count), digits[0] == 48, digits[1] != 48, groups.tokens.count > 1 {
      return 0.8
    }
    if groups.tokens.count == 1, digits.count == 9 || digits.count == 10 || digits.count == 11,
      hasCue(groups.tokens.lowerBound, in: text),
      digits[0] == 48 || digits.count == 9 && (54...57).contains(digits[0])
        || digits.count == 10 && digits[0] > 49 && digits[3] > 48
    {
      return 0.75
    }
    return nil
  }

  /// Whether a number begins like a Portuguese one, in a Portuguese text.
  private func isPortuguese(_ groups: DigitGroups, in text: ScannedText) -> Bool {
    let token = text.tokens[groups.tokens.lowerBound]
    return token.languages == Language.portuguese.bit
      && text.bytes[token.start] == UInt8(ascii: "2")
  }

  private func hasCue(_ index: Int, in text: ScannedText) -> Bool {
    text.tokens[max(0, index - 3)..<index].contains { Self.cues.contains($0.hash) }
  }
}
