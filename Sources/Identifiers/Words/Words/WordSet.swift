/// A few words by hash, in an open-addressed table that is queried for every token of a text.
package struct WordSet: Sendable {
  private var hashes: [UInt64]
  private var mask: Int
  package private(set) var count = 0

  package init(_ words: [String]) { self.init(hashes: words.map { WordHash.of($0.utf8) }) }

  /// Creates a set from words separated by spaces.
  package init(_ words: String) { self.init(words.split(separator: " ").map(String.init)) }

  package init(hashes words: some Collection<UInt64> = []) {
    var capacity = 8
    while capacity < words.count * 4 { capacity *= 2 }
    hashes = Array(repeating: 0, count: capacity)
    mask = capacity - 1
    for word in words { insert(word) }
  }

  package var isEmpty: Bool { count == 0 }

  @inline(__always)
  package func contains(_ hash: UInt64) -> Bool {
    guard hash != 0 else { return false }
    var place = Int(truncatingIfNeeded: hash >> 20) & mask
    while true {
      let found = hashes[place]
      if found == hash { return true }
      if found == 0 { return false }
      place = (place + 1) & mask
    }
  }

  private mutating func insert(_ hash: UInt64) {
    guard hash != 0, !contains(hash) else { return }
    var place = Int(truncatingIfNeeded: hash >> 20) & mask
    while hashes[place] != 0 { place = (place + 1) & mask }
    hashes[place] = hash
    count += 1
  }
}

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
