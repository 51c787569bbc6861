import Words

/// Reads unannounced names, recognised by the lists, by the words that follow, or because they are
/// not words of a language.
extension NameReader {
  func unannounced(_ index: Int) -> NameMatch? {
    let token = text.tokens[index]
    let flags = token.flags
    let isParticle = flags.contains(.particle) && particlesEnd(from: index) != nil
    guard
      !flags.contains(.neverName) || isParticle && token.shape != .lower
        || isGivenBeforeSurname(index)
    else { return nil }
    if let name = unknown(index) ?? inBed(index) ?? signed(index) { return name }
    guard
      isWritten(token) || isParticle && token.shape != .lower || isTwoWords(index)
        || isGivenBeforeSurname(index)
    else { return nil }
    if flags.contains(.drug)
      || !flags.isDisjoint(with: [.greeting, .personVerb]) && flags.contains(.common)
    {
      return nil
    }
    let last = lastToken(from: index, evidence: nil)
    let tokens = index..<(last + 1)
    guard text.tokens[index...last].contains(where: { $0.count > 1 }), !isPlaceOrUnit(last),
      !isEponym(index...last, nil)
    else {
      return nil
    }
    if isParticle, last == index { return nil }
    if hasCredential(after: last) {
      return NameMatch(tokens: tokens, confidence: 0.9, reason: "a name before a qualification")
    }
    if let reason = isFollowed(tokens) {
      return NameMatch(tokens: tokens, confidence: 0.86, reason: reason)
    }
    return listed(tokens)
  }

  /// Whether a word can begin an unannounced name.
  private func isWritten(_ token: Token) -> Bool {
    let flags = token.flags
    if token.shape == .lower {
      let isName =
        flags.contains(.nameFirst)
        || !flags.contains(.common) && !flags.isDisjoint(with: [.frequentGiven, .frequentSurname])
      return isName && (token.count > 3 || flags.contains(.nameFirst)) && !flags.contains(.drug)
    }
    if !flags.isDisjoint(with: [.state, .month, .weekday, .role, .kinship]) { return false }
    if flags.contains(.title), !flags.contains(.frequentGiven) { return false }
    return !flags.contains(.verb) || !flags.contains(.common)
  }

  /// Whether two capitalised words are both common words, but also a frequent given name and a
  /// frequent surname: "Hope Young".
  func isTwoWords(_ index: Int) -> Bool {
    let token = text.tokens[index]
    guard token.shape == .capitalised, token.flags.contains(.frequentGiven),
      index + 1 < text.tokens.count, text.isGap(after: index, " "),
      token.flags.isDisjoint(with: [.month, .weekday])
    else { return false }
    let next = text.tokens[index + 1]
    return next.shape == .capitalised && next.flags.contains(.frequentSurname)
  }

  // MARK: by the words that follow

  /// Describes the evidence after a name (an age, a birth, a mail address, a speaker's colon); nil
  /// if there is none.
  private func isFollowed(_ tokens: Range<Int>) -> String? {
    let last = tokens.upperBound - 1
    guard last + 1 < text.tokens.count,
      text.tokens[tokens].allSatisfy({ $0.shape != .lower || $0.flags.contains(.particle) })
    else {
      return nil
    }
    let next = text.tokens[last + 1]
    // A listed given name before an age is a name even if it is also a word: "Graça, 24 anos".
    if text.isGap(after: last, ", "), text.tokens[tokens.lowerBound].flags.contains(.given),
      startsField(tokens.lowerBound),
      isAge(last + 1) || isAge(last + 2)
    {
      return "a name before an age"
    }
    guard
      text.tokens[tokens].contains(where: isNameLike)
        || tokens.count > 1 && text.tokens[tokens].allSatisfy(isListed)
    else {
      return nil
    }
    if text.isGap(after: last, ", ") || text.isGap(after: last, " (")
      || text.isGap(after: last, "; ")
    {
      if !next.flags.isDisjoint(with: [.dateCue]), Self.births.contains(next.hash) {
        return "a name before a birth"
      }
      if isAge(last + 1) || isAge(last + 2), tokens.count > 1 { return "a name before an age" }
    }
    if text.isGap(after: last, " "), Self.versus.contains(next.hash), last + 2 < text.tokens.count,
      text.tokens[last + 2].shape != .lower,
      tokens.count == 1 || text.tokens[tokens.lowerBound].flags.contains(.particle)
    {
      return "a party to a case"
    }
    if text.isGap(after: last, " <"),
      text.byte(next.end) == UInt8(ascii: "@") || text.byte(next.end) == UInt8(ascii: ".")
    {
      return "a name before an address of mail"
    }
    return nil
  }

