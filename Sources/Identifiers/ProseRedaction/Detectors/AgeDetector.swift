import Foundation
import Words

/// Detects ages over 89, in digits and in words. The span is the number; lower ages are not
/// identifiers.
struct AgeDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    let reader = AgeReader(text: text)
    for index in text.tokens.indices {
      let token = text.tokens[index]
      if token.hasDigit {
        if token.count == 4, reader.isBirthYear(index, thisYear: Self.thisYear) {
          found.append(
            ProseSpan(
              range: token.range, type: .age, confidence: 0.85,
              reason: "a year of birth that tells an age over 89"))
        }
        guard let end = reader.end(of: index), reader.isAge(index) else { continue }
        found.append(
          ProseSpan(range: token.start..<end, type: .age, confidence: 0.9, reason: "an age over 89")
        )
      } else if reader.mayBeWords(token), let last = reader.wordAge(index) {
        found.append(
          ProseSpan(
            range: token.start..<text.tokens[last].end, type: .age, confidence: 0.85,
            reason: "an age over 89 in words"))
      }
    }
  }

  private static let thisYear = Calendar(identifier: .gregorian).component(.year, from: .now)
}

/// Reads ages, starting at a token.
private struct AgeReader {
  let text: ScannedText

  private static func hashes(_ words: String) -> WordSet { WordSet(words) }

  /// Words that precede an age.
  private static let ages = hashes(
    "age aged anni edad alter eta aetatis turned turns turning cumple cumplio agee leeftijd idade fyller compie compira cumplira wird wurde"
  )
  /// Endings attached to the number of an age.
  private static let endings = hashes(
    "yo yof yom yr years y yrs yrold yearold jahrig jahrige jahriger jahrigen jarige")
  /// Words for "years" in other languages. Before one, a number over 89 is an age, not a span of
  /// time.
  private static let foreignYears = hashes(
    "anos ano ans an anni anno jahre jahr jahrige jahriger jahrigen jahrig j jaar jr jarige ar let lat"
  )
  private static let old = hashes("old o age alt oud oude")
  private static let being = hashes(
    "is was are s turned turns be being now almost nearly over only")
  private static let persons = hashes(
    "he she who patient pt woman man lady gentleman mother father grandmother grandfather aunt uncle resident nan gran"
  )
  private static let births = hashes(
    "born b birth nacido nacida nacio geboren geb ne nee nato nata nascido nascida")
  private static let birthdays = hashes(
    "birthday geburtstag verjaardag anniversaire cumpleanos compleanno aniversario anos")
  private static let actions = hashes(
    "with w admitted presents presenting c who from h s is here came seen brought in")

  /// Whether a number is a year of birth ("born in 1925"): at least ninety years ago, at most four
  /// words after a word for birth.
  func isBirthYear(_ index: Int, thisYear: Int) -> Bool {
    guard index > 0, let year = text.number(index), (1880...(thisYear - 90)).contains(year) else {
      return false
    }
    return (max(0, index - 4)..<index).contains {
      Self.births.contains(text.tokens[$0].hash)
        && (text.tokens[$0].count > 1 || text.isGap(after: $0, ". "))
    }
  }

  /// Returns the end of the digits of a number from 90 to 129 that stands alone or before "yo".
  func end(of index: Int) -> Int? {
    let token = text.tokens[index]
    guard token.count <= 14 else { return nil }
    let digits = text.bytes[token.range].prefix { (48...57).contains($0) }
    guard (2...3).contains(digits.count),
      (90...129).contains(digits.reduce(0) { $0 * 10 + Int($1 - 48) })
    else { return nil }
    return token.start + digits.count
  }

  func isAge(_ index: Int) -> Bool {
    let token = text.tokens[index]
    if token.kind == .mixed { return isJoined(index) }
    if hasWordBefore(index) || isSaid(index) || isInParentheses(index) { return true }
    guard index + 1 < text.tokens.count, text.gap(after: index).count <= 2 else { return false }
    let next = text.tokens[index + 1]
    if Self.birthdays.contains(next.hash),
      text.isGap(after: index, ". ") || next.hash != WordHash.of("anos".utf8)
    {
      return true
    }
    guard next.flags.contains(.ageWord) || Self.endings.contains(next.hash) else { return false }
    if Self.foreignYears.contains(next.hash),
      next.count > 1 || text.byte(next.end) == UInt8(ascii: ".")
    {
      return true
    }
    if next.hash == WordHash.of("yo".utf8) { return true }
    // "95 years" can be a span of time; "95 years old", "95-year-old", "95 y/o", "95 y.o." and "95
    // years of age" are ages.
    return (2...3).contains { step in
      guard index + step < text.tokens.count, text.gap(after: index + step - 1).count <= 2,
        !text.isLineBreak(after: index + step - 1)
      else {
        return false
      }
      return Self.old.contains(text.tokens[index + step].hash)
    }
  }

