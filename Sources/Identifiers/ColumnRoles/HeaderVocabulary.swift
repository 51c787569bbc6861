import WordLists
import Words

/// The header words of one language, and words found in cells.
struct HeaderVocabulary: Sendable {
  /// The part that a word plays beside other words.
  package enum Part: String, Sendable {
    /// A person that a number or name may belong to.
    case person
    /// A record that a person keeps over time, so that its number identifies the person.
    case kept
    /// A record of one person.
    case record
    /// A line of a file.
    case row
    /// Something that many people share.
    case thing
    case staff
    case number, count, name, kind, date, birth, death
    /// A word for persons and records that occurs only in health care tables.
    case care
  }

  struct Meaning: Sendable {
    let meaning: ColumnMeaning
    let isHint: Bool
  }

  /// Whether the deciding noun comes first, as in Romance languages.
  let isHeadFirst: Bool
  /// The parts by phrase: folded words joined by spaces, without small words.
  package private(set) var parts: [String: [Part]] = [:]
  package private(set) var meanings: [String: [Meaning]] = [:]
  package private(set) var values: [ColumnMeaning: Set<String>] = [:]
  private(set) var healthEndings: [String] = []
  private(set) var medicine: Set<String> = []
  /// The largest number of words in a phrase.
  private(set) var longestPhrase = 1

  package static let all: [HeaderVocabulary] = [
    HeaderVocabulary(understudy_columns_english(), isHeadFirst: false),
    HeaderVocabulary(understudy_columns_german(), isHeadFirst: false),
    HeaderVocabulary(understudy_columns_french(), isHeadFirst: true),
    HeaderVocabulary(understudy_columns_spanish(), isHeadFirst: true),
    HeaderVocabulary(understudy_columns_italian(), isHeadFirst: true),
  ]

  private init(_ list: understudy_word_list, isHeadFirst: Bool) {
    self.isHeadFirst = isHeadFirst
    let text = String(
      decoding: UnsafeBufferPointer(start: list.bytes, count: list.count), as: UTF8.self)
    var section = ""
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("[") {
        section = String(line.dropFirst().dropLast())
      } else {
        for phrase in line.split(separator: ",") {
          add(String(phrase.drop { $0 == " " }), to: section)
        }
      }
    }
  }

  private mutating func add(_ phrase: String, to section: String) {
    let words = HeaderWords.split(phrase)
    let key = HeaderWords.withoutSmallWords(words).joined(separator: " ")
    let (kind, rest) = section.splitOnce
    switch kind {
    case "word":
      guard let part = Part(rawValue: rest) else {
        preconditionFailure("a list of header words has an unknown section")
      }
      parts[key, default: []].append(part)
    case "means", "hints":
      guard let meaning = ColumnMeaning(rawValue: rest) else {
        preconditionFailure("a list of header words has an unknown section")
      }
      meanings[key, default: []].append(Meaning(meaning: meaning, isHint: kind == "hints"))
    case "values":
      guard let meaning = ColumnMeaning(rawValue: rest) else {
        preconditionFailure("a list of header words has an unknown section")
      }
      values[meaning, default: []].insert(phrase.folded)
    case "health": healthEndings.append(phrase)
    case "medicine": medicine.insert(phrase.folded)
    default: preconditionFailure("a list of header words has an unknown section")
    }
    longestPhrase = max(longestPhrase, words.count)
  }

  func knows(_ word: String) -> Bool { parts[word] != nil || meanings[word] != nil }
}

extension String {
  /// The text before the first space, and after it.
  fileprivate var splitOnce: (String, String) {
    guard let space = firstIndex(of: " ") else { return (self, "") }
    return (String(self[..<space]), String(self[index(after: space)...]))
  }
}
