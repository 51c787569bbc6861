import Words

/// Finds the end of a name and the evidence against it.
extension NameReader {
  private static let longestNameTokens = 6

  /// Returns the end of a name: words written like its first, initials, particles, hyphens, and
  /// "Last, First".
  func lastToken(from index: Int, evidence: NameEvidence?) -> Int {
    var last = index
    if text.tokens[index].flags.contains(.particle), let end = particlesEnd(from: index) {
      last = end
    }
    while last + 1 < text.tokens.count, last + 1 - index < Self.longestNameTokens {
      guard let next = nextWord(behind: last, from: index, evidence) else { break }
      last = next
    }
    return last
  }

  private func nextWord(behind last: Int, from index: Int, _ evidence: NameEvidence?) -> Int? {
    let (token, next) = (text.tokens[last], text.tokens[last + 1])
    if isReversed(last, from: index, evidence) { return last + 1 }
    guard next.kind == .word, joinsName(last) else { return nil }
    if let end = doubleSurname(behind: last, from: index, evidence) { return end }
    let isInitial = next.count == 1 && next.shape == .capitalised
    let isHyphenated = text.isGap(after: last, "-")
    if isElided(last), next.count > 2, next.shape != .lower { return last + 1 }
    if next.flags.contains(.particle),
      next.count > 1 || isElided(last + 1) || isElidedBefore(last + 1),
      let end = particlesEnd(from: last + 1)
    {
      return joinsByParticle(last, from: index, end, evidence) ? end : nil
    }
    if next.flags.contains(.credential), next.shape == .upper, next.count <= 4 { return nil }
    if next.shape == .lower { return isSmallNext(last + 1, from: index, evidence) ? last + 1 : nil }
    guard text.tokens[index].shape != .lower else { return nil }
    // "Renée Thibodeaux ITIN": capitals after a name are another word unless they are a surname.
    if next.shape == .upper, next.count > 1, token.shape == .capitalised, token.count > 1,
      !isListed(next), !isHyphenated
    {
      return nil
    }
    let isSurname =
      next.flags.contains(.frequentSurname) && token.flags.contains(.given) && last == index
    let isNamed = evidence != nil || isNameLike(token)
    let isName = isSurname || next.flags.contains(.surname) && endsName(last + 1)
    if next.flags.contains(.neverName), !isInitial, !(isNamed && isName) { return nil }
    let blocked: WordFlags = [
      .organizationEnd, .organizationStart, .eponymNoun, .month, .weekday, .streetEnd, .title,
      .drug,
    ]
    let isFree =
      next.flags.isDisjoint(with: blocked) || isSurname
      || isHyphenated && !next.flags.isDisjoint(with: [.weekday, .month])
      || evidence == .title && last == index && token.flags.contains(.given)
        && next.flags.contains(.surname)
    guard isFree else { return nil }
    if isInitial || isNameLike(next) || !next.flags.contains(.common) || isHyphenated {
      return last + 1
    }
    return takesCommon(next, behind: last, from: index, evidence) ? last + 1 : nil
  }

  /// Matches a Portuguese surname of two joined by "e": "Rui Sampaio e Melo". A given name after it
  /// is another person's.
  private func doubleSurname(behind last: Int, from index: Int, _ evidence: NameEvidence?) -> Int? {
    guard text.tokens[last + 1].hash == Self.and,
      text.tokens[last].languages & Language.portuguese.bit != 0, last + 2 < text.tokens.count,
      text.isGap(after: last, " "), text.isGap(after: last + 1, " "),
      last > index || evidence == .title
    else { return nil }
    let (name, other) = (text.tokens[last], text.tokens[last + 2])
    return name.flags.contains(.surname) && other.flags.contains(.surname)
      && !other.flags.contains(.frequentGiven)
      && other.shape == name.shape ? last + 2 : nil
  }

  private static let and = WordHash.of("e".utf8)

  /// Whether a word that is also a common word continues a name: "Mr Bill Street", "Hope Young".
  private func takesCommon(
    _ next: Token, behind last: Int, from index: Int, _ evidence: NameEvidence?
  ) -> Bool {
    let token = text.tokens[last]
    guard next.flags.isDisjoint(with: [.verb, .role, .kinship]) else { return false }
    // "Cabello Luna", "Remedios Rey": the second surname in Spain and Portugal.
    if evidence != nil, evidence != .cue, next.flags.contains(.surname),
      token.flags.contains(.surname), next.shape == token.shape,
      token.languages & (Language.spanish.bit | Language.portuguese.bit) != 0
    {
      return true
    }
    // "Rossi, Maria Grazia"
    if next.flags.contains(.given), token.flags.contains(.frequentGiven), next.shape == token.shape,
      endsName(last + 1)
    {
      return true
    }
    if next.flags.contains(.surname), token.flags.contains(.given),
      next.shape == token.shape || next.shape == .upper
    {
      // In German and at the start of a sentence, any word can be capitalised.
      return evidence != nil || isNameLike(token)
        || token.languages & Language.german.bit == 0 && next.flags.contains(.frequentSurname)
    }
    return evidence != nil && last == index && isListed(text.tokens[index]) && evidence != .cue
  }

