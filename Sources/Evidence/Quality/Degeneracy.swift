/// The reasons why a table tells too little to be judged: sentences that name the table, never a
/// value.
package enum Degeneracy {
  /// - Parameters:
  ///   - name: the name of the table, such as "original".
  ///   - columns: the compared columns, with the same number of rows each.
  package static func reasons(_ name: String, _ columns: [ColumnValues]) -> [String] {
    let rows = columns.first?.count ?? 0
    if columns.allSatisfy({ $0.isEmpty }) { return ["No cell of the \(name) table is filled in the columns that are compared."] }
    if rows == 1 { return ["The \(name) table has one row."] }
    if Set(RowCopies.keys(columns)).count == 1 { return ["All rows of the \(name) table are the same."] }
    return []
  }
}

extension ColumnValues {
  /// Whether every cell is missing.
  fileprivate var isEmpty: Bool {
    switch self {
    case .numbers(let values): values.allSatisfy(\.isNaN)
    case .labels(let codes): codes.allSatisfy { $0 < 0 }
    }
  }
}
