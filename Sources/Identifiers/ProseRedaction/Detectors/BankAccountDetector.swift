import Words

/// Detects international bank account numbers, in one piece or in groups, by their check digits.
struct BankAccountDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for index in text.digits {
      let token = text.tokens[index]
      guard token.kind == .mixed, token.count >= 4, let length = length(token, in: text) else { continue }
      var (last, count) = (index, token.count)
      while count < length, last + 1 < text.tokens.count, text.isGap(after: last, " ") || text.isGap(after: last, "-") {
        last += 1
        count += text.tokens[last].count
      }
      let range = token.start..<text.tokens[last].end
      guard count == length, Checksum.iban.isValid(text.bytes[range]) else { continue }
      found.append(ProseSpan(range: range, type: .bankAccount, confidence: 0.98, reason: "passes the check of IBAN"))
    }
  }

  private func length(_ token: Token, in text: ScannedText) -> Int? {
    let (first, second) = (text.bytes[token.start], text.bytes[token.start + 1])
    guard first > 64, second > 64, text.bytes[token.start + 2] < 58, text.bytes[token.start + 3] < 58 else { return nil }
    return BankAccountRules.lengths[String(decoding: [first & 0xdf, second & 0xdf], as: UTF8.self)]
  }
}
