import Words

/// Detects social security numbers of the United States by their shape and ranges.
struct SocialSecurityNumberDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for groups in text.groups where groups.isGrouped(3, 2, 4) && !groups.goesOn(in: text) && Checksum.ssn.isValid(groups.digits(in: text)) {
      found.append(
        ProseSpan(
          range: groups.range, type: .socialSecurityNumber, confidence: 0.95, reason: "the shape and ranges of a social security number"))
    }
  }
}
