import Tables

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

  static func reads(_ cell: UnsafeBufferPointer<UInt8>, mark: UInt8) -> Bool { number(cell, mark: mark) != nil }

  /// Returns the number of a cell that cannot be a code: 1.5E5 or 1E+05, not 1E5 or +5.
  private static func number(_ cell: UnsafeBufferPointer<UInt8>, mark: UInt8) -> (tick: Int64, significant: Int)? {
    let text = trimmed(cell)
    guard text.first != UInt8(ascii: "+") else { return nil }
    if let exponent = text.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }), !text[..<exponent].contains(mark),
      exponent + 1 < text.count,
      decimalDigit(text[exponent + 1]) != nil
    {
      return nil
    }
    return finest.parse(text, mark: mark)
  }

  mutating func appendMissing(_ count: Int, tally: MissingTally) { cells.appendMissing(count, tally: tally) }

  package mutating func append(_ block: RowBlock, column: Int) -> Bool {
    var (digits, haveExponents) = (digits, haveExponents)
    defer { (self.digits, self.haveExponents) = (digits, haveExponents) }
    return cells.append(block, column: column) { [mark] cell in
      guard let number = Self.number(cell, mark: mark) else { return nil }
      digits = max(digits, min(number.significant, ScientificTick.mostDigits))
      if number.tick != 0, !cell.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) { haveExponents = false }
      return number.tick
    }
  }

  /// Numbers with too many digits for their size, such as amounts to the cent beside 1e-12, keep the
  /// first nine.
  mutating func finish() -> BuiltColumn? {
    let scale = ScientificTick(digits: digits)
    let coarser = cells.ticks.map { tick in Cells.isValue(tick) ? scale.tick(ofFinest: tick) : tick }
    return BuiltColumn(
      type: .scientific(ScientificFormat(digits: digits, alwaysExponent: haveExponents)), cells: .ticks(coarser), tally: cells.tally)
  }
}
