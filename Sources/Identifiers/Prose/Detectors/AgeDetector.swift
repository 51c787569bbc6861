import Foundation

/// Ages over 89. The span is the number; lower ages are not identifiers.
struct AgeDetector: ProseDetector {
  private static let old = WordHash.of("old".utf8)
  private static let ages = Set(
    ["age", "aged", "edad", "alter", "eta", "aetatis", "turned", "turns", "turning", "cumple", "cumplio"].map { WordHash.of($0.utf8) })
  private static let endings = Set(["yo", "yof", "yom", "yr", "years", "y", "yrs"].map { WordHash.of($0.utf8) })
  private static let foreignYears = Set(["anos", "ans", "anni", "jahre", "jahrige", "jahriger", "jahrigen"].map { WordHash.of($0.utf8) })

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for index in text.tokens.indices {
      let token = text.tokens[index]
      if token.hasDigit {
        if token.count == 4, isBirthYear(index, in: text) {
          found.append(ProseSpan(range: token.range, type: .age, confidence: 0.85, reason: "a year of birth that tells an age over 89"))
        }
        guard let end = ageEnd(of: index, in: text), isAge(index, in: text) else { continue }
        found.append(ProseSpan(range: token.start..<end, type: .age, confidence: 0.9, reason: "an age over 89"))
      } else if token.flags.contains(.numberWord), let last = wordAge(index, in: text) {
        found.append(ProseSpan(range: token.start..<text.tokens[last].end, type: .age, confidence: 0.85, reason: "an age over 89 in words"))
      }
    }
  }

  private static let births = Set(
    ["born", "b", "birth", "nacido", "nacida", "nacio", "geboren", "geb", "ne", "nee", "nato", "nata"].map { WordHash.of($0.utf8) })
  private static let thisYear = Calendar(identifier: .gregorian).component(.year, from: .now)

  /// "born in 1925": a year of birth at least ninety years ago, at most four words behind a word for birth.
  private func isBirthYear(_ index: Int, in text: ScannedText) -> Bool {
    guard index > 0, let year = text.number(index), (1880...(Self.thisYear - 90)).contains(year) else { return false }
    return (max(0, index - 4)..<index).contains {
      Self.births.contains(text.tokens[$0].hash) && (text.tokens[$0].count > 1 || text.isGap(after: $0, ". "))
    }
  }

  /// The end of the digits of a number from 90 to 129 that stands alone or before "yo".
  private func ageEnd(of index: Int, in text: ScannedText) -> Int? {
    let token = text.tokens[index]
    guard token.count <= 8 else { return nil }
    let digits = text.bytes[token.range].prefix { (48...57).contains($0) }
    guard (2...3).contains(digits.count), (90...129).contains(digits.reduce(0) { $0 * 10 + Int($1 - 48) }) else { return nil }
    return token.start + digits.count
  }

  private func isAge(_ index: Int, in text: ScannedText) -> Bool {
    let token = text.tokens[index]
    if token.kind == .mixed {
      let letters = text.bytes[token.range].drop { (48...57).contains($0) }
      return Self.endings.contains(WordHash.of(letters))
    }
    if index > 0, Self.ages.contains(text.tokens[index - 1].hash), text.gap(after: index - 1).count <= 3 { return true }
    if index > 1, Self.ages.contains(text.tokens[index - 2].hash), text.tokens[index - 1].flags.contains(.filler),
      !text.isBreak(after: index - 1)
    {
      return true
    }
    guard index + 1 < text.tokens.count, text.tokens[index + 1].flags.contains(.ageWord), text.gap(after: index).count <= 2 else {
      return false
    }
    let next = text.tokens[index + 1]
    if Self.foreignYears.contains(next.hash) || WordHash.of("yo".utf8) == next.hash { return true }
    // "95 years" may be a span of time; "95 years old", "95-year-old", "95 y/o" and "95 years of age" are ages.
    return (2...3).contains { step in
      guard index + step < text.tokens.count, !text.isBreak(after: index + step - 1) else { return false }
      let hash = text.tokens[index + step].hash
      return hash == Self.old || hash == WordHash.of("o".utf8) || Self.ages.contains(hash)
    }
  }

  /// "ninety-two year old", "noventa y dos años".
  private func wordAge(_ index: Int, in text: ScannedText) -> Int? {
    let starts = ["ninety", "noventa", "hundred", "cien", "ciento"].map { WordHash.of($0.utf8) }
    guard starts.contains(text.tokens[index].hash) else { return nil }
    var last = index
    while last + 1 < text.tokens.count, last < index + 3,
      text.tokens[last + 1].flags.contains(.numberWord) || text.tokens[last + 1].hash == WordHash.of("y".utf8),
      text.gap(after: last).count == 1
    { last += 1 }
    guard last + 1 < text.tokens.count, text.tokens[last + 1].flags.contains(.ageWord) else { return nil }
    if Self.foreignYears.contains(text.tokens[last + 1].hash) { return last }
    return last + 2 < text.tokens.count && text.tokens[last + 2].hash == Self.old ? last : nil
  }
}
