/// Codes of letters and digits known by their check digits or fixed shape: IBAN, VIN, DEA, national numbers, MAC, IPv6, UUID,
/// and wallets of cryptocurrencies.
struct CodeDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var index = 0
    while index < text.tokens.count {
      guard text.tokens[index].count >= 1, let match = match(index, in: text) else {
        index += 1
        continue
      }
      let range = text.tokens[index].start..<text.tokens[match.last].end
      found.append(ProseSpan(range: range, type: match.type, confidence: match.confidence, reason: match.reason))
      index = match.last + 1
    }
  }

  private typealias Match = (last: Int, type: IdentifierType, confidence: Double, reason: String)

  private func match(_ index: Int, in text: ScannedText) -> Match? {
    let token = text.tokens[index]
    if token.count <= 4, let match = hexadecimal(index, in: text) { return match }
    if token.hasDigit, let match = spaced(index, in: text) { return match }
    guard token.kind == .mixed else { return wordCode(index, in: text) }
    return whole(index, in: text) ?? account(index, in: text) ?? unique(index, in: text)
  }

  /// Codes of one token.
  private func whole(_ index: Int, in text: ScannedText) -> Match? {
    let token = text.tokens[index]
    let bytes = text.bytes[token.range]
    switch token.count {
    case 9:
      if Checksum.dea.isValid(bytes) { return (index, .prescriberNumber, 0.85, "passes the check of DEA numbers") }
      if Checksum.dni.isValid(bytes) { return (index, .nationalIdentifier, 0.95, "passes the check of the Spanish DNI and NIE") }
      if Checksum.nationalInsurance.isValid(bytes) { return (index, .nationalIdentifier, 0.9, "the form of a National Insurance number") }
    case 15 where Checksum.nir.isValid(bytes): return (index, .nationalIdentifier, 0.95, "passes the check of the French NIR")
    case 16 where Checksum.codiceFiscale.isValid(bytes): return (index, .nationalIdentifier, 0.97, "passes the check of the Codice Fiscale")
    case 17 where Checksum.vin.isValid(bytes): return (index, .vehicleIdentifier, 0.93, "passes the check of vehicle numbers")
    case 26...90 where CryptoWallet.isValid(bytes): return (index, .cryptoWallet, 0.97, "passes the check of a wallet address")
    default: break
    }
    return nil
  }

  /// "AB 12 34 56 C" and "12345678-Z".
  private func spaced(_ index: Int, in text: ScannedText) -> Match? {
    guard index + 1 < text.tokens.count, text.isGap(after: index, "-") || text.isGap(after: index, " ") else { return nil }
    let token = text.tokens[index]
    guard (7...8).contains(token.count), text.tokens[index + 1].count == 1, text.tokens[index + 1].kind == .word else { return nil }
    guard Checksum.dni.isValid(text.bytes[token.start..<text.tokens[index + 1].end]) else { return nil }
    return (index + 1, .nationalIdentifier, 0.93, "passes the check of the Spanish DNI and NIE")
  }

  private func wordCode(_ index: Int, in text: ScannedText) -> Match? {
    let token = text.tokens[index]
    guard token.shape == .upper, token.count == 2, index + 4 < text.tokens.count else { return nil }
    guard (index..<(index + 4)).allSatisfy({ text.isGap(after: $0, " ") }) else { return nil }
    guard (1...3).allSatisfy({ text.tokens[index + $0].kind == .number && text.tokens[index + $0].count == 2 }) else { return nil }
    let bytes = text.bytes[token.start..<text.tokens[index + 4].end]
    return Checksum.nationalInsurance.isValid(bytes)
      ? (index + 4, .nationalIdentifier, 0.95, "the form of a National Insurance number") : nil
  }

  /// An IBAN, in one piece or in groups of four.
  private func account(_ index: Int, in text: ScannedText) -> Match? {
    let token = text.tokens[index]
    guard token.count >= 4,
      let length = BankAccountRules.lengths[String(decoding: text.bytes[token.range].prefix(2), as: UTF8.self).uppercased()]
    else { return nil }
    var (last, count) = (index, token.count)
    while count < length, last + 1 < text.tokens.count, text.isGap(after: last, " ") || text.isGap(after: last, "-") {
      last += 1
      count += text.tokens[last].count
    }
    guard count == length, Checksum.iban.isValid(text.bytes[token.start..<text.tokens[last].end]) else { return nil }
    return (last, .bankAccount, 0.98, "passes the check of IBAN")
  }

  private func isHexadecimal(_ index: Int, in text: ScannedText) -> Bool {
    text.bytes[text.tokens[index].range].allSatisfy { (48...57).contains($0) || (97...102).contains($0 | 0x20) }
  }

  /// MAC addresses (six pairs, or three fours with dots) and IPv6 addresses.
  private func hexadecimal(_ index: Int, in text: ScannedText) -> Match? {
    guard index + 1 < text.tokens.count, text.gap(after: index).count <= 2, isHexadecimal(index, in: text) else { return nil }
    for (separator, length, groups) in [(":", 2, 6), ("-", 2, 6), (".", 4, 3)] as [(StaticString, Int, Int)] {
      guard text.isGap(after: index, separator), index + groups <= text.tokens.count else { continue }
      let run = index..<(index + groups)
      guard run.allSatisfy({ text.tokens[$0].count == length && isHexadecimal($0, in: text) }),
        run.dropLast().allSatisfy({ text.isGap(after: $0, separator) })
      else { continue }
      if length == 4, !run.contains(where: { text.tokens[$0].kind != .number }) { continue }
      return (run.upperBound - 1, .macAddress, 0.95, "the form of a MAC address")
    }
    var (last, doubled) = (index, 0)
    while last + 1 < text.tokens.count, last < index + 8, text.tokens[last + 1].count <= 4, isHexadecimal(last + 1, in: text) {
      if text.isGap(after: last, "::") { doubled += 1 } else if !text.isGap(after: last, ":") { break }
      last += 1
    }
    let groups = last - index + 1
    guard groups == 8 && doubled == 0 || doubled == 1 && groups >= 2 && groups < 8 else { return nil }
    return (last, .ipAddress, 0.93, "the form of an IPv6 address")
  }

  /// A universally unique identifier.
  private func unique(_ index: Int, in text: ScannedText) -> Match? {
    guard text.tokens[index].count == 8, index + 4 < text.tokens.count else { return nil }
    let lengths = (index...(index + 4)).map { text.tokens[$0].count }
    guard lengths == [8, 4, 4, 4, 12], (index..<(index + 4)).allSatisfy({ text.isGap(after: $0, "-") }) else { return nil }
    return (index...(index + 4)).allSatisfy { isHexadecimal($0, in: text) } ? (index + 4, .other, 0.9, "the form of a UUID") : nil
  }
}
