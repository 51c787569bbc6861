/// Words that end streets written as one word: "Goethestraße", "Kerkstraat", "Storgatan".
enum StreetWords {
  private static let ends = [
    "straße", "strasse", "weg", "allee", "gasse", "platz", "str", "ring", "damm", "ufer", "steig", "chaussee", "stieg", "pfad", "wall",
    "markt",
    "straat", "laan", "plein", "gracht", "kade", "dijk", "singel", "steeg", "dreef", "plantsoen", "pad", "hof", "baan", "lei", "gatan",
    "gata",
    "vägen", "vagen", "stigen", "torget", "gränd", "allén", "backen", "vej", "gade", "veien", "vei", "gaten", "katu", "tie", "kuja", "utca",
  ]
  .map { Array($0.utf8) }

  /// Endings that mean a street only at the end of a longer word, and never end names or towns.
  private static let sure = Set(
    [
      "straße", "strasse", "gasse", "allee", "str", "chaussee", "straat", "laan", "plein", "gracht", "kade", "dreef", "plantsoen", "steeg",
      "gatan", "vägen", "vej", "gade",
    ]
    .map { Array($0.utf8) })

  /// Whether a word ends like a street.
  static func isStreet(_ word: UnsafeRawBufferPointer.SubSequence) -> Bool { end(of: word) != nil }

  /// Whether a word ends like a street and like nothing else.
  static func isSurelyStreet(_ word: UnsafeRawBufferPointer.SubSequence) -> Bool { end(of: word).map(sure.contains) ?? false }

  private static func end(of word: UnsafeRawBufferPointer.SubSequence) -> [UInt8]? {
    guard let last = word.last, word.count >= 3 else { return nil }
    let small = last < 0x80 ? last | 0x20 : last
    return ends.first { end in
      end.last == small && word.count >= end.count
        && zip(word.suffix(end.count), end).allSatisfy { ($0 < 0x80 ? $0 | 0x20 : $0) == $1 }
    }
  }
}
