import WordLists

/// The flags of every listed word and phrase, by hash. About 14 MB, built once.
package struct WordTable: Sendable {
  package static let shared = WordTable()

  private var words = HashTable<WordFlags>(capacity: 1 << 19, absent: [])
  /// The words of each language, except those formed from others.
  private var dictionary = WordDictionary(capacity: 1 << 20)
  private var inflections = Inflections()
  /// The labels of single words and of phrases of two to five words.
  private var labels = HashTable<Label?>(capacity: 1 << 13, absent: nil)

  private init() {
    addNames(
      of: understudy_given_names(), all: .given, frequent: .frequentGiven, frequentCount: 2_500)
    addNames(
      of: understudy_surnames(), all: .surname, frequent: .frequentSurname, frequentCount: 6_000)
    for (list, language) in Self.dictionaries {
      Self.lines(of: list) { dictionary.add(WordHash.of($0), language.bit) }
    }
    Self.lines(of: understudy_drugs()) { add(.drug, to: WordHash.of($0)) }
    Self.lines(of: understudy_cities()) { addPhrase(Array($0), .city) }
    for (file, language) in Self.vocabularies { addVocabulary(file, language) }
  }

  private static var dictionaries: [(understudy_word_list, Language)] {
    [
      (understudy_english_words(), Language.english), (understudy_spanish_words(), .spanish),
      (understudy_german_words(), .german),
      (understudy_french_words(), .french), (understudy_italian_words(), .italian),
      (understudy_dutch_words(), .dutch),
      (understudy_portuguese_words(), .portuguese),
    ]
  }

  private static var vocabularies: [(understudy_word_list, Language)] {
    [
      (understudy_vocabulary_english(), Language.english),
      (understudy_vocabulary_spanish(), .spanish),
      (understudy_vocabulary_german(), .german), (understudy_vocabulary_french(), .french),
      (understudy_vocabulary_italian(), .italian),
      (understudy_vocabulary_dutch(), .dutch), (understudy_vocabulary_portuguese(), .portuguese),
    ]
  }

  /// Returns the flags of a word or phrase by its hash. A word of any language is common.
  package subscript(hash: UInt64) -> WordFlags {
    var flags = words[hash]
    if dictionary[hash] != 0 || !flags.isDisjoint(with: .anyLanguage) { flags.insert(.common) }
    if flags.contains(.neverNameThere) { flags.insert(.neverName) }
    return flags
  }

  /// Returns the flags of a phrase. `phraseStart` means that longer phrases begin with it.
  package func phrase(_ hash: UInt64) -> WordFlags { words[hash] }

  /// Returns the flags of a word, including the languages that have it.
  package func flags(of hash: UInt64, _ word: @autoclosure () -> UnsafeRawBufferPointer.SubSequence)
    -> WordFlags
  {
    var flags = words[hash]
    var languages = dictionary[hash]
    if languages == 0, flags.isDisjoint(with: [.given, .surname, .drug, .city]) {
      languages = inflections.languages(of: word(), in: dictionary)
    }
    if languages != 0 {
      flags.formUnion(WordFlags(rawValue: UInt64(languages) << WordFlags.firstLanguageBit))
    }
    return flags
  }

  /// Returns the label that a word or phrase stands for.
  package func label(_ hash: UInt64) -> Label? { labels[hash] }

  private mutating func add(_ flags: WordFlags, to hash: UInt64) {
    words.update(hash) { $0.formUnion(flags) }
  }

  private mutating func addNames(
    of list: understudy_word_list, all: WordFlags, frequent: WordFlags, frequentCount: Int
  ) {
    var rank = 0
    Self.lines(of: list) { line in
      add(rank < frequentCount ? [all, frequent] : all, to: WordHash.of(line))
      rank += 1
    }
  }

  /// Adds a phrase whose words are separated by spaces. Hyphens, slashes, apostrophes and ordinal
  /// signs count as spaces.
  private mutating func addPhrase(_ line: [UInt8], _ flags: WordFlags) {
    let hashes = Self.wordHashes(line)
    guard let first = hashes.first else { return }
    if hashes.count == 1 { return add(flags, to: first) }
    add(flags, to: join(hashes))
  }

  /// Returns the hash of a phrase and marks its beginnings, so that a text is searched no further
  /// than a phrase can reach.
  private mutating func join(_ hashes: [UInt64]) -> UInt64 {
    var hash = hashes[0]
    for next in hashes.dropFirst() {
      add(.phraseStart, to: hash)
      hash = WordHash.joined(hash, next)
    }
    return hash
  }

  private mutating func addLabel(_ line: [UInt8], _ label: Label) {
    let hashes = Self.wordHashes(line)
    guard let first = hashes.first else { return }
    add(.phraseStart, to: first)
    let hash = join(hashes)
    add(.label, to: hash)
    labels.update(hash) { $0 = label }
  }

  private static func wordHashes(_ line: [UInt8]) -> [UInt64] {
    // The two bytes of the ordinal and degree signs, as in nº, separate too. The second byte also
    // ends letters such as ú.
    var spaced: [UInt8] = []
    for byte in line {
      if byte == 0xba || byte == 0xb0, spaced.last == 0xc2 {
        spaced[spaced.count - 1] = 32
      } else {
        spaced.append(byte)
      }
    }
    return spaced.split(whereSeparator: { " -'/#".utf8.contains($0) }).map { WordHash.of($0) }
  }

  private mutating func addVocabulary(_ list: understudy_word_list, _ language: Language) {
    var section = ""
    Self.lines(of: list) { line in
      guard line.first != UInt8(ascii: "#") else { return }
      if line.first == UInt8(ascii: "[") {
        section = String(decoding: line.dropFirst().dropLast(), as: UTF8.self)
        return
      }
      for phrase in line.split(separator: UInt8(ascii: ",")) {
        let text = Array(phrase.drop { $0 == UInt8(ascii: " ") })
        if section == "word ends" {
          inflections.add(ending: text, language)
        } else if let flags = VocabularySection.flags(of: section, in: language) {
          addPhrase(text, flags)
        } else if let label = Label(section: section) {
          addLabel(text, label)
        } else {
          preconditionFailure("a vocabulary file has an unknown section")
        }
      }
    }
  }

  private static func lines(
    of list: understudy_word_list, _ body: (UnsafeBufferPointer<UInt8>.SubSequence) -> Void
  ) {
    let bytes = UnsafeBufferPointer(start: list.bytes, count: list.count)
    var start = 0
    for place in bytes.indices where bytes[place] == UInt8(ascii: "\n") {
      if place > start { body(bytes[start..<place]) }
      start = place + 1
    }
  }
}

