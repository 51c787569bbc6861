import DelimitedText
import Foundation
import LinkedTables
import Mechanisms
import Tables

/// Linked tables of people. They cannot be copied, and no code outside this module can read a row
/// of them: a ``PeopleCurator`` consumes them.
package struct SensitivePeople: ~Copyable {
  /// Internal on purpose: this is the wall.
  let data: LinkedData

  /// Wraps tables that a program made itself.
  package init(_ data: LinkedData) { self.data = data }

  /// Reads the files of a folder, each cell by itself under the schema. Public tables are not read.
  /// - Throws: ``TableError``, naming file, row and column, never a value;
  ///   ``MechanismError/tooManyRows(maximum:)``.
  package static func read(_ folder: URL, schema: LinkedSchema) throws -> SensitivePeople {
    let tables = try schema.tables.map { table -> Table in
      if table.isPublic { return Table(columns: []) }
      let file = folder.appendingPathComponent(table.file)
      let read = try TableReader.read(file, under: table.schema, columns: .allAndNoOthers).table
      try SensitiveTable.checkCounts(rows: read.rowCount)
      return read
    }
    return SensitivePeople(LinkedData(schema: schema, tables: tables))
  }

  /// Returns the table with a row for each person, by which their budget is found.
  package borrowing func root() -> SensitiveTable {
    SensitiveTable(table: data.tables[data.rootIndex])
  }
}