  static let versus = WordSet("v vs versus")

  private static let births = WordSet([
    "dob", "born", "geb", "geboren", "ne", "nee", "nato", "nata", "nacido", "nacida", "nascido",
    "nascida", "nasc", "nac", "n",
  ])

  private func isAge(_ index: Int) -> Bool {
    guard index + 1 < text.tokens.count, text.tokens[index].hasDigit,
      text.number(index) ?? 200 < 130
    else { return false }
    return text.tokens[index + 1].flags.contains(.ageWord) && text.gap(after: index).count == 1
  }

  private func hasCredential(after last: Int) -> Bool {
    guard last + 1 < text.tokens.count, text.isGap(after: last, ", ") || text.isSpace(after: last)
    else { return false }
    let (token, next) = (text.tokens[last], text.tokens[last + 1])
    if next.flags.contains(.credential), next.shape == .lower, token.shape == .lower,
      next.count <= 3
    {
      return token.flags.contains(.given) && !token.flags.contains(.common)
        && next.hash != WordHash.of("do".utf8)
    }
    if next.flags.contains(.credential), next.shape == .upper {
      return (!token.flags.contains(.common) || isListed(token) && text.isGap(after: last, ", "))
        && next.count > 1
    }
    return next.hash == WordHash.of("m".utf8) && text.isGap(after: last + 1, ".")
      && text.isGap(after: last, ", ")
  }

  /// Matches one unlisted word if only a person can be meant: before a person's action, before an
  /// age, or as the last word of a text.
  private func unknown(_ index: Int) -> NameMatch? {
    let token = text.tokens[index]
    guard
      token.flags.isDisjoint(with: [
        .common, .neverName, .eponym, .state, .month, .weekday, .city, .organizationEnd,
        .organizationStart,
      ]),
      token.flags.isDisjoint(with: [
        .unit, .role, .kinship, .title, .credential, .greeting, .streetEnd, .filler, .drug,
      ]), token.count > 3
    else { return nil }
    let tokens = index..<(index + 1)
    if index + 1 == text.tokens.count {
      // "E. coli" is a single term.
      let isOwnSentence =
        index > 0
        && (text.isGap(after: index - 1, ". ") && text.tokens[index - 1].count > 1
          || text.isGap(after: index - 1, "\n"))
      return isOwnSentence && token.shape != .upper && isNoTerm(token)
        ? NameMatch(tokens: tokens, confidence: 0.6, reason: "the last word of a text") : nil
    }
    guard token.shape == .capitalised, index + 2 < text.tokens.count else { return nil }
    if text.isGap(after: index, " "), text.tokens[index + 1].flags.contains(.personVerb),
      text.tokens[index + 1].shape == .lower
    {
      return NameMatch(tokens: tokens, confidence: 0.7, reason: "a word before what people do")
    }
    let isBefore = text.isGap(after: index, ", ") || text.isGap(after: index, " (")
    return isBefore && isAge(index + 1)
      ? NameMatch(tokens: tokens, confidence: 0.8, reason: "a word before an age") : nil
  }

