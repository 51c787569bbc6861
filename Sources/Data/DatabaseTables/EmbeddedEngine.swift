import Foundation
import TableSources

/// DuckDB inside this process, for files of Parquet. It may read the named files and nothing else.
package final class EmbeddedEngine {
  private let session: DriverSession
  private let files: [String]
  private let table: String

  /// - Parameter files: The parts of one table, by absolute paths.
  package init(_ library: DriverLibrary, files: [String], table: String) throws(SourceError) {
    (self.files, self.table) = (files, table)
    session = try DriverSession(library, options: ["path": ":memory:"], table: table)
    for statement in try Self.lockDown(files) { try session.run(statement) }
  }

  package var canceller: RunningStatement { session.canceller }

  /// The connection, on which nothing else can be reached, and the files as a table in SQL.
  package func counting() throws(SourceError) -> (session: DriverSession, table: String) {
    try checkParts()
    return (session, try Self.parts(files))
  }

  /// Statements after which no other file, extension or setting can be reached. Nothing is spilled
  /// to the disk, where it would outlive the process.
  static func lockDown(_ files: [String]) throws(SourceError) -> [String] {
    [
      "SET allowed_paths = [\(try list(files))]", "SET temp_directory = ''",
      "SET autoinstall_known_extensions = false",
      "SET autoload_known_extensions = false", "SET allow_community_extensions = false",
      "SET enable_external_access = false",
      "SET lock_configuration = true",
    ]
  }

  /// Reads all files.
  /// - Throws: ``SourceError/partsDiffer(folder:part:)`` if a file has other columns than the
  ///   first.
  package func rows() throws(SourceError) -> SourceTable {
    try checkParts()
    do throws(SourceError) { return try session.rows(of: try Self.select(files)) } catch {
      guard case .database(.other, _) = error, let column = try columnOfBytes() else { throw error }
      throw .columnType(table: table, column: column, type: "bytes that are not text")
    }
  }

  /// Returns the first column of bytes. They are read as texts, which some writers mean by them.
  private func columnOfBytes() throws(SourceError) -> String? {
    let query = "SELECT * FROM \(try Self.parts(files, bytesAreTexts: false)) LIMIT 0"
    return try session.columnTypes(of: query).first { ["z", "Z", "vz"].contains($0.format) }?.name
  }

  private func checkParts() throws(SourceError) {
    var first: [DeliveredType]?
    for file in files where files.count > 1 {
      let types = try session.columnTypes(of: try Self.select([file]) + " LIMIT 0")
      if let first, first != types {
        throw .partsDiffer(folder: table, part: URL(fileURLWithPath: file).lastPathComponent)
      }
      first = types
    }
  }

  private static func select(_ files: [String]) throws(SourceError) -> String {
    "SELECT * FROM \(try parts(files))"
  }

  private static func parts(_ files: [String], bytesAreTexts: Bool = true) throws(SourceError)
    -> String
  {
    "read_parquet([\(try list(files))], hive_partitioning = false, union_by_name = false, binary_as_string = \(bytesAreTexts))"
  }

  private static func list(_ files: [String]) throws(SourceError) -> String {
    var literals: [String] = []
    for file in files {
      do throws(AddressFault) { literals.append(try SQLDialect.literal(file)) } catch {
        throw .address(error)
      }
    }
    return literals.joined(separator: ", ")
  }
}
