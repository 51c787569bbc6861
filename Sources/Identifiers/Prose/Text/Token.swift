/// A run of letters and digits.
struct Token {
  enum Kind { case word, number, mixed }
  /// How a word is written.
  enum Shape { case lower, capitalised, upper, camel }

  /// Offsets in bytes.
  var start: Int
  var end: Int
  var kind: Kind
  var shape: Shape
  /// The hash of the folded text (`WordHash`); 0 for numbers.
  var hash: UInt64
  var flags: WordFlags
  /// The flags, and those of phrases that end here.
  var ends: WordFlags
  /// The languages of the stretch of text that the token stands in, a bit each (``Language``).
  var languages: UInt8 = 0x7f

  var count: Int { end - start }
  var range: Range<Int> { start..<end }
  var hasDigit: Bool { kind != .word }
}
