import Basics
import DataDictionaries
import DatabaseTables
import Foundation
import LinkedTables
import Policies
import SchemaFiles
import SourceWorkers
import TableSources
import Tables
import Understudy

/// Files given to a command.
enum InputFile {
  /// Returns the URL of a file to write, or of a folder.
  static func url(_ path: String) -> URL { URL(fileURLWithPath: path) }

  /// Returns a file to read, as often as needed: `-`, pipes and devices are copied for this run, to
  /// a place that only this user can read.
  static func readable(_ path: String) throws -> URL { try SpooledInputs.shared.url(of: path) }

  /// Returns a table to read, as often as needed, wherever it is.
  /// - Parameters:
  ///   - argument: A path, `-`, or the address of a database.
  ///   - schema: The path of the schema that the table will be read under; nil if none.
  static func table(_ argument: String, schema: String? = nil, of source: SourceOptions? = nil)
    throws -> TableFile
  {
    try SpooledInputs.shared.table(
      argument, schema: schema, details: source?.details ?? SourceDetails())
  }

  /// Returns the text of a file in UTF-8; nil if there is none, or if it is something else.
  static func text(_ path: String) throws -> String? {
    try? String(contentsOf: readable(path), encoding: .utf8)
  }

  /// Returns whether nothing is beside the table: it comes through a pipe or from a database.
  static func isStream(_ path: String) -> Bool {
    path == "-" || DatabaseAddress.isOne(path) || FileIdentity(url(path)).kind == .stream
  }

  /// Returns a path as its user would name it.
  static func name(_ url: URL) -> String {
    if let name = SpooledInputs.shared.name(of: url) { return name }
    let path = url.relativePath
    return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
  }

  /// Returns the schema at `path`, with our own message if it cannot be read.
  static func schema(_ path: String) throws -> Schema {
    try check(
      path, "schema file", remedy: "Check the path, or write one with `understudy inspect FILE`.")
    return try SchemaFile.read(readable(path))
  }

  /// - Parameter kind: of file, as the message calls it.
  private static func check(_ path: String, _ kind: String, remedy: String) throws {
    guard path == "-" || FileManager.default.isReadableFile(atPath: path) else {
      throw Failure("\(path): there is no such \(kind), or it cannot be read.", remedy: remedy)
    }
  }

  /// Returns the data dictionary at `path`; if none is named, the source's own words on its
  /// columns, and nil if it says nothing.
  /// - Parameters:
  ///   - table: The table that it is of, as it was named.
  ///   - file: The same table, once it was read.
  static func dictionary(_ path: String?, of table: String, read file: TableFile) throws
    -> DataDictionary?
  {
    guard let path else { return DataDictionary(file.facts, of: name(file.url)) }
    try check(path, "data dictionary", remedy: "Check the path.")
    return try DataDictionary.read(readable(path), of: table)
  }

  /// Returns the schema of several tables at `path`.
  static func linkedSchema(_ path: String) throws -> LinkedSchema {
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw Failure(
        "\(path): there is no such schema file, or it cannot be read.",
        remedy: "Check the path, or write one with `understudy inspect FOLDER`.")
    }
    return try SchemaFile.openLinked(url(path)).schema
  }

  /// Returns whether a path is a folder of delimited files. A folder of Parquet parts is one table.
  static func isFolderOfTables(_ path: String) -> Bool {
    FileIdentity(url(path)).kind == .folder && FolderInspection.holdsTables(url(path))
  }

  /// Returns the preset or the policy file with this name.
  static func policy(_ nameOrPath: String) throws -> PolicyFile {
    let isPreset = Policy.Preset(rawValue: nameOrPath) != nil
    return try PolicyFile(
      named: isPreset || !isStream(nameOrPath) ? nameOrPath : readable(nameOrPath).path)
  }

  /// Returns `patients.schema.yaml` for `patients.csv.gz`, in the same folder.
  static func schemaBeside(_ table: URL) -> URL {
    var name = table.lastPathComponent
    for suffix in [
      ".gz", ".csv", ".tsv", ".txt", ".parquet", ".sav", ".dta", ".xpt", ".sas7bdat", ".gpx",
      ".geojson",
    ]
    where name.lowercased().hasSuffix(suffix) && name.count > suffix.count {
      name.removeLast(suffix.count)
    }
    return table.deletingLastPathComponent().appendingPathComponent(name + ".schema.yaml")
  }
}
