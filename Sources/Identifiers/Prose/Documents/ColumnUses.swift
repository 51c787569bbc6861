import Tables

/// What the cells of each column of a table are, judged by some of its rows.
package struct ColumnUses: Sendable {
  package struct Column: Sendable {
    package let name: String
    package let role: ColumnRole
    package let use: TableWalk.ColumnUse
    package let confidence: Double
    /// In words, without any cell's value.
    package let reason: String
  }

  package private(set) var columns: [Column]

  /// - Parameter table: rows of the table, as typed columns.
  package init(_ table: Table) {
    columns = zip(table.columns, RoleAdvisor.advise(table: table)).map { column, advice in
      let use = Self.use(of: column, role: advice.role)
      return Column(name: column.name, role: advice.role, use: use, confidence: advice.confidence, reason: advice.reason)
    }
  }

  /// Has a column treated as its owner says.
  /// - Returns: whether there is such a column.
  package mutating func set(_ name: String, to use: TableWalk.ColumnUse) -> Bool {
    guard let index = columns.firstIndex(where: { $0.name == name }) else { return false }
    let role: ColumnRole =
      switch use {
      case .prose: .prose
      case .plain: .ordinary
      case .identifier: .identifier(.other)
      }
    columns[index] = Column(name: name, role: role, use: use, confidence: 1, reason: "you said so")
    return true
  }

  private static func use(of column: Tables.Column, role: ColumnRole) -> TableWalk.ColumnUse {
    if case .identifier(let kind) = role { return .identifier(type(of: kind, header: column.name)) }
    if role == .prose { return .prose }
    let words = HeaderWords.split(column.name)
    let says = { (meanings: [String]) in words.contains(where: meanings.contains) }
    switch column.type {
    case .date, .timestamp: return .identifier(.date)
    case .boolean, .decimal: return .plain
    case .integer:
      if says(["zip", "zipcode", "postcode", "postal", "plz"]) { return .identifier(.postalCode) }
      return says(["age", "edad", "alter", "edades"]) ? .identifier(.age) : .plain
    case .category, .identifier, .text:
      if says(["zip", "zipcode", "postcode", "postal", "plz"]) { return .identifier(.postalCode) }
      if says(["city", "town", "county", "municipality", "birthplace", "ciudad", "municipio", "ort"]) { return .identifier(.location) }
      return .prose
    }
  }

  private static func type(of kind: IdentifierKind, header: String) -> IdentifierType {
    let words = HeaderWords.split(header)
    let named: [(words: [String], type: IdentifierType)] = [
      (["ssn"], .socialSecurityNumber), (["mrn", "chart", "nhc"], .medicalRecordNumber), (["passport"], .passport),
      (["license", "licence", "drivers"], .licenseNumber), (["iban"], .bankAccount), (["vin", "plate"], .vehicleIdentifier),
      (["npi"], .providerIdentifier), (["dea"], .prescriberNumber), (["fax"], .fax), (["dni", "nif", "nie", "nhs"], .nationalIdentifier),
      (["account"], .accountNumber), (["policy", "insurance", "member"], .healthPlanNumber),
      (["device", "serial", "udi"], .deviceIdentifier),
    ]
    switch kind {
    case .personName, .givenName, .familyName: return .person
    case .email: return .email
    case .phone: return words.contains("fax") ? .fax : .phone
    case .uuid: return .other
    case .code, .other:
      if let type = named.first(where: { entry in words.contains(where: entry.words.contains) })?.type { return type }
      return HeaderMeaning(header).isAddress ? .address : .other
    }
  }
}
