import Words

/// Reads names, starting at a token.
struct NameReader {
  let text: ScannedText

  /// The words that can precede a name and announce it.
  private static let announcing: WordFlags = [.title, .role, .greeting, .kinship, .nameCue]

  func name(at index: Int, after previous: NameMatch?) -> NameMatch? {
    let token = text.tokens[index]
    guard token.kind == .word else { return nil }
    let isAnnounced =
      index > 0
      && (!text.tokens[index - 1].ends.isDisjoint(with: Self.announcing)
        || Self.versus.contains(text.tokens[index - 1].hash))
    // Most words in running text are lower-case, common and unannounced, so they are skipped first.
    if token.shape == .lower, !isAnnounced,
      token.flags.isDisjoint(with: [.given, .frequentSurname, .particle]),
      index + 2 < text.tokens.count
    {
      return nil
    }
    if token.count == 1, !isParticleStart(index) {
      return initials(at: index, isAnnounced ? evidence(before: index) : nil)
    }
    // The second word of "South Dakota".
    if token.flags.isDisjoint(with: [.state]), token.ends.contains(.state) { return nil }
    let evidence =
      (isAnnounced || startsLine(index) ? evidence(before: index) : nil)
      ?? joined(index, to: previous)
    if let evidence, let name = announced(index, evidence) { return name }
    return unannounced(index)
  }

  // MARK: announced

  private func announced(_ index: Int, _ evidence: NameEvidence) -> NameMatch? {
    let first = skipPreposition(from: skipTitles(from: index, evidence), evidence)
    guard text.tokens.indices.contains(first), mayBegin(first, with: evidence) else { return nil }
    let last = lastToken(from: first, evidence: evidence)
    guard text.tokens[first...last].contains(where: { $0.count > 1 }),
      !isPlaceOrUnit(last, evidence)
    else { return nil }
    if isEponym(first...last, evidence) { return nil }
    if evidence != .title, last == first, text.tokens[first].flags.contains(.state) { return nil }
    return NameMatch(tokens: first..<(last + 1), confidence: 0.92, reason: evidence.rawValue)
  }

  /// Skips titles: after "Prof. Dr. med." the name begins later and excludes them.
  private func skipTitles(from index: Int, _ evidence: NameEvidence) -> Int {
    var first = index
    while first < index + 4, first < text.tokens.count, text.tokens[first].flags.contains(.title),
      text.tokens[first].flags.isDisjoint(with: [.frequentGiven, .frequentSurname])
        || text.byte(text.tokens[first].end) == UInt8(ascii: "."),
      text.isGap(after: first, " ") || text.isGap(after: first, ".")
        || text.isGap(after: first, ". ") && text.tokens[first].count <= 4,
      isCapital(first + 1)
    {
      first += 1
    }
    return first
  }

  private static let prepositions = WordSet("da do di de del della dello d von van of")

  /// Skips the word between a word of kinship and a given name: "filha da Piedade", "la figlia di
  /// Rocco".
  private func skipPreposition(from index: Int, _ evidence: NameEvidence) -> Int {
    guard evidence == .kinship, text.tokens.indices.contains(index + 1) else { return index }
    let (token, next) = (text.tokens[index], text.tokens[index + 1])
    let isPreposition =
      token.shape == .lower && Self.prepositions.contains(token.hash) && text.isSpace(after: index)
    return isPreposition && next.shape != .lower && next.flags.contains(.given) ? index + 1 : index
  }

  private func isCapital(_ index: Int) -> Bool {
    text.tokens.indices.contains(index) && text.tokens[index].shape != .lower
  }

