import Tables
import Words

/// How the cells of one column of a real table are treated when the table itself is handed on, as `redact` does.
///
/// Everything follows from the cell and the owner's key: the same in gives the same out under one key, in every column, file and run, and
/// in prose (``KeyedFakes``); what different keys make cannot be linked. A release of synthetic rows never uses this: there,
/// nothing may follow from a real value (see ``FakeColumn``).
///
/// ```swift
/// let key = try PseudonymKey.open(at: keyFile)
/// let names = try CellTreatment(.fake, kind: .givenName, key: key)
/// let shown = try names.treat("Anna")   // the name that Anna has in every column, table and text
/// ```
package struct CellTreatment: Sendable {
  package let treatment: IdentifierTreatment
  package let kind: IdentifierKind
  private let fakes: KeyedFakes
  private let cipher: FormatPreservingCipher

  /// - Parameter locale: whose names stand for names.
  package init(_ treatment: IdentifierTreatment, kind: IdentifierKind, key: PseudonymKey, locale: FakeLocale = .english) throws {
    self.treatment = treatment
    self.kind = kind
    fakes = KeyedFakes(key: key, locale: locale)
    cipher = try FormatPreservingCipher(key: key)
  }

  /// What stands for a cell; nil where the cell is dropped. A missing cell is for the caller to leave alone.
  /// - Throws: ``TreatmentError`` where a number has too few digits to be encrypted, or too many. No message holds the cell.
  package func treat(_ text: String) throws -> String? {
    switch treatment {
    case .drop: nil
    case .mask: Self.mask(kind)
    case .pseudonym: String(decoding: fakes.pseudonym(of: Array(text.utf8)), as: UTF8.self)
    case .encrypt: try encrypt(text)
    case .fake: fake(text)
    }
  }

  private func fake(_ text: String) -> String { String(decoding: fakes.fake(of: Array(text.utf8), type: kind.type), as: UTF8.self) }

  /// The words that stand for every cell of a kind.
  package static func mask(_ kind: IdentifierKind) -> String { "[\(kind.rawValue) removed]" }

  /// FF1 over the digits, in their places; everything else stays. A patient's number is the same in each table whatever the column is
  /// called there.
  private func encrypt(_ text: String) throws -> String {
    let digits = text.filter { $0.isASCII && $0.isNumber }
    var encrypted = try cipher.encrypt(digits, tweak: NumberFakes.tweak).makeIterator()
    return String(text.map { $0.isASCII && $0.isNumber ? encrypted.next() ?? $0 : $0 })
  }
}

extension IdentifierKind {
  /// What the kind is called in prose.
  fileprivate var type: IdentifierType {
    switch self {
    case .personName, .givenName, .familyName: .person
    case .email: .email
    case .phone: .phone
    case .address: .address
    case .url: .url
    case .ipAddress: .ipAddress
    case .macAddress: .macAddress
    case .socialSecurityNumber: .socialSecurityNumber
    case .creditCard: .creditCard
    case .iban: .bankAccount
    case .uuid, .code, .other: .other
    }
  }
}
