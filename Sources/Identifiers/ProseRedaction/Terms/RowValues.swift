import Words

/// The values of a row's identifier columns, to be redacted from the row's prose.
///
/// A value is found as a whole, ignoring case, accents, leading zeros and the signs inside it. Each
/// part of a name is found too, as are the street and town of an address and the part of an e-mail
/// address before the at sign. A number of one to three digits counts only after a word that
/// announces a number or a person: `12` is also a dose.
package struct RowValues {
  private var index = TermIndex<Value>()

  private struct Value {
    let type: IdentifierType
    /// Whether the value is a word of a name that stands alone.
    let isPart: Bool
  }

  private static let longestValue = 400
  private static let mostNameWords = 8
  private static let fewestDigits = 4
  /// Words that stand in a column of names if no name is known.
  private static let nobody = WordSet(
    "none unknown nil null na nan nobody anonymous unbekannt keine inconnu desconocido sconosciuto onbekend"
  )

  package init() {}

  package var isEmpty: Bool { index.isEmpty }

  /// - Parameter value: the value of a cell.
  package mutating func add(_ value: UnsafeRawBufferPointer, type: IdentifierType) {
    guard value.count <= Self.longestValue else { return }
    let folded = FoldedText(value)?.bytes ?? Array(value)
    folded.withUnsafeBytes { bytes in
      let text = ScannedText(bytes)
      guard !text.tokens.isEmpty else { return }
      if text.tokens.count == 1, Self.nobody.contains(text.tokens[0].hash) { return }
      switch type {
      case .person: addName(text)
      case .address: addAddress(text)
      case .email:
        index.add(bytes, tokens: text.tokens[...], Value(type: type, isPart: false))
        addAccount(text)
      default:
        index.add(
          bytes, tokens: text.tokens[...], Value(type: type, isPart: text.tokens.count == 1))
      }
    }
  }

  /// Adds each word of a name, and each run of its words: "van den Berg" of "Jan van den Berg".
  private mutating func addName(_ text: ScannedText) {
    let tokens = text.tokens.prefix(Self.mostNameWords)
    index.add(text.bytes, tokens: text.tokens[...], Value(type: .person, isPart: tokens.count == 1))
    for first in tokens.indices {
      for last in (first + 1)..<max(first + 1, tokens.endIndex)
      where last - first + 1 < text.tokens.count {
        guard tokens[first...last].contains(where: isNamePart) else { continue }
        index.add(text.bytes, tokens: tokens[first...last], Value(type: .person, isPart: false))
      }
      if isNamePart(tokens[first]) {
        index.add(text.bytes, tokens: tokens[first...first], Value(type: .person, isPart: true))
      }
    }
  }

  private func isNamePart(_ token: Token) -> Bool {
    guard token.kind == .word, token.count > 1, !token.flags.contains(.generation) else {
      return false
    }
    let isListed = !token.flags.isDisjoint(with: [.given, .surname])
    return isListed || token.flags.isDisjoint(with: [.particle, .title, .credential])
  }

  /// Adds the parts between commas, and the street without its number.
  private mutating func addAddress(_ text: ScannedText) {
    index.add(text.bytes, tokens: text.tokens[...], Value(type: .address, isPart: false))
    var first = 0
    for last in text.tokens.indices
    where last + 1 == text.tokens.count || text.gapContains(after: last, ",")
      || text.isLineBreak(after: last)
    {
      let part = text.tokens[first...last]
      first = last + 1
      guard part.allSatisfy({ $0.flags.isDisjoint(with: [.state, .stateCode]) }) || part.count > 1
      else { continue }
      index.add(text.bytes, tokens: part, Value(type: .address, isPart: part.count == 1))
      let street = part.drop { $0.hasDigit }.prefix { !$0.hasDigit }
      if street.count > 1, street.count < part.count {
        index.add(text.bytes, tokens: street, Value(type: .address, isPart: false))
      }
    }
  }

  /// Adds the part before the at sign, if it identifies one person (several words, or letters with
  /// digits), and the names in it.
  private mutating func addAccount(_ text: ScannedText) {
    guard let at = text.tokens.indices.first(where: { text.gapContains(after: $0, "@") }) else {
      return
    }
    let account = text.tokens[...at]
    if account.count > 1 || account.contains(where: \.hasDigit),
      account.contains(where: { $0.kind != .number })
    {
      index.add(text.bytes, tokens: account, Value(type: .other, isPart: account.count == 1))
    }
    for place in account.indices
    where account[place].count > 3 && !account[place].flags.isDisjoint(with: [.given, .surname]) {
      index.add(text.bytes, tokens: account[place...place], Value(type: .person, isPart: true))
    }
  }

  /// Returns the values in a text.
  func find(in text: ScannedText) -> [ProseSpan] {
    var found: [ProseSpan] = []
    index.forEachMatch(in: text) { match in
      guard isMeant(match, in: text) else { return }
      found.append(
        ProseSpan(
          range: match.range, type: match.payload.type, confidence: 1,
          reason: "stands in a column of identifiers of its row"))
    }
    return found
  }

  /// Whether an occurrence is the value rather than a word or number that happens to be written
  /// alike.
  private func isMeant(_ match: TermIndex<Value>.Match, in text: ScannedText) -> Bool {
    let first = text.tokens[match.tokens.lowerBound]
    if match.hasDigit {
      return match.length >= Self.fewestDigits || isAnnounced(match.tokens.lowerBound, in: text)
    }
    guard match.payload.isPart, first.kind != .mixed else { return match.length > 1 }
    // "I hope so" is not Hope; "in General" is not a General.
    if first.shape == .lower { return match.length > 2 && !first.flags.contains(.common) }
    if first.flags.contains(.neverName),
      match.payload.type != .person || isSentenceStart(match.tokens.lowerBound, in: text)
    {
      return false
    }
    return match.length > 1
  }

  private func isSentenceStart(_ index: Int, in text: ScannedText) -> Bool {
    index == 0 || text.isBreak(after: index - 1)
  }

  /// Whether a word that announces a number or a person, or a number sign, stands before the token.
  private func isAnnounced(_ index: Int, in text: ScannedText) -> Bool {
    guard index > 0 else { return false }
    let gap = text.gap(after: index - 1)
    guard gap.count <= 3, !text.isLineBreak(after: index - 1) else { return false }
    if text.gapContains(after: index - 1, "#")
      || text.byte(text.tokens[index].start - 1) == UInt8(ascii: "#")
    {
      return true
    }
    return !text.tokens[index - 1].ends.isDisjoint(with: [.label, .filler, .role])
      && text.tokens[index - 1].kind == .word
  }
}
