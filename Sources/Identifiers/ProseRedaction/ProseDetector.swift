import Words

/// Finds identifiers of one kind.
protocol ProseDetector: Sendable {
  /// Appends its findings in any order; spans may overlap those of other detectors.
  /// - Throws: ``ProseError`` if the text cannot be searched as requested. The built-in detectors
  ///   never throw.
  func find(in text: ScannedText, into found: inout [ProseSpan]) throws
}
