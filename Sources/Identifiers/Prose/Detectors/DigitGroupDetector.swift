/// Numbers known by their grouping, length and check digits: telephones, social security and health service numbers, cards,
/// French security numbers, and IPv4 addresses.
struct DigitGroupDetector: ProseDetector {
  private static let faxWords = Set(["fax", "telefax", "facsimile"].map { WordHash.of($0.utf8) })
  private static let versionWords = Set(["version", "v", "ver", "release"].map { WordHash.of($0.utf8) })

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var index = 0
    while index < text.tokens.count {
      guard text.tokens[index].kind == .number, !isInsideCode(index, in: text) else {
        index += 1
        continue
      }
      let groups = DigitGroups(in: text, from: index)
      if let span = span(of: groups, in: text) {
        found.append(span)
        index = groups.tokens.upperBound
      } else {
        index += 1
      }
    }
  }

  /// Whether letters or more digits are joined to the number from the left.
  private func isInsideCode(_ index: Int, in text: ScannedText) -> Bool {
    guard index > 0, text.tokens[index - 1].end == text.tokens[index].start - 1 else { return false }
    let sign = text.bytes[text.tokens[index].start - 1]
    return "-._/".utf8.contains(sign)
      && (text.tokens[index - 1].hasDigit || sign == UInt8(ascii: "-") && text.tokens[index - 1].shape == .upper)
  }

  private func span(of groups: DigitGroups, in text: ScannedText) -> ProseSpan? {
    let after = text.byte(groups.range.upperBound)
    if after == UInt8(ascii: "%") || "-/.".utf8.contains(after) && (48...57).contains(text.byte(groups.range.upperBound + 1)) { return nil }
    let count = groups.digits.count
    if groups.lengths == [3, 2, 4], Checksum.ssn.isValid(groups.digits) {
      return ProseSpan(
        range: groups.range, type: .socialSecurityNumber, confidence: 0.95, reason: "the shape and ranges of a social security number")
    }
    if isAddress(groups, in: text) {
      return ProseSpan(range: groups.range, type: .ipAddress, confidence: 0.92, reason: "four numbers up to 255 divided by dots")
    }
    if (13...19).contains(count), (50...54).contains(groups.digits[0]), Checksum.luhn.isValid(groups.digits) {
      return ProseSpan(range: groups.range, type: .creditCard, confidence: 0.95, reason: "passes the Luhn check of cards")
    }
    if count == 15, Checksum.nir.isValid(groups.digits) {
      return ProseSpan(range: groups.range, type: .nationalIdentifier, confidence: 0.95, reason: "passes the check of the French NIR")
    }
    guard let confidence = telephone(groups, in: text) else {
      let isHealth = groups.lengths == [3, 3, 4] && Checksum.nhs.isValid(groups.digits)
      return isHealth
        ? ProseSpan(range: groups.range, type: .nationalIdentifier, confidence: 0.8, reason: "passes the check of the NHS number") : nil
    }
    let isFax = text.tokens[max(0, groups.tokens.lowerBound - 3)..<groups.tokens.lowerBound].contains { Self.faxWords.contains($0.hash) }
    var start = groups.range.lowerBound
    while start > 0, start > groups.range.lowerBound - 2, "+(".utf8.contains(text.bytes[start - 1]) { start -= 1 }
    return ProseSpan(
      range: start..<groups.range.upperBound, type: isFax ? .fax : .phone, confidence: confidence,
      reason: "the grouping of a telephone number")
  }

  private func isAddress(_ groups: DigitGroups, in text: ScannedText) -> Bool {
    let tokens = groups.tokens
    guard groups.lengths.count == 4, tokens.dropLast().allSatisfy({ text.isGap(after: $0, ".") }) else { return false }
    guard tokens.allSatisfy({ text.number($0).map { $0 <= 255 } == true }) else { return false }
    return tokens.lowerBound == 0 || !Self.versionWords.contains(text.tokens[tokens.lowerBound - 1].hash)
  }

  /// How surely groups are a telephone number; nil where they are none.
  private func telephone(_ groups: DigitGroups, in text: ScannedText) -> Double? {
    let (lengths, digits) = (groups.lengths, groups.digits)
    if groups.hasPlus, (8...15).contains(digits.count) { return 0.95 }
    let isAmerican = lengths == [3, 3, 4] || lengths == [1, 3, 3, 4] && digits[0] == 49
    if isAmerican, digits[digits.count - 10] > 49, digits[digits.count - 7] > 49 { return 0.9 }
    if lengths == [3, 4], digits[0] > 49, text.isGap(after: groups.tokens.lowerBound, "-") { return 0.72 }
    if digits.count == 9, (54...57).contains(digits[0]), [[3, 3, 3], [3, 2, 2, 2], [2, 3, 2, 2], [2, 3, 4]].contains(lengths) {
      return 0.85
    }
    if lengths == [2, 4, 4], digits[0] > 48 { return 0.7 }
    if digits[0] == 48, digits[1] != 48, (9...12).contains(digits.count), (2...5).contains(lengths.count) { return 0.8 }
    let isMobile = lengths == [9] && (54...55).contains(digits[0]) || lengths == [10] && digits[0] > 49 && digits[3] > 49
    return isMobile && hasCue(groups.tokens.lowerBound, in: text) ? 0.75 : nil
  }

  private func hasCue(_ index: Int, in text: ScannedText) -> Bool {
    let cues = Set(
      ["call", "phone", "tel", "text", "cell", "mobile", "llamar", "movil", "telefono", "at", "reach", "whatsapp", "al"].map {
        WordHash.of($0.utf8)
      })
    return text.tokens[max(0, index - 3)..<index].contains { cues.contains($0.hash) }
  }
}
