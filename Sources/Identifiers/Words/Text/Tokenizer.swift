/// Splits a text into words and numbers in one pass, and records the places where an at sign or a
/// scheme stands.
///
/// This is the only pass over every byte. All other work starts from a token or a mark.
package struct Tokenizer {
  private enum Class: UInt8 { case other, digit, lower, upper, apostrophe, lead, continuation }

  private static let classes: [Class] = (0...255).map { (byte: UInt8) in
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
    case UInt8(ascii: "a")...UInt8(ascii: "z"): .lower
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): .upper
    case UInt8(ascii: "'"): .apostrophe
    case 0x80..<0xc0: .continuation
    case 0xc0...: .lead
    default: .other
    }
  }

  /// Whether a byte belongs to a word or number: a digit, a letter or any byte of a non-ASCII
  /// character.
  package static func isWordByte(_ byte: UInt8) -> Bool {
    classes[Int(byte)].rawValue > Class.other.rawValue && byte != UInt8(ascii: "'")
  }

  /// Returns all tokens of a text, with the flags of their words.
  package static func tokens(of text: UnsafeRawBufferPointer, words: WordTable) -> [Token] {
    var tokens: [Token] = []
    tokens.reserveCapacity(text.count / 6)
    var place = 0
    while place < text.count {
      switch classes[Int(text[place])] {
      case .digit, .lower, .upper:
        tokens.append(token(in: text, from: &place, words: words))
      case .lead where isLetter(text, at: place):
        tokens.append(token(in: text, from: &place, words: words))
      default: place += 1
      }
    }
    return tokens
  }

  /// Whether the character that begins here is a letter: any in UTF-8 except the signs of Latin-1,
  /// general punctuation and symbols.
  package static func isLetter(_ text: UnsafeRawBufferPointer, at place: Int) -> Bool {
    switch text[place] {
    case 0xc2: return false
    case 0xc3: return place + 1 < text.count && text[place + 1] != 0x97 && text[place + 1] != 0xb7
    case 0xe2: return place + 1 < text.count && text[place + 1] >= 0xb0
    case 0xe3: return place + 1 < text.count && text[place + 1] != 0x80
    case 0xef:
      return place + 1 < text.count && text[place + 1] != 0xbc && text[place + 1] != 0xbb
        && text[place + 1] != 0xbf
    default: return text[place] >= 0xc4 && text[place] < 0xf0
    }
  }

  private static func token(
    in text: UnsafeRawBufferPointer, from place: inout Int, words: WordTable
  ) -> Token {
    let start = place
    var hash = WordHash()
    var lead: UInt8 = 0
    var (digits, lower, upper) = (0, 0, 0)
    let isUpperFirst = isUpper(text, at: start)
    scan: while place < text.count {
      let byte = text[place]
      switch classes[Int(byte)] {
      case .digit: digits += 1
      case .lower: lower += 1
      case .upper: upper += 1
      case .apostrophe:
        guard joins(text, apostropheAt: place) else { break scan }
      case .lead:
        guard isLetter(text, at: place) else { break scan }
        if isUpper(text, at: place) { upper += 1 } else { lower += 1 }
      case .continuation where place > start: break
      default: break scan
      }
      hash.fold(byte, lead: &lead)
      place += 1
    }
    let kind: Token.Kind = digits == 0 ? .word : lower + upper == 0 ? .number : .mixed
    let shape: Token.Shape =
      upper == 0
      ? .lower
      : lower == 0 ? (upper > 1 ? .upper : .capitalised) : isUpperFirst ? .capitalised : .camel
    let value = kind == .number ? 0 : hash.value
    let flags: WordFlags = kind == .number ? [] : words.flags(of: value, text[start..<place])
    return Token(
      start: start, end: place, kind: kind, shape: shape, hash: value, flags: flags, ends: flags)
  }

  /// Whether an apostrophe belongs to a word, as in O'Brien and D'Angelo, with one or two letters
  /// before it and two or more after it.
  private static func joins(_ text: UnsafeRawBufferPointer, apostropheAt place: Int) -> Bool {
    guard place + 2 < text.count, place > 0 else { return false }
    // The article of "l'Hôpital" and the particle of "d'Hondt" are separate words.
    if text[place - 1] == UInt8(ascii: "l") || text[place - 1] == UInt8(ascii: "d") { return false }
    let before = place >= 2 ? classes[Int(text[place - 2])] : .other
    let isPrefix = before == .other || place >= 3 && classes[Int(text[place - 3])] == .other
    return isPrefix && isLetterByte(text[place - 1]) && isLetterByte(text[place + 1])
      && isLetterByte(text[place + 2])
  }

  private static func isLetterByte(_ byte: UInt8) -> Bool {
    let kind = classes[Int(byte)]
    return kind == .lower || kind == .upper || kind == .lead || kind == .continuation
  }

  /// Whether the character is a capital letter of ASCII, Latin-1 or Latin Extended-A (where
  /// capitals are even up to U+0137, then odd).
  private static func isUpper(_ text: UnsafeRawBufferPointer, at place: Int) -> Bool {
    let byte = text[place]
    if byte < 0x80 { return classes[Int(byte)] == .upper }
    guard place + 1 < text.count else { return false }
    let next = text[place + 1]
    switch byte {
    case 0xc3: return next < 0x9f
    case 0xc4: return next < 0xb8 ? next % 2 == 0 : next % 2 == 1
    case 0xc5: return next < 0x88 || next > 0xb8 ? next % 2 == 1 : next % 2 == 0
    default: return false
    }
  }
}

/// A run of letters and digits.
package struct Token {
  package enum Kind { case word, number, mixed }
  /// The capitalisation of a word.
  package enum Shape { case lower, capitalised, upper, camel }

  /// Offsets in bytes.
  package var start: Int
  package var end: Int
  package var kind: Kind
  package var shape: Shape
  /// The hash of the folded text (`WordHash`), or 0 for numbers.
  package var hash: UInt64
  package var flags: WordFlags
  /// The flags of the token and of the phrases that end here.
  package var ends: WordFlags
  /// The languages of the stretch of text around the token, one bit each (``Language``).
  package var languages: UInt8 = 0x7f

  package var count: Int { end - start }
  package var range: Range<Int> { start..<end }
  package var hasDigit: Bool { kind != .word }
}
