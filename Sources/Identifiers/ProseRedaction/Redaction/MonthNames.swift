import Words

/// The names of the months, in the languages of the vocabulary.
enum MonthNames {
  /// The way a month was written, so that another can be written alike.
  struct Style {
    fileprivate let language: Int
    /// The number of letters of an abbreviation; nil for the whole word.
    fileprivate let letters: Int?
    fileprivate let shape: Shape

    fileprivate enum Shape { case lower, capitalised, upper }

    func name(of month: Int) -> [UInt8] {
      let word = MonthNames.words[language][month - 1]
      let cut = letters.map { String(word.prefix($0)) } ?? word
      switch shape {
      case .lower: return Array(cut.utf8)
      case .capitalised: return Array((cut.prefix(1).uppercased() + cut.dropFirst()).utf8)
      case .upper: return Array(cut.uppercased().utf8)
      }
    }
  }

  private static let words = [
    "january february march april may june july august september october november december",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
  ].map { $0.split(separator: " ").map(String.init) }

  /// Language, month, and number of letters of an abbreviation, by folded hash. The first language
  /// that has a word keeps it.
  private static let table: [UInt64: (language: Int, month: Int, letters: Int?)] = {
    var table: [UInt64: (language: Int, month: Int, letters: Int?)] = [:]
    func add(_ text: String, _ entry: (Int, Int, Int?)) {
      let hash = WordHash.of(text.utf8)
      if table[hash] == nil { table[hash] = entry }
    }
    for (language, names) in words.enumerated() {
      for (index, name) in names.enumerated() { add(name, (language, index + 1, nil)) }
    }
    for (language, names) in words.enumerated() {
      for (index, name) in names.enumerated() {
        for letters in 3...4 where name.count > letters {
          add(String(name.prefix(letters)), (language, index + 1, letters))
        }
      }
    }
    add("setiembre", (1, 9, nil))
    return table
  }()

  static func find(_ word: [UInt8]) -> (month: Int, style: Style)? {
    guard let found = table[WordHash.of(word)] else { return nil }
    let text = String(decoding: word, as: UTF8.self)
    let shape: Style.Shape =
      text == text.lowercased()
      ? .lower : text == text.uppercased() && text.count > 1 ? .upper : .capitalised
    return (found.month, Style(language: found.language, letters: found.letters, shape: shape))
  }
}
