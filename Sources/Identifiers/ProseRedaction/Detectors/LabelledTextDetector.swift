import Words

/// Detects words after a label that names their type: "Domicilio: Calle Dato 31", "City: Duluth".
///
/// The label needs a colon. The value ends with the line, at a bar or semicolon, or with a
/// sentence; a place also ends at a comma.
struct LabelledTextDetector: ProseDetector {
  private static let mostTokens = 14

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for (label, _, last) in text.labels where label.isText {
      guard text.gapContains(after: last, ":"), text.gap(after: last).count <= 4,
        last + 1 < text.tokens.count,
        !text.isLineBreak(after: last), let end = end(from: last + 1, type: label.type, in: text)
      else { continue }
      let range = text.tokens[last + 1].start..<text.tokens[end].end
      found.append(
        ProseSpan(
          range: range, type: label.type, confidence: 0.86, reason: "behind a label of its type"))
    }
  }

  private func end(from first: Int, type: IdentifierType, in text: ScannedText) -> Int? {
    var last = first
    while last + 1 < text.tokens.count, last - first < Self.mostTokens,
      goesOn(after: last, type: type, in: text)
    { last += 1 }
    let tokens = text.tokens[first...last]
    switch type {
    case .address:
      guard tokens.contains(where: { $0.hasDigit || $0.shape != .lower }) else { return nil }
    default:
      // A state or a country alone is not an identifier.
      guard !text.tokens[first].hasDigit, text.phrase(at: first, having: .state) != last,
        tokens.contains(where: { $0.shape != .lower || $0.flags.contains(.city) })
      else { return nil }
    }
    return last
  }

  private func goesOn(after index: Int, type: IdentifierType, in text: ScannedText) -> Bool {
    let next = text.tokens[index + 1]
    for place in text.gap(after: index) {
      switch text.bytes[place] {
      case 10, 13, UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ":"), UInt8(ascii: "("),
        UInt8(ascii: "\t"):
        return false
      case UInt8(ascii: ","), UInt8(ascii: "/"): if type != .address { return false }
      case UInt8(ascii: "."):
        let isShort = text.tokens[index].count <= 4 && !text.tokens[index].hasDigit
        if type != .address || !isShort || isLabel(index + 1, in: text) { return false }
      default: break
      }
    }
    return type == .address
      ? !isLabel(index + 1, in: text) && !isPostalLabel(index + 1, in: text)
      : next.kind == .word && (next.shape != .lower || next.flags.contains(.particle))
  }

  /// Whether a label for a postal code begins here: "C.P. 03940".
  private func isPostalLabel(_ index: Int, in text: ScannedText) -> Bool {
    text.tokens[index].flags.contains(.phraseStart)
      && text.labels(in: index..<(index + 1)).contains { $0.label.type == .postalCode }
  }

  /// Whether another label begins here.
  private func isLabel(_ index: Int, in text: ScannedText) -> Bool {
    (index..<min(index + 4, text.tokens.count)).contains { place in
      text.gap(after: place).first.map { text.bytes[$0] == UInt8(ascii: ":") } == true
    }
  }
}
