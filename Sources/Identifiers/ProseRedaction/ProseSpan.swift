import Words

/// An identifier found in prose.
package struct ProseSpan: Sendable, Equatable {
  /// Offsets in UTF-8 bytes from the start of the scanned text.
  package var range: Range<Int>
  package var type: IdentifierType
  /// The detector's certainty, from 0 to 1. An ordinal judgement, not a calibrated probability.
  package var confidence: Double
  /// The reason in words; never the text itself.
  package var reason: String

  package init(range: Range<Int>, type: IdentifierType, confidence: Double, reason: String) {
    self.range = range
    self.type = type
    self.confidence = confidence
    self.reason = reason
  }
}
