/// The interpretation of a header in the languages of the table.
package struct HeaderReading: Sendable {
  typealias Part = HeaderVocabulary.Part

  /// The strength of each meaning: 3 if the whole header expresses it.
  package private(set) var meanings: [ColumnMeaning: (weight: Double, word: String)] = [:]
  private(set) var parts: Set<Part> = []
  /// Whether the deciding word is one for numbers: `patient_nbr`, `id_android`, `numéro de
  /// dossier`.
  package private(set) var isNumber = false
  /// Whether the deciding word counts something: `number_outpatient`, `anzahl_kinder`.
  private(set) var isCount = false
  /// Whether the deciding word names a class of things: `admission_type`.
  private(set) var isKind = false
  /// Whether the header is one word that names a person, `PATIENT`, or a record, `ENCOUNTER`.
  private(set) var isPersonAlone = false
  private(set) var isRecordAlone = false
  private(set) var isNumberAlone = false
  /// Whether the deciding word is one for names.
  package private(set) var isName = false
  /// Whether no word is known.
  var isUnknown: Bool { parts.isEmpty && meanings.isEmpty }

  /// - Parameter languages: The weight of each of `HeaderVocabulary.all`, 0 to 1.
  package init(_ header: String, languages: [Double] = HeaderReading.anyLanguage) {
    let words = HeaderWords.withoutSmallWords(HeaderWords.split(header))
    for (vocabulary, weight) in zip(HeaderVocabulary.all, languages) where weight > 0.3 {
      read(Self.pieces(words, vocabulary), vocabulary, weight: weight)
    }
  }

  static let anyLanguage = [1.0, 0.9, 0.9, 0.9, 0.9]

  /// Returns the weight of each language in a table: the share of headers with a known word,
  /// relative to the best.
  package static func languages(of headers: [String]) -> [Double] {
    let known = HeaderVocabulary.all.map { vocabulary in
      headers.reduce(0.0) { sum, header in
        let words = pieces(HeaderWords.withoutSmallWords(HeaderWords.split(header)), vocabulary)
        guard !words.isEmpty else { return sum }
        return sum + Double(words.count { vocabulary.knows($0) }) / Double(words.count)
      }
    }
    let best = known.max() ?? 0
    guard best > 0 else { return anyLanguage }
    return known.map { count in
      let share = count / best
      return share >= 0.999 ? 1 : share * share * share
    }
  }

  /// Returns the words, with compounds split.
  private static func pieces(_ words: [String], _ vocabulary: HeaderVocabulary) -> [String] {
    words.flatMap { word -> [String] in
      if vocabulary.knows(word) { return [word] }
      let bare = String(word.reversed().drop { $0.isNumber }.reversed())
      if bare.count >= 2, bare != word, vocabulary.knows(bare) { return [bare] }
      return HeaderWords.parts(of: bare.count >= 2 ? bare : word, isKnown: vocabulary.knows) ?? [
        word
      ]
    }
  }

  private mutating func read(_ words: [String], _ vocabulary: HeaderVocabulary, weight: Double) {
    guard !words.isEmpty else { return }
    let head = vocabulary.isHeadFirst ? 0 : words.count - 1
    let pieces = words.flatMap { word in
      vocabulary.parts[word] != nil
        ? [word] : HeaderWords.parts(of: word) { vocabulary.parts[$0] != nil } ?? [word]
    }
    readParts(pieces, vocabulary, head: vocabulary.isHeadFirst ? 0 : pieces.count - 1)
    var place = 0
    while place < words.count {
      let length = stride(
        from: min(vocabulary.longestPhrase, words.count - place), through: 1, by: -1
      ).first { length in
        vocabulary.meanings[words[place..<(place + length)].joined(separator: " ")] != nil
      }
      guard let length else {
        readEnding(words[place], vocabulary)
        place += 1
        continue
      }
      let phrase = words[place..<(place + length)].joined(separator: " ")
      let isHead = (place..<(place + length)).contains(head)
      for entry in vocabulary.meanings[phrase] ?? [] {
        let strength =
          entry.isHint
          ? 1.0
          : length == words.count
            ? 3 : length > 1 ? 2.6 : words.count > 5 ? 1.3 : isHead ? 2.2 : 1.5
        say(entry.meaning, weight * strength, phrase)
      }
      place += length
    }
  }

  private mutating func readParts(_ words: [String], _ vocabulary: HeaderVocabulary, head: Int) {
    for (place, word) in words.enumerated() {
      for part in vocabulary.parts[word] ?? [] { parts.insert(part) }
      if place + 1 < words.count {
        for part in vocabulary.parts["\(word) \(words[place + 1])"] ?? [] { parts.insert(part) }
      }
    }
    let has = { (place: Int, part: Part) in vocabulary.parts[words[place]]?.contains(part) ?? false
    }
    let last = words.count - 1
    let isNumberWord = has(head, .number) || has(last, .number) || has(0, .number)
    let ends = words.count == 1 ? false : has(0, .count) && !has(last, .number)
    if ends { isCount = true }
    if has(head, .kind) && !(isNumberWord && vocabulary.isHeadFirst)
      || words.count > 2 && has(last, .number) && has(last - 1, .kind)
    {
      isKind = true
    }
    if isNumberWord, !isCount || parts.contains(.person) && words.count == 2 { isNumber = true }
    if has(head, .name) { isName = true }
    if words.count == 1 {
      if has(0, .person) { isPersonAlone = true }
      if has(0, .record) { isRecordAlone = true }
      if has(0, .number) { isNumberAlone = true }
    }
  }

  /// Recognises names of drugs and illnesses by their endings.
  private mutating func readEnding(_ word: String, _ vocabulary: HeaderVocabulary) {
    if word.count >= 7, let ending = vocabulary.healthEndings.first(where: { word.hasSuffix($0) }) {
      say(.health, 1.8, "…\(ending)")
    }
  }

  private mutating func say(_ meaning: ColumnMeaning, _ weight: Double, _ word: String) {
    if weight > meanings[meaning]?.weight ?? 0 { meanings[meaning] = (weight, word) }
  }
}
