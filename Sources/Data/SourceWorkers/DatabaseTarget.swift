import DatabaseTables
import Foundation
import TableSources
import Tables

/// A table of a database that is to be written.
///
/// It appears whole or not at all: everything happens in one transaction.
package struct DatabaseTarget: Sendable {
  package let name: String
  private let table: String
  private let place: ReadingTask.Place
  private let process: ReadingProcess

  /// - Parameters:
  ///   - address: Without a password, as for reading.
  ///   - table: The table's name as a user writes it.
  /// - Throws: ``SourceError`` for what is no address of a database that tables can be written to.
  package init(_ address: String, table: String, program: URL) throws(SourceError) {
    self.table = table
    process = ReadingProcess(program: program)
    let uri: String
    do throws(AddressFault) {
      let address = try DatabaseAddress(address)
      guard address.usualDriver == "postgresql" else {
        throw AddressFault.driverNeeded(scheme: address.scheme)
      }
      (name, uri) = (try address.dialect.table(table).name, address.uri)
    } catch {
      throw .address(error)
    }
    do throws(DriverFault) {
      place = .query(
        try DriverLibrary(named: "postgresql"), options: ["uri": uri],
        setUp: ["SET standard_conforming_strings = on", "SET DateStyle = 'ISO'"], sql: "")
    } catch {
      throw .driver(error)
    }
  }

  /// Writes rows into a new table.
  /// - Parameters:
  ///   - comment: What the table is, for those who find it.
  ///   - replaces: Whether a table of that name goes first.
  ///   - check: Called while waiting; an error it throws ends the writing, and nothing is left.
  package func write(
    _ rows: Table, schema: Schema, comment: String, replaces: Bool,
    check: @escaping @Sendable () throws -> Void
  ) throws {
    do {
      let maker = try TableStatements(table, for: rows, schema: schema)
      let making = try maker.making(comment: comment, replaces: replaces)
      let link = try CountingProcess(
        place, name: name, process: process, describes: false, check: check)
      for statement in ["BEGIN"] + making { try link.run(statement) }
      try maker.filling(rows) { try link.run($0) }
      try link.run("COMMIT")
    } catch let fault as AddressFault {
      throw SourceError.address(fault)
    }
  }
}
