import Words

/// Forms of text that reveal the content of a column, matched on UTF-8 by hand: far faster than
/// regular expressions.
package enum ValuePattern: CaseIterable, Sendable {
  case email, uuid, url, ipAddress, macAddress, socialSecurityNumber, phone, streetAddress

  /// The name of the pattern in a reason, in the plural.
  package var words: String {
    switch self {
    case .email: "e-mail addresses"
    case .uuid: "universally unique identifiers"
    case .url: "web addresses"
    case .ipAddress: "internet addresses"
    case .macAddress: "device addresses"
    case .socialSecurityNumber: "social security numbers"
    case .phone: "telephone numbers"
    case .streetAddress: "street addresses"
    }
  }

  package func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    switch self {
    case .email: return Self.isEmail(bytes)
    case .uuid:
      return Self.isGrouped(
        bytes, groups: [8, 4, 4, 4, 12], separators: [Ascii.dash], digit: Ascii.isHex)
    case .url: return text.contains("://") || text.lowercased().hasPrefix("www.")
    case .ipAddress: return Self.isIPAddress(text)
    case .macAddress:
      return Self.isGrouped(
        bytes, groups: [2, 2, 2, 2, 2, 2], separators: [Ascii.colon, Ascii.dash], digit: Ascii.isHex
      )
    case .socialSecurityNumber:
      return Self.isGrouped(
        bytes, groups: [3, 2, 4], separators: [Ascii.dash], digit: Ascii.isDigit)
    case .phone: return Self.isPhone(bytes)
    case .streetAddress: return Self.isStreetAddress(text)
    }
  }

  private static func isEmail(_ bytes: [UInt8]) -> Bool {
    guard let at = bytes.firstIndex(of: Ascii.at), at > 0, bytes.lastIndex(of: Ascii.at) == at
    else { return false }
    let domain = bytes[(at + 1)...]
    guard let dot = domain.lastIndex(of: Ascii.dot), dot > at + 1, bytes.count - dot > 2 else {
      return false
    }
    return !bytes.contains(Ascii.space)
  }

  private static func isGrouped(
    _ bytes: [UInt8], groups: [Int], separators: [UInt8], digit: (UInt8) -> Bool
  ) -> Bool {
    guard bytes.count == groups.reduce(groups.count - 1, +) else { return false }
    var at = 0
    for (index, size) in groups.enumerated() {
      guard bytes[at..<(at + size)].allSatisfy(digit) else { return false }
      at += size
      if index < groups.count - 1 {
        guard separators.contains(bytes[at]) else { return false }
        at += 1
      }
    }
    return true
  }

  private static func isIPAddress(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }

  /// Whether the text has 9 to 15 digits (E.164), in groups or after a plus.
  private static func isPhone(_ bytes: [UInt8]) -> Bool {
    let digits = bytes.count(where: Ascii.isDigit)
    let marks = bytes.count {
      [Ascii.dash, Ascii.space, Ascii.dot, UInt8(ascii: "("), UInt8(ascii: ")")].contains($0)
    }
    let hasPlus = bytes.first == UInt8(ascii: "+")
    guard (9...15).contains(digits), digits + marks + (hasPlus ? 1 : 0) == bytes.count else {
      return false
    }
    return hasPlus || marks >= 2
  }

  /// Whether a number of one to five digits stands beside a word that begins or ends street names.
  private static func isStreetAddress(_ text: String) -> Bool {
    let words = text.split { !$0.isLetter && !$0.isNumber }
    guard (2...16).contains(words.count),
      words.contains(where: { $0.first?.isNumber == true && $0.count <= 6 })
    else { return false }
    return words.contains { word in
      let flags = WordTable.shared[WordHash.of(word.utf8)]
      return !flags.isDisjoint(with: [.streetEnd, .streetStart])
        || ["strasse", "straße", "weg", "platz", "allee", "gasse"].contains {
          word.lowercased().hasSuffix($0)
        }
    }
  }

  /// Whether the text is a disease code. ICD-10: a capital, two digits, and at most four more
  /// characters after a point. ICD-9: at least three digits and a point.
  static func isDiseaseCode(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard (3...8).contains(bytes.count) else { return false }
    let (head, tail) = (bytes[..<3], bytes[3...])
    let isTail =
      tail.isEmpty
      || tail.first == Ascii.dot && tail.count <= 5
        && tail.dropFirst().allSatisfy { Ascii.isDigit($0) || $0 >= 65 }
    if (65...90).contains(bytes[0]) { return head.dropFirst().allSatisfy(Ascii.isDigit) && isTail }
    return head.allSatisfy(Ascii.isDigit) && tail.first == Ascii.dot && isTail
  }

  /// Returns the text with letters as `A` or `a` and digits as `9`, to compare shapes; nil if it
  /// contains anything but letters, digits and dashes.
  static func codeShape(_ text: String) -> String? {
    var shape = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39: shape += "9"
      case 0x41...0x5A: shape += "A"
      case 0x61...0x7A: shape += "a"
      case Ascii.dash: shape += "-"
      default: return nil
      }
    }
    return shape
  }
}

/// ASCII bytes used by the patterns.
enum Ascii {
  static let space = UInt8(ascii: " ")
  package static let at = UInt8(ascii: "@")
  static let dot = UInt8(ascii: ".")
  static let dash = UInt8(ascii: "-")
  static let colon = UInt8(ascii: ":")

  package static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte | 0x20) }
}
