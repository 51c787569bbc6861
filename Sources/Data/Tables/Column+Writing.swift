extension Column {
  /// Writes a value of an ordered type as the file has it, without quotes.
  package var tickWriter: (Int64, inout ByteBuffer) -> Void { shape.tickWriter(fileMark: .point) }
}

extension ColumnShape {
  /// Writes a value of an ordered type, which is neither missing nor a code word, as the file has
  /// it, without quotes.
  /// - Parameter fileMark: The sign before decimals in the file.
  package func tickWriter(fileMark: DecimalMark) -> (Int64, inout ByteBuffer) -> Void {
    let (format, fewest) = (numberFormat, minimumFractionDigits)
    switch type {
    case .decimal(let digits):
      let least = min(fewest, digits)
      if format.isPlain {
        return {
          $1.append(
            decimal: $0, fractionDigits: digits, minimumFractionDigits: least, mark: fileMark.byte)
        }
      }
      return {
        format.write(
          $0, fractionDigits: digits, minimumFractionDigits: least, fileMark: fileMark, to: &$1)
      }
    case .scientific(let digits):
      let tick = ScientificTick(digits: digits.digits)
      return { tick.write($0, mark: fileMark.byte, alwaysExponent: digits.alwaysExponent, to: &$1) }
    case .boolean(let words):
      return { $1.append(($0 == 0 ? words.whenFalse : words.whenTrue).utf8) }
    case .date, .timestamp:
      guard let pattern = TimePattern(type) else { return { _, _ in } }
      return { pattern.write($0, to: &$1) }
    case .integer:
      if format.isPlain { return { $1.append(integer: $0) } }
      return {
        format.write($0, fractionDigits: 0, minimumFractionDigits: 0, fileMark: fileMark, to: &$1)
      }
    case .category, .identifier, .text: return { _, _ in }
    }
  }
}
