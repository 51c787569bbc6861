/// Recognises words as forms of listed words: "Schmerzen" of "Schmerz", "ingresada" of "ingresar".
struct Inflections: Sendable {
  private struct Rule {
    let ending: [UInt8]
    /// The ending of the listed word instead; nil if the ending alone makes a word.
    let base: [UInt8]?
    let language: UInt8
  }

  /// The rules by the last letter of the ending.
  private var rules: [[Rule]]
  private static let longest = 32

  init() {
    var rules = [[Rule]](repeating: [], count: 26)
    for language in Language.allCases {
      for (ending, base) in language.endings {
        guard let last = ending.utf8.last else { continue }
        rules[Int(last - 97)].append(
          Rule(ending: Array(ending.utf8), base: Array(base.utf8), language: language.bit))
      }
    }
    self.rules = rules
  }

  /// Treats words with an ending as words of a language, because names seldom end that way.
  package mutating func add(ending: [UInt8], _ language: Language) {
    var letters: [UInt8] = []
    var lead: UInt8 = 0
    for byte in ending { WordHash.folded(byte, lead: &lead) { letters.append($0) } }
    guard let last = letters.last, (97...122).contains(last) else { return }
    rules[Int(last - 97)].append(Rule(ending: letters, base: nil, language: language.bit))
  }

  /// Returns the languages in which a word is a form of a listed one.
  package func languages(of word: UnsafeRawBufferPointer.SubSequence, in dictionary: WordDictionary)
    -> UInt8
  {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longest * 2) { letters in
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.longest * 2 + 1) { states in
        guard word.count <= Self.longest else { return 0 }
        var hash = WordHash()
        var lead: UInt8 = 0
        var count = 0
        states[0] = hash.value
        for byte in word {
          WordHash.folded(byte, lead: &lead) { letter in
            hash.add(letter)
            letters[count] = letter
            count += 1
            states[count] = hash.value
          }
        }
        return found(letters, states, count, in: dictionary)
      }
    }
  }

  private func found(
    _ letters: UnsafeMutableBufferPointer<UInt8>, _ states: UnsafeMutableBufferPointer<UInt64>,
    _ count: Int, in dictionary: WordDictionary
  ) -> UInt8 {
    guard count > 3, (97...122).contains(letters[count - 1]) else { return 0 }
    var languages: UInt8 = 0
    for rule in rules[Int(letters[count - 1] - 97)]
    where languages & rule.language == 0 && count > rule.ending.count + 2 {
      let stem = count - rule.ending.count
      guard rule.ending.indices.allSatisfy({ letters[stem + $0] == rule.ending[$0] }) else {
        continue
      }
      guard let base = rule.base else {
        if count > rule.ending.count + 3 { languages |= rule.language }
        continue
      }
      var hash = WordHash(state: states[stem])
      for letter in base { hash.add(letter) }
      languages |= dictionary[hash.value] & rule.language
    }
    return languages
  }
}
