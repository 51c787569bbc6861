import Words

/// Detects names of persons from lists, titles, roles, kinship and the way words are written,
/// without a neural network.
///
/// It searches the rest of the text for names found with strong evidence, so that one mention does
/// not give away another.
struct PersonDetector: ProseDetector {
  private static let sure = 0.85

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    let reader = NameReader(text: text)
    var names: [NameMatch] = []
    var index = 0
    while index < text.tokens.count {
      guard let name = reader.name(at: index, after: names.last) else {
        index += 1
        continue
      }
      names.append(name)
      index = name.tokens.upperBound
    }
    for name in names {
      found.append(Self.span(name.tokens, name.confidence, name.reason, in: text))
    }
    let known = Self.known(names, in: text)
    guard !known.isEmpty else { return }
    var covered = names.makeIterator()
    var current = covered.next()
    for index in text.tokens.indices where known.contains(text.tokens[index].hash) {
      while let name = current, name.tokens.upperBound <= index { current = covered.next() }
      if current?.tokens.contains(index) == true { continue }
      guard reader.isMention(index) else { continue }
      found.append(
        Self.span(index..<(index + 1), 0.75, "a name found elsewhere in the text", in: text))
    }
  }

  /// Returns the words of the names found with strong evidence.
  private static func known(_ names: [NameMatch], in text: ScannedText) -> WordSet {
    var known: [UInt64] = []
    for name in names where name.confidence >= sure {
      for token in text.tokens[name.tokens]
      where token.count > 2 && token.flags.isDisjoint(with: [.neverName, .particle, .city, .title])
      {
        known.append(token.hash)
      }
    }
    return WordSet(hashes: known)
  }

  private static func span(
    _ tokens: Range<Int>, _ confidence: Double, _ reason: String, in text: ScannedText
  ) -> ProseSpan {
    ProseSpan(
      range: text.tokens[tokens.lowerBound].start..<text.tokens[tokens.upperBound - 1].end,
      type: .person, confidence: confidence,
      reason: reason)
  }
}

/// A name that has been read.
struct NameMatch {
  let tokens: Range<Int>
  let confidence: Double
  let reason: String
}

/// The reason a word is taken for the beginning of a name.
enum NameEvidence: String {
  case title = "behind a title"
  case label = "behind a label for persons"
  case greeting = "behind a greeting"
  case kinship = "behind a word of kinship"
  case role = "behind a word for persons"
  case cue = "behind a word that names follow"
  case joined = "behind a name and a word that joins"
  case signature = "on a line of its own below a closing"

  /// Whether the evidence rules out a disease or a test.
  var isSure: Bool { self == .title || self == .label || self == .kinship || self == .signature }
  /// Whether any capitalised word is a name.
  var takesAnyWord: Bool { self == .title || self == .label || self == .signature }
}
