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