  /// Whether a line, a sentence or a part ends after a word.
  private func endsName(_ index: Int) -> Bool {
    index + 1 >= text.tokens.count || !text.isSpace(after: index)
      || text.tokens[index + 1].shape == .lower
  }

  private func isSmallNext(_ index: Int, from first: Int, _ evidence: NameEvidence?) -> Bool {
    let (token, start) = (text.tokens[index], text.tokens[first])
    return start.shape == .lower && token.count > 2
      && (isListed(token) || evidence != nil || start.flags.contains(.nameFirst) && token.count > 3)
      && (!token.flags.contains(.common) || token.flags.contains(.nameFirst)) && isNoTerm(token)
      && token.flags.isDisjoint(with: [.neverName, .city, .month, .weekday])
  }

  /// Whether a gap can join two words of one name: a space, a hyphen, the full stop of an initial,
  /// the apostrophe of a particle.
  private func joinsName(_ index: Int) -> Bool {
    if text.isGap(after: index, " ") || text.isGap(after: index, "-") || isElided(index) {
      return true
    }
    if text.isGap(after: index, " '") {
      return text.tokens[index + 1].flags.contains(.particle) && isElidedBefore(index + 1)
    }
    return text.tokens[index].count == 1
      && (text.isGap(after: index, ". ") || text.isGap(after: index, ".")
        || text.isGap(after: index, ".-"))
  }

  /// Whether a particle precedes an apostrophe: "D'Ambrosio", "dell'Acqua", "'t Hart".
  func isElided(_ index: Int) -> Bool {
    text.tokens.indices.contains(index) && text.tokens[index].flags.contains(.particle)
      && text.isGap(after: index, "'")
  }

  /// Whether an apostrophe precedes a particle of one letter: "Hendrik 't Hart".
  private func isElidedBefore(_ index: Int) -> Bool {
    text.tokens[index].count == 1 && text.byte(text.tokens[index].start - 1) == UInt8(ascii: "'")
  }

  /// Whether a surname precedes a comma and a given name: "KELLER, Maria", "Haverford, Johanna R.".
  private func isReversed(_ last: Int, from index: Int, _ evidence: NameEvidence?) -> Bool {
    guard last + 1 < text.tokens.count,
      text.isGap(after: last, ", ") || text.isGap(after: last, "/") || text.isGap(after: last, ","),
      !text.tokens[index...last].contains(where: { $0.count == 1 })
    else { return false }
    let (first, next) = (text.tokens[index], text.tokens[last + 1])
    guard next.kind == .word, next.shape != .lower, next.count > 1,
      next.flags.isDisjoint(with: [.state, .credential, .neverName, .drug]),
      !next.flags.contains(.stateCode) || next.count > 2,
      first.flags.isDisjoint(with: [.greeting, .drug])
    else { return false }
    let isGiven =
      next.flags.contains(.given) && (!next.flags.contains(.common) || next.shape == first.shape)
    if evidence == .label {
      // After "Name:", the overall form decides: capitals before and after the comma, and an end.
      return isGiven
        || first.shape == .upper && next.shape == .upper && !next.flags.contains(.common)
        || first.shape == .upper && next.shape == .capitalised && !next.flags.contains(.common)
        || !next.flags.contains(.common) && isEnd(behind: last + 1)
    }
    guard isGiven, !next.flags.contains(.city) || isListed(first) else { return false }
    if isListed(first) || first.shape == .upper {
      return last == index || first.shape == next.shape || first.shape == .upper
    }
    return startsField(index) && !next.flags.contains(.common)
  }

  /// Whether a line or cell ends, or a longer gap follows, after a name and at most an initial.
  private func isEnd(behind index: Int) -> Bool {
    var last = index
    if last + 1 < text.tokens.count, text.tokens[last + 1].count == 1, text.isGap(after: last, " ")
    {
      last += 1
    }
    guard last + 1 < text.tokens.count else { return true }
    let gap = text.gap(after: last)
    return gap.count > 1 && !text.isGap(after: last, ". ") && !text.isGap(after: last, ", ")
      || text.gapContains(after: last, ";") || text.gapContains(after: last, "|")
  }

