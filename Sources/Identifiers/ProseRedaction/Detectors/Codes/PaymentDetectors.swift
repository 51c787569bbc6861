import Words

/// Detects international bank account numbers, in one piece or in groups, by their check digits.
struct BankAccountDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for index in text.digits {
      let token = text.tokens[index]
      guard token.kind == .mixed, token.count >= 4, let length = length(token, in: text) else {
        continue
      }
      var (last, count) = (index, token.count)
      while count < length, last + 1 < text.tokens.count,
        text.isGap(after: last, " ") || text.isGap(after: last, "-")
      {
        last += 1
        count += text.tokens[last].count
      }
      let range = token.start..<text.tokens[last].end
      guard count == length, Checksum.iban.isValid(text.bytes[range]) else { continue }
      found.append(
        ProseSpan(
          range: range, type: .bankAccount, confidence: 0.98, reason: "passes the check of IBAN"))
    }
  }

  private func length(_ token: Token, in text: ScannedText) -> Int? {
    let (first, second) = (text.bytes[token.start], text.bytes[token.start + 1])
    guard first > 64, second > 64, text.bytes[token.start + 2] < 58,
      text.bytes[token.start + 3] < 58
    else { return nil }
    return BankAccountRules.lengths[String(decoding: [first & 0xdf, second & 0xdf], as: UTF8.self)]
  }
}

/// Detects payment card numbers with the Luhn formula.
struct CardDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for groups in text.groups
    where (13...19).contains(groups.count) && !groups.goesOn(in: text) && !groups.hasPlus(in: text)
    {
      let digits = groups.digits(in: text)
      guard (50...54).contains(digits[0]), Checksum.luhn.isValid(digits) else { continue }
      found.append(
        ProseSpan(
          range: groups.range, type: .creditCard, confidence: 0.95,
          reason: "passes the Luhn check of cards"))
    }
  }
}

/// Finds cryptocurrency wallet addresses by their checks.
struct WalletDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for index in text.digits
    where (26...90).contains(text.tokens[index].count) && text.tokens[index].kind == .mixed {
      let range = text.tokens[index].range
      guard CryptoWallet.isValid(text.bytes[range]) else { continue }
      found.append(
        ProseSpan(
          range: range, type: .cryptoWallet, confidence: 0.97,
          reason: "passes the check of a wallet address"))
    }
  }
}
