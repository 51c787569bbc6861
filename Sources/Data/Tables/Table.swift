/// Named, typed columns of equal length, held in memory.
package struct Table: Sendable {
  /// The columns, in the order of the file.
  package let columns: [Column]
  /// The length of every column; 0 without columns.
  package let rowCount: Int

  /// Creates a table. Requires columns of equal length with distinct names.
  package init(columns: [Column]) {
    let rowCount = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == rowCount }, "columns differ in length")
    precondition(Set(columns.map(\.name)).count == columns.count, "two columns have the same name")
    self.columns = columns
    self.rowCount = rowCount
  }

  /// Returns the column with the given name; nil if there is none.
  package func column(named name: String) -> Column? { columns.first { $0.name == name } }
}
