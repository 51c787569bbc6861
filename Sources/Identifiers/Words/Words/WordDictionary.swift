/// The languages of each word: eight bits per word, found by half of its hash.
///
/// The probability that an unlisted word passes for a listed one is below 1e-8. Such a word is then
/// kept even if it might have been taken for a name.
struct WordDictionary: Sendable {
  private var prints: [UInt32]
  private var languages: [UInt8]
  private let mask: Int

  /// - Parameter capacity: A power of two greater than the number of words.
  init(capacity: Int) {
    precondition(capacity.nonzeroBitCount == 1, "the capacity is a power of two")
    prints = Array(repeating: 0, count: capacity)
    languages = Array(repeating: 0, count: capacity)
    mask = capacity - 1
  }

  private static func mark(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) | 1 }

  /// Returns the languages that have a word, one bit each; 0 if there are none.
  subscript(hash: UInt64) -> UInt8 {
    let print = Self.mark(hash)
    var place = Int(truncatingIfNeeded: hash) & mask
    while prints[place] != 0 {
      if prints[place] == print { return languages[place] }
      place = (place + 1) & mask
    }
    return 0
  }

  package mutating func add(_ hash: UInt64, _ language: UInt8) {
    let print = Self.mark(hash)
    var place = Int(truncatingIfNeeded: hash) & mask
    while prints[place] != 0, prints[place] != print { place = (place + 1) & mask }
    prints[place] = print
    languages[place] |= language
  }
}