  /// Matches a given name that ends a text, after a comma or alone on its line: "Um beijo de Fafe,
  /// Helena".
  private func signed(_ index: Int) -> NameMatch? {
    let token = text.tokens[index]
    guard index > 5, index + 1 == text.tokens.count, token.shape == .capitalised,
      token.flags.contains(.given), token.count > 2,
      text.isGap(after: index - 1, ", ") || text.isLineBreak(after: index - 1),
      token.flags.isDisjoint(with: [.city, .state, .month, .weekday, .drug, .neverName, .eponym])
    else { return nil }
    return NameMatch(
      tokens: index..<(index + 1), confidence: 0.65, reason: "a given name with which a text ends")
  }

  private static let beds = WordSet(
    "bed room letto camera stanza cama quarto cama habitacion lit chambre bett zimmer kamer bay cubicle"
  )

  /// Matches a capitalised word after the number of a bed: "letto 12 Fontana", "bed 4: Okafor".
  private func inBed(_ index: Int) -> NameMatch? {
    guard index > 1, text.tokens[index - 1].kind == .number,
      Self.beds.contains(text.tokens[index - 2].hash)
    else { return nil }
    let token = text.tokens[index]
    guard
      text.isSpace(after: index - 1) || text.isGap(after: index - 1, ", ")
        || text.isGap(after: index - 1, ": ")
    else { return nil }
    let isParticle = token.flags.contains(.particle) && particlesEnd(from: index) != nil
    guard
      isParticle
        || token.shape == .capitalised && token.count > 2
          && (isListed(token) || !token.flags.contains(.common)),
      token.flags.isDisjoint(with: [
        .drug, .role, .title, .organizationStart, .eponym, .month, .weekday,
      ])
    else { return nil }
    return NameMatch(
      tokens: index..<(lastToken(from: index, evidence: .cue) + 1), confidence: 0.75,
      reason: "a word behind a bed")
  }

  /// Matches initials and a capitalised word that is not an ordinary word: "R. Delacroix", "J.-P.
  /// Ngoyi".
  func initials(at index: Int, _ evidence: NameEvidence?) -> NameMatch? {
    guard text.tokens[index].shape == .capitalised, index + 1 < text.tokens.count,
      !".'/%".utf8.contains(text.byte(text.tokens[index].start - 1)),
      index == 0 || !text.tokens[index - 1].flags.contains(.unit) || !text.isSpace(after: index - 1)
    else { return nil }
    // "M. Dupont" in French: a title.
    let isTitle = isFrenchTitle(index)
    var last = index
    while last < index + 3, text.tokens[last].count == 1, text.tokens[last].shape == .capitalised,
      text.isGap(after: last, ". ") || text.isGap(after: last, ".") || text.isGap(after: last, ".-")
    { last += 1 }
    if isTitle, let name = behindFrenchTitle(index + 1) { return name }
    let name = text.tokens[last]
    if last > index, isParticleStart(last), evidence != nil || name.shape != .lower {
      return NameMatch(
        tokens: index..<(lastToken(from: last, evidence: .cue) + 1), confidence: 0.85,
        reason: "initials and a name")
    }
    guard last > index, name.kind == .word, name.count > 2, name.shape != .lower,
      text.isGap(after: last - 1, ". ")
    else { return nil }
    if evidence?.takesAnyWord != true || name.flags.contains(.neverName) {
      guard
        name.flags.isDisjoint(with: [
          .neverName, .month, .weekday, .state, .streetEnd, .organizationEnd, .eponymNoun, .drug,
        ]),
        name.flags.isDisjoint(with: [.common])
          || !name.flags.isDisjoint(with: [.frequentSurname, .frequentGiven]), !isVerb(name)
      else { return nil }
    }
    let end = lastToken(from: last, evidence: evidence ?? .cue)
    if isPlaceOrUnit(end) || isEponym(last...end, evidence) { return nil }
    return NameMatch(
      tokens: index..<(end + 1), confidence: evidence == nil ? 0.8 : 0.92,
      reason: "initials and a name")
  }

