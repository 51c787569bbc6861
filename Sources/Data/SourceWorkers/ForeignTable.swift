import CountedTables
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
  /// The table as it stands behind `FROM`; nil if it is made of files.
  private let from: String?
  /// The query that asks the server's catalogue about the table; nil if none is known.
  private let catalogue: String?

  package init(
    name: String, place: ReadingTask.Place, process: ReadingProcess, from: String? = nil,
    catalogue: String? = nil
  ) {
    (self.name, self.place, self.process, self.from) = (name, place, process, from)
    self.catalogue = catalogue
  }

  /// How servers are asked for counts.
  private static let dialects: [String: any CountDialect] = [
    "postgresql": PostgreSQLCounts(), "spark": SparkCounts(),
  ]

  /// Returns the same table, to be counted where it is; nil if nobody there can count.
  func counted(_ argument: String, _ details: SourceDetails) -> CountedSource? {
    switch place {
    case .parquet(_, let files):
      return CountedSource(
        name: name, identity: files.joined(separator: "\n"), place: place, process: process,
        dialect: DuckDBCounts())
    case .query(let library, let options, let setUp, _):
      guard let from, let address = try? DatabaseAddress(argument),
        let dialect = Self.dialects[address.usualDriver ?? ""]
      else { return nil }
      return CountedSource(
        name: name, identity: "\(argument)\n\(from)",
        place: .query(library, options: options, setUp: setUp, sql: from), process: process,
        dialect: dialect)
    case .statistics: return nil
    }
  }

  package func file(
    under schema: () throws -> Schema?, in folder: () throws -> URL, check: () throws -> Void
  ) throws -> TableFile {
    let url = try folder().appendingPathComponent(PrivateName.of(name))
    try process.run(
      ReadingTask(
        place: place, name: name, schema: schema(), output: url, catalogue: catalogue),
      check: check)
    let said = ReadingTask.facts(beside: url)
    let facts = try? JSONDecoder().decode(SourceFacts.self, from: Data(contentsOf: said))
    try? FileManager.default.removeItem(at: said)
    do throws(DriverFault) {
      return TableFile(
        url: url, isOurs: true, driver: try place.library?.record(), facts: facts ?? SourceFacts())
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
