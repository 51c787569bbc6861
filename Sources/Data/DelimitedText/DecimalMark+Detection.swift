import Tables

extension DecimalMark {
  /// Detects the sign that the numbers of some rows are written with: the comma only if nothing
  /// speaks against it.
  ///
  /// A column speaks for the comma if every cell is a number, and a comma in one of them cannot
  /// separate thousands: `0,5` or `12,75`, not `1,250`. A column with decimal points speaks against
  /// it. In a comma-separated file, `"1,5"` may be a list of two.
  init(of rows: some Sequence<[FileSample.Cell]>, delimiter: UInt8, missing: MissingTokens) {
    self = .point
    guard delimiter != UInt8(ascii: ",") else { return }
    var columns: [Evidence] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == columns.count { columns.append(Evidence()) }
        columns[column].add(cell.bytes, missing)
      }
    }
    if columns.contains(where: \.hasDecimalComma), !columns.contains(where: \.hasDecimalPoint) {
      self = .comma
    }
  }

  private struct Evidence {
    private var areCommaNumbers = true
    private var arePointNumbers = true
    private var commas = 0
    private var points = 0

    var hasDecimalComma: Bool { areCommaNumbers && commas > 0 }
    var hasDecimalPoint: Bool { arePointNumbers && points > 0 }

    mutating func add(_ bytes: [UInt8], _ missing: MissingTokens) {
      bytes.withUnsafeBufferPointer { cell in
        guard missing.match(cell) == nil else { return }
        if let number = ParsedNumber(cell, mark: UInt8(ascii: ",")) {
          let isUnderOne =
            number.mantissa.magnitude < ParsedNumber.powersOfTen[number.scale].magnitude
          if number.isDecimal, number.writtenDigits != 3 || isUnderOne { commas += 1 }
        } else {
          areCommaNumbers = false
        }
        if let number = ParsedNumber(cell) {
          if number.isDecimal { points += 1 }
        } else {
          arePointNumbers = false
        }
      }
    }
  }
}
