import Tables

extension Schema {
  /// Returns a schema for a table without a description: types as read, roles as advised,
  /// everything else to be learned.
  ///
  /// This is the only look at the rows without a charge to the budget, and ``origin`` says so.
  /// Types, roles, whether cells may be missing, which public classification codes belong to and
  /// the row count (to one digit) come from the rows; bounds, categories, the unit and rules do
  /// not. If `advice` is nil, ``RoleAdvisor`` gives it.
  package static func inferred(
    from table: Table, format: TableFormat, name: String = "table", advice: [ColumnAdvice]? = nil
  ) -> Schema {
    let advice = advice ?? RoleAdvisor.advise(table: table)
    let byName = Dictionary(advice.map { ($0.column, $0) }) { first, _ in first }
    let columns = table.columns.map { column in
      let role = byName[column.name]?.role ?? .ordinary
      var schema = ColumnSchema(
        name: column.name, type: type(of: column, role: role), role: role,
        isNullable: column.missingCount > 0,
        missingToken: column.missingToken,
        header: column.header == column.name ? nil : column.header,
        minimumFractionDigits: column.minimumFractionDigits)
      schema.numberFormat = column.numberFormat
      schema.codes = column.codes
      if schema.type == .category, case .labels(_, let dictionary) = column.cells {
        schema.hierarchy = CodeHierarchy.recognised(in: dictionary.labels, named: column.name)
      }
      return schema
    }
    var schema = Schema(
      name: name, format: format, approximateRows: oneSignificantDigit(table.rowCount), unit: .row,
      columns: columns, origin: .inferred)
    schema.provenance.facts = .observed
    schema.observeRepetition(in: table)
    return schema
  }

  /// Returns category for modelled labels; for other labels, the type follows from the role.
  private static func type(of column: Column, role: ColumnRole) -> ColumnType {
    guard !column.type.isOrdered else { return column.type }
    switch role {
    case .ordinary, .quasiIdentifier, .sensitive, .target, .drop: return .category
    case .identifier: return .identifier
    case .prose: return .text
    }
  }

  /// Rounds to one digit: 48,842 becomes 50,000.
  package static func oneSignificantDigit(_ count: Int) -> Int {
    var scale = 1
    while count / scale >= 10 { scale *= 10 }
    return (count + scale / 2) / scale * scale
  }
}
