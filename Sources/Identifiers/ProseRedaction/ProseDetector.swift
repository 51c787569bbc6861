import Words

/// Finds identifiers of one kind.
protocol ProseDetector: Sendable {
  /// Appends what it finds, in any order; spans may overlap those of others.
  /// - Throws: ``ProseError`` where the text cannot be searched as asked. The built-in detectors never throw.
  func find(in text: ScannedText, into found: inout [ProseSpan]) throws
}
