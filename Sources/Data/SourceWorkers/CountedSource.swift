import CountedTables
import DatabaseTables
import Foundation
import TableSources
import Tables

/// A table that can be counted where it is: in PostgreSQL, or in files of Parquet.
package struct CountedSource: Sendable {
  package let name: String
  /// The place of the table in words that stay the same from run to run, without anything secret.
  package let identity: String
  private let place: ReadingTask.Place
  private let process: ReadingProcess
  private let dialect: any CountDialect

  init(
    name: String, identity: String, place: ReadingTask.Place, process: ReadingProcess,
    dialect: any CountDialect
  ) {
    (self.name, self.identity, self.place) = (name, identity, place)
    (self.process, self.dialect) = (process, dialect)
  }

  /// Connects, and checks that every column can be counted under the schema.
  /// - Parameter check: Called while waiting; an error it throws ends the wait.
  /// - Throws: ``CountingFault``, ``SourceError``.
  package func connect(schema: Schema, check: @escaping @Sendable () throws -> Void) throws
    -> CountedConnection
  {
    if let fault = CountingFault.first(of: schema) { throw fault }
    let link = try CountingProcess(place, name: name, process: process, check: check)
    let statements = try CountStatements(
      dialect, table: link.table, types: link.types, schema: schema)
    do throws(DriverFault) {
      var setUp: [String] = []
      if case .query(_, _, let statements, _) = place { setUp = statements }
      var driver = try place.library?.record()
      driver?.counted = dialect.account
      return CountedConnection(
        name: name, identity: identity, driver: driver, link: link,
        setUp: setUp + ["SELECT * FROM \(link.table) LIMIT 0"], statements: statements,
        dialect: dialect)
    } catch {
      throw SourceError.driver(error)
    }
  }
}

/// A connection to a table that is counted where it is. Nothing has been counted yet.
package struct CountedConnection: Sendable {
  package let name: String
  package let identity: String
  package let driver: DriverRecord?
  package let link: CountingProcess
  /// The statements that were run already: they set the connection up and look at the columns.
  package let setUp: [String]
  package let statements: CountStatements
  package let dialect: any CountDialect

  /// Returns the rows, whose number is then known.
  package func rows() throws -> any CountedRows {
    try CountedTable(link, dialect: dialect, statements: statements, name: name)
  }
}
