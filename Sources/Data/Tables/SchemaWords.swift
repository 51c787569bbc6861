/// The words that a schema file knows.
package enum SchemaWords {
  package static let types: [(name: String, aliases: [String])] = [
    ("integer", ["int", "whole number"]), ("decimal", ["float", "double", "number"]),
    ("scientific", []), ("boolean", ["bool"]),
    ("date", []), ("timestamp", ["datetime", "date time"]), ("time", ["duration", "time of day"]),
    ("category", ["categorical", "enum"]),
    ("identifier", ["id"]), ("text", ["prose"]),
  ]

  package static let roles = [
    "ordinary", "quasi-identifier", "sensitive", "target", "identifier", "prose", "drop",
  ]

  package static let delimiters: [(names: [String], byte: UInt8)] = [
    (["comma", ","], UInt8(ascii: ",")), (["semicolon", ";"], UInt8(ascii: ";")),
    (["tab", "\t", "\\t"], UInt8(ascii: "\t")),
    (["pipe", "|"], UInt8(ascii: "|")),
  ]

  /// Further delimiters that an owner may declare.
  package static let oddDelimiters = "^~:!&*\u{1}"

  /// Returns the byte of a delimiter, given by its word or as the character itself; nil if it
  /// cannot be a delimiter.
  package static func delimiter(_ text: String) -> UInt8? {
    delimiters.first { $0.names.contains(text) }?.byte
      ?? (text.count == 1 && oddDelimiters.contains(text) ? text.utf8.first : nil)
  }

  /// Returns the word for a delimiter, else the character in quotation marks, as a schema has it.
  package static func word(ofDelimiter byte: UInt8) -> String {
    delimiters.first { $0.byte == byte }?.names[0]
      ?? (byte == 1 ? "\"\\u0001\"" : "\"\(Character(UnicodeScalar(byte)))\"")
  }

  /// Returns the key in lower case, with spaces for `_` and `-`, so that `at_most` and `At most`
  /// are the same key.
  package static func normal(_ key: String) -> String {
    String(key.lowercased().map { $0 == "_" || $0 == "-" ? " " : $0 })
  }

  /// Returns the nearest word by edit distance, if it is near enough to be a slip.
  package static func nearest(to word: String, in known: [String]) -> String? {
    let best = known.map { (word: $0, distance: editDistance(word, $0)) }.min {
      $0.distance < $1.distance
    }
    guard let best, best.distance <= max(2, best.word.count / 3) else {
      return known.first { $0.hasPrefix(word) || word.hasPrefix($0) }
    }
    return best.word
  }

  /// Returns Levenshtein's distance: insertions, deletions and substitutions. O(length × length).
  static func editDistance(_ first: String, _ second: String) -> Int {
    let second = Array(second)
    var row = Array(0...second.count)
    for (i, a) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in second.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
        diagonal = above
      }
    }
    return row[second.count]
  }
}
