/// The type of an identifier in prose. The raw values are those of the machine interface
/// (`understudy scan --json`).
package enum IdentifierType: String, CaseIterable, Sendable, Codable {
  case person = "PERSON"
  /// A street address.
  case address = "ADDRESS"
  /// A place smaller than a state: a city, county or village. States and countries are not
  /// identifiers.
  case location = "LOCATION"
  case postalCode = "POSTAL_CODE"
  /// A hospital or an employer.
  case organization = "ORGANIZATION"
  /// A date with a day or a month. A year alone is not an identifier.
  case date = "DATE"
  /// An age over 89. Lower ages are not identifiers.
  case age = "AGE"
  case phone = "PHONE"
  case fax = "FAX"
  case email = "EMAIL"
  case socialSecurityNumber = "SSN"
  case nationalIdentifier = "NATIONAL_ID"
  case medicalRecordNumber = "MEDICAL_RECORD_NUMBER"
  case healthPlanNumber = "HEALTH_PLAN_NUMBER"
  case accountNumber = "ACCOUNT_NUMBER"
  case licenseNumber = "LICENSE_NUMBER"
  case vehicleIdentifier = "VEHICLE_ID"
  case deviceIdentifier = "DEVICE_ID"
  case url = "URL"
  case ipAddress = "IP_ADDRESS"
  case macAddress = "MAC_ADDRESS"
  case bankAccount = "IBAN"
  case creditCard = "CREDIT_CARD"
  case cryptoWallet = "CRYPTO_WALLET"
  case passport = "PASSPORT"
  /// The National Provider Identifier of the United States.
  case providerIdentifier = "NPI"
  /// A prescriber's number at the Drug Enforcement Administration of the United States.
  case prescriberNumber = "DEA"
  case biometricIdentifier = "BIOMETRIC_ID"
  case other = "OTHER_ID"
}

/// The meaning of a label such as "MRN:" for the value after it.
package struct Label: Sendable {
  package let type: IdentifierType
  /// The smallest number of digits in a value.
  package let leastDigits: Int
  /// Whether the label only counts if a colon, a number sign or a word for "number" follows it.
  package let needsSign: Bool

  /// Whether the value is words, such as an address, rather than a number.
  package let isText: Bool

  /// Parses a section: `label TYPE`, `label TYPE 4` with the smallest number of digits, `label TYPE
  /// 4 sign`, or `label TYPE text`.
  init?(section: String) {
    let parts = section.split(separator: " ")
    guard parts.count >= 2, parts[0] == "label",
      let type = IdentifierType(rawValue: String(parts[1]))
    else { return nil }
    self.type = type
    leastDigits = parts.count > 2 ? Int(parts[2]) ?? 3 : 3
    needsSign = parts.count > 3
    isText = parts.count == 3 && parts[2] == "text"
  }
}
