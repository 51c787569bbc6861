import Words

/// Detects hospitals, schools and companies by their first or last words, and employers by context.
struct OrganizationDetector: ProseDetector {
  private static let joiners = WordSet([
    "of", "the", "and", "for", "at", "de", "del", "la", "las", "los", "el", "y", "des", "du", "di",
    "della", "do", "da", "dos", "das",
    "van", "der", "den",
    "het", "le", "les", "l", "dei", "delle", "e", "et", "und", "von", "zu", "zur", "zum", "am",
    "im", "ter", "il", "lo", "i", "gli",
  ])

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for index in text.tokens.indices where text.tokens[index].kind == .word {
      if let last = text.phrase(at: index, having: [.organizationEnd]), isCapital(index, in: text),
        let first = first(before: index, in: text)
      {
        found.append(
          span(
            first..<tail(after: last, in: text), 0.91, "a name before a word for an institution",
            in: text))
      } else if let last = text.phrase(at: index, having: [.companyEnd]),
        isCapital(index, in: text),
        let first = first(before: index, in: text)
      {
        found.append(span(first..<(last + 1), 0.89, "a name before a word for a company", in: text))
      }
      if let last = text.phrase(at: index, having: [.organizationStart]),
        isCapital(index, in: text), let end = end(after: last, in: text)
      {
        found.append(
          span(index..<(end + 1), 0.91, "a name behind a word for an institution", in: text))
      } else if let last = text.phrase(at: index, having: [.employerCue]),
        let end = employerEnd(after: last, in: text)
      {
        let start = end.first
        found.append(span(start..<(end.last + 1), 0.89, "an employer", in: text))
      }
    }
  }

  private func span(
    _ tokens: Range<Int>, _ confidence: Double, _ reason: String, in text: ScannedText
  ) -> ProseSpan {
    let range = text.tokens[tokens.lowerBound].start..<text.tokens[tokens.upperBound - 1].end
    return ProseSpan(range: range, type: .organization, confidence: confidence, reason: reason)
  }

  private func isCapital(_ index: Int, in text: ScannedText) -> Bool {
    text.tokens.indices.contains(index) && text.tokens[index].kind == .word
      && text.tokens[index].shape != .lower
  }

  private func isName(_ index: Int, in text: ScannedText) -> Bool {
    isCapital(index, in: text)
      && text.tokens[index].flags.isDisjoint(with: [.neverName, .title, .role, .month, .credential])
  }

  /// Returns the first word of the name that ends before an index; nil if no word before it is a
  /// name.
  private func first(before index: Int, in text: ScannedText) -> Int? {
    var first = index
    while first > 0, index - first < 5,
      text.isSpace(after: first - 1)
        || text.isGap(after: first - 1, ". ") && text.tokens[first - 1].count <= 2
        || text.isGap(after: first - 1, "'") || text.isGap(after: first - 1, "-")
        || text.isGap(after: first - 1, " & ")
    {
      let before = text.tokens[first - 1]
      let isPossessive = before.count == 1 && text.isGap(after: first - 2, "'")
      let isJoiner =
        first < index && before.shape == .lower && Self.joiners.contains(before.hash) && first > 1
        && isName(first - 2, in: text)
      guard isName(first - 1, in: text) || isPossessive || isJoiner else { break }
      first -= 1
    }
    return first < index ? first : nil
  }

  /// Returns one past the last token of a name, including "of ..." after the word for an
  /// institution.
  private func tail(after last: Int, in text: ScannedText) -> Int {
    guard last + 2 < text.tokens.count, text.isSpace(after: last),
      text.tokens[last + 1].hash == WordHash.of("of".utf8),
      isName(last + 2, in: text)
    else { return last + 1 }
    return last + 3
  }

  /// Returns the last word of a name that follows a word for an institution.
  private func end(after last: Int, in text: ScannedText) -> Int? {
    var end = last
    var best: Int?
    while end + 1 < text.tokens.count, end - last < 6,
      text.isSpace(after: end) || text.isGap(after: end, "-") || text.isGap(after: end, " \"")
        || text.isGap(after: end, ". ") && text.tokens[end].count <= 3 && end > last
    {
      end += 1
      if isName(end, in: text) {
        best = end
      } else if !(Self.joiners.contains(text.tokens[end].hash)
        || text.tokens[end].flags.contains(.organizationStart) && isCapital(end, in: text))
      {
        break
      }
    }
    return best
  }

  private func employerEnd(after last: Int, in text: ScannedText) -> (first: Int, last: Int)? {
    var first = last + 1
    while first < last + 3, first < text.tokens.count,
      Self.joiners.contains(text.tokens[first].hash)
    { first += 1 }
    guard first < text.tokens.count, text.gap(after: first - 1).count <= 3, isName(first, in: text)
    else { return nil }
    var end = first
    while isName(end + 1, in: text),
      text.isSpace(after: end) || text.isGap(after: end, " & ") || text.isGap(after: end, "'")
    { end += 1 }
    return (first, end)
  }
}
