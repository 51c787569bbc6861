import Words

/// The user's words, such as the names of staff and wards: a list of words to redact always, or
/// never.
///
/// ```
/// # one entry a line; without a heading an entry is OTHER_ID
/// [PERSON]
/// Amara Quillfeather
/// [LOCATION]
/// Ward 7b
/// ```
package struct TermList: Sendable {
  private var index = TermIndex<IdentifierType>()
  /// The number of entries.
  package private(set) var count = 0

  private static let shortestEntry = 2

  /// - Parameters:
  ///   - text: the text of the file.
  ///   - path: the name of the file in errors, which contain no entry.
  /// - Throws: ``ProseError/document(file:line:problem:)`` if a line is malformed or the list has
  ///   no entry.
  package init(_ text: String, path: String) throws {
    var type = IdentifierType.other
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let entry = line.trimmingPrefix { $0.isWhitespace || $0 == "\u{feff}" }.reversed().drop {
        $0.isWhitespace
      }.reversed()
      guard let first = entry.first, first != "#" else { continue }
      let words = String(entry)
      if first == "[", entry.last == "]" {
        guard let named = IdentifierType(rawValue: words.dropFirst().dropLast().uppercased()) else {
          throw ProseError.document(
            file: path, line: number + 1,
            problem:
              "this heading names no type. A heading is a type in brackets, such as [PERSON].")
        }
        type = named
        continue
      }
      guard add(words, type) else {
        throw ProseError.document(
          file: path, line: number + 1,
          problem:
            "this entry is too short to be looked for. It must have two letters or digits or more.")
      }
    }
    guard count > 0 else {
      throw ProseError.document(
        file: path, line: nil,
        problem: "there is no entry in this list. Each line holds one; # begins a remark.")
    }
  }

  /// Returns a list with the entries of both.
  package func joined(with other: TermList) -> TermList {
    var list = self
    list.index.add(other.index)
    list.count += other.count
    return list
  }

  private mutating func add(_ words: String, _ type: IdentifierType) -> Bool {
    let bytes = Array(words.utf8)
    let folded = bytes.withUnsafeBytes { FoldedText($0)?.bytes } ?? bytes
    return folded.withUnsafeBytes { bytes in
      let text = ScannedText(bytes)
      guard text.tokens.reduce(0, { $0 + $1.count }) >= Self.shortestEntry else { return false }
      index.add(bytes, tokens: text.tokens[...], type)
      count += 1
      return true
    }
  }

  /// Returns the positions of entries in a text.
  func spans(in text: ScannedText) -> [ProseSpan] {
    var spans: [ProseSpan] = []
    index.forEachMatch(in: text) { match in
      spans.append(
        ProseSpan(
          range: match.range, type: match.payload, confidence: 1,
          reason: "on your list of what always goes"))
    }
    return spans
  }
}
