import Foundation
import Tables

/// Writes a table as a file of Parquet, a group of rows at a time.
///
/// Types are those of the schema: decimals keep their digits, dates are dates, truth values are
/// truth values, and missing cells are NULL. Nothing is compressed; texts have a dictionary in each
/// group (docs/decisions/0042-writing.md).
package final class ParquetWriter {
  private let file: FileHandle
  private let columns: [ParquetColumn]
  private var groups: [Group] = []
  private var offset = 4

  private struct Group {
    let rows: Int
    var chunks: [Chunk] = []
  }

  private struct Chunk {
    let column: ParquetColumn
    let start: Int
    let size: Int
    /// Where the page of data begins, from the start of the file.
    let data: Int
    let encodings: [Int]
  }

  private static let magic = Array("PAR1".utf8)

  /// Creates the file.
  package init(to url: URL, like shapes: [ColumnShape]) throws {
    try Data(Self.magic).write(to: url, options: .withoutOverwriting)
    file = try FileHandle(forWritingTo: url)
    try file.seekToEnd()
    columns = shapes.map(ParquetColumn.init)
  }

  /// Adds rows as a group of their own.
  package func append(_ table: Table) throws {
    guard table.rowCount > 0 else { return }
    var group = Group(rows: table.rowCount)
    for (column, parquet) in zip(table.columns, columns) {
      let pages = ParquetPages(column, as: parquet)
      try file.write(contentsOf: pages.bytes)
      group.chunks.append(
        Chunk(
          column: parquet, start: offset, size: pages.bytes.count, data: offset + pages.dataOffset,
          encodings: pages.encodings))
      offset += pages.bytes.count
    }
    groups.append(group)
  }

  /// Writes the end, without which nobody can read the file.
  package func finish() throws {
    var writer = CompactProtocol()
    let (columns, groups) = (columns, groups)
    writer.structure { file in
      file.field(1, int32: 1)
      file.field(2, structures: [nil] + columns.map { Optional($0) }) { element, column in
        guard let column else {
          element.field(4, text: "table")
          return element.field(5, int32: columns.count)
        }
        column.describe(in: &element)
      }
      file.field(3, int64: groups.reduce(0) { $0 + $1.rows })
      file.field(4, structures: groups) { Self.describe($1, in: &$0) }
      file.field(6, text: "understudy")
    }
    var end = writer.bytes
    end.append(littleEndian: UInt32(writer.bytes.count))
    try file.write(contentsOf: end + Self.magic)
    try file.close()
  }

  private static func describe(_ group: Group, in writer: inout CompactProtocol) {
    writer.field(1, structures: group.chunks) { chunk, item in
      chunk.field(2, int64: item.start)
      chunk.field(3) { data in
        data.field(1, int32: item.column.physicalType)
        data.field(2, int32s: item.encodings)
        data.field(3, texts: [item.column.name])
        data.field(4, int32: 0)
        data.field(5, int64: group.rows)
        data.field(6, int64: item.size)
        data.field(7, int64: item.size)
        data.field(9, int64: item.data)
        if item.data > item.start { data.field(11, int64: item.start) }
      }
    }
    writer.field(2, int64: group.chunks.reduce(0) { $0 + $1.size })
    writer.field(3, int64: group.rows)
  }
}
