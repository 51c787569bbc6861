import Words

/// Detects numbers after a label that names their type: "MRN: 00-12-34", "póliza nº 1234567".
///
/// The vocabulary files hold the labels of each type. A few fillers ("number", "is", ":") can stand
/// between label and value. The value has a digit and at most 40 bytes. If the type has check
/// digits, the confidence says whether they are correct. A value that fails is still masked,
/// because a mistyped number also identifies a person.
struct LabelledNumberDetector: ProseDetector {
  private static let longestValue = 40
  private static let mostFillers = 4

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var end = 0
    for (label, first, last) in text.labels where first >= end && !label.isText {
      guard let value = value(after: last, label: label, in: text) else { continue }
      found.append(span(value, label: label, in: text))
      end = last + 1
    }
  }

  private func span(_ value: Range<Int>, label: Label, in text: ScannedText) -> ProseSpan {
    let bytes = text.bytes[value]
    let checks = Self.checks[label.type] ?? []
    let passed = checks.first { $0.isValid(bytes) }
    // Words such as "number" do not tell the type, so a detector that knows the number's form goes
    // first.
    let isGeneral = label.type == .other && label.needsSign
    let reason =
      passed.map { "behind a label of its type; passes the check '\($0.rawValue)'" }
      ?? "behind a label of its type"
    return ProseSpan(
      range: value, type: label.type, confidence: passed != nil ? 0.98 : isGeneral ? 0.55 : 0.9,
      reason: reason)
  }

  private static let checks: [IdentifierType: [Checksum]] = [
    .socialSecurityNumber: [.ssn], .providerIdentifier: [.npi], .prescriberNumber: [.dea],
    .vehicleIdentifier: [.vin],
    .nationalIdentifier: [.dni, .nhs, .nationalInsurance, .steuerID, .nir, .codiceFiscale, .bsn],
  ]

  private func value(after label: Int, label kind: Label, in text: ScannedText) -> Range<Int>? {
    var index = label
    var hasSign = false
    for _ in 0...Self.mostFillers {
      let gap = text.gap(after: index)
      guard gap.count <= 12, index + 1 < text.tokens.count else { return nil }
      for place in gap {
        switch text.bytes[place] {
        case UInt8(ascii: ":"), UInt8(ascii: "#"), UInt8(ascii: "="), 0xba: hasSign = true
        case UInt8(ascii: "."), UInt8(ascii: ";"):
          if place + 1 < gap.upperBound, hasSign || index > label { return nil }
        case 10, 13: if !hasSign { return nil }
        case UInt8(ascii: ","): return nil
        default: break
        }
      }
      index += 1
      let token = text.tokens[index]
      if token.hasDigit || beginsCode(index, in: text) {
        guard let code = code(from: index, leastDigits: kind.leastDigits, type: kind.type, in: text)
        else { return nil }
        return kind.needsSign && !hasSign && !isDistinct(code, in: text) ? nil : code
      }
      guard token.flags.contains(.filler) else { return nil }
      if token.count >= 2 { hasSign = true }
    }
    return nil
  }

  /// Whether a short upper-case word is joined to a number, as in AB-1234 and WX 12.
  private func beginsCode(_ index: Int, in text: ScannedText) -> Bool {
    let token = text.tokens[index]
    guard token.count <= 5,
      token.shape == .upper || token.count == 1 && token.shape == .capitalised,
      index + 1 < text.tokens.count
    else {
      return false
    }
    let joined = ["-", " ", "/", "_", "."].contains { text.isGap(after: index, $0) }
    guard joined else { return false }
    return text.tokens[index + 1].hasDigit
      || text.isGap(after: index, "-") && text.tokens[index + 1].shape == .upper
  }

  /// Whether a value is a code even without a sign before it: letters and digits together, or many
  /// digits.
  private func isDistinct(_ value: Range<Int>, in text: ScannedText) -> Bool {
    let digits = value.count { (48...57).contains(text.bytes[$0]) }
    return digits >= 7 || digits >= 4 && value.contains { text.bytes[$0] > 57 } && value.count >= 6
  }

  private func code(from first: Int, leastDigits: Int, type: IdentifierType, in text: ScannedText)
    -> Range<Int>?
  {
    var last = first
    while last + 1 < text.tokens.count,
      text.tokens[last + 1].end - text.tokens[first].start <= Self.longestValue,
      continues(last, type: type, in: text)
    {
      last += 1
    }
    let range = text.tokens[first].start..<text.tokens[last].end
    let digits = range.count { (48...57).contains(text.bytes[$0]) }
    guard digits >= leastDigits, range.count <= Self.longestValue * 2 else { return nil }
    let start =
      text.byte(range.lowerBound - 1) == UInt8(ascii: "(")
        || text.byte(range.lowerBound - 1) == UInt8(ascii: "+") ? 1 : 0
    return (range.lowerBound - start)..<range.upperBound
  }

  /// Whether the next token belongs to the code: joined by a sign, or another group of digits or
  /// capitals after a space.
  private func continues(_ index: Int, type: IdentifierType, in text: ScannedText) -> Bool {
    let (token, next) = (text.tokens[index], text.tokens[index + 1])
    let gap = text.gap(after: index)
    // "(01)00643169001763" on a device label.
    if text.isGap(after: index, ")"), next.hasDigit { return true }
    if gap.count == 1, "-/._:".utf8.contains(text.bytes[gap.lowerBound]) {
      return next.hasDigit || next.shape == .upper || next.count == 1
        || text.bytes[gap.lowerBound] == UInt8(ascii: "-") && token.hasDigit && next.count <= 4
    }
    guard gap.count == 1 || gap.count == 2 && text.bytes[gap.lowerBound] == UInt8(ascii: ")"),
      text.bytes[gap.upperBound - 1] == 32
    else { return false }
    if next.hasDigit {
      return !(next.kind == .mixed && next.shape == .lower) && !isDate(index + 1, in: text)
    }
    // "3 EN 399/44" from a court.
    if next.shape == .upper, next.count <= 4, token.hasDigit, index + 3 < text.tokens.count,
      text.isGap(after: index + 1, " "),
      text.tokens[index + 2].hasDigit, text.isGap(after: index + 2, "/"),
      text.tokens[index + 3].hasDigit
    {
      return true
    }
    if next.count == 1, next.shape == .capitalised, token.hasDigit {
      return !next.flags.contains(.common) && gap.count == 1
    }
    guard next.shape == .upper, next.count <= 3, token.hasDigit else { return false }
    return type == .vehicleIdentifier
      || next.flags.isDisjoint(with: [.common, .neverName, .credential])
  }

  private func isDate(_ index: Int, in text: ScannedText) -> Bool {
    text.isGap(after: index, "/") && text.tokens[index].count <= 2
  }
}
