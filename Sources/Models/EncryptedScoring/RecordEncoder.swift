import DelimitedText
import Foundation
import Tables

/// Turns rows of a file into the whole numbers that a card asks for.
///
/// A text that is not among a column's categories, and a cell that is no number where one is
/// needed, take the column's entry for other cells, or none if it has none. A number beyond the
/// ends of a range becomes the nearest end. Each row is encoded by itself, and none ends the run.
struct RecordEncoder {
  private let columns: [Column]
  private let full: UInt64
  private let decimalMark: UInt8
  let entryCount: Int
  /// The number of cells of each column that fitted no bin, category or number, for the owner of
  /// the records.
  private(set) var misfits: [Int]

  private struct Column {
    let layout: ColumnLayout
    let position: Int
    let start: Int
    let codes: [[UInt8]: Int]
  }

  /// Finds the card's columns in the header.
  /// - Throws: ``ScoringFault/missingColumns(_:)``.
  init(_ card: PublicCard, _ reader: CellReader) throws(ScoringFault) {
    let names = reader.names
    let missing = card.columns.map(\.name).filter { !names.contains($0) }
    guard missing.isEmpty else { throw .missingColumns(missing) }
    var start = 0
    columns = card.columns.map { layout in
      defer { start += layout.entryCount }
      var codes: [[UInt8]: Int] = [:]
      if case .categories(let texts) = layout.shape {
        for (code, text) in texts.enumerated() { codes[Array(text.utf8)] = code }
      }
      return Column(
        layout: layout, position: names.firstIndex(of: layout.name) ?? 0, start: start, codes: codes
      )
    }
    full = card.fullEntry
    decimalMark = reader.decimalMark.byte
    entryCount = card.entryCount
    misfits = Array(repeating: 0, count: columns.count)
  }

  /// Passes each entry's place and value to `set`, all of them, whatever the cells hold.
  mutating func encode(_ row: CellReader.Row, set: (Int, UInt64) -> Void) {
    for (index, column) in columns.enumerated() {
      let cell = row[column.position].assumingMemoryBound(to: UInt8.self)
      let value = value(of: cell, in: column)
      if value == nil { misfits[index] += 1 }
      switch column.layout.shape {
      case .bins, .categories:
        let code = Int(value ?? Double(column.layout.hasOtherwise ? column.layout.pointCount : -1))
        for entry in 0..<column.layout.entryCount {
          set(column.start + entry, Self.mask(entry, code) & full)
        }
      case .number(let minimum, let maximum):
        let share = ((value ?? minimum) - minimum) / (maximum - minimum)
        set(column.start, UInt64((min(max(share, 0), 1) * Double(full)).rounded()))
        if column.layout.hasOtherwise {
          set(column.start + 1, Self.mask(0, value == nil ? 0 : 1) & full)
        }
      }
    }
  }

  /// Returns all ones if the numbers are equal, else zero, without a branch.
  @inline(__always)
  private static func mask(_ first: Int, _ second: Int) -> UInt64 {
    let differing = UInt64(bitPattern: Int64(first ^ second))
    return ((differing | (0 &- differing)) >> 63) &- 1
  }

  /// Returns the code of a cell's bin or category, or its number; nil for a cell that fits none.
  private func value(of cell: UnsafeBufferPointer<UInt8>, in column: Column) -> Double? {
    switch column.layout.shape {
    case .categories: column.codes[Array(trimmed(cell))].map(Double.init)
    case .bins(let edges):
      number(cell).map { number in Double(edges.reduce(0) { $0 + ($1 <= number ? 1 : 0) }) }
    case .number: number(cell)
    }
  }

  private func number(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let parsed = ParsedNumber(cell, isLenient: true, mark: decimalMark) else { return nil }
    return Double(parsed.mantissa) / Double(ParsedNumber.powersOfTen[parsed.scale])
  }
}
