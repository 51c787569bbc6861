/// A text and its tokens, for the duration of one scan.
package struct ScannedText {
  package let bytes: UnsafeRawBufferPointer
  package private(set) var tokens: [Token]
  package let words: WordTable
  /// The gap after each token.
  private let gaps: [Gap]
  /// The indices of the tokens that contain a digit.
  package let digits: [Int]
  /// The numbers written as one, starting at each number that is not inside a longer code.
  package private(set) var groups: [DigitGroups] = []
  /// The longest label that begins at a token, with its first and last token.
  package private(set) var labels: [(label: Label, first: Int, last: Int)] = []

  package init(_ bytes: UnsafeRawBufferPointer, words: WordTable = .shared) {
    self.bytes = bytes
    self.words = words
    var tokens = Tokenizer.tokens(of: bytes, words: words)
    TextLanguages.settle(&tokens, of: bytes)
    self.tokens = tokens
    gaps = tokens.indices.map {
      Gap(bytes, tokens[$0].end..<($0 + 1 < tokens.count ? tokens[$0 + 1].start : bytes.count))
    }
    digits = tokens.indices.filter { tokens[$0].hasDigit }
    for index in tokens.indices where tokens[index].flags.contains(.phraseStart) {
      markPhrases(from: index)
    }
    groups = digits.compactMap {
      tokens[$0].kind == .number ? DigitGroups(in: self, from: $0) : nil
    }
  }

  /// Records the phrases of up to five words that begin at a token.
  private mutating func markPhrases(from index: Int) {
    var hash = tokens[index].hash
    var best =
      tokens[index].flags.contains(.label)
      ? words.label(hash).map { (label: $0, first: index, last: index) } : nil
    var next = index + 1
    while next < tokens.count, next < index + 5, isPhraseGap(after: next - 1),
      tokens[next].kind != .number
    {
      hash = WordHash.joined(hash, tokens[next].hash)
      let found = words.phrase(hash)
      if found.isEmpty { break }
      tokens[next].ends.formUnion(found.subtracting([.phraseStart, .label]))
      if found.contains(.label), let label = words.label(hash) { best = (label, index, next) }
      guard found.contains(.phraseStart) else { break }
      next += 1
    }
    if let best { labels.append(best) }
  }

  /// Returns the byte at a position, or a space if it is outside the text.
  package func byte(_ place: Int) -> UInt8 {
    bytes.indices.contains(place) ? bytes[place] : UInt8(ascii: " ")
  }

  /// Returns the byte range between the token and the next one.
  package func gap(after index: Int) -> Range<Int> {
    tokens[index].end..<(index + 1 < tokens.count ? tokens[index + 1].start : bytes.count)
  }

  /// Whether the bytes between the token and the next one are exactly `text`.
  @inline(__always)
  package func isGap(after index: Int, _ text: StaticString) -> Bool {
    index >= 0 && index + 1 < tokens.count && gaps[index].isExactly(text)
  }

  /// Whether the gap consists of spaces and tabs, without a line break.
  package func isSpace(after index: Int) -> Bool {
    index >= 0 && index + 1 < tokens.count && gaps[index].isSpace
  }

  /// Whether the gap contains a byte.
  package func gapContains(after index: Int, _ byte: Unicode.Scalar) -> Bool {
    guard index >= 0, index < tokens.count else { return false }
    let gap = gap(after: index)
    return gap.prefix(16).contains { bytes[$0] == UInt8(ascii: byte) }
  }

  /// Whether a line or a sentence ends between the token and the next one.
  package func isBreak(after index: Int) -> Bool {
    guard index >= 0, index + 1 < tokens.count else { return true }
    let gap = gaps[index]
    return gap.hasEnd
      || gap.hasPoint && tokens[index].count > 1 && !tokens[index].flags.contains(.title)
  }

  /// Whether the gap contains a line break.
  package func isLineBreak(after index: Int) -> Bool {
    index < 0 || index + 1 >= tokens.count || gaps[index].hasLineBreak
  }

  /// Returns the index of the first token that begins at or after a position.
  package func tokenIndex(from place: Int) -> Int {
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].start < place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Returns the value of a token of digits; nil for other tokens and for more than nine digits.
  package func number(_ index: Int) -> Int? {
    guard tokens.indices.contains(index), tokens[index].kind == .number, tokens[index].count <= 9
    else { return nil }
    return tokens[index].range.reduce(0) { $0 * 10 + Int(bytes[$1] - 48) }
  }

  /// Returns the last token of the longest phrase of up to five words that begins at a token and
  /// has the flags.
  package func phrase(at index: Int, having flags: WordFlags) -> Int? {
    guard tokens.indices.contains(index) else { return nil }
    var best = tokens[index].flags.contains(flags) ? index : nil
    guard tokens[index].flags.contains(.phraseStart) else { return best }
    var hash = tokens[index].hash
    for next in (index + 1)..<min(index + 5, max(tokens.count, index + 1)) where next < tokens.count
    {
      guard isPhraseGap(after: next - 1), tokens[next].kind != .number else { break }
      hash = WordHash.joined(hash, tokens[next].hash)
      let found = words.phrase(hash)
      if found.contains(flags) { best = next }
      guard found.contains(.phraseStart) else { break }
    }
    return best
  }

  /// Returns the labels that begin at these tokens.
  package func labels(in range: Range<Int>) -> ArraySlice<(label: Label, first: Int, last: Int)> {
    var (low, high) = (0, labels.count)
    while low < high {
      let middle = (low + high) / 2
      if labels[middle].first < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return labels[low...].prefix { $0.first < range.upperBound }
  }

  /// Returns the first token of a phrase with these flags that ends at a token, or the token itself
  /// if its own flags include them.
  package func phraseStart(endingAt index: Int, having flags: WordFlags) -> Int? {
    guard tokens.indices.contains(index), tokens[index].ends.contains(flags) else { return nil }
    if tokens[index].flags.contains(flags) { return index }
    return (max(0, index - 4)..<index).first { phrase(at: $0, having: flags) == index }
  }

  private func isPhraseGap(after index: Int) -> Bool {
    let gap = gap(after: index)
    return !gap.isEmpty && gap.count <= 4
      && gap.allSatisfy {
        " -/.'#".utf8.contains(bytes[$0]) || bytes[$0] == 0xc2 || bytes[$0] == 0xba
          || bytes[$0] == 0xb0
      }
  }
}

/// The bytes between a token and the next one, packed for comparison in one step.
private struct Gap {
  /// Up to eight bytes, the first in the lowest.
  package let packed: UInt64
  package let count: Int
  private let signs: Signs

  private struct Signs: OptionSet {
    let rawValue: UInt8
    static let lineBreak = Signs(rawValue: 1)
    static let sentenceEnd = Signs(rawValue: 2)
    static let point = Signs(rawValue: 4)
  }

  private static let longestLook = 24

  init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    var packed: UInt64 = 0
    var signs: Signs = []
    for place in range {
      let offset = place - range.lowerBound
      let byte = bytes[place]
      if offset < 8 { packed |= UInt64(byte) << UInt64(8 * offset) }
      if byte > 32, byte < 127 || offset > 64 {
        guard offset < Self.longestLook else { break }
        switch byte {
        case UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ";"), UInt8(ascii: ":"):
          signs.insert(.sentenceEnd)
        case UInt8(ascii: "."): signs.insert(.point)
        default: break
        }
      } else if byte == 10 || byte == 13 {
        signs.insert(.lineBreak)
      }
    }
    self.packed = packed
    count = range.count
    self.signs = signs
  }

  var hasLineBreak: Bool { signs.contains(.lineBreak) }
  /// Whether a line ends, or a character ends a sentence or a label.
  var hasEnd: Bool { !signs.isDisjoint(with: [.lineBreak, .sentenceEnd]) }
  var hasPoint: Bool { signs.contains(.point) }

  /// Whether the gap is one to three spaces and tabs.
  package var isSpace: Bool {
    switch count {
    case 1: packed == 32 || packed == 9
    case 2, 3:
      (0..<count).allSatisfy {
        [32, 9].contains(UInt8(truncatingIfNeeded: packed >> UInt64(8 * $0)))
      }
    default: false
    }
  }

  @inline(__always)
  func isExactly(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount, count <= 8 else { return false }
    var wanted: UInt64 = 0
    for offset in 0..<count { wanted |= UInt64(text.utf8Start[offset]) << UInt64(8 * offset) }
    return packed == wanted
  }
}
