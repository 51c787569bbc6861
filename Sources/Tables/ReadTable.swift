/// A table as it was read: its cells, how it was written, and what its owner should know about the reading.
package struct ReadTable: Sendable {
  package let table: Table
  package let format: TableFormat
  package let notes: [ReadNote]
}
