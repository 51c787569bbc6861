import Words

/// Finds cryptocurrency wallet addresses by their checks.
struct WalletDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for index in text.digits where (26...90).contains(text.tokens[index].count) && text.tokens[index].kind == .mixed {
      let range = text.tokens[index].range
      guard CryptoWallet.isValid(text.bytes[range]) else { continue }
      found.append(ProseSpan(range: range, type: .cryptoWallet, confidence: 0.97, reason: "passes the check of a wallet address"))
    }
  }
}
