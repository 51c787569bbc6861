/// Separates code from strings and comments, so that rules may look for words and count braces.
///
/// It knows line comments, nested block comments, strings of one or several lines, raw strings,
/// interpolations within them, and regex literals that begin where no operand can be. It does not
/// parse; a file that it misreads shows up as an unbalanced brace in its tests.
struct SourceMask {
  /// The bytes at which code may end or nest.
  private static let marks = Set("/\"#()".utf8)

  private let text: [UInt8]
  private var masked: [UInt8]
  /// The contents of strings, at their places; blank elsewhere.
  private var literals: [UInt8]
  private var position = 0

  static func codeOnly(_ text: String) -> String { separate(text).code }

  /// The text twice, each line as long as before: once with only its code, and once with only the
  /// contents of its strings.
  static func separate(_ text: String) -> (code: String, literals: String) {
    var mask = SourceMask(text)
    mask.skipCode(untilClosingParenthesis: false)
    return (
      String(decoding: mask.masked, as: UTF8.self), String(decoding: mask.literals, as: UTF8.self)
    )
  }

  private init(_ text: String) {
    self.text = Array(text.utf8)
    masked = self.text
    literals = self.text.map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
  }

  private func starts(with word: String, at place: Int) -> Bool {
    let end = place + word.utf8.count
    return end <= text.count && text[place..<end].elementsEqual(word.utf8)
  }

  private mutating func blank(_ count: Int = 1) {
    for place in position..<min(position + count, text.count)
    where text[place] != UInt8(ascii: "\n") { masked[place] = UInt8(ascii: " ") }
    position = min(position + count, text.count)
  }

  /// Skips code up to the end, or up to the parenthesis that closes an interpolation.
  private mutating func skipCode(untilClosingParenthesis: Bool) {
    var depth = 0
    while position < text.count {
      guard Self.marks.contains(text[position]) else {
        position += 1
        continue
      }
      if starts(with: "//", at: position) {
        while position < text.count, text[position] != UInt8(ascii: "\n") { blank() }
      } else if starts(with: "/*", at: position) {
        skipBlockComment()
      } else if let hashes = hashesOfString() {
        skipString(hashes: hashes)
      } else if let length = lengthOfRegex() {
        blank(length)
      } else {
        if text[position] == UInt8(ascii: "(") { depth += 1 }
        if text[position] == UInt8(ascii: ")") {
          if untilClosingParenthesis, depth == 0 { return blank() }
          depth -= 1
        }
        position += 1
      }
    }
  }

  private mutating func skipBlockComment() {
    var depth = 0
    while position < text.count {
      if starts(with: "/*", at: position) {
        depth += 1
        blank(2)
      } else if starts(with: "*/", at: position) {
        depth -= 1
        blank(2)
        if depth == 0 { return }
      } else {
        blank()
      }
    }
  }

  /// The number of `#` before the quote of a string that begins here; nil if none begins.
  private func hashesOfString() -> Int? {
    var place = position
    while place < text.count, text[place] == UInt8(ascii: "#") { place += 1 }
    return place < text.count && text[place] == UInt8(ascii: "\"") ? place - position : nil
  }

  private mutating func skipString(hashes: Int) {
    let fence = String(repeating: "#", count: hashes)
    blank(hashes)
    let quote = starts(with: "\"\"\"", at: position) ? "\"\"\"" : "\""
    blank(quote.count)
    let end = quote + fence
    let escape = "\\" + fence
    let interpolation = escape + "("
    while position < text.count {
      if starts(with: end, at: position) { return blank(quote.count + hashes) }
      if starts(with: interpolation, at: position) {
        blank(hashes + 2)
        skipCode(untilClosingParenthesis: true)
      } else if starts(with: escape, at: position) {
        blank(hashes + 2)
      } else if quote.count == 1, text[position] == UInt8(ascii: "\n") {
        return
      } else {
        literals[position] = text[position]
        blank()
      }
    }
  }

  /// The length of a single-line regex literal that begins here, after an opening bracket or a
  /// separator.
  private func lengthOfRegex() -> Int? {
    guard text[position] == UInt8(ascii: "/"), position + 1 < text.count,
      !" \n/*=)".utf8.contains(text[position + 1])
    else { return nil }
    var before = position - 1
    while before >= 0, text[before] == UInt8(ascii: " ") { before -= 1 }
    guard before < 0 || "(,=:[{\n#?".utf8.contains(text[before]) else { return nil }
    var place = position + 1
    while place < text.count, text[place] != UInt8(ascii: "\n") {
      if text[place] == UInt8(ascii: "\\") {
        place += 2
        continue
      }
      if text[place] == UInt8(ascii: "/") { return place - position + 1 }
      place += 1
    }
    return nil
  }
}
