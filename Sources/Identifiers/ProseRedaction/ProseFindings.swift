import Words

/// The findings of a scan of one text, and the words it could not read.
package struct ProseFindings: Sendable {
  /// The identifiers, sorted, without overlaps.
  package var spans: [ProseSpan]
  /// Findings left in place because the user's list says so, sorted, without overlaps.
  package var left: [ProseSpan]
  /// The ranges of the user's words that are always redacted.
  package var always: [Range<Int>]
  /// The ranges of the row's own identifier values in its prose.
  package var ownValues: [Range<Int>]
  /// Words in scripts that no detector reads, except those that the row, the user's list or a
  /// recogniser knows.
  package var unread: [UnreadWord]

  package init(
    spans: [ProseSpan] = [], left: [ProseSpan] = [], always: [Range<Int>] = [],
    ownValues: [Range<Int>] = [], unread: [UnreadWord] = []
  ) {
    (self.spans, self.left, self.always, self.ownValues, self.unread) = (
      spans, left, always, ownValues, unread
    )
  }

  /// Whether there is nothing to report.
  var isEmpty: Bool { spans.isEmpty && left.isEmpty && unread.isEmpty }

  /// Returns the findings in a piece of the text, counted from the start of the piece. Findings are
  /// cut at its ends.
  func clipped(to piece: Range<Int>) -> ProseFindings {
    func clipped(_ range: Range<Int>) -> Range<Int>? {
      let range = range.clamped(to: piece)
      return range.isEmpty
        ? nil : (range.lowerBound - piece.lowerBound)..<(range.upperBound - piece.lowerBound)
    }
    func clipped(_ spans: [ProseSpan]) -> [ProseSpan] {
      spans.compactMap { span in
        guard let range = clipped(span.range) else { return nil }
        var moved = span
        moved.range = range
        return moved
      }
    }
    return ProseFindings(
      spans: clipped(spans), left: clipped(left), always: always.compactMap(clipped),
      ownValues: ownValues.compactMap(clipped),
      unread: unread.compactMap { word in
        clipped(word.range).map { UnreadWord(range: $0, script: word.script) }
      })
  }
}

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
