import DelimitedText
import Foundation
import Tables

/// A place where a table of people is.
///
/// There is one way from a row to the curator: every source gives a delimited file, which the same
/// reader reads under the same rules (docs/proofs/reading.md). A file is that file itself; the rows
/// of any other source are written to a private one, in the form that the schema declares. Equal
/// cells therefore give equal tables, wherever they come from.
package protocol TableSource: Sendable {
  /// The name by which its owner knows the table: a file's name, or that of a table in a database.
  var name: String { get }

  /// Returns the table as a delimited file.
  /// - Parameters:
  ///   - schema: Gives the schema that the file will be read under; nil if it will be inferred.
  ///     Sources that are delimited files do not ask.
  ///   - folder: A folder for a file of the source's own, which only this user can open.
  ///   - check: Called while waiting; an error it throws ends the reading.
  func file(
    under schema: () throws -> Schema?, in folder: () throws -> URL, check: () throws -> Void
  ) throws -> TableFile
}

/// A delimited file, and whether we wrote it.
package struct TableFile: Sendable {
  package let url: URL
  /// Whether the file was written from a source of another form, so that nothing about its form is
  /// left to detect.
  package let isOurs: Bool
  /// The driver that delivered the rows; nil if there was none.
  package let driver: DriverRecord?
  /// The source's own words on the columns, if the table was read without a schema.
  package let facts: SourceFacts

  package init(
    url: URL, isOurs: Bool, driver: DriverRecord? = nil, facts: SourceFacts = SourceFacts()
  ) {
    (self.url, self.isOurs, self.driver, self.facts) = (url, isOurs, driver, facts)
  }

  /// Returns how to read the file without a schema, given what is said of its form.
  package func reading(_ said: ReadOptions = ReadOptions()) -> ReadOptions {
    isOurs ? Self.readingOurs(said) : said
  }

  package static func readingOurs(_ said: ReadOptions = ReadOptions()) -> ReadOptions {
    var options = said
    (options.delimiter, options.hasHeader) = (TableFormat().delimiter, true)
    (options.skippedLines, options.decimalMark) = (0, .point)
    return options
  }
}

/// The program of a database's driver that delivered rows.
package struct DriverRecord: Sendable, Codable, Equatable {
  package let name: String
  /// The version that its manifest states; nil if it states none.
  package let version: String?
  /// SHA-256 of the library, in hexadecimal.
  package let sha256: String
  /// Where the table was counted, and of which state of it; nil if its rows were read.
  package var counted: String?

  package init(name: String, version: String?, sha256: String) {
    (self.name, self.version, self.sha256) = (name, version, sha256)
  }
}

/// A delimited text file.
package struct DelimitedFile: TableSource {
  private let url: URL

  package init(_ url: URL) { self.url = url }

  package var name: String { url.lastPathComponent }

  package func file(
    under schema: () throws -> Schema?, in folder: () throws -> URL, check: () throws -> Void
  ) -> TableFile {
    TableFile(url: url, isOurs: false)
  }
}

/// Rows that a program holds.
package struct RowsInMemory: TableSource {
  package let name: String
  private let table: Table

  package init(name: String, table: Table) { (self.name, self.table) = (name, table) }

  package func file(
    under schema: () throws -> Schema?, in folder: () throws -> URL, check: () throws -> Void
  ) throws -> TableFile {
    let url = try folder().appendingPathComponent("\(name).csv")
    let format = try SourceTable.format(under: schema(), name: name)
    try CSVWriter.write(table, to: url, format: format)
    return TableFile(url: url, isOurs: true)
  }
}
