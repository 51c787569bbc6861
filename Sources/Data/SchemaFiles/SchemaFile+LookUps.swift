import DelimitedText
import Foundation
import Tables

/// Look-up files: `map: regions.csv` below `determines: [postcode, region]` names a table with
/// these two columns, beside the schema. It is declared, like a map that is written out.
extension SchemaNode {
  /// Returns the tree with the maps that files hold written out.
  ///
  /// - Parameter schema: The schema's file, beside which look-up files lie.
  /// - Throws: ``SchemaError`` listing every file that cannot be read as a map.
  func readingLookUps(beside schema: URL) throws(SchemaError) -> SchemaNode {
    var faults: [SchemaFault] = []
    let tree = readingLookUps(in: schema.deletingLastPathComponent(), &faults)
    guard faults.isEmpty else {
      throw SchemaError(file: schema.lastPathComponent, faults: faults)
    }
    return tree
  }

  private func readingLookUps(in folder: URL, _ faults: inout [SchemaFault]) -> SchemaNode {
    switch self {
    case .scalar: return self
    case .list(let items, let line):
      return .list(items.map { $0.readingLookUps(in: folder, &faults) }, line: line)
    case .map(let entries, let line):
      let columns = self["determines"]?.items?.compactMap(\.text) ?? []
      return .map(
        entries.map { entry in
          let value: SchemaNode
          if entry.key == "map", columns.count == 2, !entry.value.isNull,
            let file = entry.value.text
          {
            let map = LookUpFile(
              url: URL(fileURLWithPath: file, relativeTo: folder), columns: columns,
              line: entry.value.line
            ).read(&faults)
            value = .map(map, line: entry.value.line)
          } else {
            value = entry.value.readingLookUps(in: folder, &faults)
          }
          return Entry(key: entry.key, line: entry.line, value: value)
        }, line: line)
    }
  }
}

/// A table whose first named column decides the second.
private struct LookUpFile {
  let url: URL
  /// The deciding column and the decided one.
  let columns: [String]
  /// The line of the schema that names the file.
  let line: Int

  /// Returns an entry for each row with a code and a label, once for each that recurs. A code with
  /// two labels stands twice, which the schema's reader refuses.
  func read(_ faults: inout [SchemaFault]) -> [SchemaNode.Entry] {
    do {
      let reader = try CellReader(url, options: ReadOptions(hasHeader: true))
      let names = reader.names.map { $0.trimmingCharacters(in: .whitespaces) }
      let places = columns.compactMap { names.firstIndex(of: $0) }
      guard places.count == 2 else {
        faults.append(fault("the look-up file lacks a column of the rule"))
        return []
      }
      var seen: Set<[String]> = []
      var entries: [SchemaNode.Entry] = []
      try reader.forEachRow { _, row in
        let cells = places.map { place in
          String(decoding: row[place], as: UTF8.self).trimmingCharacters(in: .whitespaces)
        }
        guard !cells.contains(""), seen.insert(cells).inserted else { return }
        entries.append(
          SchemaNode.Entry(
            key: cells[0], line: line, value: .scalar(cells[1], isQuoted: true, line: line)))
      }
      if entries.isEmpty { faults.append(fault("the look-up file has no rows")) }
      return entries
    } catch {
      faults.append(fault("the look-up file cannot be read as a table"))
      return []
    }
  }

  private func fault(_ problem: String) -> SchemaFault {
    SchemaFault(
      line: line, problem: problem,
      allowed: "`map: FILE.csv`, a table beside the schema with the columns of `determines`",
      remedy: "check the file's name and its header line")
  }
}
