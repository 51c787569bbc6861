import Tables

/// Builds integers and decimals of a column that nobody described. The scale follows the cells: as
/// soon as one has more fraction digits, all earlier ones are rescaled.
struct NumberBuilder: KindBuilder {
  private var ticks: [Int64] = []
  private var scratch: [Int64] = []
  private var tally: MissingTally
  private var scale = 0
  /// The most digits after the point that all numbers so far leave room for.
  private var scaleLimit = ParsedNumber.maximumScale
  private var isDecimal = false
  private var isRounded = false
  private var fewestDigits: Int?
  /// Whether a number other than 0 lost all its digits: the column spans too many powers of ten.
  private var hasVanished = false
  private let mark: UInt8

  init(missingTokens: MissingTokens, mark: DecimalMark = .point, expectedRows: Int) {
    self.mark = mark.byte
    tally = MissingTally(missingTokens)
    ticks.reserveCapacity(expectedRows)
  }

  mutating func appendMissing(_ count: Int, tally: MissingTally) {
    ticks.append(contentsOf: repeatElement(Cells.missingTick, count: count))
    self.tally = tally
  }

  package mutating func append(_ block: RowBlock, column: Int) -> Bool {
    let tokensFirst = tally.tokens.looksNumeric
    for row in 0..<block.rowCount {
      let cell = block.bytes(block.span(row: row, column: column))
      if !tokensFirst, let integer = ParsedNumber.shortInteger(cell) {
        if scale == 0 {
          scratch.append(integer)
          fewestDigits = 0
        } else {
          guard add(integer, scale: 0, writtenDigits: 0) else { return false }
        }
      } else if tally.matches(cell) {
        scratch.append(Cells.missingTick)
      } else if let number = ParsedNumber(cell, mark: mark) {
        if number.isRounded { isRounded = true }
        if number.mantissa == 0 && number.isRounded { hasVanished = true }
        if number.isDecimal { isDecimal = true }
        guard add(number.mantissa, scale: number.scale, writtenDigits: number.writtenDigits) else {
          return false
        }
      } else {
        return false
      }
    }
    ticks.append(contentsOf: scratch)
    scratch.removeAll(keepingCapacity: true)
    return true
  }

  mutating func finish() -> BuiltColumn? {
    if hasVanished { return nil }
    if isDecimal && scale == 0 {
      guard widen(to: 1) else { return nil }
    }
    return BuiltColumn(
      type: isDecimal ? .decimal(fractionDigits: scale) : .integer, cells: .ticks(ticks),
      tally: tally,
      minimumFractionDigits: isDecimal ? min(fewestDigits ?? 0, scale) : 0, isRounded: isRounded)
  }

  @inline(__always)
  private mutating func add(_ mantissa: Int64, scale digits: Int, writtenDigits: Int?) -> Bool {
    if let writtenDigits, writtenDigits < fewestDigits ?? Int.max { fewestDigits = writtenDigits }
    if digits == scale {
      scratch.append(mantissa)
      return true
    }
    return addRescaled(mantissa, scale: digits)
  }

  private mutating func addRescaled(_ mantissa: Int64, scale digits: Int) -> Bool {
    var value = mantissa
    if digits > scale { _ = widen(to: min(digits, scaleLimit)) }
    if digits > scale {
      value = ParsedNumber.shifted(value, right: digits - scale).value
      isRounded = true
    } else {
      while true {
        let (product, overflow) = value.multipliedReportingOverflow(
          by: ParsedNumber.powersOfTen[scale - digits])
        if !overflow && Cells.isValue(product) {
          value = product
          break
        }
        guard narrow() else { return false }
      }
    }
    scratch.append(value)
    return true
  }

