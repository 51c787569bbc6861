/// Postal codes: of Britain by their form; five digits behind a state, before a place, or behind a label (`LabelledNumberDetector`).
struct PostalCodeDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for index in text.digits where text.tokens[index].count <= 5 {
      guard let (last, reason) = british(index, in: text) ?? five(index, in: text) else { continue }
      let range = text.tokens[index].start..<text.tokens[last].end
      found.append(ProseSpan(range: range, type: .postalCode, confidence: 0.87, reason: reason))
    }
  }

  private func british(_ index: Int, in text: ScannedText) -> (last: Int, reason: String)? {
    let token = text.tokens[index]
    guard token.kind == .mixed, (2...4).contains(token.count), token.shape != .lower, index + 1 < text.tokens.count,
      text.isGap(after: index, " "), text.bytes[token.start] > 57
    else { return nil }
    let inward = text.tokens[index + 1]
    let bytes = text.bytes[inward.range]
    let start = inward.start
    guard inward.kind == .mixed, bytes.count == 3, bytes[start] < 58, bytes[start + 1] > 57, bytes[start + 2] > 57, inward.shape != .lower
    else { return nil }
    return (index + 1, "the form of a British postcode")
  }

  private func five(_ index: Int, in text: ScannedText) -> (last: Int, reason: String)? {
    let token = text.tokens[index]
    guard token.kind == .number, token.count == 5 else { return nil }
    if index > 0, text.gap(after: index - 1).count <= 2, text.isState(endingAt: index - 1) {
      let isExtended = text.isGap(after: index, "-") && text.tokens[index + 1].kind == .number && text.tokens[index + 1].count == 4
      return (isExtended ? index + 1 : index, "five digits behind a state")
    }
    guard index + 1 < text.tokens.count, text.isSpace(after: index) || text.isGap(after: index, ", "), text.tokens[index + 1].kind == .word,
      text.tokens[index + 1].shape != .lower, text.tokens[index + 1].count > 2
    else { return nil }
    if text.phrase(at: index + 1, having: .city) != nil { return (index, "five digits before a city") }
    let isOwnPart =
      index > 0 && (text.isGap(after: index - 1, ", ") || text.isGap(after: index - 1, ". ") || text.isLineBreak(after: index - 1))
    let next = text.tokens[index + 1].flags
    guard isOwnPart, text.isSpace(after: index), next.isDisjoint(with: [.common, .neverName]) || next.contains(.state) else { return nil }
    return (index, "five digits before a name")
  }
}

extension ScannedText {
  /// Whether a state, or its code in capitals, ends at a token.
  func isState(endingAt index: Int) -> Bool {
    guard tokens.indices.contains(index) else { return false }
    let token = tokens[index]
    if token.flags.contains(.stateCode), token.shape == .upper { return true }
    return token.shape != .lower && token.ends.contains(.state)
  }
}
