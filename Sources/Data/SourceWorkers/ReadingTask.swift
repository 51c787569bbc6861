import DatabaseTables
import DelimitedText
import Foundation
import SchemaFiles
import StatisticsFiles
import TableSources
import Tables

/// The work of a process that reads one source and writes it as a delimited file.
package struct ReadingTask: Sendable, Codable {
  package enum Place: Sendable, Codable {
    /// A query, after statements that set the connection up.
    case query(DriverLibrary, options: [String: String], setUp: [String], sql: String)
    /// Files of one table that an embedded engine reads, and nothing else.
    case parquet(DriverLibrary, files: [String])
    case statistics(StatisticsFile.Kind, path: String)

    /// The driver that delivers the rows; nil if none does.
    var library: DriverLibrary? {
      switch self {
      case .query(let library, _, _, _), .parquet(let library, _): library
      case .statistics: nil
      }
    }
  }

  package let place: Place
  /// The name by which errors call the source.
  package let name: String
  /// The schema that says how the file is to be written, as text; nil for the source's own form.
  package let schema: String?
  /// The file to make.
  package let output: String
  /// The query that asks the server's catalogue about the table; nil if nobody wants to know.
  package let catalogue: String?

  /// - Parameter catalogue: Asked if there is no schema yet.
  package init(
    place: Place, name: String, schema: Schema?, output: URL, catalogue: String? = nil
  ) {
    (self.place, self.name, self.output) = (place, name, output.path)
    self.schema = schema.map { SchemaFile.text($0) }
    self.catalogue = schema == nil ? catalogue : nil
  }

  /// The file of a source's own words on its columns, beside the file of its rows.
  static func facts(beside output: URL) -> URL { output.appendingPathExtension("facts") }

  /// Does the work.
  /// - Parameter started: Called with the statement that can be stopped, once there is one.
  func run(started: (RunningStatement) -> Void) throws {
    let schema = try schema.map { try SchemaFile.parse($0) }
    let rows = try rows(started)
    let url = URL(fileURLWithPath: output)
    if schema == nil, !rows.facts.isSilent {
      try JSONEncoder().encode(rows.facts).write(to: Self.facts(beside: url))
    }
    try rows.write(to: url, under: schema)
  }

  private func rows(_ started: (RunningStatement) -> Void) throws(SourceError) -> SourceTable {
    switch place {
    case .query(let library, let options, let setUp, let sql):
      let session = try DriverSession(library, options: options, table: name)
      started(session.canceller)
      for statement in setUp { try session.run(statement) }
      // Who may read the rows and not the catalogue gets the rows.
      let said = catalogue.flatMap { try? session.rows(of: $0) }
      var rows = try session.rows(of: sql)
      rows.facts = said.map(PostgreSQLCatalogue.facts) ?? SourceFacts()
      return rows
    case .parquet(let library, let files):
      let engine = try EmbeddedEngine(library, files: files, table: name)
      started(engine.canceller)
      return try engine.rows()
    case .statistics(let kind, let path):
      return try StatisticsFile.read(path, kind: kind, name: name)
    }
  }
}

/// The first line to a process that works on a source.
enum WorkerTask: Codable {
  case read(ReadingTask)
  case count(CountingTask)
}

/// The outcome of a task, as the process that did it reports it.
enum ReadingOutcome: Codable {
  case done
  case failed(SourceError)
}
