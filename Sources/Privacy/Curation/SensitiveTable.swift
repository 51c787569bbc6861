import DelimitedText
import Foundation
import Mechanisms
import Tables

/// A table of people. It cannot be copied, and no code outside this module can read a row of it:
/// the ``Curator`` consumes it.
package struct SensitiveTable: ~Copyable {
  /// Internal on purpose: this is the wall.
  let table: Table
  /// The format of the file.
  package let format: TableFormat
  /// The reader's decisions, such as the order of day and month. They name columns, never values.
  package let notes: [ReadNote]
  /// How often cells depart from the schema, by column, for the owner.
  package let departures: [String: ColumnDeparture]

  /// Reads a delimited file.
  /// - Parameters:
  ///   - schema: says how to read every cell by itself. If nil, it is inferred from the rows, as
  ///     far as `options` leave it open.
  ///   - columns: the columns the file may have beside the schema.
  /// - Throws: ``TableError``, naming file, row and column, never a value;
  ///   ``MechanismError/tooManyRows(maximum:)``.
  package static func read(
    _ url: URL, schema: Schema? = nil, columns: SchemaColumns = .allAndNoOthers, options: ReadOptions = ReadOptions()
  ) throws -> SensitiveTable {
    let read =
      if let schema { try TableReader.read(url, under: schema, columns: columns) } else { try TableReader.read(url, options: options) }
    try checkCounts(rows: read.table.rowCount)
    return SensitiveTable(read)
  }

  /// The largest number of rows: counts are kept in 32 bits.
  package static let mostRows = Int(Int32.max)

  package static func checkCounts(rows: Int) throws {
    guard rows <= mostRows else { throw MechanismError.tooManyRows(maximum: mostRows) }
  }

  package init(_ read: ReadTable) {
    table = read.table
    format = read.format
    notes = read.notes
    departures = read.departures
  }

  /// Wraps a table that a program made itself.
  package init(table: Table, format: TableFormat = TableFormat()) {
    self.table = table
    self.format = format
    notes = []
    departures = [:]
  }

  /// Returns the rows, only for uses that stay with their owner. A test lists every use of this
  /// door.
  package borrowing func openForOwner(reason: OwnerReason) -> OwnerTable { OwnerTable(table) }
}

/// The owner's reason to look at rows.
package enum OwnerReason: String, Sendable {
  /// To write or check a schema.
  case inspection
  /// To recognise a dataset by its keyed fingerprint.
  case fingerprint
  /// To compare a release with its original, outside the guarantee.
  case ownerReport
  /// To attack a release before it is published, and to hold people out for comparison.
  case attacks
  /// To train a generator without any guarantee, at the owner's request. Its output is not a
  /// release.
  case trainingWithoutPrivacy
  /// To judge the contents of a table's columns before identifiers are found or removed for its
  /// owner.
  case redaction
}
