/// Finds identifiers in prose.
///
/// The text is cut into words and numbers once; each detector looks only where a word, a number or a sign gives it reason to. What
/// they find is settled by one rule (`OverlapRule`). Scanning keeps no state between calls, and one scanner serves many threads.
package struct ProseScanner: Sendable {
  private let detectors: [any ProseDetector]

  /// - Parameters:
  ///   - customDetectors: detectors of the user, beside the built-in ones.
  ///   - recogniser: a program of the user that is asked about every text, beside the detectors.
  /// - Throws: ``ProseError`` where a pattern cannot be compiled.
  package init(customDetectors: [DetectorDescription] = [], recogniser: ExternalRecogniser? = nil) throws {
    let custom: [any ProseDetector] = try customDetectors.map { try CustomDetector($0) }
    detectors = BuiltInDetectors.all() + custom + (recogniser.map { [$0] } ?? [])
  }

  /// The identifiers of a text in UTF-8, sorted, not overlapping. What is not UTF-8 is no word; nothing is refused.
  /// - Throws: ``ProseError`` where a pattern of the user met its limit, or the recogniser failed: nothing is skipped in silence.
  package func spans(in text: UnsafeRawBufferPointer) throws -> [ProseSpan] {
    let scanned = ScannedText(text)
    var found: [ProseSpan] = []
    for detector in detectors { try detector.find(in: scanned, into: &found) }
    return OverlapRule.settled(found) { Tokenizer.isWordByte(text[$0]) }
  }

  package func spans(in text: [UInt8]) throws -> [ProseSpan] {
    try text.withUnsafeBytes { try spans(in: $0) }
  }
}
