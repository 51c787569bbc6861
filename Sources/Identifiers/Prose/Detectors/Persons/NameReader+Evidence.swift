/// What stands before a name and announces it.
extension NameReader {
  /// Cues that count in the head of a letter only: "From: X", not "from X".
  private static let headCues = WordSet(["from", "cc", "bcc", "to", "attn", "de", "para", "a", "da", "an", "von", "van", "aan"])
  private static let joiners = WordSet(["and", "y", "und", "et", "e", "en"])

  func evidence(before index: Int) -> NameEvidence? {
    guard index > 0 else { return nil }
    let (before, token, gap) = (text.tokens[index - 1], text.tokens[index], text.gap(after: index - 1))
    let ends = before.ends
    guard gap.count <= 12 else { return nil }
    if text.isLineBreak(after: index - 1) { return signature(index) }
    let hasColon = text.gapContains(after: index - 1, ":")
    let isPoint = text.isGap(after: index - 1, ". ") || text.isGap(after: index - 1, ".")
    let isElided = text.isGap(after: index - 1, " '")
    let isPlain = text.isSpace(after: index - 1) || isPoint || isElided
    if ends.contains(.title), isPlain, isTitle(index - 1) { return .title }
    // "aanvrager van Rijn", "Cirurgião: dos Santos": a particle in small letters begins a name as a capital does.
    let isCapital = token.shape != .lower || isParticleStart(index)
    let isUncommon = !token.flags.contains(.common) || token.flags.contains(.nameFirst)
    if hasColon || text.isGap(after: index - 1, " - "), !ends.isDisjoint(with: [.role, .kinship]) {
      return isCapital || isUncommon && isNoTerm(token) ? .label : nil
    }
    if ends.contains(.greeting), isCapital, gap.count <= 4, hasColon || !Self.headCues.contains(before.hash), isUncommon || isListed(token)
    {
      return .greeting
    }
    let isShort = isPoint && before.count <= 5 && before.flags.contains(.role)
    let isJoined =
      text.isSpace(after: index - 1) || text.isGap(after: index - 1, ", ") || text.isGap(after: index - 1, " (") || isShort || isElided
    guard isJoined, !ends.isDisjoint(with: [.kinship, .role]) else { return cue(before: index) }
    guard isListed(token) || isCapital || isNoTerm(token) else { return nil }
    return ends.contains(.kinship) ? .kinship : .role
  }

  /// Words such as "with" and "by" before a name of the lists, and "soy" or "my name is" before any.
  private func cue(before index: Int) -> NameEvidence? {
    let token = text.tokens[index]
    guard text.isSpace(after: index - 1), text.tokens[index - 1].ends.contains(.nameCue) else { return nil }
    if token.flags.contains(.particle), particlesEnd(from: index) != nil { return nil }
    guard isListed(token), token.flags.isDisjoint(with: [.month, .weekday, .eponym, .drug]),
      token.flags.isDisjoint(with: [.common, .city, .state]) || token.flags.contains(.nameFirst) && !token.flags.contains(.city),
      token.shape != .lower || token.flags.contains(.frequentGiven) && token.count > 3
    else { return nil }
    return .cue
  }

  /// A further name behind "and", where one was found before it.
  func joined(_ index: Int, to previous: NameMatch?) -> NameEvidence? {
    guard let previous, previous.confidence >= 0.75, text.tokens[index].shape != .lower, index > 1 else { return nil }
    if previous.tokens.upperBound == index, text.isGap(after: index - 1, " & ") { return .joined }
    if previous.tokens.upperBound == index, text.isGap(after: index - 1, ", "), isNameLike(text.tokens[index]) { return .joined }
    guard previous.tokens.upperBound == index - 1, Self.joiners.contains(text.tokens[index - 1].hash), text.isSpace(after: index - 2),
      text.isSpace(after: index - 1), !text.tokens[index].flags.contains(.common) || isListed(text.tokens[index])
    else { return nil }
    return .joined
  }

  /// Whether a title is written as one: short ones need a capital.
  private func isTitle(_ index: Int) -> Bool {
    let token = text.tokens[index]
    if token.shape == .upper, token.count > 4 || token.count > 1 && isThing(index + 1) { return false }
    guard token.flags.contains(.title), token.shape == .lower, token.count <= 4 else { return true }
    return token.flags.contains(.sureTitle) && !(index > 0 && text.tokens[index - 1].hasDigit)
      || Self.smallTitles.contains(token.hash) && !(index > 0 && text.tokens[index - 1].hasDigit)
  }

  private static let smallTitles = WordSet(["dra", "sr", "sra", "don", "miss", "enf", "dott"])

  /// "MR Angiography", "MS Contin": behind capitals that are also something else, a word that is no name of the lists.
  private func isThing(_ index: Int) -> Bool {
    guard text.tokens.indices.contains(index) else { return true }
    let token = text.tokens[index]
    return token.flags.contains(.drug) || token.flags.contains(.common) && !token.flags.contains(.frequentSurname)
      || !token.flags.isDisjoint(with: [.neverName])
  }

  func startsLine(_ index: Int) -> Bool { index > 0 && text.isLineBreak(after: index - 1) }

  /// A short line of words in capitals below a closing such as "Kind regards,".
  private func signature(_ index: Int) -> NameEvidence? {
    let before = text.tokens[index - 1]
    guard before.ends.contains(.greeting), !text.gapContains(after: index - 1, ":"), text.tokens[index].shape != .lower else {
      return nil
    }
    var end = index
    while end + 1 < text.tokens.count, end < index + 5, !text.isLineBreak(after: end) { end += 1 }
    let isOwn = end + 1 >= text.tokens.count || text.isLineBreak(after: end)
    let isNames = text.tokens[index...end].allSatisfy {
      $0.kind == .word && ($0.shape != .lower || $0.flags.contains(.particle)) && $0.flags.isDisjoint(with: [.organizationEnd, .greeting])
    }
    if isOwn, isNames, !text.tokens[index].flags.contains(.neverName) || isGivenBeforeSurname(index) { return .signature }
    return isNameLike(text.tokens[index]) || !text.tokens[index].flags.contains(.common) ? .greeting : nil
  }
}
