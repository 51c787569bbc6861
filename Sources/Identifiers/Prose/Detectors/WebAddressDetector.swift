/// Addresses of the web: with a scheme, with "www.", or a bare domain of a common ending.
struct WebAddressDetector: ProseDetector {
  private static let starts = Set(["http", "https", "ftp", "sftp", "www"].map { WordHash.of($0.utf8) })
  private static let endings = Set(["com", "org", "net", "edu", "gov", "io"].map { WordHash.of($0.utf8) })

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var end = 0
    for index in text.tokens.indices where text.tokens[index].start >= end {
      let token = text.tokens[index]
      if Self.starts.contains(token.hash), text.isGap(after: index, "://") || text.isGap(after: index, ".") {
        end = self.end(from: token.start, in: text)
        found.append(ProseSpan(range: token.start..<end, type: .url, confidence: 0.97, reason: "a web address"))
      } else if Self.endings.contains(token.hash), index > 0, text.isGap(after: index - 1, "."), token.shape == .lower {
        var first = index - 1
        while first > 0, first > index - 5, text.isGap(after: first - 1, ".") || text.isGap(after: first - 1, "-") { first -= 1 }
        guard text.byte(text.tokens[first].start - 1) != UInt8(ascii: "@") else { continue }
        end = self.end(from: token.end, in: text)
        found.append(ProseSpan(range: text.tokens[first].start..<end, type: .url, confidence: 0.8, reason: "a domain of the web"))
      }
    }
  }

  private func end(from start: Int, in text: ScannedText) -> Int {
    var end = start
    while end < text.bytes.count, text.bytes[end] > 32, !"<>\"{}|^`".utf8.contains(text.bytes[end]), end - start < 2_048 { end += 1 }
    while end > start, ".,;:!?)]'".utf8.contains(text.bytes[end - 1]) { end -= 1 }
    return end
  }
}
