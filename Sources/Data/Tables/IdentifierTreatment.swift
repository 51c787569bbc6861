/// The treatment of an identifier's cells.
///
/// A release contains no real people, so nothing in it may follow from a real value: there,
/// `pseudonym` and `encrypt` keep only the form of their output and fill it with fresh symbols. In
/// a real table that is redacted, they follow from the value and the owner's key.
package enum IdentifierTreatment: String, Sendable, Equatable, CaseIterable {
  /// Left out.
  case drop
  /// The same words in every cell.
  case mask
  /// Invented values that agree with each other: one person has one name, in every column.
  case fake
  /// 26 letters and digits.
  case pseudonym
  /// Digits in place of digits.
  case encrypt
}

/// The origin of the names and addresses that replace people's.
package enum FakeLocale: String, Sendable, Equatable, CaseIterable {
  case english = "en"
  case german = "de"
  case french = "fr"
  case spanish = "es"
  case italian = "it"
  case dutch = "nl"
  case portuguese = "pt"
  case swedish = "sv"
}

extension ColumnRole {
  /// Whether a model may see a column with this role.
  package var isModelled: Bool {
    switch self {
    case .ordinary, .quasiIdentifier, .sensitive, .target: true
    case .identifier, .prose, .drop: false
    }
  }
}

extension ColumnSchema {
  /// Returns the contradictions between `treatment` or `pattern` and the rest of the column.
  func fillingInconsistencies() -> [SchemaFault] {
    let isIdentifier = if case .identifier = role { true } else { false }
    let add = { (problem: String, allowed: String, remedy: String) in
      SchemaFault(column: name, problem: problem, allowed: allowed, remedy: remedy)
    }
    if !isIdentifier, treatment != .fake || pattern != nil {
      return [
        add(
          "`treatment` or `pattern` stands at a column that is no identifier",
          "both with `role: identifier` only",
          "remove it, or write `role: identifier`")
      ]
    }
    guard isIdentifier, type.isOrdered else { return [] }
    switch treatment {
    case .mask, .pseudonym:
      return [
        add(
          "the treatment \(treatment.rawValue) writes letters, but the type is \(type.schemaWord)",
          "drop, fake and encrypt with this type", "write `type: identifier`, or another treatment")
      ]
    case .encrypt where type != .integer:
      return [
        add(
          "the treatment encrypt writes digits, but the type is \(type.schemaWord)",
          "encrypt with integer and identifier",
          "write `treatment: fake`")
      ]
    case .drop, .fake, .encrypt: return []
    }
  }
}
