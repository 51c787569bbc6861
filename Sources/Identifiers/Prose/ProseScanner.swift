/// Finds identifiers in prose.
///
/// The text is cut into words and numbers once; each detector looks only where a word, a number or a sign gives it reason to. What
/// they find is settled by one rule (`OverlapRule`). Scanning keeps no state between calls, and one scanner serves many threads.
package struct ProseScanner: Sendable {
  private let detectors: [any ProseDetector]
  private let custom: [any ProseDetector]
  private let recogniser: ExternalRecogniser?

  /// - Parameters:
  ///   - customDetectors: detectors of the user, beside the built-in ones.
  ///   - recogniser: a program of the user that is asked about every text, beside the detectors.
  /// - Throws: ``ProseError`` where a pattern cannot be compiled.
  package init(customDetectors: [DetectorDescription] = [], recogniser: ExternalRecogniser? = nil) throws {
    custom = try customDetectors.map { try CustomDetector($0) }
    self.recogniser = recogniser
    detectors = BuiltInDetectors.all()
  }

  /// The identifiers of a text in UTF-8, sorted, not overlapping. What is not UTF-8 is no word; nothing is refused.
  /// - Throws: ``ProseError`` where a pattern of the user met its limit, or the recogniser failed: nothing is skipped in silence.
  package func spans(in text: UnsafeRawBufferPointer) throws -> [ProseSpan] {
    var found: [ProseSpan] = []
    if let folded = FoldedText(text) {
      try folded.bytes.withUnsafeBytes { try find(detectors + custom, in: ScannedText($0), into: &found) }
      for index in found.indices { found[index].range = folded.original(found[index].range) }
      // Patterns of the user may mean the signs as they stand.
      if !custom.isEmpty { try find(custom, in: ScannedText(text), into: &found) }
    } else {
      try find(detectors + custom, in: ScannedText(text), into: &found)
    }
    try recogniser?.find(in: text, into: &found)
    return OverlapRule.settled(found) { Tokenizer.isWordByte(text[$0]) }
  }

  private func find(_ detectors: [any ProseDetector], in text: ScannedText, into found: inout [ProseSpan]) throws {
    for detector in detectors { try detector.find(in: text, into: &found) }
  }

  package func spans(in text: [UInt8]) throws -> [ProseSpan] {
    try text.withUnsafeBytes { try spans(in: $0) }
  }
}
