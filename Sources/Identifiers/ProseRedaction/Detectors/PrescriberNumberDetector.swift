import Words

/// Detects prescriber numbers of the Drug Enforcement Administration by their check digit.
struct PrescriberNumberDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for index in text.digits where text.tokens[index].count == 9 && text.tokens[index].kind == .mixed {
      let range = text.tokens[index].range
      // rs2884737 names a place in the genome.
      if text.bytes[range].starts(with: "rs".utf8) { continue }
      guard Checksum.dea.isValid(text.bytes[range]) else { continue }
      found.append(ProseSpan(range: range, type: .prescriberNumber, confidence: 0.85, reason: "passes the check of DEA numbers"))
    }
  }
}
