import Basics
import Foundation
import Releases
import SchemaFiles
import Tables

/// Files that a command is given.
enum InputFile {
  /// A place that is written, or a folder.
  static func url(_ path: String) -> URL { URL(fileURLWithPath: path) }

  /// A file to read, as often as needed: `-`, pipes and devices are copied for this run, where only this user can read it.
  static func readable(_ path: String) throws -> URL { try SpooledInputs.shared.url(of: path) }

  /// The text of a file in UTF-8; nil if there is none, or it is something else.
  static func text(_ path: String) throws -> String? { try? String(contentsOf: readable(path), encoding: .utf8) }

  /// Whether the file can only be read once, so that nothing is beside it.
  static func isStream(_ path: String) -> Bool { path == "-" || FileIdentity(url(path)).kind == .stream }

  /// A path as its user would name it.
  static func name(_ url: URL) -> String {
    if let name = SpooledInputs.shared.name(of: url) { return name }
    let path = url.relativePath
    return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
  }

  /// The schema at `path`, with a sentence of ours where it cannot be read.
  static func schema(_ path: String) throws -> Schema {
    guard path == "-" || FileManager.default.isReadableFile(atPath: path) else {
      throw Failure(
        "\(path): there is no such schema file, or it cannot be read.",
        remedy: "Check the path, or write one with `understudy inspect FILE`.")
    }
    return try SchemaFile.read(readable(path))
  }

  /// The preset or the policy file of that name.
  static func policy(_ nameOrPath: String) throws -> PolicyFile {
    let isPreset = Policy.Preset(rawValue: nameOrPath) != nil
    return try PolicyFile(named: isPreset || !isStream(nameOrPath) ? nameOrPath : readable(nameOrPath).path)
  }

  /// `patients.csv.gz` gives `patients.schema.yaml` in the same folder.
  static func schemaBeside(_ table: URL) -> URL {
    var name = table.lastPathComponent
    for suffix in [".gz", ".csv", ".tsv", ".txt"] where name.lowercased().hasSuffix(suffix) && name.count > suffix.count {
      name.removeLast(suffix.count)
    }
    return table.deletingLastPathComponent().appendingPathComponent(name + ".schema.yaml")
  }
}
