import Words

/// The findings of a scan of one text, and what it could not read.
package struct ProseFindings: Sendable {
  /// The identifiers, sorted, not overlapping.
  package var spans: [ProseSpan]
  /// Findings that were left because the user's list says so, sorted, not overlapping.
  package var left: [ProseSpan]
  /// Where words of the user's list stand that always go.
  package var always: [Range<Int>]
  /// Where values of the row's identifier columns stand in its prose.
  package var ownValues: [Range<Int>]
  /// Words in scripts that no detector reads, but those that the row, the user's list or a recogniser knows.
  package var unread: [UnreadWord]

  package init(
    spans: [ProseSpan] = [], left: [ProseSpan] = [], always: [Range<Int>] = [], ownValues: [Range<Int>] = [], unread: [UnreadWord] = []
  ) {
    (self.spans, self.left, self.always, self.ownValues, self.unread) = (spans, left, always, ownValues, unread)
  }

  /// Whether there is nothing to tell of.
  var isEmpty: Bool { spans.isEmpty && left.isEmpty && unread.isEmpty }

  /// The findings in a piece of the text, counted from the piece's start. A finding is cut at the piece's ends.
  func clipped(to piece: Range<Int>) -> ProseFindings {
    func clipped(_ range: Range<Int>) -> Range<Int>? {
      let range = range.clamped(to: piece)
      return range.isEmpty ? nil : (range.lowerBound - piece.lowerBound)..<(range.upperBound - piece.lowerBound)
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
      spans: clipped(spans), left: clipped(left), always: always.compactMap(clipped), ownValues: ownValues.compactMap(clipped),
      unread: unread.compactMap { word in clipped(word.range).map { UnreadWord(range: $0, script: word.script) } })
  }
}
