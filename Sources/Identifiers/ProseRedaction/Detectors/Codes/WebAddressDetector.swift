import Words

/// Detects web addresses: with a scheme, with "www.", or a bare domain with a common ending.
struct WebAddressDetector: ProseDetector {
  private static let starts = WordSet(["http", "https", "ftp", "sftp", "www"])
  private static let endings = WordSet([
    "com", "org", "net", "edu", "gov", "io", "example", "info", "biz", "app", "dev", "health",
    "online", "site", "eu",
  ])
  /// Endings that are also words, so the name before one must not be an ordinary word.
  private static let countries = WordSet([
    "de", "fr", "es", "it", "nl", "pt", "uk", "ie", "ca", "au", "nz", "za", "ng", "br", "pl", "se",
    "ch", "us", "mx", "co", "jp", "be",
  ])

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var end = 0
    for index in text.tokens.indices where text.tokens[index].start >= end {
      let token = text.tokens[index]
      let next = text.byte(token.end)
      guard
        next == UInt8(ascii: ":") || next == UInt8(ascii: ".")
          || text.byte(token.start - 1) == UInt8(ascii: ".")
      else { continue }
      if Self.starts.contains(token.hash),
        text.isGap(after: index, "://") || text.isGap(after: index, ".")
      {
        end = self.end(from: token.start, in: text)
        found.append(
          ProseSpan(range: token.start..<end, type: .url, confidence: 0.97, reason: "a web address")
        )
      } else if Self.endings.contains(token.hash) || isCountry(index, in: text), index > 0,
        text.isGap(after: index - 1, "."),
        token.shape == .lower
      {
        var first = index - 1
        while first > 0, first > index - 5,
          text.isGap(after: first - 1, ".") || text.isGap(after: first - 1, "-")
        { first -= 1 }
        guard text.byte(text.tokens[first].start - 1) != UInt8(ascii: "@") else { continue }
        end = self.end(from: token.end, in: text)
        found.append(
          ProseSpan(
            range: text.tokens[first].start..<end, type: .url, confidence: 0.8,
            reason: "a domain of the web"))
      }
    }
  }

  /// Whether a country follows a name that is not an ordinary word: "kestrel-hall.de",
  /// "tidewater.co.uk".
  private func isCountry(_ index: Int, in text: ScannedText) -> Bool {
    guard index > 0, Self.countries.contains(text.tokens[index].hash),
      text.isGap(after: index - 1, "."),
      text.tokens[index].shape == .lower,
      text.byte(text.tokens[index].end) != UInt8(ascii: ".")
    else { return false }
    let name = text.tokens[index - 1]
    if name.hash == WordHash.of("co".utf8), index > 1, text.isGap(after: index - 2, ".") {
      return true
    }
    let isCompound = index > 1 && text.isGap(after: index - 2, "-")
    return name.count > 3 && name.shape == .lower
      && (isCompound || name.hasDigit || !name.flags.contains(.common))
  }

  private func end(from start: Int, in text: ScannedText) -> Int {
    var end = start
    while end < text.bytes.count, text.bytes[end] > 32, !"<>\"{}|^`".utf8.contains(text.bytes[end]),
      end - start < 2_048
    { end += 1 }
    while end > start, ".,;:!?)]'".utf8.contains(text.bytes[end - 1]) { end -= 1 }
    return end
  }
}
