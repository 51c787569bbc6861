import Basics
import DatabaseTables
import Foundation
import SourceWorkers
import Synchronization
import TableSources

/// The copies of pipes and of foreign tables that this run has made. A source that is named twice
/// is read once.
final class SpooledInputs: Sendable {
  static let shared = SpooledInputs()

  private let inputs = Mutex<[String: SpooledInput]>([:])
  private let tables = Mutex<[TableKey: TableCopy]>([:])

  private struct TableKey: Hashable {
    let argument: String
    let schema: String?
    let details: SourceDetails
  }

  private struct TableCopy {
    let file: TableFile
    let name: String
    /// Holds the copy; nil if there is none.
    let folder: PrivateFolder?
  }

  /// Returns the file to read for a path that the user gave.
  func url(of path: String) throws -> URL {
    if let known = inputs.withLock({ $0[path] }) { return known.url }
    // A request to stop is noticed while nothing comes through the pipe.
    let interruption = Interruption {}
    let input = try SpooledInput(path, check: interruption.check)
    inputs.withLock { $0[path] = input }
    return input.url
  }

  /// Returns the delimited file of a table.
  func table(_ argument: String, schema: String?, details: SourceDetails) throws -> TableFile {
    let key = TableKey(argument: argument, schema: schema, details: details)
    if let known = tables.withLock({ $0[key] }) { return known.file }
    let source = try SourceArgument.source(argument, details: details, program: Self.program) {
      try url(of: $0)
    }
    let interruption = Interruption {}
    var folder: PrivateFolder?
    let file = try source.file(
      under: { try schema.map(InputFile.schema) },
      in: {
        let made = try PrivateFolder()
        folder = made
        return made.url
      }, check: interruption.check)
    let name = DatabaseAddress.isOne(argument) ? source.name : argument
    tables.withLock { $0[key] = TableCopy(file: file, name: name, folder: folder) }
    return file
  }

  /// Returns the table that an argument names as one to be counted where it is.
  func counted(_ argument: String, details: SourceDetails) throws -> CountedSource {
    try SourceArgument.counted(argument, details: details, program: Self.program) {
      try url(of: $0)
    }
  }

  /// The program that is run once more for foreign tables.
  static var program: URL {
    URL(fileURLWithPath: Bundle.main.executablePath ?? ProcessInfo.processInfo.arguments[0])
  }

  /// Returns the user's name for the file at `url`; nil if it is not a copy of a pipe.
  func name(of url: URL) -> String? { names.first { $0.copy == url.path }?.name }

  /// Returns a text with the users' names in place of the paths of pipe copies: the paths help
  /// nobody.
  func renaming(_ text: String) -> String {
    names.reduce(text) { text, names in text.replacing(names.copy, with: names.name) }
  }

  private var names: [(copy: String, name: String)] {
    inputs.withLock { inputs in
      inputs.compactMap { path, input in
        guard input.isCopy else { return nil }
        return (input.url.path, Self.word(for: path))
      }
    }
      + tables.withLock { tables in
        tables.values.compactMap {
          $0.file.isOurs ? ($0.file.url.path, Self.word(for: $0.name)) : nil
        }
      }
  }

  private static func word(for path: String) -> String {
    ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"].contains(path) ? "standard input" : path
  }

  /// Removes all copies.
  func removeAll() {
    inputs.withLock { $0.removeAll() }
    tables.withLock { $0.removeAll() }
  }
}
