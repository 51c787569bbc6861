import Basics
import DelimitedText
import Foundation
import Tables

/// A small generator with a seed, so that failures repeat.
struct SeededGenerator {
  private var generator: SplitMix64

  init(_ seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func next() -> UInt64 { generator.next() }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}

/// A folder that is removed when the test ends.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(
      path: "understudy-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func file(_ name: String, _ bytes: [UInt8]) throws -> URL {
    let file = url.appending(path: name)
    try Data(bytes).write(to: file)
    return file
  }

  func file(_ name: String, _ text: String) throws -> URL { try file(name, Array(text.utf8)) }

  var contents: [String] { (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [] }
}

/// Reads a text as a file called `table.csv`.
func read(_ text: String, name: String = "table.csv", _ options: ReadOptions = ReadOptions()) throws
  -> ReadTable
{
  let folder = try TemporaryFolder()
  return try TableReader.read(try folder.file(name, text), options: options)
}

/// The message of the error that reading throws, with the file's folder removed; nil if it
/// succeeds.
func readingError(
  _ bytes: [UInt8], name: String = "table.csv", _ options: ReadOptions = ReadOptions()
) throws -> String? {
  let folder = try TemporaryFolder()
  let file = try folder.file(name, bytes)
  do {
    _ = try TableReader.read(file, options: options)
    return nil
  } catch {
    return error.description.replacing(folder.url.path + "/", with: "")
  }
}

extension Schema {
  /// The schema with the facts inferred about a table, so that reading under it gives the same
  /// table.
  init(of read: ReadTable) { self.init(of: read.table, format: read.format) }

  init(of table: Table, format: TableFormat = TableFormat()) {
    self.init(
      name: "t", format: format,
      columns: table.columns.map { column in
        var described = ColumnSchema(
          name: column.name, type: column.type, isNullable: true, missingToken: column.missingToken,
          minimumFractionDigits: column.minimumFractionDigits)
        (described.numberFormat, described.codes) = (column.numberFormat, column.codes)
        return described
      })
  }
}

extension Column {
  /// Every cell as text, nil if it is missing.
  var texts: [String?] {
    switch cells {
    case .ticks(let ticks): ticks.map { $0 == Cells.missingTick ? nil : text(ofKey: $0) }
    case .labels(let codes, let dictionary):
      codes.map { $0 == Cells.missingCode ? nil : dictionary[Int($0)] }
    }
  }
}
