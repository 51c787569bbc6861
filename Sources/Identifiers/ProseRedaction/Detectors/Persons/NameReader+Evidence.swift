import Words

/// Reads the words that announce a name.
extension NameReader {
  /// Cues that count only in the head of a letter: "From: X", not "from X".
  private static let headCues = WordSet([
    "from", "cc", "bcc", "to", "attn", "de", "para", "a", "da", "an", "von", "van", "aan",
  ])
  private static let joiners = WordSet(["and", "y", "und", "et", "e", "en"])

  func evidence(before index: Int) -> NameEvidence? {
    guard index > 0 else { return nil }
    let (before, token, gap) = (
      text.tokens[index - 1], text.tokens[index], text.gap(after: index - 1)
    )
    let ends = before.ends
    guard gap.count <= 12 else { return nil }
    if text.isLineBreak(after: index - 1) { return signature(index) }
    let hasColon = text.gapContains(after: index - 1, ":")
    let isPoint = text.isGap(after: index - 1, ". ") || text.isGap(after: index - 1, ".")
    let isElided = text.isGap(after: index - 1, " '")
    if Self.versus.contains(before.hash), before.shape == .lower, token.shape != .lower, index > 1,
      text.tokens[index - 2].shape != .lower,
      !token.flags.contains(.common) || isListed(token)
    {
      return .cue
    }
    let isPlain = text.isSpace(after: index - 1) || isPoint || isElided
    if ends.contains(.title), isPlain, isTitle(index - 1) { return .title }
    // "aanvrager van Rijn", "Cirurgião: dos Santos": a lower-case particle begins a name as a
    // capital does.
    let isCapital = token.shape != .lower || isParticleStart(index)
    let isUncommon = !token.flags.contains(.common) || token.flags.contains(.nameFirst)
    if hasColon || text.isGap(after: index - 1, " - "), !ends.isDisjoint(with: [.role, .kinship]) {
      return isCapital || isUncommon && isNoTerm(token) ? .label : nil
    }
    if ends.contains(.greeting), isCapital, gap.count <= 4,
      hasColon || !Self.headCues.contains(before.hash), isUncommon || isListed(token)
    {
      return .greeting
    }
    let isShort = isPoint && before.count <= 5 && before.flags.contains(.role)
    let isJoined =
      text.isSpace(after: index - 1) || text.isGap(after: index - 1, ", ")
      || text.isGap(after: index - 1, " (") || isShort || isElided
    guard isJoined, !ends.isDisjoint(with: [.kinship, .role]) else { return cue(before: index) }
    guard isListed(token) || isCapital || isNoTerm(token) else { return nil }
    return ends.contains(.kinship) ? .kinship : .role
  }

  /// Returns evidence for a listed name after words such as "with" and "by", and for any name after
  /// "soy" or "my name is".
  private func cue(before index: Int) -> NameEvidence? {
    let token = text.tokens[index]
    guard text.isSpace(after: index - 1), text.tokens[index - 1].ends.contains(.nameCue) else {
      return nil
    }
    if token.flags.contains(.particle), particlesEnd(from: index) != nil { return nil }
    guard isListed(token), token.flags.isDisjoint(with: [.month, .weekday, .eponym, .drug]),
      token.flags.isDisjoint(with: [.common, .city, .state])
        || token.flags.contains(.nameFirst) && !token.flags.contains(.city)
        || isGivenInside(index),
      token.shape != .lower
        || token.count > 3
          && (token.flags.contains(.frequentGiven)
            || token.flags.contains(.given) && isSelf(index - 1)),
      // "deceduto per IMA": a few capitals after a lower-case word are an abbreviation.
      token.shape != .upper || token.count > 4 || text.tokens[index - 1].shape != .lower
    else { return nil }
    return .cue
  }

  /// Whether a given name that is also a word is a name, in languages that capitalise only names:
  /// "o Marco contou-me", "con Serena".
  private func isGivenInside(_ index: Int) -> Bool {
    let token = text.tokens[index]
    return token.shape == .capitalised && token.flags.contains(.given)
      && token.languages & (Language.english.bit | Language.german.bit) == 0
      && token.flags.isDisjoint(with: [
        .city, .state, .organizationStart, .streetStart, .role, .kinship, .neverName, .greeting,
      ])
  }

  private static let (me, am) = (WordHash.of("i".utf8), WordHash.of("m".utf8))

