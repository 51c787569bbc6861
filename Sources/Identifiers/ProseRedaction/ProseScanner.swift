import Words

/// Finds identifiers in prose.
///
/// The text is split into words and numbers once, and each detector looks only at places that a
/// word, a number or a sign suggests. One rule (`OverlapRule`) settles the findings. Scanning keeps
/// no state between calls, and one scanner serves many threads.
package struct ProseScanner: Sendable {
  private let detectors: [any ProseDetector]
  private let custom: [any ProseDetector]
  private let recogniser: ExternalRecogniser?
  private let always: TermList?
  private let never: TermList?

  /// - Parameters:
  ///   - customDetectors: the user's detectors, beside the built-in ones.
  ///   - recogniser: a user's program that also searches every text.
  ///   - always: the user's words that are redacted wherever they stand.
  ///   - never: the user's words that are not identifiers.
  /// - Throws: ``ProseError`` if a pattern cannot be compiled.
  package init(
    customDetectors: [DetectorDescription] = [], recogniser: ExternalRecogniser? = nil,
    always: TermList? = nil, never: TermList? = nil
  ) throws {
    custom = try customDetectors.map { try CustomDetector($0) }
    self.recogniser = recogniser
    (self.always, self.never) = (always, never)
    detectors = BuiltInDetectors.all()
  }

  /// Returns the identifiers of a UTF-8 text, sorted, without overlaps. Bytes that are not UTF-8
  /// form no word; no text is refused.
  /// - Throws: ``ProseError`` if a user's pattern reached its limit or the recogniser failed.
  ///   Nothing is skipped silently.
  package func spans(in text: UnsafeRawBufferPointer) throws -> [ProseSpan] {
    try findings(in: text).spans
  }

  package func spans(in text: [UInt8]) throws -> [ProseSpan] {
    try text.withUnsafeBytes { try spans(in: $0) }
  }

  /// Returns all findings of a text. The user's words and the row's own values are searched for as
  /// the detectors search: in the folded text. A text whose lines were wrapped is searched once
  /// more with its lines joined, and both findings count.
  ///
  /// A finding made up of words on the `never` list is left in place. A word on the `always` list
  /// or a value of the row never is.
  /// - Parameter row: the values of the row's identifier columns; nil if there is no row.
  package func findings(in text: UnsafeRawBufferPointer, row: RowValues? = nil) throws
    -> ProseFindings
  {
    var passes = try passes(over: text, row)
    if let joined = JoinedLines(text) {
      var more = try joined.bytes.withUnsafeBytes { try self.passes(over: $0, row) }
      more.map(joined.original)
      passes.add(more)
    }
    try recogniser?.find(in: text, into: &passes.told)
    return settled(passes, in: text)
  }

  /// Returns what the detectors, the user's words and the row's own values find.
  private func passes(over text: UnsafeRawBufferPointer, _ row: RowValues?) throws -> Passes {
    var passes = Passes()
    if let folded = FoldedText(text) {
      try folded.bytes.withUnsafeBytes {
        try find(in: ScannedText($0), row, detectors + custom, &passes)
      }
      passes.map(folded.original)
      // The user's patterns may refer to characters as they stand in the text.
      if !custom.isEmpty {
        for detector in custom { try detector.find(in: ScannedText(text), into: &passes.found) }
      }
    } else {
      try find(in: ScannedText(text), row, detectors + custom, &passes)
    }
    return passes
  }

  /// The findings before they are settled.
  private struct Passes {
    var found: [ProseSpan] = []
    /// Findings of the external recogniser.
    var told: [ProseSpan] = []
    var own: [ProseSpan] = []
    var always: [ProseSpan] = []
    var never: [Range<Int>] = []

    mutating func add(_ more: Passes) {
      found += more.found
      own += more.own
      always += more.always
      never += more.never
    }

    mutating func map(_ original: (Range<Int>) -> Range<Int>) {
      for index in found.indices { found[index].range = original(found[index].range) }
      for index in own.indices { own[index].range = original(own[index].range) }
      for index in always.indices { always[index].range = original(always[index].range) }
      never = never.map(original)
    }
  }

  private func find(
    in text: ScannedText, _ row: RowValues?, _ detectors: [any ProseDetector],
    _ passes: inout Passes
  ) throws {
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
      findings.left = OverlapRule.settled(left, isWord: isWord).filter {
        !$0.range.contains(where: covered.contains)
      }
    }
    findings.always = OverlapRule.settled(passes.always).map(\.range)
    findings.ownValues = OverlapRule.settled(passes.own).map(\.range)
    findings.unread = UnreadWords.find(in: text)
    if !findings.unread.isEmpty {
      // A rule's findings in a script that it does not know are treated, but not trusted.
      let known = RangeSet((passes.told + passes.own + passes.always).map(\.range))
      findings.unread.removeAll { $0.range.allSatisfy(known.contains) }
    }
    return findings
  }
}

/// Tests whether a position lies in any of a set of ranges.
private struct RangeSet {
  /// Sorted, without overlaps.
  private var ranges: [Range<Int>] = []

  init(_ ranges: [Range<Int>]) {
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = self.ranges.last, last.upperBound >= range.lowerBound {
        self.ranges[self.ranges.count - 1] =
          last.lowerBound..<max(last.upperBound, range.upperBound)
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

/// Finds identifiers of one kind.
protocol ProseDetector: Sendable {
  /// Appends its findings in any order; spans may overlap those of other detectors.
  /// - Throws: ``ProseError`` if the text cannot be searched as requested. The built-in detectors
  ///   never throw.
  func find(in text: ScannedText, into found: inout [ProseSpan]) throws
}

/// The detectors built into every scanner.
private enum BuiltInDetectors {
  static func all() -> [any ProseDetector] {
    [
      EmailDetector(), WebAddressDetector(), LabelledNumberDetector(), LabelledTextDetector(),
      TableDetector(), DateDetector(),
      AgeDetector(),
      SocialSecurityNumberDetector(), CardDetector(), NationalNumberDetector(),
      BankAccountDetector(), PhoneDetector(),
      NetworkAddressDetector(), HardwareAddressDetector(), VehicleNumberDetector(),
      PrescriberNumberDetector(), WalletDetector(),
      UniqueCodeDetector(), PersonDetector(), StreetDetector(), PostalCodeDetector(),
      LocationDetector(), OrganizationDetector(),
      CoordinateDetector(), HandleDetector(),
    ]
  }
}
