/// Names of persons, from lists, titles, roles, kinship and the way words are written; no neural network.
///
/// Names found with strong evidence are looked for again in the rest of the text, so that one mention does not give away another.
struct PersonDetector: ProseDetector {
  private static let sure = 0.85
  private static let longestNameTokens = 6

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var names: [(tokens: Range<Int>, confidence: Double, reason: String)] = []
    var index = 0
    while index < text.tokens.count {
      guard let name = name(at: index, in: text) else {
        index += 1
        continue
      }
      names.append(name)
      index = name.tokens.upperBound
    }
    var known: Set<UInt64> = []
    for name in names where name.confidence >= Self.sure {
      for token in text.tokens[name.tokens] where token.count > 2 && token.flags.isDisjoint(with: [.neverName, .particle, .city]) {
        known.insert(token.hash)
      }
    }
    for name in names { found.append(span(name.tokens, name.confidence, name.reason, in: text)) }
    guard !known.isEmpty else { return }
    var covered = names.makeIterator()
    var current = covered.next()
    for index in text.tokens.indices where known.contains(text.tokens[index].hash) {
      while let name = current, name.tokens.upperBound <= index { current = covered.next() }
      if current?.tokens.contains(index) == true { continue }
      let token = text.tokens[index]
      guard token.shape != .lower || !token.flags.contains(.common), !isEponym(index, in: text) else { continue }
      found.append(span(index..<(index + 1), 0.75, "a name found elsewhere in the text", in: text))
    }
  }

  private func span(_ tokens: Range<Int>, _ confidence: Double, _ reason: String, in text: ScannedText) -> ProseSpan {
    ProseSpan(
      range: text.tokens[tokens.lowerBound].start..<text.tokens[tokens.upperBound - 1].end, type: .person, confidence: confidence,
      reason: reason)
  }

  private func name(at index: Int, in text: ScannedText) -> (tokens: Range<Int>, confidence: Double, reason: String)? {
    let token = text.tokens[index]
    guard token.kind == .word, token.count > 1 || token.shape == .capitalised, !token.flags.contains(.neverName) else { return nil }
    let evidence = evidence(before: index, in: text)
    guard isWritten(token, with: evidence) else { return nil }
    let last = lastToken(from: index, evidence: evidence, in: text)
    guard text.tokens[index...last].contains(where: { $0.count > 1 }), !isEponym(last, in: text), !isPlaceOrUnit(last, in: text) else {
      return nil
    }
    let tokens = index..<(last + 1)
    if let evidence { return (tokens, 0.92, evidence) }
    if hasCredential(after: last, in: text) { return (tokens, 0.9, "a name before a qualification") }
    return listed(tokens, in: text)
  }

  /// Whether a word may begin a name: a capital, or in a text of small letters strong evidence or a listed name that is no other word.
  private func isWritten(_ token: Token, with evidence: String?) -> Bool {
    let flags = token.flags
    let isName = flags.contains(.nameFirst) || !flags.contains(.common) && !flags.isDisjoint(with: [.frequentGiven, .frequentSurname])
    if token.shape == .lower {
      return isName
        || evidence != nil && !flags.contains(.common) && !flags.contains(.particle) && !flags.contains(.verb) && !flags.contains(.kinship)
          && !flags.contains(.role) && token.count > 2
    }
    if flags.contains(.month) || flags.contains(.state) { return evidence != nil && !flags.isDisjoint(with: [.given, .surname]) }
    if flags.contains(.title), !flags.contains(.frequentGiven) { return false }
    return !flags.contains(.role) && !flags.contains(.kinship) || evidence != nil && !flags.contains(.common)
  }

  /// What stands before a name and announces it; nil where nothing does.
  private func evidence(before index: Int, in text: ScannedText) -> String? {
    guard index > 0, !text.isLineBreak(after: index - 1) || text.tokens[index - 1].flags.contains(.greeting) else { return nil }
    let (before, gap) = (text.tokens[index - 1], text.gap(after: index - 1))
    guard gap.count <= 12 else { return nil }
    let hasColon = text.gapContains(after: index - 1, ":")
    let isPlain = text.isSpace(after: index - 1) || text.isGap(after: index - 1, ". ") || text.isGap(after: index - 1, ".")
    if before.flags.contains(.title), isPlain, before.shape != .upper || before.count <= 4 { return "behind a title" }
    if before.flags.contains(.role), hasColon { return "behind a label for persons" }
    let isCapital = text.tokens[index].shape != .lower
    if before.flags.contains(.greeting), isCapital, gap.count <= 4,
      !text.tokens[index].flags.contains(.common) || isListed(text.tokens[index])
    {
      return "behind a greeting"
    }
    let isUncommon = !text.tokens[index].flags.contains(.common) || text.tokens[index].flags.contains(.nameFirst)
    let isJoined = text.isSpace(after: index - 1) || text.isGap(after: index - 1, ", ")
    if isJoined, before.flags.contains(.kinship) || before.flags.contains(.role), isUncommon, isListed(text.tokens[index]) || isCapital {
      return before.flags.contains(.kinship) ? "behind a word of kinship" : "behind a word for persons"
    }
    if hasColon, isCapital, (max(0, index - 4)..<index).contains(where: { text.phrase(at: $0, having: .role) == index - 1 }) {
      return "behind a label for persons"
    }
    return nil
  }

  private func isListed(_ token: Token) -> Bool { !token.flags.isDisjoint(with: [.given, .surname]) }

  /// How far a name goes: words written like its first, initials, particles, hyphens, and "Last, First".
  private func lastToken(from index: Int, evidence: String?, in text: ScannedText) -> Int {
    var last = index
    while last + 1 < text.tokens.count, last + 1 - index < Self.longestNameTokens {
      let next = text.tokens[last + 1]
      let isInitial = next.count == 1 && next.shape == .capitalised
      let joins = text.isSpace(after: last) || text.isGap(after: last, "-") || text.tokens[last].count == 1 && text.isGap(after: last, ". ")
      let isReversed =
        last == index && text.isGap(after: last, ", ") && next.flags.contains(.given) && isListed(text.tokens[index])
        && next.shape != .lower && !next.flags.contains(.state) && !next.flags.contains(.stateCode)
      if isReversed {
        last += 1
        continue
      }
      guard joins, next.kind == .word, !next.flags.contains(.neverName) || next.flags.contains(.particle) else { break }
      if next.flags.contains(.particle), let end = particlesEnd(from: last + 1, in: text) {
        last = end
        continue
      }
      if next.flags.contains(.credential), next.shape == .upper, next.count <= 4 { break }
      let isLowerName =
        next.shape == .lower && text.tokens[index].shape == .lower && isListed(next)
        && (!next.flags.contains(.common) || next.flags.contains(.nameFirst)) && !next.flags.contains(.verb)
      let isCapitalName =
        next.shape != .lower && (isInitial || isListed(next) || !next.flags.contains(.common))
        && next.flags.isDisjoint(with: [.organizationEnd, .eponymNoun, .month, .weekday, .streetEnd])
      guard isLowerName || isCapitalName && text.tokens[index].shape != .lower else { break }
      last += 1
    }
    return last
  }

  /// The name behind particles such as "de la", where one stands there.
  private func particlesEnd(from index: Int, in text: ScannedText) -> Int? {
    for end in (index + 1)..<(index + 4) where end < text.tokens.count && text.isSpace(after: end - 1) {
      let token = text.tokens[end]
      if token.flags.contains(.particle), token.shape == .lower { continue }
      return token.kind == .word && token.shape != .lower && !token.flags.contains(.neverName) && !token.flags.contains(.state) ? end : nil
    }
    return nil
  }

  private func isEponym(_ index: Int, in text: ScannedText) -> Bool {
    guard index + 1 < text.tokens.count else { return false }
    var next = index + 1
    if text.isGap(after: index, "'"), text.tokens[next].count == 1, next + 1 < text.tokens.count { next += 1 }
    if text.tokens[next].flags.contains(.eponymNoun), text.isSpace(after: next - 1) { return true }
    if text.tokens[index].flags.contains(.eponym) {
      return index == 0 || !text.tokens[index - 1].flags.contains(.title) && !isListed(text.tokens[index - 1])
    }
    return (max(0, index - 3)..<index).contains { text.phrase(at: $0, having: .eponymNoun) == index - 1 }
  }

  private func isPlaceOrUnit(_ last: Int, in text: ScannedText) -> Bool {
    guard last + 1 < text.tokens.count, text.isSpace(after: last) else { return false }
    return !text.tokens[last + 1].flags.isDisjoint(with: [.organizationEnd, .streetEnd, .placeEnd]) && text.tokens[last + 1].shape != .lower
  }

  private func hasCredential(after last: Int, in text: ScannedText) -> Bool {
    guard last + 1 < text.tokens.count, text.isGap(after: last, ", ") || text.isSpace(after: last) else { return false }
    let next = text.tokens[last + 1]
    if next.flags.contains(.credential), next.shape == .upper { return !text.tokens[last].flags.contains(.common) }
    return next.hash == WordHash.of("m".utf8) && text.isGap(after: last + 1, ".") && text.isGap(after: last, ", ")
  }

  /// Names known by the lists alone.
  private func listed(_ tokens: Range<Int>, in text: ScannedText) -> (tokens: Range<Int>, confidence: Double, reason: String)? {
    let words = text.tokens[tokens]
    let (first, count) = (words[tokens.lowerBound], words.count { $0.count > 1 && !$0.flags.contains(.particle) })
    let plain = words.filter { !$0.flags.contains(.common) || $0.flags.contains(.nameFirst) }
    let given = words.contains {
      !$0.flags.isDisjoint(with: [.given])
        && (!$0.flags.contains(.common) || $0.flags.contains(.nameFirst) || $0.flags.contains(.frequentGiven))
    }
    if count >= 2, given, words.contains(where: { $0.flags.contains(.surname) }), !plain.isEmpty {
      return (tokens, 0.87, "a given name and a surname of the lists")
    }
    if count >= 2, first.flags.contains(.given), !plain.isEmpty, first.shape != .lower {
      return (tokens, 0.75, "a given name of the lists and a word that is none")
    }
    guard plain.count == words.count else { return nil }
    let isPlace = first.flags.contains(.city) || first.flags.contains(.eponym)
    if count == 1, words.count > 1, isListed(words[tokens.upperBound - 1]) || isListed(first) {
      return (tokens, 0.75, "a listed name and an initial")
    }
    guard count == 1, !isPlace, !first.flags.isDisjoint(with: [.frequentGiven, .frequentSurname, .nameFirst]) else { return nil }
    return (tokens, 0.65, "a name of the lists")
  }
}
