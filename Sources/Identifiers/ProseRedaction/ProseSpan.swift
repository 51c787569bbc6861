import Words

/// An identifier found in prose.
package struct ProseSpan: Sendable, Equatable {
  /// Offsets in the scanned text, in bytes of UTF-8, from its start.
  package var range: Range<Int>
  package var type: IdentifierType
  /// From 0 to 1: how sure the detector is. An ordinal judgement, not a calibrated probability.
  package var confidence: Double
  /// Why, in words; never the text itself.
  package var reason: String

  package init(range: Range<Int>, type: IdentifierType, confidence: Double, reason: String) {
    self.range = range
    self.type = type
    self.confidence = confidence
    self.reason = reason
  }
}
