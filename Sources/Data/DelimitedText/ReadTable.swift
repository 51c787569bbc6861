import Tables

/// A table as it was read: its cells, how it was written, and what its owner should know about the reading.
package struct ReadTable: Sendable {
  package let table: Table
  package let format: TableFormat
  package let notes: [ReadNote]
  /// By column: how often cells are not as the schema says that the table was read under. Columns that fit have none.
  package let departures: [String: ColumnDeparture]

  package init(table: Table, format: TableFormat, notes: [ReadNote], departures: [String: ColumnDeparture] = [:]) {
    self.table = table
    self.format = format
    self.notes = notes
    self.departures = departures
  }
}