  private func isVerb(_ token: Token) -> Bool {
    token.flags.contains(.common) && !token.flags.isDisjoint(with: [.verb, .personVerb])
  }

  private func isFrenchTitle(_ index: Int) -> Bool {
    let token = text.tokens[index]
    return token.hash == WordHash.of("m".utf8) && token.languages & Language.french.bit != 0
      && token.languages & Language.english.bit == 0 && text.isGap(after: index, ". ")
  }

  private func behindFrenchTitle(_ index: Int) -> NameMatch? {
    let token = text.tokens[index]
    guard token.kind == .word, token.shape != .lower, token.count > 1,
      !token.flags.contains(.addressee)
    else { return nil }
    let last = lastToken(from: index, evidence: .title)
    return NameMatch(
      tokens: index..<(last + 1), confidence: 0.92, reason: NameEvidence.title.rawValue)
  }

  // MARK: by the lists

  private func listed(_ tokens: Range<Int>) -> NameMatch? {
    let words = text.tokens[tokens]
    let (first, count) = (
      words[tokens.lowerBound], words.count { $0.count > 1 && !$0.flags.contains(.particle) }
    )
    // An initial is also a word in some language, but is still an initial.
    let plain = words.filter {
      $0.count == 1 || !$0.flags.contains(.common) || $0.flags.contains(.nameFirst)
    }
    let isNamed =
      first.flags.contains(.frequentGiven)
      && words[tokens.upperBound - 1].flags.contains(.frequentSurname)
    if words.contains(where: { $0.flags.contains(.eponym) }),
      plain.count < words.count && !isNamed || count < 2
    {
      return nil
    }
    if count >= 2, text.isGap(after: tokens.lowerBound, ", "),
      words.contains(where: { $0.flags.contains(.given) })
    {
      return NameMatch(
        tokens: tokens, confidence: 0.8, reason: "a word before a comma and a given name")
    }
    if count >= 2, let name = listedTogether(tokens, plain: plain.count) { return name }
    if count >= 2, first.flags.contains(.given), !plain.isEmpty, first.shape != .lower,
      isUsable(first)
    {
      return NameMatch(
        tokens: tokens, confidence: 0.75,
        reason: "a given name of the lists and a word that is none")
    }
    if (2...4).contains(count), plain.count == words.count, first.shape == .capitalised,
      isUnknownName(tokens)
    {
      return NameMatch(
        tokens: tokens, confidence: 0.6, reason: "words in capitals that are no words of a language"
      )
    }
    guard plain.count == words.count else { return nil }
    if count == 1, words.count > 1, isListed(words[tokens.upperBound - 1]) || isListed(first) {
      return NameMatch(tokens: tokens, confidence: 0.75, reason: "a listed name and an initial")
    }
    guard count == 1, words.count == 1 else { return nil }
    if first.flags.contains(.given), first.shape == .capitalised, opensLetter(tokens.lowerBound) {
      return NameMatch(
        tokens: tokens, confidence: 0.75,
        reason: "a given name that a line begins with, and a comma")
    }
    let isPlace = first.flags.contains(.city) || first.flags.contains(.eponym)
    guard !isPlace, isLikelyAlone(tokens.lowerBound) else { return nil }
    return NameMatch(tokens: tokens, confidence: 0.65, reason: "a name of the lists")
  }

  /// Matches a listed given name and a listed surname.
  private func listedTogether(_ tokens: Range<Int>, plain: Int) -> NameMatch? {
    let words = text.tokens[tokens]
    let given = words.contains {
      $0.flags.contains(.given)
        && (!$0.flags.contains(.common)
          || !$0.flags.isDisjoint(with: [.nameFirst, .frequentGiven]))
    }
    let isPair = isGivenBeforeSurname(tokens.lowerBound)
    guard given || isPair, words.contains(where: { $0.flags.contains(.surname) }),
      !isPlaceName(tokens)
    else { return nil }
    guard plain > 0 || isPair || isTwoWords(tokens.lowerBound) && isUsedAsTwo(tokens) else {
      return nil
    }
    return NameMatch(
      tokens: tokens, confidence: plain > 0 ? 0.87 : 0.7,
      reason: "a given name and a surname of the lists")
  }

