import Words

/// Detects account names: "@sunny_jo88", "insta: sunny.jo", "u/sunnyjo".
struct HandleDetector: ProseDetector {
  private static let networks = WordSet([
    "insta", "instagram", "ig", "telegram", "skype", "snapchat", "snap", "twitter", "tiktok",
    "discord", "wechat", "facebook", "fb",
    "linkedin",
    "github", "username", "handle", "login", "nickname", "reddit", "signal", "mastodon", "xbox",
    "psn", "gamertag", "usuario",
    "benutzername",
    "identifiant", "pseudo", "gebruikersnaam",
  ])

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var place = 0
    while place < text.bytes.count, let at = text.bytes[place...].firstIndex(of: UInt8(ascii: "@"))
    {
      place = at + 1
      guard at == 0 || !Self.isLocal(text.bytes[at - 1]),
        let end = handleEnd(from: at + 1, in: text)
      else { continue }
      found.append(span(at..<end, 0.9, "a name of an account behind an at sign"))
      place = end
    }
    for index in text.tokens.indices
    where Self.networks.contains(text.tokens[index].hash) && text.gapContains(after: index, ":") {
      guard let range = value(behind: index, in: text) else { continue }
      found.append(span(range, 0.86, "a name of an account behind its network"))
    }
  }

  private func span(_ range: Range<Int>, _ confidence: Double, _ reason: String) -> ProseSpan {
    ProseSpan(range: range, type: .other, confidence: confidence, reason: reason)
  }

  /// Returns the end of a name of letters, digits, full stops and underscores that has a letter;
  /// nil if it is a domain, a unit or too short.
  private func handleEnd(from start: Int, in text: ScannedText) -> Int? {
    var end = start
    while end < text.bytes.count, end - start < 40, Self.isLocal(text.bytes[end]) { end += 1 }
    while end > start, ".-".utf8.contains(text.bytes[end - 1]) { end -= 1 }
    guard end - start >= 3,
      text.bytes[start..<end].contains(where: { (97...122).contains($0 | 0x20) }),
      end >= text.bytes.count || text.bytes[end] != UInt8(ascii: "@")
    else { return nil }
    return end
  }

  /// Returns one word after a colon, with its at sign if any; nil for an ordinary word.
  private func value(behind index: Int, in text: ScannedText) -> Range<Int>? {
    guard index + 1 < text.tokens.count, text.gap(after: index).count <= 4,
      !text.isLineBreak(after: index)
    else { return nil }
    let token = text.tokens[index + 1]
    guard let end = handleEnd(from: token.start, in: text),
      end > token.end || token.hasDigit || !token.flags.contains(.common)
    else {
      return nil
    }
    return token.start..<end
  }

  private static func isLocal(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (48...57).contains(byte) || (97...122).contains(byte | 0x20)
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: "-")
  }
}
