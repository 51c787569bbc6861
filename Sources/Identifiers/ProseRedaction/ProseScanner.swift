import Words

/// Finds identifiers in prose.
///
/// The text is cut into words and numbers once; each detector looks only where a word, a number or a sign gives it reason to. What
/// they find is settled by one rule (`OverlapRule`). Scanning keeps no state between calls, and one scanner serves many threads.
package struct ProseScanner: Sendable {
  private let detectors: [any ProseDetector]
  private let custom: [any ProseDetector]
  private let recogniser: ExternalRecogniser?
  private let always: TermList?
  private let never: TermList?

  /// - Parameters:
  ///   - customDetectors: detectors of the user, beside the built-in ones.
  ///   - recogniser: a program of the user that is asked about every text, beside the detectors.
  ///   - always: words of the user that go wherever they stand.
  ///   - never: words of the user that are no identifiers.
  /// - Throws: ``ProseError`` where a pattern cannot be compiled.
  package init(
    customDetectors: [DetectorDescription] = [], recogniser: ExternalRecogniser? = nil, always: TermList? = nil, never: TermList? = nil
  ) throws {
    custom = try customDetectors.map { try CustomDetector($0) }
    self.recogniser = recogniser
    (self.always, self.never) = (always, never)
    detectors = BuiltInDetectors.all()
  }

  /// The identifiers of a text in UTF-8, sorted, not overlapping. What is not UTF-8 is no word; nothing is refused.
  /// - Throws: ``ProseError`` where a pattern of the user met its limit, or the recogniser failed: nothing is skipped in silence.
  package func spans(in text: UnsafeRawBufferPointer) throws -> [ProseSpan] { try findings(in: text).spans }

  package func spans(in text: [UInt8]) throws -> [ProseSpan] { try text.withUnsafeBytes { try spans(in: $0) } }

  /// All that a text says. The user's words and the row's own values are looked for as the detectors look: in the folded text.
  ///
  /// A finding that consists of words of the list of what never goes is left; a word of the list of what always goes, and a value of the
  /// row, never is.
  /// - Parameter row: what the identifier columns of the text's row hold; nil where there is no row.
  package func findings(in text: UnsafeRawBufferPointer, row: RowValues? = nil) throws -> ProseFindings {
    var passes = Passes()
    if let folded = FoldedText(text) {
      try folded.bytes.withUnsafeBytes { try find(in: ScannedText($0), row, detectors + custom, &passes) }
      passes.map(folded.original)
      // Patterns of the user may mean the signs as they stand.
      if !custom.isEmpty { for detector in custom { try detector.find(in: ScannedText(text), into: &passes.found) } }
    } else {
      try find(in: ScannedText(text), row, detectors + custom, &passes)
    }
    try recogniser?.find(in: text, into: &passes.told)
    return settled(passes, in: text)
  }

  /// What was found before it is settled.
  private struct Passes {
    var found: [ProseSpan] = []
    /// By the external recogniser.
    var told: [ProseSpan] = []
    var own: [ProseSpan] = []
    var always: [ProseSpan] = []
    var never: [Range<Int>] = []

    mutating func map(_ original: (Range<Int>) -> Range<Int>) {
      for index in found.indices { found[index].range = original(found[index].range) }
      for index in own.indices { own[index].range = original(own[index].range) }
      for index in always.indices { always[index].range = original(always[index].range) }
      never = never.map(original)
    }
  }

  private func find(in text: ScannedText, _ row: RowValues?, _ detectors: [any ProseDetector], _ passes: inout Passes) throws {
    for detector in detectors { try detector.find(in: text, into: &passes.found) }
    if let row, !row.isEmpty { passes.own = row.find(in: text) }
    if let always { passes.always = always.spans(in: text) }
    if let never { passes.never = never.spans(in: text).map(\.range) }
  }

  private func settled(_ passes: Passes, in text: UnsafeRawBufferPointer) -> ProseFindings {
    func isWord(_ place: Int) -> Bool { Tokenizer.isWordByte(text[place]) }
    var (found, left) = (passes.found + passes.told, [ProseSpan]())
    if !passes.never.isEmpty {
      let covered = RangeSet(passes.never)
      left = found.filter { $0.range.allSatisfy { !isWord($0) || covered.contains($0) } }
      found.removeAll { $0.range.allSatisfy { !isWord($0) || covered.contains($0) } }
    }
    let spans = OverlapRule.settled(found + passes.own + passes.always, isWord: isWord)
    var findings = ProseFindings(spans: spans)
    if !left.isEmpty {
      let covered = RangeSet(spans.map(\.range))
      findings.left = OverlapRule.settled(left, isWord: isWord).filter { !$0.range.contains(where: covered.contains) }
    }
    findings.always = OverlapRule.settled(passes.always).map(\.range)
    findings.ownValues = OverlapRule.settled(passes.own).map(\.range)
    findings.unread = UnreadWords.find(in: text)
    if !findings.unread.isEmpty {
      // What a rule finds in a script that it does not know is treated, but not trusted.
      let known = RangeSet((passes.told + passes.own + passes.always).map(\.range))
      findings.unread.removeAll { $0.range.allSatisfy(known.contains) }
    }
    return findings
  }
}

/// Whether places lie in any of some ranges.
private struct RangeSet {
  /// Sorted, not overlapping.
  private var ranges: [Range<Int>] = []

  init(_ ranges: [Range<Int>]) {
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = self.ranges.last, last.upperBound >= range.lowerBound {
        self.ranges[self.ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        self.ranges.append(range)
      }
    }
  }

  func contains(_ place: Int) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= place { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(place)
  }
}
