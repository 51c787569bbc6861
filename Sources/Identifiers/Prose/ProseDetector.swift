/// Finds identifiers of one kind.
protocol ProseDetector: Sendable {
  /// Appends what it finds, in any order; spans may overlap those of others. Detectors run in the order of `BuiltInDetectors`, so a
  /// later one may read what earlier ones found.
  func find(in text: ScannedText, into found: inout [ProseSpan])
}
