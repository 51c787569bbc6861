import Tables

extension SchemaNode {
  /// Reads JSON (RFC 8259), keeping the order of keys and the line of each value.
  package static func json(_ text: String, file: String) throws(SchemaError) -> SchemaNode {
    var parser = JSONParser(text)
    if let node = parser.document() { return node }
    let fault = SchemaFault(
      line: parser.line, problem: "this is not JSON (\(parser.problem))",
      allowed: "JSON in UTF-8, as its tool wrote it",
      remedy: "export the metadata again, or write a schema in YAML")
    throw SchemaError(file: file, faults: [fault])
  }
}

/// A recursive-descent JSON reader over Unicode scalars.
private struct JSONParser {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private(set) var line = 1
  private(set) var problem = "it ends too early"
  private static let maximumDepth = 32

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  mutating func document() -> SchemaNode? {
    if peek() == "\u{FEFF}" { advance() }
    guard let node = value(depth: 0) else { return nil }
    skipSpace()
    return peek() == nil ? node : fail("something follows the last bracket")
  }

  private func peek() -> Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func advance() {
    if scalars[position] == "\n" { line += 1 }
    position += 1
  }

  private mutating func fail<T>(_ text: String) -> T? {
    problem = text
    return nil
  }

  private mutating func skipSpace() {
    while let next = peek(), next == " " || next == "\t" || next == "\n" || next == "\r" {
      advance()
    }
  }

  private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek() == wanted else { return false }
    advance()
    return true
  }

  private mutating func value(depth: Int) -> SchemaNode? {
    skipSpace()
    guard depth < Self.maximumDepth else { return fail("it nests too deeply") }
    guard let next = peek() else { return nil }
    let start = line
    switch next {
    case "{": return object(depth: depth)
    case "[": return array(depth: depth)
    case "\"": return string().map { .scalar($0, isQuoted: true, line: start) }
    default: return word().map { .scalar($0, isQuoted: false, line: start) }
    }
  }

  private mutating func object(depth: Int) -> SchemaNode? {
    let start = line
    var entries: [SchemaNode.Entry] = []
    advance()
    if take("}") { return .map([], line: start) }
    repeat {
      skipSpace()
      let keyLine = line
      guard peek() == "\"" else { return fail("a key in double quotes is missing") }
      guard let key = string() else { return nil }
      guard !entries.contains(where: { $0.key == key }) else {
        return fail("the same key stands twice: `\(key)`")
      }
      guard take(":") else { return fail("a colon is missing") }
      guard let value = value(depth: depth + 1) else { return nil }
      entries.append(.init(key: key, line: keyLine, value: value))
    } while take(",")
    return take("}") ? .map(entries, line: start) : fail("a closing brace or a comma is missing")
  }

  private mutating func array(depth: Int) -> SchemaNode? {
    let start = line
    var items: [SchemaNode] = []
    advance()
    if take("]") { return .list([], line: start) }
    repeat {
      guard let item = value(depth: depth + 1) else { return nil }
      items.append(item)
    } while take(",")
    return take("]") ? .list(items, line: start) : fail("a closing bracket or a comma is missing")
  }

  /// Reads a number, `true`, `false` or `null`, as written. `NaN` and `Infinity`, which Python
  /// writes, pass as words.
  private mutating func word() -> String? {
    var text = String.UnicodeScalarView()
    while let next = peek(),
      next.properties.isAlphabetic || ("0"..."9").contains(next) || next == "-" || next == "+"
        || next == "."
    {
      text.append(next)
      advance()
    }
    return text.isEmpty ? fail("a value is missing") : String(text)
  }

  private mutating func string() -> String? {
    var text = String.UnicodeScalarView()
    advance()
    while let next = peek() {
      if next == "\n" { return fail("a text is not closed") }
      advance()
      if next == "\"" { return String(text) }
      guard next == "\\" else {
        text.append(next)
        continue
      }
      guard let escaped = escape() else {
        return fail("a backslash is followed by something unknown")
      }
      text.append(escaped)
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard let next = peek() else { return nil }
    advance()
    switch next {
    case "\"", "\\", "/": return next
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u": return unicodeEscape()
    default: return nil
    }
  }

  private mutating func unicodeEscape() -> Unicode.Scalar? {
    guard let first = fourHexDigits() else { return nil }
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
    guard peek() == "\\" else { return nil }
    advance()
    guard peek() == "u" else { return nil }
    advance()
    guard let second = fourHexDigits(), (0xDC00..<0xE000).contains(second) else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private mutating func fourHexDigits() -> UInt32? {
    guard position + 4 <= scalars.count else { return nil }
    var text = String.UnicodeScalarView()
    for _ in 0..<4 {
      text.append(scalars[position])
      advance()
    }
    return UInt32(String(text), radix: 16)
  }
}
