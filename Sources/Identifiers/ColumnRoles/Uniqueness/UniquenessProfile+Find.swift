import Tables

extension UniquenessProfile {
  /// Finds the worst sets among the columns of a table.
  ///
  /// - Parameters:
  ///   - names: The columns to search. Columns with only one value are left out.
  ///   - person: The column that identifies the person of each row; nil if each row is a person of
  ///     its own.
  package static func find(in table: Table, among names: [String], person: String? = nil)
    -> UniquenessProfile
  {
    let columns = table.columns.filter { names.contains($0.name) && $0.name != person }
    let matrix = CodeMatrix(
      columns, person: person.flatMap { table.column(named: $0) }, rowCount: table.rowCount)
    let rows = Double(max(table.rowCount, 1))
    let worst = UniquenessSearch(matrix).worst().map { worst in
      QuasiIdentifierSet(
        columns: worst.set.columns.map { columns[$0].name }, rows: worst.set.rows,
        share: Double(worst.set.rows) / rows,
        largestShare: Double(worst.mostRows) / rows)
    }
    return UniquenessProfile(
      worst: worst, searchedColumns: min(columns.count, UniquenessSearch.mostColumns),
      columns: columns.count)
  }
}
