/// Check digits and numbering rules that distinguish a number from others of the same shape.
///
/// Spaces, hyphens and dots between the characters are ignored, and so is the case of letters.
package enum Checksum: String, CaseIterable, Sendable, Codable {
  /// ISO/IEC 7812-1: payment cards of 12 to 19 digits, and other numbers with a Luhn check digit.
  case luhn
  /// ISO 13616: two letters for the country, two check digits, modulus 97 over the whole.
  case iban
  /// ISO/IEC 7064 MOD 97-10 over digits.
  case mod97
  /// Rejects the areas, groups and serials that the Social Security Administration never issues.
  /// There is no check digit.
  case ssn
  /// A patient's number in the National Health Service of the United Kingdom: modulus 11.
  case nhs
  /// The National Insurance number of the United Kingdom: only certain letters, no check digit.
  case nationalInsurance
  /// The National Provider Identifier: Luhn over 80840 followed by the ten digits.
  case npi
  /// A prescriber's number: two letters, six digits, a check digit.
  case dea
  /// ISO 3779 with the North American check digit (position 9).
  case vin
  /// The Burgerservicenummer of the Netherlands: modulus 11.
  case bsn
  /// The DNI and NIE of Spain: a check letter by modulus 23.
  case dni
  /// The tax identification number of Germany: ISO/IEC 7064 MOD 11,10, with one digit repeated.
  case steuerID
  /// The NIR of France: 13 characters and a key of modulus 97.
  case nir
  /// The Codice Fiscale of Italy: 16 characters, the last of which is a check character.
  case codiceFiscale

  /// Whether a text in UTF-8 passes the check. `O(length)`.
  package func isValid(_ text: some Sequence<UInt8>) -> Bool {
    var symbols: [UInt8] = []
    symbols.reserveCapacity(24)
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): symbols.append(byte - 48)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): symbols.append(byte - 55)
      case UInt8(ascii: "a")...UInt8(ascii: "z"): symbols.append(byte - 87)
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."): continue
      default: return false
      }
      if symbols.count > 40 { return false }
    }
    return isValid(symbols: symbols)
  }

  /// The same check on symbol values: 0 to 9 for digits, 10 to 35 for letters.
  private func isValid(symbols: [UInt8]) -> Bool {
    switch self {
    case .luhn:
      symbols.count >= 8 && symbols.allDigits && symbols.contains { $0 != 0 }
        && symbols.luhnSum % 10 == 0
    case .iban: BankAccountRules.isValid(symbols)
    case .mod97: symbols.count >= 4 && symbols.allDigits && symbols.remainder97 == 1
    case .ssn: NationalRules.isSocialSecurityNumber(symbols)
    case .nhs: NationalRules.isHealthServiceNumber(symbols)
    case .nationalInsurance: NationalRules.isNationalInsuranceNumber(symbols)
    case .npi:
      symbols.count == 10 && symbols.allDigits && [1, 2].contains(symbols[0])
        && ([8, 0, 8, 4, 0] + symbols).luhnSum % 10 == 0
    case .dea: NationalRules.isPrescriberNumber(symbols)
    case .vin: VehicleRules.isValid(symbols)
    case .bsn: NationalRules.isCitizenServiceNumber(symbols)
    case .dni: NationalRules.isSpanishNumber(symbols)
    case .steuerID: NationalRules.isGermanTaxNumber(symbols)
    case .nir: NationalRules.isFrenchNumber(symbols)
    case .codiceFiscale: NationalRules.isItalianCode(symbols)
    }
  }
}

extension [UInt8] {
  /// Whether every value is a digit.
  var allDigits: Bool { allSatisfy { $0 < 10 } }

  /// The Luhn sum of digits, the last of which is the check digit.
  package var luhnSum: Int {
    var sum = 0
    for (place, digit) in reversed().enumerated() {
      let doubled = place % 2 == 1 ? Int(digit) * 2 : Int(digit)
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return sum
  }

  /// The decimal number modulo 97, with each letter written as its two digits.
  package var remainder97: Int {
    reduce(0) { remainder, value in (remainder * (value < 10 ? 10 : 100) + Int(value)) % 97 }
  }

  /// The digits as a number, for at most 18 digits.
  package var number: Int { reduce(0) { $0 * 10 + Int($1) } }
}

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
    guard symbols.count >= 15, symbols[0] > 9, symbols[1] > 9, symbols[2] < 10, symbols[3] < 10
    else { return false }
    let country = String(decoding: symbols[..<2].map { $0 + 55 }, as: UTF8.self)
    guard lengths[country] == symbols.count else { return false }
    return (Array(symbols[4...]) + symbols[..<4]).remainder97 == 1
  }
}

/// The check digit of a vehicle identification number (49 CFR 565.15).
private enum VehicleRules {
  private static let values: [UInt8] = [
    1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9,
  ]
  private static let weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
  /// The letters I, O and Q, which are not used.
  static let unusedLetters: Set<UInt8> = [18, 24, 26]

  package static func isValid(_ symbols: [UInt8]) -> Bool {
    guard symbols.count == 17, symbols.allSatisfy({ !unusedLetters.contains($0) }) else {
      return false
    }
    let sum = zip(symbols, weights).reduce(0) { total, pair in
      total + Int(pair.0 < 10 ? pair.0 : values[Int(pair.0) - 10]) * pair.1
    }
    let check = symbols[8] < 10 ? Int(symbols[8]) : symbols[8] == 33 ? 10 : -1
    return sum % 11 == check && Set(symbols).count > 3
  }
}