/// Values by 64-bit hash, in one open-addressed table that is written once and then only read.
private struct HashTable<Value: Sendable>: Sendable {
  private var keys: [UInt64]
  private var values: [Value]
  private let mask: Int
  private let absent: Value

  /// - Parameter capacity: A power of two greater than the number of values.
  init(capacity: Int, absent: Value) {
    precondition(capacity.nonzeroBitCount == 1, "the capacity is a power of two")
    keys = Array(repeating: 0, count: capacity)
    values = Array(repeating: absent, count: capacity)
    mask = capacity - 1
    self.absent = absent
  }

  subscript(hash: UInt64) -> Value {
    var place = Int(truncatingIfNeeded: hash) & mask
    while keys[place] != 0 {
      if keys[place] == hash { return values[place] }
      place = (place + 1) & mask
    }
    return absent
  }

  mutating func update(_ hash: UInt64, _ change: (inout Value) -> Void) {
    var place = Int(truncatingIfNeeded: hash) & mask
    while keys[place] != 0, keys[place] != hash { place = (place + 1) & mask }
    keys[place] = hash
    change(&values[place])
  }
}

/// The sections of the vocabulary files (`Sources/Identifiers/WordLists/lists/english.txt` and
/// others) and the flags of their words.
private enum VocabularySection {
  package static let flags: [String: WordFlags] = [
    "titles": .title, "kinship": .kinship, "roles": .role, "months": .month,
    "english months": .englishMonth, "person verbs": .personVerb,
    "street ends": .streetEnd,
    "street starts": .streetStart,
    "organization ends": .organizationEnd, "organization starts": .organizationStart,
    "eponym nouns": .eponymNoun,
    "place prepositions": .placePreposition, "states": .state, "state codes": .stateCode,
    "credentials": .credential,
    "particles": .particle, "never names": .neverName, "fillers": .filler, "weekdays": .weekday,
    "name cues": .nameCue,
    "date cues": .dateCue, "eponyms": .eponym, "age words": .ageWord, "generations": .generation,
    "place ends": .placeEnd,
    "employer cues": .employerCue, "company ends": .companyEnd, "units": .unit,
    "number words": .numberWord, "common words": .common,
    "verbs": .verb, "greetings": .greeting, "names before words": .nameFirst,
    "given names": [.given, .frequentGiven],
    "surnames": [.surname, .frequentSurname], "cities": .city, "sure titles": [.title, .sureTitle],
    "drugs": .drug, "holidays": .holiday,
    "day words": .dayWord, "weak months": [.month, .weakMonth], "range words": .rangeWord,
    "addressees": .addressee,
  ]

  /// Returns the flags of a section's words. For `function words`, these depend on the file's
  /// language.
  package static func flags(of section: String, in language: Language) -> WordFlags? {
    switch section {
    case "function words": language.functionFlag.union(language.flag)
    // English words are never names in any text, because medicine uses English everywhere.
    case "never names" where language != .english: [.neverNameThere, language.flag]
    default: flags[section]
    }
  }
}
