import CZlib
import Curation
import Foundation
import HeatMaps
import Tables

/// `map.tif`: the heat of each finest cell in people, as a GeoTIFF (OGC 19-008r4) of 32-bit
/// floating numbers, a band for each slice of time, deflated. Degrees refer to EPSG:4326; metres
/// are placed in the coordinates of the table and refer to nothing. Cells without heat are 0, which
/// is marked as "no data".
struct HeatRaster {
  private let map: HeatMap
  private let columns: Int
  private let rows: Int
  private let bands: Int

  private static let rowsOfStrip = 64

  init(_ map: HeatMap) {
    self.map = map
    let (bounds, cell) = (map.plan.region.bounds, Self.cell(of: map))
    let side = 1 << map.plan.grid.depth
    func count(_ width: Double, _ size: Double) -> Int {
      min(max(Int((width / size * (1 - 1e-9)).rounded(.up)), 1), side)
    }
    columns = count(bounds.east - bounds.west, cell.east - cell.west)
    rows = count(bounds.north - bounds.south, cell.north - cell.south)
    bands = map.plan.settings.slices.count
  }

  private static func cell(of map: HeatMap) -> HeatArea {
    map.plan.region.area(of: 0, level: map.plan.grid.depth, in: map.plan.grid)
  }

  /// - Throws: `CocoaError` if there is no memory to deflate in.
  func data() throws -> Data {
    // The header, then the strips of each band, then the directory and what does not fit into it.
    var file = Data([0x49, 0x49, 42, 0, 0, 0, 0, 0])
    var strips: [(offset: Int, count: Int)] = []
    for band in 0..<bands {
      let heat = map.cells(slice: bands > 1 ? band : nil)
      for first in stride(from: 0, to: rows, by: Self.rowsOfStrip) {
        let strip = try Self.deflated(
          rows(first..<min(first + Self.rowsOfStrip, rows), of: heat))
        strips.append((file.count, strip.count))
        file.append(strip)
      }
    }
    if file.count % 2 == 1 { file.append(0) }
    let directory = Directory(fields: fields(strips), offset: file.count)
    file.replaceSubrange(4..<8, with: Directory.bytes(of: UInt32(file.count)))
    file.append(directory.data)
    return file
  }

  /// Returns rows from the north.
  private func rows(_ range: Range<Int>, of heat: [Double]) -> Data {
    let side = 1 << map.plan.grid.depth
    var bytes = Data(capacity: range.count * columns * 4)
    for row in range {
      let first = (rows - 1 - row) * side
      for cell in first..<first + columns {
        bytes.append(contentsOf: Directory.bytes(of: Float(heat[cell]).bitPattern))
      }
    }
    return bytes
  }

  private static func deflated(_ bytes: Data) throws -> Data {
    var length = compressBound(UInt(bytes.count))
    var deflated = Data(count: Int(length))
    let status = deflated.withUnsafeMutableBytes { to in
      bytes.withUnsafeBytes { from in
        compress(
          to.bindMemory(to: UInt8.self).baseAddress, &length,
          from.bindMemory(to: UInt8.self).baseAddress, UInt(from.count))
      }
    }
    guard status == Z_OK else { throw CocoaError(.fileWriteUnknown) }
    return deflated.prefix(Int(length))
  }

  private func fields(_ strips: [(offset: Int, count: Int)]) -> [Directory.Field] {
    let cell = Self.cell(of: map)
    let (width, height) = (cell.east - cell.west, cell.north - cell.south)
    let isGlobe = map.plan.region.place.plane == .degrees
    let keys: [UInt16] =
      isGlobe
      ? [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326] : [1, 1, 0, 1, 1025, 0, 1, 1]
    var fields: [Directory.Field] = [
      .init(256, longs: [columns]), .init(257, longs: [rows]),
      .init(258, shorts: [UInt16](repeating: 32, count: bands)),
      // Deflated, black is 0, a strip holds so many rows.
      .init(259, shorts: [8]), .init(262, shorts: [1]),
      .init(270, text: "Heat of each cell, in people. Bands are slices of time."),
      .init(273, longs: strips.map(\.offset)), .init(277, shorts: [UInt16(bands)]),
      .init(278, longs: [Self.rowsOfStrip]), .init(279, longs: strips.map(\.count)),
      // Band after band if there are several.
      .init(284, shorts: [bands > 1 ? 2 : 1]),
    ]
    if bands > 1 { fields.append(.init(338, shorts: [UInt16](repeating: 0, count: bands - 1))) }
    return fields + [
      .init(339, shorts: [UInt16](repeating: 3, count: bands)),
      .init(33_550, doubles: [width, height, 0]),
      .init(33_922, doubles: [0, 0, 0, cell.west, cell.south + Double(rows) * height, 0]),
      .init(34_735, shorts: keys), .init(42_113, text: "0"),
    ]
  }
}

/// The directory of a TIFF (revision 6.0): fields in ascending order, and behind them the values
/// that are longer than 4 bytes.
private struct Directory {
  struct Field {
    let tag: UInt16
    let kind: UInt16
    let count: Int
    let bytes: Data

    init(_ tag: UInt16, shorts: [UInt16]) {
      (self.tag, kind, count) = (tag, 3, shorts.count)
      bytes = Data(shorts.flatMap { Directory.bytes(of: $0) })
    }

    init(_ tag: UInt16, longs: [Int]) {
      (self.tag, kind, count) = (tag, 4, longs.count)
      bytes = Data(longs.flatMap { Directory.bytes(of: UInt32($0)) })
    }

    init(_ tag: UInt16, doubles: [Double]) {
      (self.tag, kind, count) = (tag, 12, doubles.count)
      bytes = Data(doubles.flatMap { Directory.bytes(of: $0.bitPattern) })
    }

    init(_ tag: UInt16, text: String) {
      bytes = Data(text.utf8) + [0]
      (self.tag, kind, count) = (tag, 2, bytes.count)
    }
  }

  let data: Data

  init(fields: [Field], offset: Int) {
    var (entries, values) = (Self.bytes(of: UInt16(fields.count)), Data())
    let first = offset + 2 + 12 * fields.count + 4
    for field in fields {
      entries += Self.bytes(of: field.tag) + Self.bytes(of: field.kind)
      entries += Self.bytes(of: UInt32(field.count))
      if field.bytes.count <= 4 {
        entries += field.bytes + Data(count: 4 - field.bytes.count)
      } else {
        entries += Self.bytes(of: UInt32(first + values.count))
        values += field.bytes + Data(count: field.bytes.count % 2)
      }
    }
    data = Data(entries) + Self.bytes(of: UInt32(0)) + values
  }

  /// The least significant byte first.
  static func bytes(of number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}