  /// Whether two common words are used as a name: inside a sentence, or before a person's action.
  private func isUsedAsTwo(_ tokens: Range<Int>) -> Bool {
    let (first, last) = (tokens.lowerBound, tokens.upperBound - 1)
    guard tokens.count == 2, text.tokens[first].languages & Language.german.bit == 0 else {
      return false
    }
    if last + 1 < text.tokens.count, text.isGap(after: last, " "),
      text.tokens[last + 1].shape != .lower
    {
      return false
    }
    if isUsed(last) && last + 1 < text.tokens.count && text.isGap(after: last, " ") { return true }
    return first > 0 && !text.isBreak(after: first - 1) && text.tokens[first - 1].shape == .lower
  }

  /// Whether a given name that begins a sentence is not another word of the text's language.
  private func isUsable(_ token: Token) -> Bool {
    !token.flags.contains(.common) || token.flags.contains(.nameFirst)
  }

  /// Whether a single unannounced word is a name: a frequent one that the sentence uses as a name.
  ///
  /// Any word can begin a sentence, and a surname can be an eponym or a firm; in these cases a verb
  /// or a sign must follow.
  private func isLikelyAlone(_ index: Int) -> Bool {
    let token = text.tokens[index]
    // A listed name joined to a code is more often another word.
    guard isListed(token), !text.isGap(after: index, "-") else { return false }
    if token.shape == .lower {
      if token.flags.contains(.nameFirst) { return true }
      guard token.flags.contains(.given), token.count > 3 else { return false }
      let isSaid =
        index > 0 && text.tokens[index - 1].flags.contains(.personVerb)
        && text.isGap(after: index - 1, " ")
      return isSaid || token.count > 4 && isUsedSmall(index)
    }
    let isStart = index == 0 || text.isBreak(after: index - 1)
    let isGiven = token.flags.contains(.frequentGiven) && !token.flags.contains(.eponym)
    if isGiven, !isStart { return true }
    if isInSentence(index) { return true }
    if token.flags.contains(.given), token.count > 3, token.shape == .capitalised, index > 0,
      text.gapContains(after: index - 1, ":")
    {
      return true
    }
    // "Concepción at the desk was lovely": not a word of the language, and the sentence continues
    // in lower case.
    if isStart, token.flags.contains(.given), token.count > 3, token.shape == .capitalised,
      token.flags.isDisjoint(with: opensSentence(index) ? .drug : [.surname, .drug]),
      index + 1 < text.tokens.count, text.isGap(after: index, " "),
      text.tokens[index + 1].shape == .lower,
      text.tokens[index + 1].flags.contains(.common)
    {
      return true
    }
    let isFrequent = !token.flags.isDisjoint(with: [.frequentGiven, .frequentSurname, .nameFirst])
    return
      (isFrequent || token.flags.contains(.given) && token.count > 3 && token.shape == .capitalised)
      && isUsed(index)
  }

  private static let beginnings = WordSet(
    "from and who has had is was will says said did can came went just also never already")

  /// Whether a sentence continues as it does after a person's name: "Suresh from Mysuru joins us".
  private func opensSentence(_ index: Int) -> Bool {
    index + 1 < text.tokens.count && Self.beginnings.contains(text.tokens[index + 1].hash)
      && text.tokens[index].flags.isDisjoint(with: [.common, .city, .eponym])
  }

