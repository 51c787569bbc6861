/// Names of persons, from lists, titles, roles, kinship and the way words are written; no neural network.
///
/// Names found with strong evidence are looked for again in the rest of the text, so that one mention does not give away another.
struct PersonDetector: ProseDetector {
  private static let sure = 0.85
  private static let longestNameTokens = 6

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var names: [Name] = []
    var index = 0
    while index < text.tokens.count {
      guard let name = name(at: index, after: names.last, in: text) else {
        index += 1
        continue
      }
      names.append(name)
      index = name.tokens.upperBound
    }
    var known: Set<UInt64> = []
    for name in names where name.confidence >= Self.sure {
      for token in text.tokens[name.tokens] where token.count > 2 && token.flags.isDisjoint(with: [.neverName, .particle, .city, .title]) {
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

  private typealias Name = (tokens: Range<Int>, confidence: Double, reason: String)

  private func name(at index: Int, after previous: Name?, in text: ScannedText) -> Name? {
    let token = text.tokens[index]
    guard token.kind == .word else { return nil }
    if token.count == 1 { return initials(at: index, in: text) }
    let flags = token.flags
    let isCapitalParticle = token.shape == .capitalised && flags.contains(.particle)
    guard !flags.contains(.neverName) || isCapitalParticle || isGivenBeforeSurname(index, in: text) else { return nil }
    // The second word of "South Dakota".
    if flags.isDisjoint(with: [.state]), token.ends.contains(.state) { return nil }
    // In running text most words are small, common and announced by nothing: they are let go first.
    let isAnnounced = index > 0 && !text.tokens[index - 1].ends.isDisjoint(with: Self.announcing)
    if token.shape == .lower, !isAnnounced, flags.isDisjoint(with: [.nameFirst, .frequentGiven, .frequentSurname]),
      index + 2 < text.tokens.count
    {
      return nil
    }
    let evidence = (isAnnounced ? evidence(before: index, in: text) : nil) ?? joined(index, to: previous, in: text)
    if isCapitalParticle, flags.contains(.neverName), evidence == nil { return nil }
    if evidence == nil, let name = unknown(index, in: text) { return name }
    guard isWritten(token, with: evidence) || evidence != nil && isSmallName(index, in: text) else { return nil }
    let last = lastToken(from: index, evidence: evidence, in: text)
    guard text.tokens[index...last].contains(where: { $0.count > 1 }),
      !isEponym(last, in: text) || isSure(evidence, before: index, in: text),
      !isPlaceOrUnit(last, in: text)
    else { return nil }
    if isCapitalParticle, last == index, evidence == nil || !flags.contains(.given) { return nil }
    let tokens = index..<(last + 1)
    if let evidence { return (tokens, 0.92, evidence) }
    if hasCredential(after: last, in: text) { return (tokens, 0.9, "a name before a qualification") }
    return listed(tokens, in: text)
  }

  /// Whether the evidence is such that a disease or a test cannot be meant.
  private func isSure(_ evidence: String?, before index: Int, in text: ScannedText) -> Bool {
    guard let evidence else { return false }
    return evidence.hasSuffix("kinship") || evidence == Self.title || evidence == Self.label
      || text.tokens[index - 1].flags.contains(.credential)
  }

  /// A given name that is also a word never taken for one, before a surname: "Christian Girschner".
  private func isGivenBeforeSurname(_ index: Int, in text: ScannedText) -> Bool {
    let token = text.tokens[index]
    guard token.shape != .lower, token.count > 2, token.flags.contains(.given), index + 1 < text.tokens.count, text.isSpace(after: index)
    else { return false }
    let next = text.tokens[index + 1]
    return next.kind == .word && next.shape == token.shape && next.count > 2 && next.flags.isDisjoint(with: [.common, .neverName, .month])
      && token.flags.isDisjoint(with: [.month, .weekday, .kinship, .role])
  }

  /// A given name in small letters that is also a word, before a surname that is none: "pt holly salazar"; and a surname that is also a
  /// word behind a doctor's title: "dr ball".
  private func isSmallName(_ index: Int, in text: ScannedText) -> Bool {
    let token = text.tokens[index]
    guard token.shape == .lower, token.flags.isDisjoint(with: [.verb, .particle, .neverName, .unit, .role, .kinship]) else { return false }
    if text.tokens[index - 1].flags.contains(.title), token.flags.contains(.frequentSurname) { return true }
    guard token.flags.contains(.frequentGiven), index + 1 < text.tokens.count, text.isSpace(after: index) else { return false }
    let next = text.tokens[index + 1].flags
    return next.contains(.surname) && !next.contains(.common)
  }

  /// One word that no list knows, where only a person can be meant: before what people do, before an age, or as the last word of a text.
  private func unknown(_ index: Int, in text: ScannedText) -> Name? {
    let token = text.tokens[index]
    guard
      token.flags.isDisjoint(with: [.common, .neverName, .eponym, .state, .month, .weekday, .city, .organizationEnd, .organizationStart]),
      token.flags.isDisjoint(with: [.unit, .role, .kinship, .title, .credential, .greeting, .streetEnd, .filler]), token.count > 3
    else { return nil }
    let tokens = index..<(index + 1)
    if index + 1 == text.tokens.count {
      let isOwnSentence = index > 0 && (text.isGap(after: index - 1, ". ") || text.isGap(after: index - 1, "\n"))
      return isOwnSentence && token.shape != .upper && isNoTerm(token, in: text) ? (tokens, 0.6, "the last word of a text") : nil
    }
    guard token.shape == .capitalised, index + 2 < text.tokens.count else { return nil }
    if text.isSpace(after: index), text.tokens[index + 1].flags.contains(.personVerb) {
      return (tokens, 0.7, "a word before what people do")
    }
    let isAge =
      (text.isGap(after: index, ", ") || text.isGap(after: index, " (")) && text.tokens[index + 1].hasDigit
      && text.number(index + 1) ?? 200 < 130 && text.tokens[index + 2].flags.contains(.ageWord) && text.gap(after: index + 1).count == 1
    return isAge ? (tokens, 0.8, "a word before an age") : nil
  }

  /// "R. Delacroix", "J.-P. Ngoyi": initials, then a word in capitals that is no other word.
  private func initials(at index: Int, in text: ScannedText) -> Name? {
    guard text.tokens[index].shape == .capitalised, index + 1 < text.tokens.count,
      !".'/%".utf8.contains(text.byte(text.tokens[index].start - 1)),
      index == 0 || !text.tokens[index - 1].flags.contains(.unit) || !text.isSpace(after: index - 1)
    else { return nil }
    var last = index
    while last < index + 3, text.tokens[last].count == 1, text.tokens[last].shape == .capitalised,
      text.isGap(after: last, ". ") || text.isGap(after: last, ".") || text.isGap(after: last, ".-")
    { last += 1 }
    let name = text.tokens[last]
    guard last > index, name.kind == .word, name.count > 2, name.shape != .lower,
      name.flags.isDisjoint(with: [.neverName, .month, .weekday, .state, .streetEnd, .organizationEnd, .eponymNoun]),
      name.flags.isDisjoint(with: [.common]) || !name.flags.isDisjoint(with: [.frequentSurname, .frequentGiven]),
      text.isGap(after: last - 1, ". "), !isEponym(last, in: text)
    else { return nil }
    let end = lastToken(from: last, evidence: "", in: text)
    return isPlaceOrUnit(end, in: text) ? nil : (index..<(end + 1), 0.8, "initials and a name")
  }

  /// A further name behind "and", where one was found before it.
  private func joined(_ index: Int, to previous: Name?, in text: ScannedText) -> String? {
    guard let previous, previous.tokens.upperBound == index - 1, previous.confidence >= Self.sure, text.tokens[index].shape != .lower,
      Self.joiners.contains(text.tokens[index - 1].hash), text.isSpace(after: index - 2), text.isSpace(after: index - 1),
      !text.tokens[index].flags.contains(.common) || isListed(text.tokens[index])
    else { return nil }
    return "behind a name and a word that joins"
  }

  private static let joiners = Set(["and", "y", "und", "et", "e"].map { WordHash.of($0.utf8) })
  /// What can stand before a name and announce it.
  private static let announcing: WordFlags = [.title, .role, .greeting, .kinship, .nameCue]
  /// Cues that count in the head of a letter only: "From: X", not "from X".
  private static let headCues = Set(["from", "cc", "bcc", "to", "attn", "de", "para"].map { WordHash.of($0.utf8) })
  /// The ends of words of medicine, which no list holds all of.
  private static let medicalEnds = [
    "ic", "al", "ous", "emic", "ive", "oid", "ary", "ile", "ed", "ing", "ly", "osis", "itis", "emia", "uria", "ico", "ica", "oso", "osa",
    "ado", "ada", "mente",
  ]
  .map { Array($0.utf8) }

  /// Whether a word may begin a name: a capital, or in a text of small letters strong evidence or a listed name that is no other word.
  private func isWritten(_ token: Token, with evidence: String?) -> Bool {
    let flags = token.flags
    if token.shape == .lower {
      let isName = flags.contains(.nameFirst) || !flags.contains(.common) && !flags.isDisjoint(with: [.frequentGiven, .frequentSurname])
      return isName && (token.count > 3 || flags.contains(.nameFirst))
        || evidence != nil && token.count > 2
          && flags.isDisjoint(with: [.common, .particle, .verb, .kinship, .role, .unit, .title, .filler, .month, .ageWord, .eponym])
    }
    if flags.contains(.state) || flags.contains(.month) {
      return evidence != nil && evidence != Self.greeting && !flags.isDisjoint(with: [.given, .surname])
    }
    if flags.contains(.title), !flags.contains(.frequentGiven) { return false }
    return !flags.contains(.role) && !flags.contains(.kinship) || evidence != nil && !flags.contains(.common)
  }

  private static let greeting = "behind a greeting"
  private static let title = "behind a title"
  private static let label = "behind a label for persons"

  /// What stands before a name and announces it; nil where nothing does.
  private func evidence(before index: Int, in text: ScannedText) -> String? {
    let (before, token, gap) = (text.tokens[index - 1], text.tokens[index], text.gap(after: index - 1))
    let ends = before.ends
    guard gap.count <= 12, !text.isLineBreak(after: index - 1) || ends.contains(.greeting) else { return nil }
    let hasColon = text.gapContains(after: index - 1, ":")
    let isPlain = text.isSpace(after: index - 1) || text.isGap(after: index - 1, ". ") || text.isGap(after: index - 1, ".")
    if ends.contains(.title), isPlain, isTitle(index - 1, in: text) { return Self.title }
    let isCapital = token.shape != .lower
    let isUncommon = !token.flags.contains(.common) || token.flags.contains(.nameFirst)
    if hasColon, ends.contains(.role) || ends.contains(.kinship) {
      return isCapital || isUncommon && isNoTerm(token, in: text) ? Self.label : nil
    }
    if ends.contains(.greeting), isCapital, gap.count <= 4, hasColon || !Self.headCues.contains(before.hash), isUncommon || isListed(token)
    {
      return Self.greeting
    }
    let isJoined = text.isSpace(after: index - 1) || text.isGap(after: index - 1, ", ") || text.isGap(after: index - 1, " (")
    guard isJoined, !ends.isDisjoint(with: [.kinship, .role]) else { return cue(before: index, in: text) }
    // "Wife Pilar": a word that is also a name counts where it is written with a capital inside a sentence.
    let isInside = isCapital && !text.isGap(after: index - 1, ". ")
    let isName =
      isUncommon || isInside && (!token.flags.isDisjoint(with: [.frequentGiven, .frequentSurname]) || isBeforeName(index, in: text))
    guard isName, isListed(token) || isCapital || isNoTerm(token, in: text) else { return nil }
    return ends.contains(.kinship) ? "behind a word of kinship" : "behind a word for persons"
  }

  /// Whether a word in capitals that is no other word follows.
  private func isBeforeName(_ index: Int, in text: ScannedText) -> Bool {
    guard index + 1 < text.tokens.count, text.isSpace(after: index) else { return false }
    let next = text.tokens[index + 1]
    return next.kind == .word && next.shape != .lower && next.count > 2
      && next.flags.isDisjoint(with: [.common, .neverName, .month, .city])
  }

  /// Words such as "with" and "by" before a name of the lists, and "soy" or "my name is" before any.
  private func cue(before index: Int, in text: ScannedText) -> String? {
    let token = text.tokens[index]
    guard text.isSpace(after: index - 1), text.tokens[index - 1].ends.contains(.nameCue), token.shape != .lower else { return nil }
    guard isListed(token), token.flags.isDisjoint(with: [.month, .weekday, .eponym]),
      token.flags.isDisjoint(with: [.common, .city, .state]) || token.flags.contains(.nameFirst) && !token.flags.contains(.city)
    else { return nil }
    return "behind a word that names follow"
  }

  /// Whether a title is written as one: short ones need a capital.
  private func isTitle(_ index: Int, in text: ScannedText) -> Bool {
    let token = text.tokens[index]
    if token.shape == .upper, token.count > 4 { return false }
    guard token.flags.contains(.title), token.shape == .lower, token.count <= 4 else { return true }
    return ["dr", "dra", "mr", "mrs", "ms", "sr", "sra", "don", "miss"].contains { WordHash.of($0.utf8) == token.hash }
      && !(index > 0 && text.tokens[index - 1].hasDigit)
  }

  /// Whether a small word does not end like a word of medicine.
  private func isNoTerm(_ token: Token, in text: ScannedText) -> Bool {
    let bytes = text.bytes[token.range]
    return token.flags.isDisjoint(with: [.verb, .unit, .neverName])
      && !Self.medicalEnds.contains { bytes.suffix($0.count).elementsEqual($0) }
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
        last == index && (text.isGap(after: last, ", ") || text.isGap(after: last, "/")) && next.flags.contains(.given)
        && (isListed(text.tokens[index]) || text.tokens[index].shape == .upper) && next.shape != .lower
        && next.flags.isDisjoint(with: [.state, .stateCode, .credential])
      if isReversed {
        last += 1
        continue
      }
      let isSurname =
        next.shape == text.tokens[last].shape && next.flags.contains(.frequentSurname) && text.tokens[last].flags.contains(.given)
        && last == index && next.shape != .lower
      guard joins, next.kind == .word, !next.flags.contains(.neverName) || next.flags.contains(.particle) || isInitial || isSurname else {
        break
      }
      if next.flags.contains(.particle), let end = particlesEnd(from: last + 1, in: text) {
        last = end
        continue
      }
      if next.flags.contains(.credential), next.shape == .upper, next.count <= 4 { break }
      let isLowerName =
        next.shape == .lower && text.tokens[index].shape == .lower && next.count > 2
        && (isListed(next) || evidence != nil || text.tokens[index].flags.contains(.nameFirst) && next.count > 3)
        && (!next.flags.contains(.common) || next.flags.contains(.nameFirst)) && isNoTerm(next, in: text)
      let isCapitalName =
        next.shape != .lower
        && (isInitial || isListed(next) || !next.flags.contains(.common)
          || evidence != nil && last == index && isListed(text.tokens[index]) && next.flags.isDisjoint(with: [.verb, .role, .kinship]))
        && (next.flags.isDisjoint(with: [.organizationEnd, .organizationStart, .eponymNoun, .month, .weekday, .streetEnd, .title])
          || isSurname
          || text.isGap(after: last, "-") && next.flags.contains(.weekday))
      guard isLowerName || isCapitalName && text.tokens[index].shape != .lower else { break }
      last += 1
    }
    return last
  }

  /// The name behind particles such as "de la", where one stands there.
  private func particlesEnd(from index: Int, in text: ScannedText) -> Int? {
    for end in (index + 1)..<(index + 4) where end < text.tokens.count && text.isSpace(after: end - 1) {
      let token = text.tokens[end]
      // "al" and "del" join to what follows, which is no name where it is a word for an institution.
      if token.flags.contains(.particle), token.shape == .lower { continue }
      if !token.flags.isDisjoint(with: [.organizationStart, .streetStart, .month]) { return nil }
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
    if next.flags.contains(.credential), next.shape == .lower, text.tokens[last].shape == .lower, next.count <= 3 {
      return text.tokens[last].flags.contains(.given) && !text.tokens[last].flags.contains(.common) && next.hash != WordHash.of("do".utf8)
    }
    if next.flags.contains(.credential), next.shape == .upper { return !text.tokens[last].flags.contains(.common) && next.count > 1 }
    return next.hash == WordHash.of("m".utf8) && text.isGap(after: last + 1, ".") && text.isGap(after: last, ", ")
  }

  /// Names known by the lists alone.
  private func listed(_ tokens: Range<Int>, in text: ScannedText) -> (tokens: Range<Int>, confidence: Double, reason: String)? {
    let words = text.tokens[tokens]
    let (first, count) = (words[tokens.lowerBound], words.count { $0.count > 1 && !$0.flags.contains(.particle) })
    let plain = words.filter { !$0.flags.contains(.common) || $0.flags.contains(.nameFirst) }
    if words.contains(where: { $0.flags.contains(.eponym) }), plain.count < words.count || count < 2 { return nil }
    let given = words.contains {
      $0.flags.contains(.given)
        && (!$0.flags.contains(.common) || $0.flags.contains(.nameFirst) || $0.flags.contains(.frequentGiven))
    }
    if count >= 2, given, words.contains(where: { $0.flags.contains(.surname) }), !plain.isEmpty, !isPlaceName(tokens, in: text) {
      return (tokens, 0.87, "a given name and a surname of the lists")
    }
    if count >= 2, first.flags.contains(.given), !plain.isEmpty, first.shape != .lower {
      return (tokens, 0.75, "a given name of the lists and a word that is none")
    }
    if count == 2 || count == 3, plain.count == words.count, first.shape == .capitalised, isUnknownName(tokens, in: text) {
      return (tokens, 0.6, "words in capitals that are no words of a language")
    }
    guard plain.count == words.count else { return nil }
    let isPlace = first.flags.contains(.city) || first.flags.contains(.eponym)
    if count == 1, words.count > 1, isListed(words[tokens.upperBound - 1]) || isListed(first) {
      return (tokens, 0.75, "a listed name and an initial")
    }
    if count == 1, words.count == 1, first.flags.contains(.given), first.shape == .capitalised, opensLetter(tokens.lowerBound, in: text) {
      return (tokens, 0.75, "a given name that a line begins with, and a comma")
    }
    guard count == 1, words.count == 1, !isPlace, isLikelyAlone(tokens.lowerBound, in: text) else { return nil }
    return (tokens, 0.65, "a name of the lists")
  }

  /// Whether one word that nothing announces is a name: a frequent one, where the sentence uses it as one.
  ///
  /// A sentence may begin with any word, and a surname may be an eponym or a firm: there, a verb or a sign must follow.
  private func isLikelyAlone(_ index: Int, in text: ScannedText) -> Bool {
    let token = text.tokens[index]
    // Joined to a code a listed name is more often another word.
    guard !token.flags.isDisjoint(with: [.frequentGiven, .frequentSurname, .nameFirst]), !text.isGap(after: index, "-") else {
      return false
    }
    if token.shape == .lower {
      return token.flags.contains(.nameFirst) || token.flags.contains(.frequentGiven) && token.count > 4 && isUsed(index, in: text)
    }
    let isStart = index == 0 || text.isBreak(after: index - 1)
    let isGiven = !token.flags.isDisjoint(with: [.frequentGiven]) && !token.flags.contains(.eponym)
    return isGiven && !isStart || isUsed(index, in: text)
  }

  /// Whether what follows is what follows names: a verb, or a sign.
  private func isUsed(_ index: Int, in text: ScannedText) -> Bool {
    guard index + 1 < text.tokens.count, text.isSpace(after: index) else {
      return !text.isGap(after: index, "'") && !text.isGap(after: index, "/")
    }
    let next = text.tokens[index + 1]
    if next.flags.contains(.verb) { return true }
    guard next.shape == .lower, next.kind == .word, next.flags.contains(.common), next.count > 3 else { return false }
    let end = text.bytes[next.range].suffix(2)
    return end.elementsEqual("ed".utf8)
      || end.last == UInt8(ascii: "s") && !end.elementsEqual("ss".utf8) && next.flags.isDisjoint(with: [.eponymNoun, .unit])
  }

  /// Whether a line begins with the word and a comma, and goes on in small letters: "Hamish, can we …".
  private func opensLetter(_ index: Int, in text: ScannedText) -> Bool {
    guard index == 0 || text.isLineBreak(after: index - 1), text.isGap(after: index, ", ") || text.isGap(after: index, ",\n") else {
      return false
    }
    return text.gap(after: index).count == 2 && text.tokens[index + 1].kind == .word
  }

  /// Whether the words are a state or a place of several words.
  private func isPlaceName(_ tokens: Range<Int>, in text: ScannedText) -> Bool {
    guard let last = tokens.last else { return false }
    return text.phrase(at: tokens.lowerBound, having: .state) == last
  }

  /// Two or three words in capitals, none of which any list knows but as a name, with a small word or a sign around them: no heading.
  private func isUnknownName(_ tokens: Range<Int>, in text: ScannedText) -> Bool {
    let words = text.tokens[tokens]
    guard words.allSatisfy({ $0.shape == .capitalised && ($0.count > 2 || $0.flags.contains(.particle)) }) else { return false }
    guard
      words.allSatisfy({
        $0.flags.isDisjoint(with: [.neverName, .eponym, .state, .city, .organizationEnd, .organizationStart, .streetStart, .streetEnd])
      })
    else { return false }
    let next = tokens.upperBound
    if next < text.tokens.count, text.isSpace(after: next - 1), text.tokens[next].hasDigit { return false }
    return words.contains { isListed($0) } || words.contains { isForeign($0, in: text) }
  }

  /// Whether a word has letters beyond ASCII, or an apostrophe.
  private func isForeign(_ token: Token, in text: ScannedText) -> Bool { text.bytes[token.range].contains { $0 >= 0x80 || $0 == 39 } }
}
