/// The positions of the values in a one-line JSON object, so that some can be replaced and every
/// other byte kept.
struct JSONLine {
  struct Value {
    /// The keys that lead to the value, joined by dots; array indices are left out.
    let path: String
    /// The bytes of the value, without the quotes of a string.
    let range: Range<Int>
    let isString: Bool
  }

  /// Strings, numbers and literals, in order.
  private(set) var values: [Value] = []
  private let text: UnsafeRawBufferPointer
  private var place = 0
  private var path: [String] = []
  private static let deepest = 200

  /// Returns nil if the line is not a JSON object.
  init?(_ text: UnsafeRawBufferPointer) {
    self.text = text
    skipSpace()
    guard peek == UInt8(ascii: "{"), value(depth: 0) else { return nil }
    skipSpace()
    guard place == text.count else { return nil }
  }

  private var peek: UInt8? { place < text.count ? text[place] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte == 32 || byte == 9 || byte == 10 || byte == 13 { place += 1 }
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek == UInt8(ascii: byte) else { return false }
    place += 1
    return true
  }

  private mutating func value(depth: Int) -> Bool {
    guard depth < Self.deepest else { return false }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""):
      guard let range = string() else { return false }
      values.append(Value(path: path.joined(separator: "."), range: range, isString: true))
      return true
    default: return scalar()
    }
  }

  private mutating func object(depth: Int) -> Bool {
    guard take("{") else { return false }
    if take("}") { return true }
    repeat {
      skipSpace()
      guard let key = string(),
        let name = JSONText.decoded(UnsafeRawBufferPointer(rebasing: text[key])), take(":")
      else { return false }
      path.append(String(decoding: name, as: UTF8.self))
      guard value(depth: depth + 1) else { return false }
      path.removeLast()
    } while take(",")
    return take("}")
  }

  private mutating func array(depth: Int) -> Bool {
    guard take("[") else { return false }
    if take("]") { return true }
    repeat { guard value(depth: depth + 1) else { return false } } while take(",")
    return take("]")
  }

  /// Reads a string; returns the range between its quotes.
  private mutating func string() -> Range<Int>? {
    guard peek == UInt8(ascii: "\"") else { return nil }
    let start = place + 1
    place = start
    while place < text.count {
      switch text[place] {
      case UInt8(ascii: "\""):
        place += 1
        return start..<(place - 1)
      case UInt8(ascii: "\\"): place += 2
      default: place += 1
      }
    }
    return nil
  }

  private mutating func scalar() -> Bool {
    let start = place
    while let byte = peek, !",]} \t\r\n:\"[{".utf8.contains(byte) { place += 1 }
    guard place > start else { return false }
    values.append(Value(path: path.joined(separator: "."), range: start..<place, isString: false))
    return true
  }
}
