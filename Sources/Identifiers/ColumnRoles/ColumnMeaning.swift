import Tables
import Words

/// The meaning of a column's cells, about a person or something else. The raw values are the
/// section names in the lists of header words
/// (`Sources/Identifiers/WordLists/lists/columns-english.txt` and others).
package enum ColumnMeaning: String, CaseIterable, Sendable {
  case givenName = "given name"
  case familyName = "family name"
  case personName = "person name"
  case username, email, phone, fax, address
  case socialSecurityNumber = "ssn"
  case nationalIdentifier = "national id"
  case recordNumber = "record number"
  case healthPlan = "health plan"
  case account, license, passport, vehicle, device, url
  case ipAddress = "ip"
  case macAddress = "mac"
  case iban, card, npi, dea, wallet, biometric
  case uuid
  /// A number or code of a person.
  case personNumber = "person number"
  /// A number or code of one of a person's records.
  case recordCode = "record code"
  /// The position of a row in the file.
  case rowNumber = "row number"
  /// Codes of one shape that distinguish rows.
  case uniqueCode = "unique code"
  /// Values of any kind that distinguish rows.
  case unique
  case prose
  case birth, death, age, sex, origin, family, education, work, language, country, religion, place
  case postalCode = "postal code"
  case title, insurance, look, time
  /// The number of a doctor, teacher or other person who is not the subject.
  case staffNumber = "staff number"
  case health, money, belief, sexuality, crime, performance
  case technical
  /// A number, code or name of a thing that many people share.
  case thing

  package var role: ColumnRole {
    switch self {
    case .prose: .prose
    case .birth, .death, .age, .sex, .origin, .family, .education, .work, .language, .country,
      .religion, .place, .postalCode, .title,
      .insurance, .look, .time, .staffNumber:
      .quasiIdentifier
    case .health, .money, .belief, .sexuality, .crime, .performance: .sensitive
    case .technical, .thing: .ordinary
    default: .identifier(kind)
    }
  }

  private var kind: IdentifierKind {
    switch self {
    case .givenName: .givenName
    case .familyName: .familyName
    case .personName: .personName
    case .email: .email
    case .phone, .fax: .phone
    case .address: .address
    case .socialSecurityNumber: .socialSecurityNumber
    case .url: .url
    case .ipAddress: .ipAddress
    case .macAddress: .macAddress
    case .iban: .iban
    case .card: .creditCard
    case .uuid: .uuid
    case .username, .biometric, .unique: .other
    default: .code
    }
  }

  /// The name in the machine interface; nil if the meaning is not an identifier of a known type.
  var identifierType: IdentifierType? {
    switch self {
    case .givenName, .familyName, .personName: .person
    case .email: .email
    case .phone: .phone
    case .fax: .fax
    case .address: .address
    case .socialSecurityNumber: .socialSecurityNumber
    case .nationalIdentifier: .nationalIdentifier
    case .recordNumber, .recordCode: .medicalRecordNumber
    case .healthPlan: .healthPlanNumber
    case .account: .accountNumber
    case .license: .licenseNumber
    case .passport: .passport
    case .vehicle: .vehicleIdentifier
    case .device: .deviceIdentifier
    case .url: .url
    case .ipAddress: .ipAddress
    case .macAddress: .macAddress
    case .iban: .bankAccount
    case .card: .creditCard
    case .npi: .providerIdentifier
    case .dea: .prescriberNumber
    case .wallet: .cryptoWallet
    case .biometric: .biometricIdentifier
    case .personNumber, .rowNumber, .uuid, .unique, .uniqueCode, .username: .other
    case .postalCode: .postalCode
    case .place: .location
    case .birth, .death, .time: .date
    case .age: .age
    default: nil
    }
  }

  var isIdentifier: Bool {
    if case .identifier = role { true } else { false }
  }

  /// Whether the meaning is a number or code, which needs digits and many different values.
  package var isNumber: Bool {
    switch self {
    case .socialSecurityNumber, .nationalIdentifier, .recordNumber, .healthPlan, .account, .license,
      .passport, .vehicle, .device, .iban,
      .card, .npi, .dea:
      true
    default: false
    }
  }

  /// Whether the meaning is a name of a person.
  package var isName: Bool { self == .givenName || self == .familyName || self == .personName }

  /// Whether only people have this trait, so that a table with such a column is about people.
  var tellsOfPeople: Bool {
    switch self {
    case .technical, .thing, .rowNumber, .unique, .uniqueCode, .uuid, .time, .place, .country, .url,
      .prose, .health, .money, .postalCode,
      .device,
      .language, .insurance, .staffNumber, .performance:
      false
    default: true
    }
  }
}
