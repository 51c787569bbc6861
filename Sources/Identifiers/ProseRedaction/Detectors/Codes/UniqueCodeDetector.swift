import Words

/// Detects codes whose shape alone marks them as unique: UUIDs (RFC 9562), and long numbers without
/// a label.
struct UniqueCodeDetector: ProseDetector {
  private static let longNumber = 9

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for index in text.digits {
      let token = text.tokens[index]
      if token.count == 8, let last = uuid(index, in: text) {
        found.append(span(index...last, 0.9, "the form of a UUID", in: text))
      } else if token.kind == .number, token.count >= Self.longNumber, token.count <= 24,
        !isDecimal(index, in: text)
      {
        found.append(span(index...index, 0.5, "a long number", in: text))
      } else if let last = hyphenated(index, in: text) {
        found.append(span(index...last, 0.5, "a long number in groups", in: text))
      }
    }
  }

  private func span(
    _ tokens: ClosedRange<Int>, _ confidence: Double, _ reason: String, in text: ScannedText
  ) -> ProseSpan {
    let range = text.tokens[tokens.lowerBound].start..<text.tokens[tokens.upperBound].end
    return ProseSpan(range: range, type: .other, confidence: confidence, reason: reason)
  }

  private func uuid(_ index: Int, in text: ScannedText) -> Int? {
    guard index + 4 < text.tokens.count,
      (index..<(index + 4)).allSatisfy({ text.isGap(after: $0, "-") })
    else { return nil }
    guard (index...(index + 4)).map({ text.tokens[$0].count }) == [8, 4, 4, 4, 12] else {
      return nil
    }
    return (index...(index + 4)).allSatisfy { text.isHexadecimal($0) } ? index + 4 : nil
  }

  private func isDecimal(_ index: Int, in text: ScannedText) -> Bool {
    (text.isGap(after: index - 1, ".") || text.isGap(after: index - 1, ","))
      && text.tokens[index - 1].hasDigit
  }

  /// Matches "4471-882-03": at least three groups joined by hyphens, nine digits in total.
  private func hyphenated(_ index: Int, in text: ScannedText) -> Int? {
    guard text.tokens[index].kind == .number, !(index > 0 && text.isGap(after: index - 1, "-"))
    else { return nil }
    var (last, digits) = (index, text.tokens[index].count)
    while last < index + 6, text.isGap(after: last, "-"), text.tokens[last + 1].kind == .number {
      last += 1
      digits += text.tokens[last].count
    }
    return last >= index + 2 && digits >= Self.longNumber ? last : nil
  }
}

/// Finds vehicle identification numbers by their check digit.
struct VehicleNumberDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for index in text.digits where text.tokens[index].count == 17 {
      let range = text.tokens[index].range
      guard Checksum.vin.isValid(text.bytes[range]) else { continue }
      found.append(
        ProseSpan(
          range: range, type: .vehicleIdentifier, confidence: 0.93,
          reason: "passes the check of vehicle numbers"))
    }
  }
}
