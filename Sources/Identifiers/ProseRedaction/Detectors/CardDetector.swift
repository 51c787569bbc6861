import Words

/// Detects payment card numbers with the Luhn formula.
struct CardDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for groups in text.groups where (13...19).contains(groups.count) && !groups.goesOn(in: text) && !groups.hasPlus(in: text) {
      let digits = groups.digits(in: text)
      guard (50...54).contains(digits[0]), Checksum.luhn.isValid(digits) else { continue }
      found.append(ProseSpan(range: groups.range, type: .creditCard, confidence: 0.95, reason: "passes the Luhn check of cards"))
    }
  }
}
