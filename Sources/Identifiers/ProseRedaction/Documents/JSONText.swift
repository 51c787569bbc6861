/// Encodes and decodes text as JSON strings (RFC 8259).
package enum JSONText {
  /// Appends a string with its quotes.
  package static func append(_ text: some Sequence<UInt8>, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
      case 10: output += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case 13: output += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
      case 9: output += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
      case 0..<32:
        let digits = Array("0123456789abcdef".utf8)
        output += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  /// Returns a string with its quotes.
  package static func string(_ text: some Sequence<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    append(text, to: &output)
    return output
  }

  /// Returns the text of a string from the bytes between its quotes; nil if an escape is invalid.
  static func decoded(_ raw: UnsafeRawBufferPointer) -> [UInt8]? {
    var text: [UInt8] = []
    text.reserveCapacity(raw.count)
    var place = 0
    while place < raw.count {
      guard raw[place] == UInt8(ascii: "\\") else {
        text.append(raw[place])
        place += 1
        continue
      }
      guard place + 1 < raw.count else { return nil }
      if raw[place + 1] == UInt8(ascii: "u") {
        guard let scalar = unicode(raw, &place) else { return nil }
        text += Array(String(scalar).utf8)
      } else {
        guard let byte = simple(raw[place + 1]) else { return nil }
        text.append(byte)
        place += 2
      }
    }
    return text
  }

  private static func simple(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "r"): 13
    case UInt8(ascii: "t"): 9
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
    default: nil
    }
  }

  /// Decodes `\u00e9` or a surrogate pair; half a pair becomes the replacement character.
  private static func unicode(_ raw: UnsafeRawBufferPointer, _ place: inout Int) -> Unicode.Scalar?
  {
    guard let first = hexadecimal(raw, place + 2) else { return nil }
    place += 6
    guard (0xd800..<0xe000).contains(first) else { return Unicode.Scalar(first) }
    guard first < 0xdc00, place + 1 < raw.count, raw[place] == UInt8(ascii: "\\"),
      raw[place + 1] == UInt8(ascii: "u"),
      let second = hexadecimal(raw, place + 2), (0xdc00..<0xe000).contains(second)
    else { return "\u{fffd}" }
    place += 6
    return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
  }

  private static func hexadecimal(_ raw: UnsafeRawBufferPointer, _ place: Int) -> UInt32? {
    guard place + 4 <= raw.count else { return nil }
    return UInt32(String(decoding: raw[place..<(place + 4)], as: UTF8.self), radix: 16)
  }
}