  /// Whether a word between lower-case words is a given name that is not in the text's language:
  /// "is Clive coming".
  private func isInSentence(_ index: Int) -> Bool {
    let token = text.tokens[index]
    guard token.flags.contains(.given), token.count > 3, token.shape == .capitalised, index > 0,
      text.isSpace(after: index - 1),
      token.flags.isDisjoint(with: [.common, .city, .eponym, .drug, .neverName, .state]),
      token.languages & Language.german.bit == 0
    else { return false }
    let before = text.tokens[index - 1]
    return before.shape == .lower && before.kind == .word
      && !before.ends.contains(.placePreposition)
      && (index + 1 >= text.tokens.count || text.tokens[index + 1].shape == .lower
        || !text.isSpace(after: index))
  }

  /// Whether a lower-case given name is used as a name: before a verb, or joined to another
  /// person's action.
  private func isUsedSmall(_ index: Int) -> Bool {
    if text.tokens[index].flags.contains(.frequentGiven), isUsed(index) { return true }
    guard index + 1 < text.tokens.count, text.isGap(after: index, " ") else { return false }
    let next = text.tokens[index + 1]
    return Self.followers.contains(next.hash)
      || !next.flags.isDisjoint(with: [.verb, .personVerb]) && next.count > 2
  }

  private static let followers = WordSet(["just", "and", "also", "never", "already"])

  /// Whether a verb or a sign follows, as after a name.
  private func isUsed(_ index: Int) -> Bool {
    guard index + 1 < text.tokens.count, text.isSpace(after: index) else {
      return !text.isGap(after: index, "'") && !text.isGap(after: index, "/")
    }
    let next = text.tokens[index + 1]
    if !next.flags.isDisjoint(with: [.verb, .personVerb]), next.shape == .lower { return true }
    guard next.shape == .lower, next.kind == .word, next.flags.contains(.common), next.count > 3
    else { return false }
    let end = text.bytes[next.range].suffix(2)
    return end.elementsEqual("ed".utf8)
      || end.last == UInt8(ascii: "s") && !end.elementsEqual("ss".utf8)
        && next.flags.isDisjoint(with: [.eponymNoun, .unit])
  }

  /// Whether the word and a comma begin a line that continues in lower case: "Hamish, can we …".
  private func opensLetter(_ index: Int) -> Bool {
    guard index == 0 || text.isLineBreak(after: index - 1),
      text.isGap(after: index, ", ") || text.isGap(after: index, ",\n")
    else {
      return false
    }
    return text.gap(after: index).count == 2 && text.tokens[index + 1].kind == .word
  }

  /// Whether the words are a state or a place of several words.
  private func isPlaceName(_ tokens: Range<Int>) -> Bool {
    guard let last = tokens.last else { return false }
    return text.phrase(at: tokens.lowerBound, having: .state) == last
      || text.phrase(at: tokens.lowerBound, having: .city) == last
  }

  /// Whether two or three capitalised words are in no list except as names, with a lower-case word
  /// or a sign around them, which excludes headings.
  private func isUnknownName(_ tokens: Range<Int>) -> Bool {
    let words = text.tokens[tokens]
    let blocked: WordFlags = [
      .neverName, .eponym, .state, .city, .organizationEnd, .organizationStart, .streetStart,
      .streetEnd, .drug, .weekday, .month,
    ]
    guard
      words.allSatisfy({
        ($0.shape == .capitalised || $0.flags.contains(.particle))
          && ($0.count > 2 || $0.flags.contains(.particle))
          && $0.flags.isDisjoint(
            with: blocked.subtracting($0.flags.contains(.particle) ? .neverName : []))
      })
    else { return false }
    let next = tokens.upperBound
    if next < text.tokens.count, text.isSpace(after: next - 1), text.tokens[next].hasDigit {
      return false
    }
    return words.contains { isListed($0) } || words.contains { isForeign($0) }
  }

  /// Whether a word has letters beyond ASCII, or an apostrophe.
  private func isForeign(_ token: Token) -> Bool {
    text.bytes[token.range].contains { $0 >= 0x80 || $0 == 39 }
  }
}
