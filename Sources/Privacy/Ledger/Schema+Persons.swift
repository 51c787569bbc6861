import Tables

extension Schema {
  /// The columns that say who a row is about: the unit's, and identifiers of whole persons. First
  /// names alone, addresses and the like are shared by strangers.
  package var personColumns: [String] {
    var names: [String] = []
    if case .person(let column, _) = unit { names.append(column) }
    for column in columns where !names.contains(column.name) {
      guard case .identifier(let kind) = column.role, kind.namesOnePerson else { continue }
      names.append(column.name)
    }
    return names
  }
}

extension IdentifierKind {
  fileprivate var namesOnePerson: Bool {
    switch self {
    case .personName, .email, .phone, .uuid, .code, .other, .socialSecurityNumber, .creditCard,
      .iban:
      true
    case .givenName, .familyName, .address, .url, .ipAddress, .macAddress: false
    }
  }
}
