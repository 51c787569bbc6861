/// Finds identifiers in prose.
///
/// The text is cut into words and numbers once; each detector looks only where a word, a number or a sign gives it reason to. What
/// they find is settled by one rule (`OverlapRule`). Scanning keeps no state between calls, and one scanner serves many threads.
package struct ProseScanner: Sendable {
  private let detectors: [any ProseDetector]

  /// - Parameter customDetectors: detectors of the user, beside the built-in ones.
  /// - Throws: `ProseError` where a pattern cannot be compiled.
  package init(customDetectors: [DetectorDescription] = []) throws {
    detectors = try BuiltInDetectors.all() + customDetectors.map { try CustomDetector($0) }
  }

  /// The identifiers of a text in UTF-8, sorted, not overlapping. What is not UTF-8 is no word; nothing is refused.
  package func spans(in text: UnsafeRawBufferPointer) -> [ProseSpan] {
    let scanned = ScannedText(text)
    var found: [ProseSpan] = []
    for detector in detectors { detector.find(in: scanned, into: &found) }
    return OverlapRule.settled(found)
  }

  package func spans(in text: [UInt8]) -> [ProseSpan] {
    text.withUnsafeBytes { spans(in: $0) }
  }

  package func spans(in text: ArraySlice<UInt8>) -> [ProseSpan] {
    text.withUnsafeBytes { spans(in: $0) }
  }
}
