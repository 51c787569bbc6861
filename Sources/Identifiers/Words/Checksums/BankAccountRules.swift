/// The rules of the International Bank Account Number (ISO 13616, SWIFT registry).
package enum BankAccountRules {
  /// The length of an account number by country, for the countries in the registry.
  package static let lengths: [String: Int] = {
    let table =
      """
      AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22
      GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27
      MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20
      """
    return Dictionary(
      uniqueKeysWithValues: table.split(whereSeparator: \.isWhitespace).compactMap { entry in
        Int(entry.dropFirst(2)).map { (String(entry.prefix(2)), $0) }
      })
  }()

  package static func isValid(_ symbols: [UInt8]) -> Bool {
    guard symbols.count >= 15, symbols[0] > 9, symbols[1] > 9, symbols[2] < 10, symbols[3] < 10 else { return false }
    let country = String(decoding: symbols[..<2].map { $0 + 55 }, as: UTF8.self)
    guard lengths[country] == symbols.count else { return false }
    return (Array(symbols[4...]) + symbols[..<4]).remainder97 == 1
  }
}
