import Words

/// Detects postal codes by their form or by the text beside them; `LabelledNumberDetector` finds
/// those after a label.
struct PostalCodeDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    let reader = PostalCodeReader(text: text)
    var end = 0
    for index in text.digits where index >= end && text.tokens[index].count <= 6 {
      guard let code = reader.formed(index) ?? reader.placed(index) else { continue }
      let range = text.tokens[index].start..<text.tokens[code.last].end
      found.append(ProseSpan(range: range, type: .postalCode, confidence: 0.87, reason: code.reason))
      end = code.last + 1
    }
  }
}
