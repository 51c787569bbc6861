import Foundation
import ParquetFiles
import Tables
import Testing

/// Files of Parquet, byte for byte: readers of other programs are asked in the tests of the whole
/// program.
@Suite struct ParquetWriterTests {
  private func file(_ tables: [Table], like shapes: [ColumnShape]) throws -> [UInt8] {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-parquet-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    let writer = try ParquetWriter(to: url, like: shapes)
    for table in tables { try writer.append(table) }
    try writer.finish()
    return [UInt8](try Data(contentsOf: url))
  }

  /// The layout of a file with one column: magic, page header, levels, values, metadata.
  @Test func aColumnOfWholeNumbersIsThese() throws {
    let column = Column(
      name: "n", type: .integer, cells: .ticks([1, Cells.missingTick, -2]))
    let bytes = try file([Table(columns: [column])], like: [column.shape])
    #expect(
      bytes.prefix(4) == ArraySlice("PAR1".utf8) && bytes.suffix(4) == ArraySlice("PAR1".utf8))
    // A page of data (0) of 22 bytes, not compressed, with 3 values, plain, levels as runs.
    let header: [UInt8] = [
      0x15, 0x00, 0x15, 0x2c, 0x15, 0x2c, 0x2c, 0x15, 0x06, 0x15, 0x00, 0x15, 0x06, 0x15, 0x06,
      0x00, 0x00,
    ]
    #expect(Array(bytes[4..<4 + header.count]) == header)
    // Levels 1, 0, 1 in one packed group; then two numbers of eight bytes.
    let body: [UInt8] =
      [2, 0, 0, 0, 3, 0b101] + [1, 0, 0, 0, 0, 0, 0, 0]
      + [0xFE] + Array(repeating: 0xFF, count: 7)
    #expect(Array(bytes[21..<21 + body.count]) == body)
    let length = bytes.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(21 + body.count + length + 8 == bytes.count)
  }

  @Test func aTableWithoutRowsIsAFileWithoutGroups() throws {
    let column = Column(name: "n", type: .category, cells: Cells(labels: []))
    let bytes = try file([Table(columns: [column])], like: [column.shape])
    #expect(bytes.count > 12 && bytes.suffix(4) == ArraySlice("PAR1".utf8))
  }
}
