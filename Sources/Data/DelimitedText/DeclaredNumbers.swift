import Tables

/// Builds the integers, or the decimals with a given number of digits, that a schema declares.
///
/// A plainly written number with no more digits than declared is taken as it is. Any other number
/// becomes the nearest allowed one: surplus digits are rounded half away from zero, and `+5`, `007`
/// and `1E5` are read as numbers, and the signs of the column's format may be missing. A code word
/// of the column is itself. Anything else, or anything too large for 64 bits, is missing.
struct DeclaredNumbers: DeclaredBuilder {
  /// Digits after the point; 0 for integers.
  private let digits: Int
  private let isInteger: Bool
  private let fits: Bool
  private let tokens: MissingTokens
  private let fileMark: DecimalMark
  private let format: NumberFormat
  private let codes: MissingTokens
  private var ticks: [Int64] = []
  private var departure = ColumnDeparture()

  /// - Parameters:
  ///   - column: The column, whose format and code words are used.
  ///   - digits: Digits after the point; nil for integers.
  ///   - fits: Whether numbers that do not fit become the nearest that does; else they are missing.
  init(
    _ column: ColumnSchema, digits: Int?, fits: Bool, tokens: MissingTokens,
    mark: DecimalMark = .point, expectedRows: Int
  ) {
    fileMark = mark
    format = column.numberFormat
    codes = MissingTokens(column.codes)
    self.digits = digits ?? 0
    isInteger = digits == nil
    self.fits = fits
    self.tokens = tokens
    ticks.reserveCapacity(expectedRows)
  }

  package mutating func append(_ block: RowBlock, column: Int) -> Bool {
    let tokensFirst = tokens.looksNumeric || codes.looksNumeric
    let factor = ParsedNumber.powersOfTen[digits]
    for row in 0..<block.rowCount {
      let cell = block.bytes(block.span(row: row, column: column))
      if !tokensFirst, let integer = ParsedNumber.shortInteger(cell) {
        let (tick, overflow) = integer.multipliedReportingOverflow(by: factor)
        if !overflow, Cells.isValue(tick) {
          ticks.append(tick)
          continue
        }
      }
      if tokens.match(cell) != nil {
        ticks.append(Cells.missingTick)
      } else if let code = codes.match(cell) {
        ticks.append(Cells.codeTick(code))
      } else {
        ticks.append(tick(of: cell, row: block.firstRow + row + 1))
      }
    }
    return true
  }

  func finish() -> (cells: Cells, departure: ColumnDeparture) { (.ticks(ticks), departure) }

  private mutating func tick(of cell: UnsafeBufferPointer<UInt8>, row: Int) -> Int64 {
    // The residue of binary floating point behind a decimal, as in 2.4699999999999998, counts as
    // little here as in type inference, so that an inferred schema fits its table.
    if let number = read(cell, isLenient: false),
      isInteger ? !number.isDecimal : number.scale <= digits,
      let tick = number.tick(digits: digits)
    {
      return tick
    }
    if fits, let number = read(cell, isLenient: true), let tick = number.tick(digits: digits) {
      departure.fitted.note(row: row)
      return tick
    }
    departure.unreadable.note(row: row)
    return Cells.missingTick
  }

  private func read(_ cell: UnsafeBufferPointer<UInt8>, isLenient: Bool) -> ParsedNumber? {
    if format.isPlain { return ParsedNumber(cell, isLenient: isLenient, mark: fileMark.byte) }
    return format.read(cell, isLenient: isLenient, fileMark: fileMark)
  }
}

extension ParsedNumber {
  /// Reads the commonest cell: 1 to 18 digits without a needless zero, after an optional minus.
  @inline(__always)
  static func shortInteger(_ cell: UnsafeBufferPointer<UInt8>) -> Int64? {
    let count = cell.count
    guard count > 0, count <= 18 else { return nil }
    let isNegative = cell[0] == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    guard count > start, cell[start] != UInt8(ascii: "0") || count == start + 1 else { return nil }
    var value: Int64 = 0
    for at in start..<count {
      guard let digit = decimalDigit(cell[at]) else { return nil }
      value = value &* 10 &+ digit
    }
    return isNegative ? -value : value
  }
}
