import Words

/// Detects places below a state: listed cities, and names that a state, a postal code, a street or
/// a word of place gives away.
struct LocationDetector: ProseDetector {
  private static let residence = WordSet([
    "lives", "live", "lived", "living", "resides", "residing", "resident", "moved", "born",
    "raised", "natural", "residente", "vive",
    "nacido", "nacida", "procedente", "originario", "originaria", "vecino", "vecina", "vivo",
    "wohnhaft", "habite", "moro", "mora",
    "reside", "risiede", "residiert", "woont", "trasferito", "trasferita", "nascida", "naturale",
    "studia", "estuda", "estudia", "lavora",
    "trabalha", "trabaja", "nee", "nato", "nata",
    "empadronada", "empadronado", "domiciliado", "domiciliada", "trasladado", "trasladada", "vit",
    "vivo", "abita", "nascido",
  ])
  private static let sure = WordSet([
    "in", "near", "at", "outside", "en", "aus", "cerca", "towards", "toward", "downtown",
  ])

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var index = 0
    while index < text.tokens.count {
      let token = text.tokens[index]
      guard token.kind == .word, token.count > 2, let place = place(index, in: text) else {
        index += 1
        continue
      }
      let range = token.start..<text.tokens[place.last].end
      found.append(
        ProseSpan(range: range, type: .location, confidence: place.confidence, reason: place.reason)
      )
      index = place.last + 1
    }
  }

  private typealias Match = (last: Int, confidence: Double, reason: String)

  private func isCapital(_ index: Int, in text: ScannedText) -> Bool {
    text.tokens.indices.contains(index) && text.tokens[index].kind == .word
      && text.tokens[index].shape != .lower
  }

  private func place(_ index: Int, in text: ScannedText) -> Match? {
    let token = text.tokens[index]
    guard token.shape != .lower else { return small(index, in: text) }
    let city = text.phrase(at: index, having: .city)
    if let last = text.phrase(at: index, having: .state), city ?? 0 <= last { return nil }
    if let city, let match = listed(index...city, in: text) { return match }
    if let match = beforeState(index, in: text) ?? behindCode(index, in: text)
      ?? byEnd(index, in: text)
    {
      return match
    }
    if isBehindStreet(index, in: text), let last = ownPart(from: index, in: text) {
      return (last, 0.7, "a name behind a street")
    }
    if isHome(index, in: text) {
      return (last(from: index, in: text), 0.85, "a name behind a word of residence")
    }
    guard isUncommon(token) || opensPlace(index, in: text) else { return nil }
    if hasResidence(index, in: text) {
      return (last(from: index, in: text), 0.88, "a name behind a word of residence")
    }
    guard token.shape == .capitalised else { return nil }
    if isBehindStreet(index, in: text) {
      return (last(from: index, in: text), 0.7, "a name behind a street")
    }
    let isListedName = !token.flags.isDisjoint(with: [.given, .frequentSurname])
    guard index > 0, !isListedName, text.isSpace(after: index - 1), token.count > 3,
      !token.flags.contains(.drug),
      Self.sure.contains(text.tokens[index - 1].hash) || isPlacing(index - 1, in: text)
    else { return nil }
    return (last(from: index, in: text), 0.6, "a name behind a word of place")
  }

  private static let em = WordHash.of("em".utf8)
  private static let a = WordHash.of("a".utf8)

  /// Whether a preposition marks a place: "em Elvas" in Portuguese, "a Agropoli" in Italian.
  private func isPlacing(_ index: Int, in text: ScannedText) -> Bool {
    let token = text.tokens[index]
    let isRomance = token.languages & (Language.english.bit | Language.german.bit) == 0
    return isRomance
      && (token.hash == Self.em
        || token.hash == Self.a && token.languages & Language.italian.bit != 0)
  }

  private static let homePrepositions = WordSet("de do da em no na in a ad à te en")

  /// Whether any word comes right after a word of residence, in languages that capitalise only
  /// names: "natural de Guarda", "moro em Tomar".
  private func isHome(_ index: Int, in text: ScannedText) -> Bool {
    guard index > 1, text.isSpace(after: index - 1), text.isSpace(after: index - 2),
      Self.homePrepositions.contains(text.tokens[index - 1].hash),
      Self.residence.contains(text.tokens[index - 2].hash), text.tokens[index].shape == .capitalised
    else { return false }
    return text.tokens[index].languages & Language.german.bit == 0
      && text.tokens[index].flags.isDisjoint(with: [
        .month, .weekday, .state, .role, .kinship, .title, .organizationStart, .organizationEnd,
        .streetStart, .streetEnd,
      ])
  }

  private static let openers = WordSet([
    "north", "south", "east", "west", "new", "port", "lake", "saint", "st", "san", "santa", "mount",
    "fort", "las", "los", "la", "el",
  ])

  /// Whether a common word that can begin a place precedes a name: "South Josephville".
  private func opensPlace(_ index: Int, in text: ScannedText) -> Bool {
    Self.openers.contains(text.tokens[index].hash) && text.tokens[index].shape == .capitalised
      && text.isSpace(after: index)
      && isCapital(index + 1, in: text)
      && text.tokens[index + 1].flags.isDisjoint(with: [
        .neverName, .month, .state, .organizationEnd,
      ])
  }

  /// Returns the last of up to three capitalised words that end at a comma or full stop.
  private func ownPart(from index: Int, in text: ScannedText) -> Int? {
    var last = index
    while last < index + 2, isCapital(last + 1, in: text),
      text.isSpace(after: last) || text.isGap(after: last, "-")
    { last += 1 }
    let flags = text.tokens[index...last].reduce(WordFlags()) { $0.union($1.flags) }
    guard flags.isDisjoint(with: [.neverName, .month, .role, .title]),
      text.tokens[index].shape == .capitalised,
      last + 1 == text.tokens.count || text.isGap(after: last, ", ")
        || text.isGap(after: last, ". ") || text.isLineBreak(after: last)
    else { return nil }
    return last
  }

  private func isUncommon(_ token: Token) -> Bool {
    token.flags.isDisjoint(with: [
      .common, .neverName, .month, .weekday, .eponym, .organizationStart, .organizationEnd, .title,
      .role,
    ])
  }

  /// Matches a listed city in lower case after a word of residence.
  private func small(_ index: Int, in text: ScannedText) -> Match? {
    guard let last = text.phrase(at: index, having: .city),
      hasPreposition(index, in: text) || isBehindStreet(index, in: text)
    else {
      return nil
    }
    let isPlain = text.tokens[index].flags.isDisjoint(with: [.common, .neverName]) || last > index
    return hasResidence(index, in: text)
      || isPlain && text.tokens[index].flags.isDisjoint(with: [.given])
      ? (last, 0.7, "a city behind a preposition of place") : nil
  }

  private func listed(_ tokens: ClosedRange<Int>, in text: ScannedText) -> Match? {
    let (index, last) = (tokens.lowerBound, tokens.upperBound)
    // "Ann Arbor stage II" names a classification.
    if let eponym = text.phrase(at: index, having: .eponym), eponym > last { return nil }
    let isPlain = text.tokens[tokens].allSatisfy {
      $0.flags.isDisjoint(with: [.common, .given, .surname, .neverName])
    }
    if isBeforeState(last, in: text) { return (last, 0.95, "a city before its state") }
    if hasPreposition(index, in: text),
      text.tokens[index].flags.isDisjoint(with: [.neverName, .eponym]) || last > index
    {
      return (last, 0.88, "a city behind a preposition of place")
    }
    if behindCode(index, in: text) != nil { return (last, 0.9, "a city behind its postal code") }
    if last + 1 < text.tokens.count, text.tokens[last + 1].hasDigit, text.isSpace(after: last),
      PostalCodeReader(text: text).formed(last + 1) != nil
        || PostalCodeReader(text: text).placed(last + 1) != nil
    {
      return (last, 0.9, "a city before its postal code")
    }
    if isBehindStreet(index, in: text) { return (last, 0.88, "a city behind a street") }
    if index > 0, text.isGap(after: index - 1, ": "),
      last + 1 == text.tokens.count || text.isBreak(after: last),
      text.tokens[tokens].allSatisfy({ $0.flags.isDisjoint(with: [.common, .neverName]) })
    {
      return (last, 0.7, "a city alone behind a colon")
    }
    let isEponym =
      text.tokens[last].flags.contains(.eponym)
      || last + 1 < text.tokens.count && text.tokens[last + 1].flags.contains(.eponymNoun)
    return isPlain && !isEponym || last > index ? (last, 0.7, "a city of the lists") : nil
  }

  /// Matches up to three capitalised words before a state or a British postal code.
  private func beforeState(_ index: Int, in text: ScannedText) -> Match? {
    guard !text.tokens[index].flags.contains(.neverName) else { return nil }
    var last = index
    while last < index + 3 {
      let isCode =
        last + 2 < text.tokens.count && text.tokens[last + 2].kind == .number
        && text.tokens[last + 2].count == 5
      if isBeforeState(last, in: text), isUncommon(text.tokens[index]) || isCode {
        return (last, 0.88, "a name before a state")
      }
      if isBeforePostcode(last, in: text) { return (last, 0.86, "a name before a postcode") }
      guard isCapital(last + 1, in: text), text.isSpace(after: last) || text.isGap(after: last, "-")
      else { return nil }
      last += 1
    }
    return nil
  }

  /// Whether a postal code of a distinctive form, or digits after a house, follow a name.
  private func isBeforePostcode(_ last: Int, in text: ScannedText) -> Bool {
    guard last + 1 < text.tokens.count,
      text.isSpace(after: last) || text.isGap(after: last, ", ") || text.isGap(after: last, " - "),
      text.tokens[last + 1].hasDigit
    else { return false }
    return PostalCodeReader(text: text).formed(last + 1) != nil
  }

  /// Matches a name after a postal code.
  private func behindCode(_ index: Int, in text: ScannedText) -> Match? {
    guard index > 0, text.isSpace(after: index - 1) || text.isGap(after: index - 1, ", "),
      text.tokens[index].flags.isDisjoint(with: [.neverName, .month])
    else { return nil }
    let reader = PostalCodeReader(text: text)
    for first in [index - 1, index - 2] where first >= 0 && text.tokens[first].hasDigit {
      let code = reader.formed(first) ?? reader.placed(first)
      guard code?.last == index - 1 else { continue }
      let isSure = !text.tokens[index].flags.contains(.common) || reader.isBehindHouse(first)
      return isSure ? (last(from: index, in: text), 0.87, "a name behind a postal code") : nil
    }
    return nil
  }

  private func byEnd(_ index: Int, in text: ScannedText) -> Match? {
    var last = index
    while last < index + 2, isCapital(last + 1, in: text), text.isSpace(after: last) { last += 1 }
    guard last > index, text.tokens[last].flags.contains(.placeEnd),
      !text.tokens[index].flags.contains(.neverName)
    else { return nil }
    return (last, 0.85, "a name of a place by its last word")
  }

  /// Returns the last of the capitalised words, with particles between them, that form a place
  /// name.
  private func last(from index: Int, in text: ScannedText) -> Int {
    var last = index
    var next = index + 1
    while next < text.tokens.count, next < index + 5,
      text.isSpace(after: next - 1) || text.isGap(after: next - 1, "-")
    {
      let token = text.tokens[next]
      if isCapital(next, in: text),
        token.flags.isDisjoint(with: [.month, .neverName, .state])
          || text.isGap(after: next - 1, "-")
      {
        last = next
      } else if !(token.flags.contains(.particle) && token.count <= 3) {
        break
      }
      next += 1
    }
    return last
  }

  private func isBeforeState(_ last: Int, in text: ScannedText) -> Bool {
    guard text.isGap(after: last, ", ") || text.isGap(after: last, " ") else { return false }
    let next = text.tokens[last + 1]
    if next.flags.contains(.stateCode), next.shape == .upper, next.count == 2,
      !next.flags.contains(.credential) || text.number(last + 2) != nil
    {
      // "Boise ID 83702" is Idaho, but "Sponsor Subject ID" is not.
      return text.isGap(after: last, ", ") || !text.bytes[next.range].elementsEqual("ID".utf8)
        || text.number(last + 2) != nil
    }
    return next.shape == .capitalised
      && (text.isGap(after: last, ", ") || !text.tokens[last].flags.contains(.common))
      && text.phrase(at: last + 1, having: .state) != nil
  }

  private func hasPreposition(_ index: Int, in text: ScannedText) -> Bool {
    index > 0 && text.isSpace(after: index - 1)
      && text.tokens[index - 1].ends.contains(.placePreposition)
  }

  private func hasResidence(_ index: Int, in text: ScannedText) -> Bool {
    hasPreposition(index, in: text) && index > 1
      && (Self.residence.contains(text.tokens[index - 2].hash)
        || index > 2 && Self.residence.contains(text.tokens[index - 3].hash))
  }

  /// Whether a token follows a house number and a comma, or a word for a street and a comma.
  private func isBehindStreet(_ index: Int, in text: ScannedText) -> Bool {
    guard index > 1 else { return false }
    let reader = PostalCodeReader(text: text)
    guard reader.isOwnPart(index), !text.gapContains(after: index - 1, ":") else { return false }
    if text.tokens[index - 1].flags.contains(.streetEnd),
      text.tokens[index - 1].shape != .lower || text.isGap(after: index - 1, ", ")
    {
      return (max(0, index - 5)..<(index - 1)).contains { text.tokens[$0].hasDigit }
    }
    return !text.isGap(after: index - 1, ". ") && reader.isBehindHouse(index)
      && (text.tokens[index - 1].hasDigit || text.tokens[index - 1].count <= 3
        || text.tokens[index - 1].kind == .word && isHouseBehind(index - 1, in: text))
  }

  /// Whether a number is among the last words: "rue Pasteur 3, Lyon", "2.º Esq., Lisboa".
  private func isHouseBehind(_ index: Int, in text: ScannedText) -> Bool {
    (max(0, index - 6)..<index).contains { text.tokens[$0].hasDigit }
  }
}
