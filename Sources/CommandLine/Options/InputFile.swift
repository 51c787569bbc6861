import Foundation
import Privacy
import Tables

/// Files that a command is given.
enum InputFile {
  static func url(_ path: String) -> URL { URL(fileURLWithPath: path) }

  /// A path as its user would name it.
  static func name(_ url: URL) -> String {
    let path = url.relativePath
    return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
  }

  /// The schema at `path`, with a sentence of ours where it cannot be read.
  static func schema(_ path: String) throws -> Schema {
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw Failure(
        "\(path): there is no such schema file, or it cannot be read.",
        remedy: "Check the path, or write one with `understudy inspect FILE`.")
    }
    return try SchemaFile.read(url(path))
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
