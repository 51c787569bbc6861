import DelimitedText
import Foundation
import TableSources
import Tables

/// What a source is as a file.
enum SourceFile {
  /// Writes a source as a schema says, and returns the file's text.
  static func text(of table: SourceTable, under schema: Schema? = nil) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-source-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("t")
    try table.write(to: file, under: schema)
    return try String(contentsOf: file, encoding: .utf8)
  }

  /// Returns the cells of each column as they stand in the file; nil for those that are missing. A
  /// column that fills every line is written beside them: in a file of one column, a missing cell
  /// has a word.
  static func cells(of source: SourceTable) throws -> [[String?]] {
    var filler = SourceColumn(name: "filler", kind: .whole)
    for _ in 0..<source.rowCount { _ = filler.append(tick: 1) }
    let table = SourceTable(name: source.name, columns: source.columns + [filler])
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-source-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("t")
    try table.write(to: file, under: nil)
    let reader = try CellReader(file, options: TableFile.readingOurs())
    var columns = reader.names.map { _ in [String?]() }
    try reader.forEachRow { _, row in
      for column in 0..<row.count {
        let text = String(decoding: row[column], as: UTF8.self)
        columns[column].append(text.isEmpty ? nil : text)
      }
    }
    return columns
  }
}