  /// Whether a word can begin an announced name.
  private func mayBegin(_ index: Int, with evidence: NameEvidence) -> Bool {
    let token = text.tokens[index]
    let flags = token.flags
    guard token.kind == .word, token.count > 1 || token.shape == .capitalised else { return false }
    if flags.contains(.addressee),
      flags.isDisjoint(with: [.frequentSurname, .frequentGiven])
        || text.tokens[index].shape == .lower
    {
      return false
    }
    if flags.contains(.particle), particlesEnd(from: index) != nil {
      return token.shape != .lower || evidence != .cue
    }
    if token.shape == .lower { return isSmallName(index, evidence) }
    if flags.contains(.drug), !evidence.isSure { return false }
    if evidence.takesAnyWord {
      // "Mr. Day" and "Dr. Head": any capitalised word after a title is a name unless it names a
      // thing.
      if !flags.isDisjoint(with: [.weekday, .kinship, .greeting]),
        flags.isDisjoint(with: [.given, .surname])
      {
        return false
      }
      let isBlocked = !flags.isDisjoint(with: [
        .neverName, .role, .organizationStart, .organizationEnd, .month, .state,
      ])
      return !isBlocked || evidence == .title && takesBlocked(index) || isGivenBeforeSurname(index)
        || isField(index)
    }
    let isName = isNameLike(token) || isGivenBeforeSurname(index)
    if flags.contains(.neverName) || flags.contains(.title) && !flags.contains(.frequentGiven) {
      return isGivenBeforeSurname(index)
    }
    if flags.contains(.state) || flags.contains(.month) {
      return evidence != .greeting && !flags.isDisjoint(with: [.given, .surname])
    }
    if !flags.isDisjoint(with: [.role, .kinship, .organizationStart, .streetStart]) {
      return isName && !flags.contains(.common) || isGivenBeforeSurname(index)
    }
    return isName || !flags.contains(.common)
      || isInside(index) && (isListedStrongly(token) || isBeforeName(index) || isField(index))
  }

  /// Whether a listed name stands alone before the end of a line, a sentence or a part: "Surname:
  /// Das", "medico Testa".
  private func isField(_ index: Int) -> Bool {
    guard isListed(text.tokens[index]) else { return false }
    return index + 1 >= text.tokens.count || text.isBreak(after: index)
      || text.gapContains(after: index, ",")
      || text.gapContains(after: index, ")") || text.gapContains(after: index, ".")
  }

  /// Whether a word that is otherwise never a name is one after a title: capitalised, in a text of
  /// both cases, and not a heading.
  private func takesBlocked(_ index: Int) -> Bool {
    let (title, token) = (text.tokens[index - 1], text.tokens[index])
    guard title.flags.contains(.sureTitle), title.shape != .upper, token.shape == .capitalised
    else { return false }
    // German capitalises every noun.
    return token.languages & Language.german.bit == 0 || !token.flags.isDisjoint(with: [.surname])
  }

  /// Whether a lower-case word is a name: a given name that is also a word, before a surname that
  /// is not ("pt holly salazar"); a surname that is also a word, after a doctor's title ("dr
  /// ball"); or a name that is not a word.
  private func isSmallName(_ index: Int, _ evidence: NameEvidence) -> Bool {
    let token = text.tokens[index]
    let flags = token.flags
    guard token.count > 2,
      flags.isDisjoint(with: [
        .verb, .particle, .neverName, .unit, .role, .kinship, .title, .filler, .month,
      ]),
      flags.isDisjoint(with: [.ageWord, .eponym, .drug, .greeting, .personVerb, .weekday])
    else { return false }
    if evidence == .title { return !flags.contains(.common) || flags.contains(.frequentSurname) }
    if flags.contains(.nameFirst) || !flags.contains(.common) && flags.contains(.given) {
      return true
    }
    if flags.contains(.frequentGiven), index + 1 < text.tokens.count, text.isGap(after: index, " ")
    {
      let next = text.tokens[index + 1].flags
      return next.contains(.surname) && !next.contains(.common)
    }
    return !flags.contains(.common) && evidence != .cue && isNoTerm(token)
      && (isListed(token) || evidence != .greeting)
  }

  // MARK: word tests

  func isListed(_ token: Token) -> Bool { !token.flags.isDisjoint(with: [.given, .surname]) }

