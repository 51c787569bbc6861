import Tables
import Words

/// The treatment of the cells in one column of a real table when the table itself is passed on, as
/// `redact` does.
///
/// The result depends only on the cell and the owner's key. Under one key, the same input gives the
/// same output in every column, file and run, and in prose (``KeyedFakes``). Results of different
/// keys cannot be linked. A release of synthetic rows never uses this, because nothing there may
/// depend on a real value (see ``FakeColumn``).
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

  /// - Parameter locale: The locale of the names that replace real ones.
  package init(
    _ treatment: IdentifierTreatment, kind: IdentifierKind, key: PseudonymKey,
    locale: FakeLocale = .english
  ) throws {
    self.treatment = treatment
    self.kind = kind
    fakes = KeyedFakes(key: key, locale: locale)
    cipher = try FormatPreservingCipher(key: key)
  }

  /// Returns the replacement of a cell, or nil if the cell is dropped. The caller must leave
  /// missing cells alone.
  /// - Throws: ``TreatmentError`` if a number has too few digits to be encrypted, or too many. No
  ///   message contains the cell.
  package func treat(_ text: String) throws -> String? {
    switch treatment {
    case .drop: nil
    case .mask: Self.mask(kind)
    case .pseudonym: String(decoding: fakes.pseudonym(of: Array(text.utf8)), as: UTF8.self)
    case .encrypt: try encrypt(text)
    case .fake: fake(text)
    }
  }

  private func fake(_ text: String) -> String {
    String(decoding: fakes.fake(of: Array(text.utf8), type: kind.type), as: UTF8.self)
  }

  /// Returns the words that replace every cell of a kind.
  package static func mask(_ kind: IdentifierKind) -> String { "[\(kind.rawValue) removed]" }

  /// Encrypts the digits in place with FF1 and keeps everything else. A patient's number is the
  /// same in every table, whatever the column's name.
  private func encrypt(_ text: String) throws -> String {
    let digits = text.filter { $0.isASCII && $0.isNumber }
    var encrypted = try cipher.encrypt(digits, tweak: NumberFakes.tweak).makeIterator()
    return String(text.map { $0.isASCII && $0.isNumber ? encrypted.next() ?? $0 : $0 })
  }
}

extension IdentifierKind {
  /// The type of the kind in prose.
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