  /// Whether a mixed token is an age: "97yo", "93F" before a patient's action, "92nd birthday".
  private func isJoined(_ index: Int) -> Bool {
    let token = text.tokens[index]
    let letters = text.bytes[token.range].drop { (48...57).contains($0) }
    let hash = WordHash.of(letters)
    if Self.endings.contains(hash) { return true }
    guard index + 1 < text.tokens.count else { return false }
    if letters.count <= 3, Self.birthdays.contains(text.tokens[index + 1].hash),
      text.isSpace(after: index)
    {
      return true
    }
    if hash == WordHash.of("s".utf8) { return isDecade(index) }
    let isSex = letters.elementsEqual("M".utf8) || letters.elementsEqual("F".utf8)
    return isSex && Self.actions.contains(text.tokens[index + 1].hash)
  }

  private static let possessives = hashes("her his their my the mid late early")

  /// Whether a number is a decade of life ("in his 90s"), not a temperature or the decade of a
  /// century.
  private func isDecade(_ index: Int) -> Bool {
    index > 1 && Self.possessives.contains(text.tokens[index - 1].hash)
      && (text.tokens[index - 2].hash == WordHash.of("in".utf8)
        || Self.possessives.contains(text.tokens[index - 2].hash))
      && text.tokens[index - 1].hash != WordHash.of("the".utf8)
  }

  private func hasWordBefore(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    if Self.ages.contains(text.tokens[index - 1].hash), text.gap(after: index - 1).count <= 3,
      !isCounted(index)
    {
      return true
    }
    return index > 1 && Self.ages.contains(text.tokens[index - 2].hash)
      && text.tokens[index - 1].flags.contains(.filler)
      && !text.isBreak(after: index - 1) && !isCounted(index)
  }

  /// Whether a number counts something or is a proportion.
  private func isCounted(_ index: Int) -> Bool {
    guard index + 1 < text.tokens.count else { return false }
    if text.byte(text.tokens[index].end) == UInt8(ascii: "%") || text.isGap(after: index, "/")
      || text.isGap(after: index, ".")
    {
      return true
    }
    let next = text.tokens[index + 1]
    return text.isSpace(after: index) && next.flags.contains(.unit)
      && next.flags.isDisjoint(with: .ageWord)
  }

  /// Whether words state an age ("He is 94.", "who turned 95"): a person, a word for being, and a
  /// number that counts nothing.
  private func isSaid(_ index: Int) -> Bool {
    guard index > 1, Self.being.contains(text.tokens[index - 1].hash),
      text.gap(after: index - 1).count == 1, !isCounted(index)
    else {
      return false
    }
    let isEnd =
      index + 1 >= text.tokens.count || !text.isSpace(after: index)
      || text.tokens[index + 1].flags.contains(.common)
    guard isEnd,
      index + 1 >= text.tokens.count || text.tokens[index + 1].flags.isDisjoint(with: [.unit])
        || text.isBreak(after: index)
    else {
      return false
    }
    return (max(0, index - 3)..<(index - 1)).contains {
      Self.persons.contains(text.tokens[$0].hash)
        || !text.tokens[$0].flags.isDisjoint(with: [.kinship])
    }
  }

  /// Whether a number is alone in parentheses after a name: "Okafor (94)".
  private func isInParentheses(_ index: Int) -> Bool {
    guard index > 0, text.isGap(after: index - 1, " ("),
      text.byte(text.tokens[index].end) == UInt8(ascii: ")")
    else { return false }
    let name = text.tokens[index - 1]
    return name.kind == .word && name.shape == .capitalised
      && name.flags.isDisjoint(with: [.common, .neverName, .eponym, .drug])
      && !name.flags.isDisjoint(with: [.given, .surname])
  }