  /// Whether a line, a cell or a sentence begins at a token.
  func startsField(_ index: Int) -> Bool {
    guard index > 0 else { return true }
    return text.isBreak(after: index - 1) || text.gapContains(after: index - 1, "|")
      || text.gap(after: index - 1).count > 2
      || text.isGap(after: index - 1, " - ")
  }

  /// Whether a particle joins a name; a lone lower-case "de" can join a place: "Dr Rousseau de
  /// Auray".
  private func joinsByParticle(_ last: Int, from index: Int, _ end: Int, _ evidence: NameEvidence?)
    -> Bool
  {
    let (name, first) = (text.tokens[end], text.tokens[index])
    if end == last + 2, text.tokens[last + 1].shape == .lower,
      text.phrase(at: end, having: .city) != nil,
      name.flags.isDisjoint(with: [.surname]) || !first.flags.contains(.given)
    {
      return false
    }
    // A common word before "de" is not a name: "Vacuna de Íñigo Vega".
    return evidence != nil || !first.flags.contains(.common) || first.flags.contains(.nameFirst)
  }

  /// Whether particles and a name begin at a token: "van den Berg", "D'Hautefeuille".
  func isParticleStart(_ index: Int) -> Bool {
    text.tokens[index].flags.contains(.particle) && particlesEnd(from: index) != nil
  }

  /// Returns the name after particles such as "de la", if any.
  func particlesEnd(from index: Int) -> Int? {
    for end in (index + 1)..<(index + 5) where end < text.tokens.count {
      guard
        text.isGap(after: end - 1, " ") || text.isGap(after: end - 1, "'")
          || text.isGap(after: end - 1, " '")
      else { return nil }
      let token = text.tokens[end]
      if token.flags.contains(.particle),
        token.shape == .lower || token.count <= 3 && token.shape == .capitalised && end < index + 3,
        particleGoesOn(end)
      {
        continue
      }
      if !token.flags.isDisjoint(with: [.organizationStart, .streetStart, .month]),
        !text.isGap(after: end - 1, "'")
      {
        return nil
      }
      let isName =
        token.kind == .word && token.shape != .lower && token.count > 1
        && (!token.flags.contains(.neverName)
          || token.flags.contains(.surname)
            && (text.tokens[index].shape != .lower
              || token.languages & Language.portuguese.bit != 0))
      return isName && !token.flags.contains(.state) ? end : nil
    }
    return nil
  }

  private func particleGoesOn(_ index: Int) -> Bool {
    index + 1 < text.tokens.count && text.tokens[index + 1].kind == .word
      && (text.isGap(after: index, " ") || text.isGap(after: index, "'")
        || text.isGap(after: index, " '"))
  }

  // MARK: evidence against a name

  /// Whether words name a disease, a test or a tool rather than a person.
  func isEponym(_ tokens: ClosedRange<Int>, _ evidence: NameEvidence?) -> Bool {
    let (first, last) = (tokens.lowerBound, tokens.upperBound)
    if evidence?.isSure == true { return false }
    if let phrase = text.phrase(at: first, having: .eponym), phrase > first, phrase >= last {
      return true
    }
    if last + 1 < text.tokens.count {
      var next = last + 1
      if text.isGap(after: last, "'"), text.tokens[next].count == 1, next + 1 < text.tokens.count {
        next += 1
      }
      if text.tokens[next].flags.contains(.eponymNoun), text.isSpace(after: next - 1),
        text.tokens[next].shape == .lower
      {
        return true
      }
    }
    if text.tokens[last].flags.contains(.eponym) {
      if evidence == nil {
        return last == 0 || !isListed(text.tokens[last - 1])
          || last > first && !isNameLike(text.tokens[first]) && !isTwoWords(first)
      }
      return text.tokens[last].flags.isDisjoint(with: [.frequentSurname, .frequentGiven])
        && last == first
    }
    return (max(0, last - 3)..<last).contains {
      text.phrase(at: $0, having: .eponymNoun) == first - 1 && $0 < first
    }
  }

  /// Whether a name continues as a place, a street or an institution.
  func isPlaceOrUnit(_ last: Int, _ evidence: NameEvidence? = nil) -> Bool {
    guard last + 1 < text.tokens.count, text.isSpace(after: last), evidence != .title else {
      return false
    }
    return !text.tokens[last + 1].flags.isDisjoint(with: [.organizationEnd, .streetEnd, .placeEnd])
      && text.tokens[last + 1].shape != .lower
  }
}
