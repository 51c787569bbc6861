import Tables

/// How the cells of one column of a real table are treated when the table itself is handed on, as `redact` does.
///
/// Everything follows from the cell (or the person) and the owner's key: the same in gives the same out under one key, in every column
/// of the same kind, file and run; what different keys make cannot be linked. A release of synthetic rows never uses this: there,
/// nothing may follow from a real value (see ``FakeColumn``).
///
/// ```swift
/// let key = try PseudonymKey.open(at: keyFile)
/// let names = try CellTreatment(.fake, kind: .givenName, key: key)
/// let shown = try names.treat("Anna", person: "P0042")   // the name that P0042 has in every column and table
/// ```
package struct CellTreatment: Sendable {
  package let treatment: IdentifierTreatment
  package let kind: IdentifierKind
  private let key: PseudonymKey
  private let locale: FakeLocale
  private let cipher: FormatPreservingCipher

  /// - Parameter locale: whose names stand for names.
  package init(_ treatment: IdentifierTreatment, kind: IdentifierKind, key: PseudonymKey, locale: FakeLocale = .english) throws {
    self.treatment = treatment
    self.kind = kind
    self.key = key
    self.locale = locale
    cipher = try FormatPreservingCipher(key: key)
  }

  /// What stands for a cell; nil where the cell is dropped. A missing cell is for the caller to leave alone.
  ///
  /// - Parameters:
  ///   - person: what says whose cell it is, such as the patient's number. With it, the fakes of a person's names, address and e-mail
  ///     agree in every column and table; without it, a fake follows from the cell alone.
  ///   - isFemale: the person's sex as another column has it. Without it, and without `person`, the given name in the cell decides where
  ///     the lists know it; with `person` alone chance does, since every column must come to the same.
  /// - Throws: ``TreatmentError`` where a number has too few digits to be encrypted, or too many. No message holds the cell.
  package func treat(_ text: String, person: String? = nil, isFemale: Bool? = nil) throws -> String? {
    switch treatment {
    case .drop: return nil
    case .mask: return Self.mask(kind)
    case .pseudonym: return key.pseudonym(of: text)
    case .encrypt: return try encrypt(text)
    case .fake: return fake(text, person: person, isFemale: isFemale)
    }
  }

  /// The words that stand for every cell of a kind.
  package static func mask(_ kind: IdentifierKind) -> String { "[\(kind.rawValue) removed]" }

  /// FF1 over the digits, in their places; everything else stays. The kind is the tweak, so that a patient's number is the same in each
  /// table whatever the column is called there.
  private func encrypt(_ text: String) throws -> String {
    let digits = text.filter { $0.isASCII && $0.isNumber }
    var encrypted = try cipher.encrypt(digits, tweak: Array(kind.rawValue.utf8)).makeIterator()
    return String(text.map { $0.isASCII && $0.isNumber ? encrypted.next() ?? $0 : $0 })
  }

  private func fake(_ text: String, person: String?, isFemale: Bool?) -> String {
    let seen = person == nil ? text.split { !$0.isLetter }.lazy.compactMap { FakeNames.isFemale(String($0)) }.first : nil
    let invented = self.person(person ?? text.folded, isFemale: isFemale ?? seen)
    switch kind {
    case .personName: return cased(text.contains(",") ? "\(invented.family), \(invented.given)" : invented.fullName, like: text)
    case .givenName: return cased(invented.given, like: text)
    case .familyName: return cased(invented.family, like: text)
    case .email: return invented.email
    case .phone: return invented.phone
    case .address: return invented.address
    case .uuid: return self.person(text, isFemale: nil).uuid
    case .url: return "https://\(invented.domain)/\(invented.number + 1)"
    case .ipAddress: return invented.ipAddress
    case .macAddress: return invented.macAddress
    case .socialSecurityNumber: return NumberForms.security(scrambled(text))
    case .creditCard: return NumberForms.card(scrambled(text))
    case .iban: return NumberForms.account(scrambled(text))
    case .code, .other: return scrambled(text)
    }
  }

  /// The invented person of a key of a person: number and seed from 128 bits of the digest.
  private func person(_ name: String, isFemale: Bool?) -> FakePerson {
    let bytes = key.digest(name, purpose: "fake person")
    let word = { (from: Int) in bytes[from..<from + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
    return FakePerson(seed: word(0), number: Int(word(8) % 1_000_000), locale: locale, isFemale: isFemale)
  }

  /// Other letters and digits in the places of letters and digits.
  private func scrambled(_ text: String) -> String {
    let bytes = key.digest(text, purpose: "fake \(kind.rawValue)")
    let bits = SplitBits(seed: bytes[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }, number: 0)
    // The country of a bank account stays, since its check digits go with it.
    let kept = kind == .iban ? 2 : 0
    return String(
      text.enumerated().map { place, character in
        let bit = bits[UInt64(place)]
        if place < kept { return character }
        switch character {
        case "0"..."9": return Character(String(bit % 10))
        case "A"..."Z": return Character(UnicodeScalar(UInt8(65 + bit % 26)))
        case "a"..."z": return Character(UnicodeScalar(UInt8(97 + bit % 26)))
        default: return character
        }
      })
  }

  /// In capitals or small letters where the original is.
  private func cased(_ name: String, like text: String) -> String {
    if text.count > 1, text == text.uppercased(), text != text.lowercased() { return name.uppercased() }
    return text == text.lowercased() && text != text.uppercased() ? name.lowercased() : name
  }
}
