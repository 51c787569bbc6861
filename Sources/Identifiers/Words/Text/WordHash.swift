/// A hash of a word that ignores case and accents: 64-bit FNV-1a over the folded letters.
///
/// Words are compared by this hash alone. With some 150,000 words listed, the probability that an
/// unlisted word passes for a listed one is below 1e-14.
package struct WordHash {
  package private(set) var value: UInt64

  /// - Parameter state: The hash of the preceding letters; by default, of none.
  package init(state: UInt64 = 0xcbf2_9ce4_8422_2325) { value = state }

  package mutating func add(_ letter: UInt8) {
    value = (value ^ UInt64(letter)) &* 0x100_0000_01b3
  }

  /// Returns the hash of a word in UTF-8.
  package static func of(_ word: some Sequence<UInt8>) -> UInt64 {
    var hash = WordHash()
    var lead: UInt8 = 0
    for byte in word { hash.fold(byte, lead: &lead) }
    return hash.value
  }

  /// Combines the hashes of the words of a phrase into the hash of the phrase.
  package static func joined(_ first: UInt64, _ second: UInt64) -> UInt64 {
    (first ^ (second &* 0x9e37_79b9_7f4a_7c15)) &* 0xff51_afd7_ed55_8ccd
  }

  /// Adds a byte: ASCII letters in lower case, letters of Latin-1 and Latin Extended-A as their
  /// base letter. Apostrophes are skipped.
  mutating func fold(_ byte: UInt8, lead: inout UInt8) {
    Self.folded(byte, lead: &lead) { add($0) }
  }

  /// Passes on the letters that a byte adds.
  @inline(__always)
  package static func folded(_ byte: UInt8, lead: inout UInt8, _ add: (UInt8) -> Void) {
    if byte < 0x80 {
      lead = 0
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): add(byte | 0x20)
      case UInt8(ascii: "'"): break
      default: add(byte)
      }
    } else if lead == 0xc3 {
      lead = 0
      let letter = Self.latin1[Int(byte & 0x1f)]
      if byte == 0x9f {
        add(UInt8(ascii: "s"))
        add(UInt8(ascii: "s"))
      } else if letter == 0 {
        add(0xc3)
        add(byte)
      } else {
        add(letter)
      }
    } else if lead == 0xc4 || lead == 0xc5 {
      let letter = Self.latinExtended[Int(lead - 0xc4) * 64 + Int(byte & 0x3f)]
      lead = 0
      add(letter)
    } else if byte == 0xc3 || byte == 0xc4 || byte == 0xc5 {
      lead = byte
    } else {
      add(byte)
    }
  }

  private static let latin1: [UInt8] = Array(
    "aaaaaa\u{0}ceeeeiiiidnooooo\u{0}ouuuuy\u{0}\u{0}".utf8)
  private static let latinExtended: [UInt8] = Array(
    ("aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
      + "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8)
}
