import Words

/// Detects national numbers by their check digits: Spain's DNI and NIE, Britain's National
/// Insurance and NHS numbers, France's NIR, Italy's Codice Fiscale.
struct NationalNumberDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for groups in text.groups where !groups.goesOn(in: text) {
      if groups.count == 15, Checksum.nir.isValid(groups.digits(in: text)) {
        found.append(span(groups.range, 0.95, "passes the check of the French NIR"))
      } else if groups.isGrouped(3, 3, 4), Checksum.nhs.isValid(groups.digits(in: text)) {
        // The NHS writes its numbers with spaces; hyphens are usual in telephone numbers.
        let isSpaced = groups.tokens.dropLast().allSatisfy { text.isGap(after: $0, " ") }
        found.append(
          span(groups.range, isSpaced ? 0.91 : 0.8, "passes the check of the NHS number"))
      }
    }
    for index in text.digits {
      if let match = whole(index, in: text) ?? divided(index, in: text) {
        found.append(span(match.range, match.confidence, match.reason))
      } else if let range = insurance(index, in: text) {
        found.append(span(range, 0.95, "the form of a National Insurance number"))
      } else if text.tokens[index].count == 16, hasFiscalForm(text.bytes[text.tokens[index].range])
      {
        let reason = "the form of a Codice Fiscale, whose check it does not pass"
        found.append(
          ProseSpan(range: text.tokens[index].range, type: .other, confidence: 0.8, reason: reason))
      }
    }
  }

  private typealias Match = (range: Range<Int>, confidence: Double, reason: String)

  private func span(_ range: Range<Int>, _ confidence: Double, _ reason: String) -> ProseSpan {
    ProseSpan(range: range, type: .nationalIdentifier, confidence: confidence, reason: reason)
  }

  private func whole(_ index: Int, in text: ScannedText) -> Match? {
    let token = text.tokens[index]
    guard token.kind == .mixed else { return nil }
    let bytes = text.bytes[token.range]
    switch token.count {
    case 9:
      if Checksum.dni.isValid(bytes) {
        return (token.range, 0.95, "passes the check of the Spanish DNI and NIE")
      }
      if Checksum.nationalInsurance.isValid(bytes) {
        return (token.range, 0.9, "the form of a National Insurance number")
      }
    case 15 where Checksum.nir.isValid(bytes):
      return (token.range, 0.95, "passes the check of the French NIR")
    case 16 where Checksum.codiceFiscale.isValid(bytes):
      return (token.range, 0.97, "passes the check of the Codice Fiscale")
    default: break
    }
    return nil
  }

  /// Matches six letters, two digits, a letter, two digits, a letter, three digits, a letter.
  private func hasFiscalForm(_ bytes: UnsafeRawBufferPointer.SubSequence) -> Bool {
    zip(bytes, "AAAAAA99A99A999A".utf8).allSatisfy { byte, form in
      form == 57 ? (48...57).contains(byte) : (97...122).contains(byte | 0x20)
    }
  }

  /// Matches "12345678-Z", "12.345.678-Z".
  private func divided(_ index: Int, in text: ScannedText) -> Match? {
    let token = text.tokens[index]
    guard token.count <= 8 else { return nil }
    var last = index
    while last < index + 3, last + 1 < text.tokens.count,
      text.isGap(after: last, "-") || text.isGap(after: last, " ") || text.isGap(after: last, ".")
    {
      last += 1
      guard text.tokens[last].count == 1, text.tokens[last].kind == .word else { continue }
      let range = token.start..<text.tokens[last].end
      guard range.count >= 9, Checksum.dni.isValid(text.bytes[range]) else { return nil }
      return (range, 0.93, "passes the check of the Spanish DNI and NIE")
    }
    return nil
  }

  /// Matches "AB 12 34 56 C", starting at the first number.
  private func insurance(_ index: Int, in text: ScannedText) -> Range<Int>? {
    guard index > 0, text.tokens[index].count == 2, text.tokens[index - 1].count == 2,
      text.tokens[index - 1].shape == .upper,
      index + 3 < text.tokens.count,
      ((index - 1)..<(index + 3)).allSatisfy({ text.isGap(after: $0, " ") })
    else { return nil }
    let range = text.tokens[index - 1].start..<text.tokens[index + 3].end
    return text.tokens[index + 3].count == 1
      && Checksum.nationalInsurance.isValid(text.bytes[range]) ? range : nil
  }
}

/// Detects social security numbers of the United States by their shape and ranges.
struct SocialSecurityNumberDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for groups in text.groups
    where groups.isGrouped(3, 2, 4) && !groups.goesOn(in: text)
      && Checksum.ssn.isValid(groups.digits(in: text))
    {
      found.append(
        ProseSpan(
          range: groups.range, type: .socialSecurityNumber, confidence: 0.95,
          reason: "the shape and ranges of a social security number"))
    }
  }
}

/// Detects prescriber numbers of the Drug Enforcement Administration by their check digit.
struct PrescriberNumberDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for index in text.digits
    where text.tokens[index].count == 9 && text.tokens[index].kind == .mixed {
      let range = text.tokens[index].range
      // rs2884737 names a place in the genome.
      if text.bytes[range].starts(with: "rs".utf8) { continue }
      guard Checksum.dea.isValid(text.bytes[range]) else { continue }
      found.append(
        ProseSpan(
          range: range, type: .prescriberNumber, confidence: 0.85,
          reason: "passes the check of DEA numbers"))
    }
  }
}
