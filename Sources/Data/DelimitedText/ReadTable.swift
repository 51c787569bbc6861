import Tables

/// A table as read: its cells, its format, and notes on the reading for its owner.
package struct ReadTable: Sendable {
  package let table: Table
  package let format: TableFormat
  package let notes: [ReadNote]
  /// How often cells depart from the schema that the table was read under, by column. Columns that
  /// fit have no entry.
  package let departures: [String: ColumnDeparture]

  package init(table: Table, format: TableFormat, notes: [ReadNote], departures: [String: ColumnDeparture] = [:]) {
    self.table = table
    self.format = format
    self.notes = notes
    self.departures = departures
  }
}