  /// Multiplies all built values so that they have `wanted` digits, or as many as there is room
  /// for. Returns false if there are fewer.
  private mutating func widen(to wanted: Int) -> Bool {
    guard wanted > scale else { return true }
    let largest = max(largestMagnitude(ticks), largestMagnitude(scratch))
    var reach = wanted
    while reach > scale
      && largest > UInt64(Int64.max) / UInt64(ParsedNumber.powersOfTen[reach - scale])
    { reach -= 1 }
    if reach < wanted { scaleLimit = reach }
    let factor = ParsedNumber.powersOfTen[reach - scale]
    NumberBuilder.map(&ticks) { $0 &* factor }
    NumberBuilder.map(&scratch) { $0 &* factor }
    scale = reach
    return reach == wanted
  }

  /// Gives up the last digit after the point. Returns false if only one, or none, is left.
  private mutating func narrow() -> Bool {
    guard scale > 1 else { return false }
    NumberBuilder.map(&ticks) { ParsedNumber.shifted($0, right: 1).value }
    NumberBuilder.map(&scratch) { ParsedNumber.shifted($0, right: 1).value }
    isRounded = true
    scale -= 1
    scaleLimit = scale
    return true
  }

  private func largestMagnitude(_ values: [Int64]) -> UInt64 {
    values.reduce(0) { $1 == Cells.missingTick ? $0 : max($0, $1.magnitude) }
  }

  private static func map(_ values: inout [Int64], _ change: (Int64) -> Int64) {
    for at in values.indices where values[at] != Cells.missingTick {
      values[at] = change(values[at])
    }
  }
}

/// Builds numbers of very different size, such as p-values, with as many significant digits as the
/// cells have, at most nine.
struct ScientificBuilder: KindBuilder {
  private static let finest = ScientificTick(digits: ScientificTick.mostDigits)

  private var cells: TickCells
  private let mark: UInt8
  private var digits = 1
  private var haveExponents = true

  init(missingTokens: MissingTokens, mark: DecimalMark, expectedRows: Int) {
    self.mark = mark.byte
    cells = TickCells(missingTokens: missingTokens, expectedRows: expectedRows)
  }

  static func reads(_ cell: UnsafeBufferPointer<UInt8>, mark: UInt8) -> Bool {
    number(cell, mark: mark) != nil
  }

  /// Returns the number of a cell that cannot be a code: 1.5E5 or 1E+05, not 1E5 or +5.
  private static func number(_ cell: UnsafeBufferPointer<UInt8>, mark: UInt8) -> (
    tick: Int64, significant: Int
  )? {
    let text = trimmed(cell)
    guard text.first != UInt8(ascii: "+") else { return nil }
    if let exponent = text.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }),
      !text[..<exponent].contains(mark),
      exponent + 1 < text.count,
      decimalDigit(text[exponent + 1]) != nil
    {
      return nil
    }
    return finest.parse(text, mark: mark)
  }

  mutating func appendMissing(_ count: Int, tally: MissingTally) {
    cells.appendMissing(count, tally: tally)
  }

  package mutating func append(_ block: RowBlock, column: Int) -> Bool {
    var (digits, haveExponents) = (digits, haveExponents)
    defer { (self.digits, self.haveExponents) = (digits, haveExponents) }
    return cells.append(block, column: column) { [mark] cell in
      guard let number = Self.number(cell, mark: mark) else { return nil }
      digits = max(digits, min(number.significant, ScientificTick.mostDigits))
      if number.tick != 0, !cell.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
        haveExponents = false
      }
      return number.tick
    }
  }

  /// Numbers with too many digits for their size, such as amounts to the cent beside 1e-12, keep
  /// the first nine.
  mutating func finish() -> BuiltColumn? {
    let scale = ScientificTick(digits: digits)
    let coarser = cells.ticks.map { tick in Cells.isValue(tick) ? scale.tick(ofFinest: tick) : tick
    }
    return BuiltColumn(
      type: .scientific(ScientificFormat(digits: digits, alwaysExponent: haveExponents)),
      cells: .ticks(coarser), tally: cells.tally)
  }
}
