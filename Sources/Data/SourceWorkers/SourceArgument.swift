import DatabaseTables
import Foundation
import StatisticsFiles
import TableSources
import Tables
import TrackFiles

/// The options of a source beside its address.
package struct SourceDetails: Sendable, Hashable {
  /// A table of a database, such as `patients` or `clinic.patients`.
  package var table: String?
  /// A query, instead of a table.
  package var query: String?
  /// The driver: the name of its manifest, or an absolute path.
  package var driver: String?
  /// The longest time that the reading may take, in seconds.
  package var timeLimitSeconds: Int?

  package init() {}

  fileprivate var isAboutDatabases: Bool { table != nil || query != nil || driver != nil }
}

/// The one place that turns an argument into a source.
package enum SourceArgument {
  /// Returns the source that an argument names: the address of a database, a folder of tracks
  /// or of Parquet files, or a file, recognised by its suffix if it holds tracks, or else by its
  /// first bytes.
  /// - Parameters:
  ///   - file: The file to read for a path; a pipe gives a copy.
  ///   - program: The program that reads foreign tables, see ``ReadingProcess``.
  package static func source(
    _ argument: String, details: SourceDetails = SourceDetails(), program: URL,
    file: (String) throws -> URL
  ) throws -> any TableSource {
    do {
      return try find(
        argument, details,
        ReadingProcess(program: program, timeLimitSeconds: details.timeLimitSeconds), file)
    } catch let fault as AddressFault {
      throw SourceError.address(fault)
    } catch let fault as DriverFault {
      throw SourceError.driver(fault)
    }
  }

  /// Returns the table that an argument names as one to be counted where it is.
  /// - Throws: ``CountingFault/engine`` if nobody there can count.
  package static func counted(
    _ argument: String, details: SourceDetails = SourceDetails(), program: URL,
    file: (String) throws -> URL
  ) throws -> CountedSource {
    let source = try source(argument, details: details, program: program, file: file)
    guard let table = source as? ForeignTable, let counted = table.counted(argument, details) else {
      throw CountingFault.engine
    }
    return counted
  }

  private static func find(
    _ argument: String, _ details: SourceDetails, _ process: ReadingProcess,
    _ file: (String) throws -> URL
  ) throws -> any TableSource {
    if DatabaseAddress.isOne(argument) {
      return try database(DatabaseAddress(argument), details, process)
    }
    guard !details.isAboutDatabases else { throw AddressFault.notADatabase }
    let url = try file(argument)
    if let tracks = TrackFolder(url) { return tracks }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue
    {
      return try parts(in: url, process)
    }
    return try source(at: url, process)
  }

  private static func source(at url: URL, _ process: ReadingProcess) throws -> any TableSource {
    let name = url.lastPathComponent
    let place: ReadingTask.Place
    switch FileKind(beginning: beginning(of: url)) {
    case .parquet: place = .parquet(try DriverLibrary(named: "duckdb"), files: [url.pathForOthers])
    case .spss: place = .statistics(.spss, path: url.pathForOthers)
    case .stata: place = .statistics(.stata, path: url.pathForOthers)
    case .sas: place = .statistics(.sasData, path: url.pathForOthers)
    case .sasTransport: place = .statistics(.sasTransport, path: url.pathForOthers)
    case .arrowStream: return ArrowStreamFile(url)
    case .arrowFile:
      throw SourceError.format(table: name, format: "an Arrow file with random access")
    // The reader of delimited files knows how to word these.
    case .workbook, .sqlite, .json, .pdf, .packed, .markup, nil: return DelimitedFile(url)
    }
    return ForeignTable(name: name, place: place, process: process)
  }

  /// A folder of parts of one table.
  private static func parts(in folder: URL, _ process: ReadingProcess) throws -> any TableSource {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let parts = names.filter {
      $0.lowercased().hasSuffix(".parquet") && !$0.hasPrefix(".") && !$0.hasPrefix("_")
    }.sorted()
    guard !parts.isEmpty else { throw SourceError.noParts(folder: folder.relativePath) }
    let files = parts.map { folder.appendingPathComponent($0).path }
    return ForeignTable(
      name: folder.lastPathComponent,
      place: .parquet(try DriverLibrary(named: "duckdb"), files: files), process: process)
  }

  private static func database(
    _ address: DatabaseAddress, _ details: SourceDetails, _ process: ReadingProcess
  ) throws -> ForeignTable {
    guard let driver = details.driver ?? address.usualDriver else {
      throw AddressFault.driverNeeded(scheme: address.scheme)
    }
    let (name, sql, from): (String, String, String)
    switch (details.table, details.query) {
    case (nil, nil): throw AddressFault.noTable
    case (.some, .some): throw AddressFault.tableAndQuery
    case (let table?, nil):
      let (last, quoted) = try address.dialect.table(table)
      (name, sql) = (last, "SELECT * FROM \(quoted)")
      from = quoted
    case (nil, let query?):
      guard !query.utf8.contains(0) else { throw AddressFault.unreadable }
      let isSpark = address.dialect == .spark
      from = isSpark ? SparkConnect.asked(query) : "(\(query)) AS asked"
      (name, sql) = ("query", isSpark ? "SELECT * FROM \(from)" : query)
    }
    let place = ReadingTask.Place.query(
      try DriverLibrary(named: driver), options: address.options(),
      setUp: address.setUp(timeLimitSeconds: details.timeLimitSeconds),
      sql: sql)
    let isAsked = details.table != nil && address.usualDriver == "postgresql"
    return ForeignTable(
      name: name, place: place, process: process, from: from,
      catalogue: isAsked ? try PostgreSQLCatalogue.query(from) : nil)
  }

  private static func beginning(of url: URL) -> [UInt8] {
    guard let file = FileHandle(forReadingAtPath: url.path) else { return [] }
    defer { try? file.close() }
    return Array((try? file.read(upToCount: 64)) ?? Data())
  }
}

extension URL {
  /// The path by which another process of this user can open the file. A copy of a pipe has no name
  /// on the disk, but one among this process's open files.
  fileprivate var pathForOthers: String {
    let path = absoluteURL.path
    guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path),
      target.hasPrefix("/proc/self/fd/")
    else {
      return path
    }
    return target.replacing(
      "/proc/self/", with: "/proc/\(ProcessInfo.processInfo.processIdentifier)/")
  }
}
