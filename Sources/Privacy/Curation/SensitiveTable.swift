import DelimitedText
import Foundation
import Mechanisms
import Tables

/// A table of people. It cannot be copied, and no code outside this module can read a row of it: the ``Curator`` consumes it.
public struct SensitiveTable: ~Copyable {
  /// Internal on purpose: this is the wall.
  let table: Table
  /// How the file was written.
  public let format: TableFormat
  /// What the reader had to decide, such as the order of day and month: names columns, never values.
  package let notes: [ReadNote]
  /// How often cells are not as the schema says, by column: for the owner.
  package let departures: [String: ColumnDeparture]

  /// Reads a delimited file.
  /// - Parameters:
  ///   - schema: says how every cell is read, each by itself; without it that is inferred from the rows, as far as `options` leave it open.
  ///   - columns: which columns the file may have beside the schema.
  /// - Throws: ``TableError``, naming file, row and column, never a value; ``MechanismError/tooManyRows(maximum:)``.
  package static func read(
    _ url: URL, schema: Schema? = nil, columns: SchemaColumns = .allAndNoOthers, options: ReadOptions = ReadOptions()
  ) throws -> SensitiveTable {
    let read =
      if let schema { try TableReader.read(url, under: schema, columns: columns) } else { try TableReader.read(url, options: options) }
    try checkCounts(rows: read.table.rowCount)
    return SensitiveTable(read)
  }

  /// Counts are kept in 32 bits.
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

  /// For tables that a program made itself.
  package init(table: Table, format: TableFormat = TableFormat()) {
    self.table = table
    self.format = format
    notes = []
    departures = [:]
  }

  /// The rows, for what stays with their owner and for nothing else. Every use of this door is listed in a test.
  public borrowing func openForOwner(reason: OwnerReason) -> OwnerTable { OwnerTable(table) }
}

/// Why the owner looks at rows.
public enum OwnerReason: String, Sendable {
  /// To write or check a schema.
  case inspection
  /// To recognise a dataset by its keyed fingerprint.
  case fingerprint
  /// To compare a release with its original, outside the guarantee.
  case ownerReport
  /// To attack a release before it is published, and to hold people out for comparison.
  case attacks
  /// To train a generator without any guarantee, because the owner said so: what is made of it is no release.
  case trainingWithoutPrivacy
  /// To judge what the columns of a table hold before identifiers in it are found or taken out for its owner.
  case redaction
}
