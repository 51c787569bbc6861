/// Reads and writes single cells, for schema files, constraints and reports. Tables go through
/// ``TableReader`` and ``CSVWriter``.
extension ColumnType {
  /// Returns the tick of a cell written in this type's format; nil for any other cell, for a
  /// decimal with too many digits, and for types without ticks.
  package func parse(_ text: some StringProtocol) -> Int64? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { cell in
      switch self {
      case .integer:
        guard let number = ParsedNumber(cell), !number.isDecimal else { return nil }
        return number.mantissa
      case .decimal(let digits):
        guard let number = ParsedNumber(cell), !number.isRounded, number.scale <= digits else {
          return nil
        }
        return number.tick(digits: digits)
      case .scientific(let format): return ScientificTick(digits: format.digits).parse(cell)?.tick
      case .boolean(let labels):
        return text == labels.whenFalse ? 0 : text == labels.whenTrue ? 1 : nil
      case .date, .timestamp: return TimePattern(self)?.parse(cell)
      case .category, .identifier, .text: return nil
      }
    }
  }

  /// Returns a tick as a cell of this type shows it, decimals with all their digits; empty for
  /// types without ticks.
  package func format(tick: Int64) -> String {
    var output = ByteBuffer()
    switch self {
    case .integer: output.append(integer: tick)
    case .decimal(let digits):
      output.append(decimal: tick, fractionDigits: digits, minimumFractionDigits: digits)
    case .scientific(let format):
      ScientificTick(digits: format.digits).write(
        tick, alwaysExponent: format.alwaysExponent, to: &output)
    case .boolean(let labels): output.append((tick == 0 ? labels.whenFalse : labels.whenTrue).utf8)
    case .date, .timestamp: TimePattern(self)?.write(tick, to: &output)
    case .category, .identifier, .text: break
    }
    return String(decoding: output.bytes, as: UTF8.self)
  }
}

extension ColumnSchema {
  /// Returns the tick of a cell of an ordered type, which may be one of the column's code words;
  /// nil for any other cell.
  package func tick(_ text: String) -> Int64? {
    codes.firstIndex(of: text).map { Cells.codeTick($0) } ?? type.parse(text)
  }
}