  // MARK: words

  private static let ninety = hashes(
    "ninety noventa novanta novantuno novantadue novantatre novantaquattro novantacinque novantasei novantasette novantotto novantanove "
      + "neunzig "
      + "einundneunzig zweiundneunzig dreiundneunzig vierundneunzig funfundneunzig sechsundneunzig siebenundneunzig achtundneunzig "
      + "neunundneunzig negentig eenennegentig tweeennegentig drieennegentig vierennegentig vijfennegentig zesennegentig zevenennegentig "
      + "achtennegentig negenennegentig nonante")
  private static let hundred = hashes(
    "hundred cien ciento cent cento hundert einhundert honderd cem centouno centodue")
  private static let alone = hashes(
    "nonagenarian nonagenarians centenarian centenarians nonagenario nonagenaria centenario centenaria nonagenaire centenaire "
      + "hundertjahrige "
      + "hundertjahriger neunzigjahrige neunzigjahriger")
  private static let joiners = hashes("y and e et")
  private static let french = hashes("dix onze douze treize quatorze quinze seize")

  /// Whether a word can begin a number over 89 in words.
  func mayBeWords(_ token: Token) -> Bool {
    token.flags.contains(.numberWord) || Self.ninety.contains(token.hash)
      || Self.alone.contains(token.hash)
      || Self.starts.contains(token.hash)
  }

  private static let starts = hashes("quatre a one nineties hundred")

  /// Returns the last token of an age in words: "ninety-two year old", "noventa y dos años",
  /// "quatre-vingt-douze ans", "in her nineties".
  func wordAge(_ index: Int) -> Int? {
    let token = text.tokens[index]
    if Self.alone.contains(token.hash) { return index }
    if token.hash == WordHash.of("nineties".utf8) { return isDecade(index) ? index : nil }
    guard let last = numberEnd(index), last + 1 <= text.tokens.count else { return nil }
    if index > 0, Self.ages.contains(text.tokens[index - 1].hash),
      text.gap(after: index - 1).count <= 2, isEnd(last)
    {
      return last
    }
    if isSaidInWords(index), isEnd(last) { return last }
    guard last + 1 < text.tokens.count else { return nil }
    let next = text.tokens[last + 1]
    guard next.flags.contains(.ageWord), text.gap(after: last).count <= 2 else { return nil }
    if Self.foreignYears.contains(next.hash) { return last }
    return (2...3).contains {
      last + $0 < text.tokens.count && Self.old.contains(text.tokens[last + $0].hash)
    } ? last : nil
  }

  private func isEnd(_ last: Int) -> Bool {
    last + 1 >= text.tokens.count || text.isBreak(after: last) || text.gapContains(after: last, ",")
      || text.gapContains(after: last, ".")
      || text.gapContains(after: last, ")")
  }

  private func isSaidInWords(_ index: Int) -> Bool {
    index > 1 && Self.being.contains(text.tokens[index - 1].hash)
      && (max(0, index - 3)..<(index - 1)).contains {
        Self.persons.contains(text.tokens[$0].hash) || text.tokens[$0].flags.contains(.kinship)
      }
  }

  /// Returns the last word of a number from ninety to a hundred and something.
  private func numberEnd(_ index: Int) -> Int? {
    let hash = text.tokens[index].hash
    var last = index
    if hash == WordHash.of("quatre".utf8) {
      guard index + 2 < text.tokens.count, text.tokens[index + 1].hash == WordHash.of("vingt".utf8),
        Self.french.contains(text.tokens[index + 2].hash)
      else { return nil }
      last = index + 2
    } else if hash == WordHash.of("a".utf8) || hash == WordHash.of("one".utf8) {
      guard index + 1 < text.tokens.count,
        text.tokens[index + 1].hash == WordHash.of("hundred".utf8)
      else { return nil }
      last = index + 1
    } else if !Self.ninety.contains(hash), !Self.hundred.contains(hash) {
      return nil
    }
    while last + 1 < text.tokens.count, last < index + 4, text.gap(after: last).count == 1,
      text.tokens[last + 1].flags.contains(.numberWord)
        || Self.joiners.contains(text.tokens[last + 1].hash)
    { last += 1 }
    while last > index, Self.joiners.contains(text.tokens[last].hash) { last -= 1 }
    return last
  }
}
