import ColumnRoles
import Tables
import Words

/// Writes the texts of one column of identifiers.
struct FakeWriter {
  package let kind: IdentifierKind
  package let column: ColumnSchema
  let people: FakePeople
  private let columnPurpose: UInt64
  /// Whether the column holds addresses. Schemas of version 1 had no kind for them.
  private let isAddress: Bool

  init(kind: IdentifierKind, column: ColumnSchema, people: FakePeople) {
    self.kind = kind
    self.column = column
    self.people = people
    columnPurpose = Self.purpose(of: column.name)
    isAddress = HeaderReading(column.name).meanings[.address] != nil
  }

  /// Returns a number that makes the codes of one column differ from those of another.
  static func purpose(of name: String) -> UInt64 { WordHash.of(Array(name.utf8)) }

  package func text(row: Int, isFemale: Bool?) -> String {
    switch column.treatment {
    case .mask: return CellTreatment.mask(kind)
    case .pseudonym: return ownPerson(row).freshPseudonym
    case .encrypt: return filled(column.pattern ?? NumberForms.digits, row: row, isFemale: isFemale)
    case .fake, .drop: return fake(row: row, isFemale: isFemale)
    }
  }

  private func fake(row: Int, isFemale: Bool?) -> String {
    let person = people.person(row: row, locale: column.locale, isFemale: isFemale)
    switch kind {
    case .socialSecurityNumber:
      return NumberForms.security(
        filled(column.pattern ?? NumberForms.socialSecurityNumber, row: row))
    case .creditCard:
      return NumberForms.card(filled(column.pattern ?? NumberForms.creditCard, row: row))
    case .iban: return NumberForms.account(filled(column.pattern ?? NumberForms.iban, row: row))
    default: break
    }
    if column.pattern != nil {
      return filled(column.pattern ?? NumberForms.code, row: row, isFemale: isFemale)
    }
    switch kind {
    case .personName: return person.fullName
    case .givenName: return person.given
    case .familyName: return person.family
    case .email: return person.email
    case .phone: return person.phone
    case .uuid: return ownPerson(row).uuid
    case .address: return person.address
    case .url: return "https://\(person.domain)/\(row + 1)"
    case .ipAddress: return person.ipAddress
    case .macAddress: return person.macAddress
    case .code: return "ID" + padded(row)
    case .other: return isAddress ? person.address : "fictitious-" + padded(row)
    case .socialSecurityNumber, .creditCard, .iban: return "ID" + padded(row)
    }
  }

  private func filled(_ pattern: FakePattern, row: Int, isFemale: Bool? = nil) -> String {
    let place = people.place(row: row, size: pattern.size, purpose: columnPurpose)
    return pattern.text(
      place: place, person: people.person(row: row, locale: column.locale, isFemale: isFemale))
  }

  /// Returns the person of a row for this column alone, so that two columns of random codes differ.
  private func ownPerson(_ row: Int) -> FakePerson {
    people.shifted(by: columnPurpose).person(row: row)
  }

  private func padded(_ row: Int) -> String {
    let digits = String(row + 1)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }
}

extension FakePattern {
  /// Returns the text of the form at the given place among all its texts, with the names of a
  /// person.
  ///
  /// - Parameter place: 0 ..< ``size``. The symbols are the digits of the place, the last symbol
  ///   the lowest.
  package func text(place: Int, person: FakePerson) -> String {
    var rest = place
    var symbols: [String] = []
    symbols.reserveCapacity(parts.count)
    for part in parts.reversed() {
      let digit = rest % part.symbolCount
      rest /= part.symbolCount
      switch part {
      case .digit: symbols.append(String(digit))
      case .capital: symbols.append(String(UnicodeScalar(UInt8(65 + digit))))
      case .small: symbols.append(String(UnicodeScalar(UInt8(97 + digit))))
      case .hexadecimal: symbols.append(String(digit, radix: 16))
      case .literal(let character): symbols.append(String(character))
      case .given(let letters): symbols.append(letters.written(person.given, folds: isAddress))
      case .family(let letters): symbols.append(letters.written(person.family, folds: isAddress))
      case .number: symbols.append(String(person.number + 1))
      }
    }
    return symbols.reversed().joined()
  }

  /// Whether the pattern is an address. Names in an address lose their accents.
  private var isAddress: Bool { parts.contains(.literal("@")) }
}

extension FakePattern.LetterCase {
  fileprivate func written(_ name: String, folds: Bool) -> String {
    let name = folds ? name.withoutAccents : name
    switch self {
    case .upper: return name.uppercased()
    case .title: return name
    case .lower: return name.lowercased()
    }
  }
}