  /// Whether a token ends "i'm".
  private func isSelf(_ index: Int) -> Bool {
    index > 0 && text.tokens[index].hash == Self.am && text.tokens[index - 1].hash == Self.me
      && text.isGap(after: index - 1, "'")
  }

  /// Returns evidence for another name after "and" if a name precedes it.
  func joined(_ index: Int, to previous: NameMatch?) -> NameEvidence? {
    guard let previous, previous.confidence >= 0.75, text.tokens[index].shape != .lower, index > 1
    else { return nil }
    if previous.tokens.upperBound == index, text.isGap(after: index - 1, " & ") { return .joined }
    if previous.tokens.upperBound == index, text.isGap(after: index - 1, ", "),
      isNameLike(text.tokens[index]) || previous.tokens.count > 1 && isNewPair(index)
    {
      return .joined
    }
    guard previous.tokens.upperBound == index - 1,
      Self.joiners.contains(text.tokens[index - 1].hash), text.isSpace(after: index - 2),
      text.isSpace(after: index - 1),
      !text.tokens[index].flags.contains(.common) || isListed(text.tokens[index])
    else { return nil }
    return .joined
  }

  /// Whether two capitalised words belong to no language: "Kahurangi Walker" in a list of names.
  private func isNewPair(_ index: Int) -> Bool {
    guard index + 1 < text.tokens.count, text.isGap(after: index, " ") else { return false }
    let (first, second) = (text.tokens[index], text.tokens[index + 1])
    let blocked: WordFlags = [
      .common, .neverName, .city, .state, .month, .weekday, .drug, .organizationEnd, .streetEnd,
      .streetStart, .eponym,
    ]
    return first.shape == .capitalised && first.count > 2 && first.kind == .word
      && first.flags.isDisjoint(with: blocked)
      && second.shape == .capitalised && second.kind == .word && second.count > 2
      && (second.flags.contains(.surname) || second.flags.isDisjoint(with: blocked))
  }

  /// Whether a title is written as a title: short ones need a capital.
  private func isTitle(_ index: Int) -> Bool {
    let token = text.tokens[index]
    if token.shape == .upper, token.count > 4 || token.count > 1 && isThing(index + 1) {
      return false
    }
    guard token.flags.contains(.title), token.shape == .lower, token.count <= 4 else { return true }
    guard token.flags.contains(.sureTitle) || Self.smallTitles.contains(token.hash) else {
      return false
    }
    // "5 ms" is a time, but "bed 14, sr. Lobo" is not.
    return !(index > 0 && text.tokens[index - 1].hasDigit) || text.isGap(after: index, ". ")
      || !text.isSpace(after: index - 1)
  }

  private static let smallTitles = WordSet(["dra", "sr", "sra", "don", "miss", "enf", "dott"])

  /// Whether the word after ambiguous capitals is not a listed name: "MR Angiography", "MS Contin".
  private func isThing(_ index: Int) -> Bool {
    guard text.tokens.indices.contains(index) else { return true }
    let token = text.tokens[index]
    return token.flags.contains(.drug)
      || token.flags.contains(.common) && !token.flags.contains(.frequentSurname)
      || !token.flags.isDisjoint(with: [.neverName])
  }

  func startsLine(_ index: Int) -> Bool { index > 0 && text.isLineBreak(after: index - 1) }

  /// Returns evidence from a short line of capitalised words below a closing such as "Kind
  /// regards,".
  private func signature(_ index: Int) -> NameEvidence? {
    let before = text.tokens[index - 1]
    guard before.ends.contains(.greeting), !text.gapContains(after: index - 1, ":"),
      text.tokens[index].shape != .lower
    else {
      return nil
    }
    var end = index
    while end + 1 < text.tokens.count, end < index + 5, !text.isLineBreak(after: end) { end += 1 }
    let isOwn = end + 1 >= text.tokens.count || text.isLineBreak(after: end)
    let isNames = text.tokens[index...end].allSatisfy {
      $0.kind == .word && ($0.shape != .lower || $0.flags.contains(.particle))
        && $0.flags.isDisjoint(with: [.organizationEnd, .greeting])
    }
    if isOwn, isNames, !text.tokens[index].flags.contains(.neverName) || isGivenBeforeSurname(index)
    {
      return .signature
    }
    return isNameLike(text.tokens[index]) || !text.tokens[index].flags.contains(.common)
      ? .greeting : nil
  }
}
