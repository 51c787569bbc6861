import Words

/// Finds given words and numbers in texts by their letters and digits alone, ignoring case,
/// accents, leading zeros, and the signs between them. `00482913` is found in `MRN 0048-2913` and
/// in `482913`.
struct TermIndex<Payload: Sendable>: Sendable {
  /// An occurrence of a term in a text.
  struct Match {
    let payload: Payload
    let range: Range<Int>
    /// The tokens that the match covers, in whole or in part.
    let tokens: ClosedRange<Int>
    /// The number of letters and digits, including leading zeros; for a term matched byte by byte,
    /// the number of bytes.
    let length: Int
    let hasDigit: Bool
  }

  private struct Entry {
    let payload: Payload
    /// The number of words and numbers in the term.
    let words: Int
    let length: Int
  }

  private var entries: [UInt64: [Entry]] = [:]
  /// Terms in scripts that do not divide words, matched byte by byte.
  private var undivided: [(bytes: [UInt8], payload: Payload)] = []
  private var longest = 0
  private var firsts = [Bool](repeating: false, count: 256)

  /// Terms shorter than this must be divided in a text as they are in the index.
  private static var leastFreeLength: Int { 5 }
  private static var widestGap: Int { 4 }

  var isEmpty: Bool { entries.isEmpty && undivided.isEmpty }

  /// - Parameters:
  ///   - text: the text of the term, folded by ``FoldedText``.
  ///   - tokens: the tokens that make up the term. A term without tokens is skipped.
  mutating func add(_ text: UnsafeRawBufferPointer, tokens: ArraySlice<Token>, _ payload: Payload) {
    guard let start = tokens.first?.start, let end = tokens.last?.end else { return }
    if Self.isUndivided(text[start..<end]) { undivided.append((Array(text[start..<end]), payload)) }
    var (hash, length) = (WordHash(), 0)
    var first: UInt8?
    for token in tokens {
      let range = length == 0 ? Self.withoutZeros(token.range, in: text) : token.range
      var lead: UInt8 = 0
      for place in range {
        WordHash.folded(text[place], lead: &lead) { letter in
          first = first ?? letter
          hash.add(letter)
          length += 1
        }
      }
    }
    guard let first else { return }
    firsts[Int(first)] = true
    longest = max(longest, length)
    entries[hash.value, default: []].append(
      Entry(payload: payload, words: tokens.count, length: length))
  }

  /// Adds the terms of another index.
  mutating func add(_ other: TermIndex) {
    entries.merge(other.entries) { $0 + $1 }
    undivided += other.undivided
    longest = max(longest, other.longest)
    for place in firsts.indices where other.firsts[place] { firsts[place] = true }
  }

  /// Passes on each occurrence, from left to right by its first word. Occurrences of different
  /// terms may overlap.
  func forEachMatch(in text: ScannedText, _ body: (Match) -> Void) {
    guard !isEmpty else { return }
    let runs = TermRun.all(of: text)
    for index in runs.indices { look(from: index, in: runs, of: text, body) }
    for term in undivided { lookForBytes(term.bytes, term.payload, in: text, body) }
  }

  private func look(
    from index: Int, in runs: [TermRun], of text: ScannedText, _ body: (Match) -> Void
  ) {
    let start = Self.withoutZeros(runs[index].range, in: text.bytes)
    let byte = text.bytes[start.lowerBound]
    guard byte >= 0x80 || firsts[Int((65...90).contains(byte) ? byte | 0x20 : byte)] else { return }
    var (hash, length, words, hasDigit) = (WordHash(), 0, 1, false)
    for last in index..<runs.count {
      if last > index {
        let gap = runs[last].range.lowerBound - runs[last - 1].range.upperBound
        guard gap <= Self.widestGap else { return }
        if gap > 0 { words += 1 }
      }
      let run = last == index ? start : runs[last].range
      hasDigit = hasDigit || runs[last].isDigits
      var lead: UInt8 = 0
      for place in run {
        WordHash.folded(text.bytes[place], lead: &lead) { letter in
          hash.add(letter)
          length += 1
        }
      }
      guard length <= longest else { return }
      guard let found = entries[hash.value] else { continue }
      for entry in found where entry.length >= Self.leastFreeLength || entry.words == words {
        let range = runs[index].range.lowerBound..<runs[last].range.upperBound
        body(
          Match(
            payload: entry.payload, range: range, tokens: runs[index].token...runs[last].token,
            length: length + start.lowerBound - range.lowerBound, hasDigit: hasDigit))
      }
    }
  }

  private func lookForBytes(
    _ term: [UInt8], _ payload: Payload, in text: ScannedText, _ body: (Match) -> Void
  ) {
    guard let first = term.first, text.bytes.count >= term.count else { return }
    for place in 0...(text.bytes.count - term.count) where text.bytes[place] == first {
      guard text.bytes[place..<(place + term.count)].elementsEqual(term) else { continue }
      let token = max(0, text.tokenIndex(from: place + 1) - 1)
      guard token < text.tokens.count else { continue }
      body(
        Match(
          payload: payload, range: place..<(place + term.count), tokens: token...token,
          length: term.count, hasDigit: false))
    }
  }

  /// Returns the range of a token without the leading zeros of its digits; the last digit stays.
  private static func withoutZeros(_ range: Range<Int>, in text: UnsafeRawBufferPointer) -> Range<
    Int
  > {
    var start = range.lowerBound
    while start + 1 < range.upperBound, text[start] == UInt8(ascii: "0"),
      (48...57).contains(text[start + 1])
    { start += 1 }
    return start..<range.upperBound
  }

  /// Whether a term contains Han, kana, Thai or neighbouring scripts: letters of three bytes and
  /// more, except those of Latin Extended Additional.
  private static func isUndivided(_ term: UnsafeRawBufferPointer.SubSequence) -> Bool {
    term.contains { $0 >= 0xe2 || $0 == 0xe0 }
  }
}

/// A run of letters or digits in a text.
private struct TermRun {
  let range: Range<Int>
  let token: Int
  let isDigits: Bool

  static func all(of text: ScannedText) -> [TermRun] {
    var runs: [TermRun] = []
    runs.reserveCapacity(text.tokens.count)
    for (index, token) in text.tokens.enumerated() {
      guard token.kind == .mixed else {
        runs.append(TermRun(range: token.range, token: index, isDigits: token.kind == .number))
        continue
      }
      var start = token.start
      for place in token.range {
        let isDigit = (48...57).contains(text.bytes[place])
        guard place + 1 == token.end || (48...57).contains(text.bytes[place + 1]) != isDigit else {
          continue
        }
        runs.append(TermRun(range: start..<(place + 1), token: index, isDigits: isDigit))
        start = place + 1
      }
    }
    return runs
  }
}