  /// Whether the lists know a word as a name and the text's language has no such word.
  func isNameLike(_ token: Token) -> Bool {
    isListed(token) && (!token.flags.contains(.common) || token.flags.contains(.nameFirst))
      && !token.flags.contains(.neverName)
  }

  private func isListedStrongly(_ token: Token) -> Bool {
    !token.flags.isDisjoint(with: [.given, .frequentSurname])
  }

  /// Whether a word is capitalised inside a sentence, in a language that does not capitalise its
  /// nouns.
  private func isInside(_ index: Int) -> Bool {
    text.tokens[index].shape != .lower
      && !(index > 0 && (text.isGap(after: index - 1, ". ") || text.isLineBreak(after: index - 1)))
  }

  /// Whether a capitalised word follows that is not an ordinary word.
  private func isBeforeName(_ index: Int) -> Bool {
    guard index + 1 < text.tokens.count, text.isGap(after: index, " ") else { return false }
    let next = text.tokens[index + 1]
    return next.kind == .word && next.shape != .lower && next.count > 2
      && next.flags.isDisjoint(with: [.common, .neverName, .month, .city, .drug])
  }

  /// Whether a given name that is also a word never taken for a name precedes a surname: "Christian
  /// Girschner".
  func isGivenBeforeSurname(_ index: Int) -> Bool {
    let token = text.tokens[index]
    guard token.shape != .lower, token.count > 2, token.flags.contains(.given),
      index + 1 < text.tokens.count, text.isGap(after: index, " ")
    else { return false }
    let next = text.tokens[index + 1]
    if token.languages & (Language.german.bit | Language.english.bit) == 0, isRomancePair(index) {
      return true
    }
    return next.kind == .word && next.shape == token.shape && next.count > 2
      && next.flags.isDisjoint(with: [.common, .neverName, .month])
      && token.flags.isDisjoint(with: [.month, .weekday, .kinship, .role])
  }

  /// Whether a given name and a surname form a name though both are words, in languages that
  /// capitalise only names: "Felice Ben Salem", "Rosa de Sá".
  private func isRomancePair(_ index: Int) -> Bool {
    let (token, next) = (text.tokens[index], text.tokens[index + 1])
    guard
      token.flags.isDisjoint(with: [.month, .weekday, .organizationStart, .streetStart, .title])
    else { return false }
    if next.flags.contains(.particle), let end = particlesEnd(from: index + 1) {
      return text.tokens[end].flags.contains(.surname)
        && text.phrase(at: index, having: .city) != end
    }
    return next.kind == .word && next.shape == token.shape && next.count > 2
      && next.flags.contains(.surname)
      && next.flags.isDisjoint(with: [
        .neverName, .month, .organizationStart, .streetStart, .eponymNoun, .drug,
      ])
      && text.phrase(at: index, having: .city) != index + 1
  }

  /// The endings of medical terms, which no list holds completely.
  private static let medicalEnds = [
    "ic", "al", "ous", "emic", "ive", "oid", "ary", "ile", "ed", "ing", "ly", "osis", "itis",
    "emia", "uria", "ico", "ica", "oso", "osa",
    "ado", "ada", "mente", "ato", "ata",
  ]
  .map { Array($0.utf8) }

  /// Whether a lower-case word does not end like a medical term.
  func isNoTerm(_ token: Token) -> Bool {
    let bytes = text.bytes[token.range]
    return token.flags.isDisjoint(with: [.verb, .unit, .neverName, .drug])
      && !Self.medicalEnds.contains { bytes.suffix($0.count).elementsEqual($0) }
  }

  /// Whether a word found in a name elsewhere is that name again.
  func isMention(_ index: Int) -> Bool {
    let token = text.tokens[index]
    guard token.shape != .lower || !token.flags.contains(.common) else { return false }
    if token.flags.contains(.common), !isListed(token) || !isInside(index) || index == 0 {
      return false
    }
    return !isEponym(index...index, nil)
  }
}
