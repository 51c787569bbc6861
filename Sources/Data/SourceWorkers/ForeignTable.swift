import DatabaseTables
import Foundation
import TableSources
import Tables

/// A table that a process of its own reads: from a database, from Parquet, or from the file of a
/// statistics program.
package struct ForeignTable: TableSource {
  package let name: String
  private let place: ReadingTask.Place
  private let process: ReadingProcess

  package init(name: String, place: ReadingTask.Place, process: ReadingProcess) {
    (self.name, self.place, self.process) = (name, place, process)
  }

  package func file(
    under schema: () throws -> Schema?, in folder: () throws -> URL, check: () throws -> Void
  ) throws -> TableFile {
    let url = try folder().appendingPathComponent(PrivateName.of(name))
    try process.run(
      ReadingTask(place: place, name: name, schema: schema(), output: url), check: check)
    do throws(DriverFault) {
      return TableFile(url: url, isOurs: true, driver: try place.library?.record())
    } catch {
      throw SourceError.driver(error)
    }
  }
}

/// Names of private copies.
package enum PrivateName {
  /// Returns a name that a file can have. The ledger lists the table under it, and its suffix does
  /// not say how to read it.
  package static func of(_ name: String) -> String {
    var plain = String(name.map { $0 == "/" || $0 == "\0" || $0.isNewline ? "-" : $0 })
    while plain.utf8.count > 120 { plain.removeLast() }
    if plain.lowercased().hasSuffix(".gz") { plain += ".copy" }
    return plain.isEmpty || plain.hasPrefix(".") ? "table" + plain : plain
  }
}
