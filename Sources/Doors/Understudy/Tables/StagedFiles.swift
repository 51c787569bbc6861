import Basics
import DelimitedText
import Foundation
import SchemaFiles
import TableSources
import Tables

/// The files of one piece of work. Tables in memory and schemas given as text lie in a folder that
/// only this user can open, and that is removed when the work ends.
final class StagedFiles {
  private var folder: PrivateFolder?
  /// The places of staged files, with the names by which errors call them.
  private var names: [(path: String, name: String)] = []

  /// Returns the file of a schema; nil without one.
  func url(of schema: TableSchema?) throws -> URL? {
    switch schema {
    case nil: return nil
    case .file(let url): return url
    case .text(let text):
      let url = try place("schema.yaml", name: "the schema")
      try Data(text.utf8).write(to: url)
      return url
    }
  }

  /// Returns the file of a table, written as the schema says if it is in memory.
  func url(of table: TableSource, under schema: URL?) throws -> URL {
    switch table {
    case .file(let url): return url
    case .rows(let name, let columns):
      try Self.check(name, columns)
      let rows = RowsInMemory(name: name, table: Table(columns: columns.map(\.typed)))
      let place = try place("\(name).csv", name: name)
      return try rows.file(
        under: { try schema.map(SchemaFile.read) }, in: place.deletingLastPathComponent, check: {}
      ).url
    }
  }

  /// Facts on the form of a table that is read without a schema. That of a table in memory is
  /// known.
  static func reading(_ table: TableSource) -> ReadOptions {
    guard case .rows = table else { return ReadOptions() }
    return TableFile.readingOurs()
  }

  /// Removes everything.
  func remove() {
    folder?.remove()
    folder = nil
  }

  /// Returns an error as the program gets it, without the places of staged files, which help
  /// nobody.
  func describing(_ error: any Error) -> UnderstudyError {
    var error = UnderstudyError(describing: error)
    for (path, name) in names {
      error.message = error.message.replacing(path, with: name)
      error.remedy = error.remedy.replacing(path, with: name)
    }
    return error
  }

  /// Each file has a folder of its own, so that two tables may have one name.
  private func place(_ file: String, name: String) throws -> URL {
    let folder = try self.folder ?? PrivateFolder()
    self.folder = folder
    let place = folder.url.appendingPathComponent("\(names.count)", isDirectory: true)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
    let url = place.appendingPathComponent(file)
    names.append((url.path, name))
    return url
  }

  private static func check(_ name: String, _ columns: [TableColumn]) throws {
    let isName =
      !name.isEmpty && name.utf8.count <= 200 && !name.hasPrefix(".") && !name.contains("/")
      && !name.contains("\0")
    guard isName else {
      throw UnderstudyError(
        "A table in memory needs a name that a file could have.",
        remedy: "Give it one without a slash, such as patients.")
    }
    guard let first = columns.first else {
      throw UnderstudyError(
        "The table '\(name)' in memory has no column.", remedy: "Give it at least one.")
    }
    if let other = columns.first(where: { $0.cells.count != first.cells.count }) {
      throw UnderstudyError(
        "The columns of '\(name)' differ in length: '\(first.name)' has \(Numbers.count(first.cells.count, "cell")), '\(other.name)' "
          + "\(Numbers.count(other.cells.count)).",
        remedy: "Give every column a cell for each row, nil if it is missing.")
    }
    let twice = Dictionary(grouping: columns, by: \.name).filter { $1.count > 1 }.keys.sorted()
    guard twice.isEmpty else {
      throw UnderstudyError(
        "The name '\(twice[0])' occurs twice among the columns of '\(name)'.",
        remedy: "Rename one of them.")
    }
  }
}

extension TableColumn {
  /// The column as the rooms below know it: labels, to be read again by the schema.
  fileprivate var typed: Column { Column(name: name, type: .category, cells: Cells(labels: cells)) }
}
