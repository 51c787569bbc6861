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
    case .luhn: symbols.count >= 8 && symbols.allDigits && symbols.contains { $0 != 0 } && symbols.luhnSum % 10 == 0
    case .iban: BankAccountRules.isValid(symbols)
    case .mod97: symbols.count >= 4 && symbols.allDigits && symbols.remainder97 == 1
    case .ssn: NationalRules.isSocialSecurityNumber(symbols)
    case .nhs: NationalRules.isHealthServiceNumber(symbols)
    case .nationalInsurance: NationalRules.isNationalInsuranceNumber(symbols)
    case .npi: symbols.count == 10 && symbols.allDigits && [1, 2].contains(symbols[0]) && ([8, 0, 8, 4, 0] + symbols).luhnSum % 10 == 0
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
