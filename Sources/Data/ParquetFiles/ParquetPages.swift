import Tables

/// The pages of one column in one group of rows: a dictionary for texts, and one page of data.
struct ParquetPages {
  private(set) var bytes: [UInt8] = []
  /// Where the page of data begins, if a dictionary stands before it.
  private(set) var dataOffset = 0
  let encodings: [Int]
  let rows: Int

  /// Encodings by their numbers.
  private enum Encoding {
    static let plain = 0
    static let hybrid = 3
    static let dictionary = 8
  }

  init(_ column: Column, as parquet: ParquetColumn) {
    rows = column.count
    let present = Self.present(column)
    // One bit a row says whether the cell is there.
    var levels: [UInt8] = []
    levels.append(packed: present.map { $0 ? 1 : 0 }, width: 1)
    var body: [UInt8] = []
    body.append(littleEndian: UInt32(levels.count))
    body += levels
    if parquet.form == .text {
      let (texts, places) = Self.texts(column, present)
      encodings = [Encoding.plain, Encoding.hybrid, Encoding.dictionary]
      var list: [UInt8] = []
      for text in texts {
        list.append(littleEndian: UInt32(text.count))
        list += text
      }
      bytes =
        Self.header(type: 2, size: list.count) { page in
          page.field(7) { dictionary in
            dictionary.field(1, int32: texts.count)
            dictionary.field(2, int32: Encoding.plain)
          }
        } + list
      let width = max(1, Int.bitWidth - max(texts.count - 1, 1).leadingZeroBitCount)
      body.append(UInt8(width))
      body.append(packed: places, width: width)
    } else {
      encodings = [Encoding.plain, Encoding.hybrid]
      Self.append(column, present, as: parquet.form, to: &body)
    }
    dataOffset = bytes.count
    let (encoding, rows) = (encodings.last == Encoding.dictionary ? Encoding.dictionary : 0, rows)
    bytes += Self.header(type: 0, size: body.count) { page in
      page.field(5) { data in
        data.field(1, int32: rows)
        data.field(2, int32: encoding)
        data.field(3, int32: Encoding.hybrid)
        data.field(4, int32: Encoding.hybrid)
      }
    }
    bytes += body
  }

  private static func header(type: Int, size: Int, _ details: (inout CompactProtocol) -> Void)
    -> [UInt8]
  {
    var writer = CompactProtocol()
    writer.structure { page in
      page.field(1, int32: type)
      page.field(2, int32: size)
      page.field(3, int32: size)
      details(&page)
    }
    return writer.bytes
  }

  private static func present(_ column: Column) -> [Bool] {
    switch column.cells {
    case .ticks(let ticks): ticks.map { $0 != Cells.missingTick }
    case .labels(let codes, _): codes.map { $0 != Cells.missingCode }
    }
  }

  /// Returns the different texts of a column, and the place of each cell's among them.
  private static func texts(_ column: Column, _ present: [Bool]) -> ([[UInt8]], [Int]) {
    switch column.cells {
    case .labels(let codes, let dictionary):
      let texts = (0..<dictionary.count).map { dictionary.withUTF8($0) { Array($0) } }
      return (texts, codes.filter { $0 != Cells.missingCode }.map(Int.init))
    case .ticks(let ticks):
      var known: [Int64: Int] = [:]
      var texts: [[UInt8]] = []
      let write = column.tickWriter
      let places = ticks.filter { $0 != Cells.missingTick }.map { tick -> Int in
        if let place = known[tick] { return place }
        var buffer = ByteBuffer()
        if let code = Cells.code(tick) {
          texts.append(Array(column.codes[code].utf8))
        } else {
          write(tick, &buffer)
          texts.append(buffer.bytes)
        }
        known[tick] = texts.count - 1
        return texts.count - 1
      }
      return (texts, places)
    }
  }

  private static func append(
    _ column: Column, _ present: [Bool], as form: ParquetColumn.Form, to body: inout [UInt8]
  ) {
    guard case .ticks(let all) = column.cells else { preconditionFailure("numbers of labels") }
    let ticks = all.filter { $0 != Cells.missingTick }
    switch form {
    case .truth:
      var byte: UInt8 = 0
      for (place, tick) in ticks.enumerated() {
        if tick != 0 { byte |= 1 << UInt8(place % 8) }
        if place % 8 == 7 || place == ticks.count - 1 {
          body.append(byte)
          byte = 0
        }
      }
    case .whole, .decimal: for tick in ticks { body.append(littleEndian: tick) }
    case .instant(let width): for tick in ticks { body.append(littleEndian: tick * width) }
    case .day: for tick in ticks { body.append(littleEndian: Int32(truncatingIfNeeded: tick)) }
    case .real:
      for tick in ticks {
        let number = Double(column.type.format(tick: tick)) ?? .nan
        body.append(littleEndian: number.bitPattern)
      }
    case .text: preconditionFailure("texts have a dictionary")
    }
  }
}
