import WordLists

/// What is known of every listed word and phrase, by hash. About 12 MB, built once.
struct WordTable: Sendable {
  static let shared = WordTable()

  private var words = HashTable<WordFlags>(capacity: 1 << 19, absent: [])
  /// What phrases of two to five words, and single words, are labels of.
  private var labels = HashTable<Label?>(capacity: 1 << 12, absent: nil)

  private init() {
    addNames(of: understudy_given_names(), all: .given, frequent: .frequentGiven, frequentCount: 2_500)
    addNames(of: understudy_surnames(), all: .surname, frequent: .frequentSurname, frequentCount: 6_000)
    for list in [
      understudy_english_words(), understudy_spanish_words(), understudy_german_words(), understudy_french_words(),
      understudy_italian_words(),
    ] { Self.lines(of: list) { add(.common, to: WordHash.of($0)) } }
    Self.lines(of: understudy_cities()) { addPhrase(Array($0), .city) }
    for file in [
      understudy_vocabulary_english(), understudy_vocabulary_spanish(), understudy_vocabulary_german(), understudy_vocabulary_french(),
      understudy_vocabulary_italian(),
    ] { addVocabulary(file) }
  }

  /// What is known of a word or phrase by its hash.
  subscript(hash: UInt64) -> WordFlags { words[hash] }

  /// What a word or phrase is a label of.
  func label(_ hash: UInt64) -> Label? { labels[hash] }

  private mutating func add(_ flags: WordFlags, to hash: UInt64) { words.update(hash) { $0.formUnion(flags) } }

  private mutating func addNames(of list: understudy_word_list, all: WordFlags, frequent: WordFlags, frequentCount: Int) {
    var rank = 0
    Self.lines(of: list) { line in
      add(rank < frequentCount ? [all, frequent] : all, to: WordHash.of(line))
      rank += 1
    }
  }

  /// Words of a phrase are divided by spaces; hyphens, slashes, apostrophes and ordinal signs count as spaces.
  private mutating func addPhrase(_ line: [UInt8], _ flags: WordFlags) {
    let hashes = Self.wordHashes(line)
    guard let first = hashes.first else { return }
    if hashes.count == 1 { return add(flags, to: first) }
    add(.phraseStart, to: first)
    add(flags, to: hashes.dropFirst().reduce(first, WordHash.joined))
  }

  private mutating func addLabel(_ line: [UInt8], _ label: Label) {
    let hashes = Self.wordHashes(line)
    guard let first = hashes.first else { return }
    add(.phraseStart, to: first)
    labels.update(hashes.dropFirst().reduce(first, WordHash.joined)) { $0 = label }
  }

  private static func wordHashes(_ line: [UInt8]) -> [UInt64] {
    // The two bytes of the ordinal sign, as in nº, divide too; its second byte also ends letters such as ú.
    var spaced: [UInt8] = []
    for byte in line {
      if byte == 0xba, spaced.last == 0xc2 { spaced[spaced.count - 1] = 32 } else { spaced.append(byte) }
    }
    return spaced.split(whereSeparator: { " -'/#".utf8.contains($0) }).map { WordHash.of($0) }
  }

  private mutating func addVocabulary(_ list: understudy_word_list) {
    var section = ""
    Self.lines(of: list) { line in
      guard line.first != UInt8(ascii: "#") else { return }
      if line.first == UInt8(ascii: "[") {
        section = String(decoding: line.dropFirst().dropLast(), as: UTF8.self)
        return
      }
      for phrase in line.split(separator: UInt8(ascii: ",")) {
        let text = Array(phrase.drop { $0 == UInt8(ascii: " ") })
        if let flags = VocabularySection.flags[section] {
          addPhrase(text, flags)
        } else if let label = Label(section: section) {
          addLabel(text, label)
        } else {
          preconditionFailure("a vocabulary file has an unknown section")
        }
      }
    }
  }

  private static func lines(of list: understudy_word_list, _ body: (UnsafeBufferPointer<UInt8>.SubSequence) -> Void) {
    let bytes = UnsafeBufferPointer(start: list.bytes, count: list.count)
    var start = 0
    for place in bytes.indices where bytes[place] == UInt8(ascii: "\n") {
      if place > start { body(bytes[start..<place]) }
      start = place + 1
    }
  }
}
