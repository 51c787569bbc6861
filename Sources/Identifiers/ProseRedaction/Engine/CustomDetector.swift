import Words

/// A detector made from a description.
struct CustomDetector: ProseDetector {
  private let description: DetectorDescription
  private let pattern: Pattern
  private let contextHashes: Set<UInt64>
  /// The distance before a match within which a context word counts, in bytes.
  private static let contextBytes = 60

  init(_ description: DetectorDescription) throws {
    self.description = description
    pattern = try Pattern(description.pattern, detector: description.name)
    contextHashes = Set((description.contextWords ?? []).map { WordHash.of($0.utf8) })
  }

  func find(in text: ScannedText, into found: inout [ProseSpan]) throws {
    for range in try pattern.ranges(in: text.bytes) {
      if let checksum = description.checksum, !checksum.isValid(text.bytes[range]) { continue }
      guard contextHashes.isEmpty || hasContext(before: range.lowerBound, in: text) else { continue }
      let reason = "matches the detector '\(description.name)'" + (description.checksum == nil ? "" : " and its check digits")
      found.append(ProseSpan(range: range, type: description.type, confidence: description.confidence ?? 0.8, reason: reason))
    }
  }

  private func hasContext(before place: Int, in text: ScannedText) -> Bool {
    var index = text.tokenIndex(from: place) - 1
    while index >= 0, text.tokens[index].end > place - Self.contextBytes {
      if contextHashes.contains(text.tokens[index].hash) { return true }
      index -= 1
    }
    return false
  }
}
