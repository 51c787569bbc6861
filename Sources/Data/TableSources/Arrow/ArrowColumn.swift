/// A column that grows by Arrow arrays of one type.
package struct ArrowColumn {
  package let type: ArrowType
  private let table: String
  private let isPadded: Bool
  package private(set) var column: SourceColumn

  /// - Parameter isPadded: Whether blanks behind texts are no part of them.
  package init(name: String, type: ArrowType, table: String, isPadded: Bool = false) {
    (self.type, self.table, self.isPadded) = (type, table, isPadded)
    column = SourceColumn(name: name, kind: type.kind)
  }

  /// Adds the cells of an array.
  /// - Throws: ``SourceError`` if the array contradicts itself or holds what no file can show.
  package mutating func append(_ array: ArrowArrayView) throws(SourceError) {
    guard array.holds(type) else { throw .malformed(table: table) }
    if case .dictionary(let index, let value) = type {
      return try append(array, index: index, value: value)
    }
    for row in 0..<array.length {
      if array.isMissing(row) { column.appendMissing() } else { try append(array, row: row, type) }
    }
  }

  /// Looks each cell up among the values, which are few.
  private mutating func append(_ array: ArrowArrayView, index: ArrowType, value: ArrowType)
    throws(SourceError)
  {
    let values = array.dictionary[0]
    guard values.holds(value) else { throw .malformed(table: table) }
    for row in 0..<array.length {
      guard !array.isMissing(row) else {
        column.appendMissing()
        continue
      }
      guard case .integer(let bytes, let isSigned) = index,
        let place = integer(array, row, bytes, isSigned),
        (0..<values.length).contains(Int(clamping: place))
      else { throw .malformed(table: table) }
      if values.isMissing(Int(place)) {
        column.appendMissing()
      } else {
        try append(values, row: Int(place), value)
      }
    }
  }

  private mutating func append(_ array: ArrowArrayView, row: Int, _ type: ArrowType)
    throws(SourceError)
  {
    switch type {
    case .null: column.appendMissing()
    case .boolean:
      let place = array.offset + row
      try append(tick: array.buffers[0][place >> 3] & (1 << UInt8(place & 7)) == 0 ? 0 : 1)
    case .integer(let bytes, let isSigned): try append(tick: integer(array, row, bytes, isSigned))
    case .real(bytes: 4): column.append(shortReal: array.value(row, as: Float.self))
    case .real: column.append(real: array.value(row, as: Double.self))
    case .decimal(let scale): try append(decimal: array.value(row, as: Int128.self), scale: scale)
    case .text(let layout):
      guard let bytes = array.text(row, layout) else { throw .malformed(table: table) }
      try append(text: bytes)
    case .uuid: try append(text: Self.uuid(array.value(row, as: (UInt64, UInt64).self)))
    case .date(bytes: 4): try append(tick: Int64(array.value(row, as: Int32.self)))
    case .date:
      let milliseconds = array.value(row, as: Int64.self)
      try append(
        tick: milliseconds.quotientAndRemainder(dividingBy: 86_400_000).quotient
          - (milliseconds % 86_400_000 < 0 ? 1 : 0))
    case .timestamp(let unit, _):
      try append(tick: unit.microseconds(array.value(row, as: Int64.self)))
    case .time(let unit):
      let value =
        unit.timeBytes == 4
        ? Int64(array.value(row, as: Int32.self)) : array.value(row, as: Int64.self)
      try append(tick: unit.microseconds(value))
    case .dictionary: throw .malformed(table: table)
    }
  }

  private func integer(_ array: ArrowArrayView, _ row: Int, _ bytes: Int, _ isSigned: Bool)
    -> Int64?
  {
    switch (bytes, isSigned) {
    case (1, true): Int64(array.value(row, as: Int8.self))
    case (1, false): Int64(array.value(row, as: UInt8.self))
    case (2, true): Int64(array.value(row, as: Int16.self))
    case (2, false): Int64(array.value(row, as: UInt16.self))
    case (4, true): Int64(array.value(row, as: Int32.self))
    case (4, false): Int64(array.value(row, as: UInt32.self))
    case (_, true): array.value(row, as: Int64.self)
    case (_, false): Int64(exactly: array.value(row, as: UInt64.self))
    }
  }

  private mutating func append(tick: Int64?) throws(SourceError) {
    guard let tick, column.append(tick: tick) else {
      throw .outOfRange(table: table, column: column.name)
    }
  }

  private mutating func append(decimal value: Int128, scale: Int) throws(SourceError) {
    guard scale > 9 else { return try append(tick: Int64(exactly: value)) }
    try append(text: Self.text(of: value, scale: scale))
  }

  private mutating func append(text: UnsafeBufferPointer<UInt8>) throws(SourceError) {
    let end = isPadded ? text.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? 0 : text.count
    let text = UnsafeBufferPointer(rebasing: text[..<end])
    do throws(SourceColumnFault) { try column.append(text: text) } catch {
      throw .text(error, table: table, column: column.name)
    }
  }

  private mutating func append(text: String) throws(SourceError) {
    do throws(SourceColumnFault) { try column.append(text: text) } catch {
      throw .text(error, table: table, column: column.name)
    }
  }

  /// Writes a decimal with all its digits, as databases do.
  static func text(of value: Int128, scale: Int) -> String {
    let digits = String(value.magnitude)
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    let point = padded.index(padded.endIndex, offsetBy: -scale)
    return (value < 0 ? "-" : "") + padded[..<point] + "." + padded[point...]
  }

  private static func uuid(_ words: (UInt64, UInt64)) -> String {
    func hexadecimal(_ word: UInt64) -> String {
      let digits = String(UInt64(bigEndian: word), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    let digits = Array(hexadecimal(words.0) + hexadecimal(words.1))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(
      separator: "-")
  }
}
