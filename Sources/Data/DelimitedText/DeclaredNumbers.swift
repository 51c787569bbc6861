import Tables

/// Builds the integers, or the decimals with a given number of digits, that a schema declares.
///
/// A plainly written number with no more digits than declared is taken as it is. Any other number
/// becomes the nearest allowed one: surplus digits are rounded half away from zero, and `+5`, `007`
/// and `1E5` are read as numbers. Anything else, or anything too large for 64 bits, is missing.
struct DeclaredNumbers: DeclaredBuilder {
  /// Digits after the point; 0 for integers.
  private let digits: Int
  private let isInteger: Bool
  private let fits: Bool
  private let tokens: MissingTokens
  private let mark: UInt8
  private var ticks: [Int64] = []
  private var departure = ColumnDeparture()

  /// - Parameters:
  ///   - digits: Digits after the point; nil for integers.
  ///   - fits: Whether numbers that do not fit become the nearest that does; else they are missing.
  init(digits: Int?, fits: Bool, tokens: MissingTokens, mark: DecimalMark = .point, expectedRows: Int) {
    self.mark = mark.byte
    self.digits = digits ?? 0
    isInteger = digits == nil
    self.fits = fits
    self.tokens = tokens
    ticks.reserveCapacity(expectedRows)
  }

  package mutating func append(_ block: RowBlock, column: Int) -> Bool {
    let tokensFirst = tokens.looksNumeric
    let factor = ParsedNumber.powersOfTen[digits]
    for row in 0..<block.rowCount {
      let cell = block.bytes(block.span(row: row, column: column))
      if !tokensFirst, let integer = ParsedNumber.shortInteger(cell) {
        let (tick, overflow) = integer.multipliedReportingOverflow(by: factor)
        if !overflow {
          ticks.append(tick)
          continue
        }
      }
      ticks.append(tokens.match(cell) != nil ? Cells.missingTick : tick(of: cell, row: block.firstRow + row + 1))
    }
    return true
  }

  func finish() -> (cells: Cells, departure: ColumnDeparture) { (.ticks(ticks), departure) }

  private mutating func tick(of cell: UnsafeBufferPointer<UInt8>, row: Int) -> Int64 {
    // The residue of binary floating point behind a decimal, as in 2.4699999999999998, counts as
    // little here as in type inference, so that an inferred schema fits its table.
    if let number = ParsedNumber(cell, mark: mark), isInteger ? !number.isDecimal : number.scale <= digits, let tick = scaled(number) {
      return tick
    }
    if fits, let number = ParsedNumber(cell, isLenient: true, mark: mark), let tick = scaled(number) {
      departure.fitted.note(row: row)
      return tick
    }
    departure.unreadable.note(row: row)
    return Cells.missingTick
  }

  /// Returns the number in ticks, rounded half away from zero; nil if ticks cannot hold it.
  private func scaled(_ number: ParsedNumber) -> Int64? {
    if number.scale >= digits { return ParsedNumber.shifted(number.mantissa, right: number.scale - digits).value }
    let (tick, overflow) = number.mantissa.multipliedReportingOverflow(by: ParsedNumber.powersOfTen[digits - number.scale])
    return overflow || tick == Cells.missingTick ? nil : tick
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
