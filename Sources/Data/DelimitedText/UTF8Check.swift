/// UTF-8 validation (Unicode 15, table 3-7), eight ASCII bytes per step.
package enum UTF8Check {
  /// Returns the offset of the first byte that does not belong to a well-formed sequence, or nil.
  package static func firstInvalidByte(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var at = 0
    let count = bytes.count
    let base = UnsafeRawPointer(bytes.baseAddress)
    while at < count {
      if at + 8 <= count, let base,
        (base + at).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        at += 8
        continue
      }
      if bytes[at] < 0x80 {
        at += 1
        continue
      }
      guard let length = sequenceLength(in: bytes, at: at) else { return at }
      at += length
    }
    return nil
  }

  /// Returns the length of the well-formed sequence that starts at `at`, or nil.
  private static func sequenceLength(in bytes: UnsafeBufferPointer<UInt8>, at: Int) -> Int? {
    let lead = bytes[at]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xbf
    switch lead {
    case 0xc2...0xdf: length = 2
    case 0xe0: (length, second) = (3, 0xa0...0xbf)
    case 0xed: (length, second) = (3, 0x80...0x9f)
    case 0xe1...0xef: length = 3
    case 0xf0: (length, second) = (4, 0x90...0xbf)
    case 0xf4: (length, second) = (4, 0x80...0x8f)
    case 0xf1...0xf3: length = 4
    default: return nil
    }
    guard at + length <= bytes.count, second.contains(bytes[at + 1]) else { return nil }
    for next in (at + 2)..<max(at + length, at + 2) where bytes[next] & 0xc0 != 0x80 { return nil }
    return length
  }

  /// Whether the bytes from an invalid one onwards read as single-byte text: single high bytes
  /// between ASCII letters.
  static func looksLikeLatin1(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
    let high = bytes[position]
    let following = position + 1 < bytes.count ? bytes[position + 1] : 0x20
    return high >= 0x80 && (following < 0x80 || high >= 0xc0)
  }
}
