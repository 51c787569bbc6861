/// A word in a script that no detector reads.
package struct UnreadWord: Sendable, Equatable {
  package let range: Range<Int>
  package let script: Script

  package init(range: Range<Int>, script: Script) {
    self.range = range
    self.script = script
  }

  /// A writing system. The raw values are those of the machine interface.
  package enum Script: String, CaseIterable, Sendable, Codable {
    case greek = "Greek"
    case cyrillic = "Cyrillic"
    case armenian = "Armenian"
    case hebrew = "Hebrew"
    case arabic = "Arabic"
    case indic = "Indic"
    case thai = "Thai"
    case georgian = "Georgian"
    case hangul = "Hangul"
    case kana = "Kana"
    case han = "Han"
    case other = "other"

    /// Returns the script of a letter, or nil for Latin letters and for other characters.
    init?(_ scalar: UInt32) {
      switch scalar {
      case ..<0x370, 0x1d00...0x1dbf, 0x1e00...0x1eff, 0x2000...0x2bff, 0x2c60...0x2c7f,
        0xa720...0xa7ff, 0xfb00...0xfb06:
        return nil
      case 0x370...0x3ff, 0x1f00...0x1fff: self = .greek
      case 0x400...0x52f, 0x1c80...0x1c8f, 0x2de0...0x2dff, 0xa640...0xa69f: self = .cyrillic
      case 0x530...0x58f: self = .armenian
      case 0x590...0x5ff, 0xfb1d...0xfb4f: self = .hebrew
      case 0x600...0x6ff, 0x750...0x77f, 0x8a0...0x8ff, 0xfb50...0xfdff, 0xfe70...0xfefc:
        self = .arabic
      case 0x900...0xdff: self = .indic
      case 0xe00...0xeff: self = .thai
      case 0x10a0...0x10ff, 0x1c90...0x1cbf, 0x2d00...0x2d2f: self = .georgian
      case 0x1100...0x11ff, 0x3130...0x318f, 0xa960...0xa97f, 0xac00...0xd7ff: self = .hangul
      case 0x3041...0x30fa, 0x30fc...0x30ff, 0x31f0...0x31ff, 0xff66...0xff9f: self = .kana
      case 0x3005...0x3007, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff, 0x20000...0x323af:
        self = .han
      default: self = .other
      }
      // Digits of all scripts are read, and signs are not letters.
      guard Unicode.Scalar(scalar)?.properties.isAlphabetic == true else { return nil }
    }
  }
}

/// Finds words in scripts that no detector reads: Cyrillic, Greek, Arabic, Han and all others but
/// Latin.
///
/// A word needs three Greek letters, because every science uses one or two as symbols, alone and
/// beside Latin letters.
package enum UnreadWords {
  package static func find(in text: UnsafeRawBufferPointer) -> [UnreadWord] {
    guard let first = firstForeign(in: text) else { return [] }
    var words: [UnreadWord] = []
    var place = Swift.max(0, first - 64)
    while place > 0, text[place] & 0xc0 == 0x80 { place -= 1 }
    var word = Word(start: place)
    while place < text.count {
      let scalar = UTF8Scalar(text, at: place)
      if let script = UnreadWord.Script(scalar.value) {
        word.add(script)
      } else if !isLetterOrMark(scalar.value) {
        if let found = word.unread(end: place) { words.append(found) }
        word = Word(start: place + scalar.length)
      }
      place += scalar.length
    }
    if let found = word.unread(end: text.count) { words.append(found) }
    return words
  }

  private struct Word {
    let start: Int
    var script: UnreadWord.Script?
    var count = 0

    init(start: Int) { self.start = start }

    mutating func add(_ script: UnreadWord.Script) {
      if self.script == nil || self.script == .greek { self.script = script }
      count += 1
    }

    func unread(end: Int) -> UnreadWord? {
      guard let script, script != .greek || count > 2 else { return nil }
      return UnreadWord(range: start..<end, script: script)
    }
  }

  /// Whether a word continues: an ASCII letter, or any character beyond ASCII that is not a sign.
  private static func isLetterOrMark(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return (97...122).contains(scalar | 0x20) }
    if (0xc0...0x24f).contains(scalar) { return scalar != 0xd7 && scalar != 0xf7 }
    guard let scalar = Unicode.Scalar(scalar) else { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .format, .modifierLetter: return true
    default: return scalar.properties.isAlphabetic
    }
  }

  /// Returns the first byte beyond Latin letters and Western punctuation. For most texts, this is
  /// quickly nil.
  private static func firstForeign(in text: UnsafeRawBufferPointer) -> Int? {
    var place = 0
    while place < text.count {
      if text.areEightASCII(at: place) {
        place += 8
        continue
      }
      let byte = text[place]
      if byte < 0xce || byte == 0xe2 {
        place += 1
        continue
      }
      let scalar = UTF8Scalar(text, at: place)
      if UnreadWord.Script(scalar.value) != nil { return place }
      place += scalar.length
    }
    return nil
  }
}
