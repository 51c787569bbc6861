import Words

/// Detects e-mail addresses (RFC 5322 without quotes and comments) by reading outwards from the at
/// sign.
struct EmailDetector: ProseDetector {
  private static let longestLocalPart = 64
  private static let longestDomain = 253

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var place = 0
    while let at = text.bytes[place...].firstIndex(of: UInt8(ascii: "@")) {
      place = at + 1
      guard let range = address(around: at, in: text) else { continue }
      found.append(
        ProseSpan(range: range, type: .email, confidence: 0.99, reason: "an e-mail address"))
      place = range.upperBound
    }
  }

  private func address(around at: Int, in text: ScannedText) -> Range<Int>? {
    var start = at
    while start > 0, at - start < Self.longestLocalPart, Self.isLocal(text.bytes[start - 1]) {
      start -= 1
    }
    while start < at, [UInt8(ascii: "."), UInt8(ascii: "'")].contains(text.bytes[start]) {
      start += 1
    }
    guard start < at, text.bytes[at - 1] != UInt8(ascii: ".") else { return nil }
    var end = at + 1
    var (lastDot, letters) = (0, 0)
    while end < text.bytes.count, end - at <= Self.longestDomain {
      let byte = text.bytes[end]
      if byte == UInt8(ascii: ".") {
        guard Self.isDomain(text.byte(end + 1)), lastDot != end - 1 else { break }
        lastDot = end
        letters = 0
      } else if Self.isDomain(byte) || byte == UInt8(ascii: "-") {
        letters += 1
      } else {
        break
      }
      end += 1
    }
    guard lastDot > at + 1, letters >= 2 else { return nil }
    return start..<end
  }

  private static func isDomain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...:
      true
    default: false
    }
  }

  private static func isLocal(_ byte: UInt8) -> Bool {
    isDomain(byte) || "!#$%&'*+-/=?^_`{|}~.".utf8.contains(byte)
  }
}
