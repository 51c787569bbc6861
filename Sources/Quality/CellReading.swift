import Foundation
import Tables

/// Turns typed cells into plain numbers or text for a comparison.
enum CellReading {
  static func scale(of type: ColumnType) -> AlignedColumn.Scale {
    switch type {
    case .date: .days
    case .timestamp: .seconds
    default: .plain
    }
  }

  /// The column as numbers (NaN where missing), or nil when it is not one of numbers or dates.
  ///
  /// A column of labels counts as numbers when each of them reads as a finite one.
  static func numbers(of column: Column) -> [Double]? {
    switch column.cells {
    case .ticks(let ticks):
      guard let divisor = divisor(of: column.type) else { return booleanNumbers(ticks, type: column.type) }
      return ticks.map { $0 == Cells.missingTick ? .nan : Double($0) / divisor }
    case .labels(let codes, let dictionary):
      var used = [Bool](repeating: false, count: dictionary.count)
      for code in codes where code != Cells.missingCode { used[Int(code)] = true }
      var values = [Double](repeating: .nan, count: dictionary.count)
      var hasValue = false
      for index in values.indices where used[index] {
        guard let value = number(dictionary[index]) else { return nil }
        values[index] = value
        hasValue = true
      }
      return hasValue ? codes.map { $0 == Cells.missingCode ? .nan : values[Int($0)] } : nil
    }
  }

  /// The column as numbers of the original's `type`; infinite where a cell is present and is no number.
  static func numbersCoerced(of column: Column, like type: ColumnType) -> [Double] {
    if scale(of: column.type) == scale(of: type), let numbers = numbers(of: column) { return numbers }
    switch column.cells {
    case .ticks(let ticks):
      return ticks.map { $0 == Cells.missingTick ? .nan : .infinity }
    case .labels(let codes, let dictionary):
      let isPlain = scale(of: type) == .plain
      let values = dictionary.labels.map { isPlain ? number($0) ?? .infinity : .infinity }
      return codes.map { $0 == Cells.missingCode ? .nan : values[Int($0)] }
    }
  }

  /// A decimal number in the usual notation; no hexadecimal, no infinity.
  static func number(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) }) else { return nil }
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  static func text(ofTick tick: Int64, type: ColumnType) -> String {
    switch type {
    case .boolean(let labels): tick == 0 ? labels.whenFalse : labels.whenTrue
    case .decimal(let digits): String(format: "%.\(digits)f", Double(tick) / pow(10, Double(digits)))
    default: String(tick)
    }
  }

  /// How many ticks make one unit of the scale, or nil for a boolean.
  private static func divisor(of type: ColumnType) -> Double? {
    switch type {
    case .decimal(let digits): pow(10, Double(digits))
    case .timestamp(let format):
      format.secondsPerTick > 1 ? 1 / Double(format.secondsPerTick) : pow(10, Double(format.fractionDigits))
    case .boolean: nil
    default: 1
    }
  }

  private static func booleanNumbers(_ ticks: [Int64], type: ColumnType) -> [Double]? {
    guard case .boolean(let labels) = type, let low = number(labels.whenFalse), let high = number(labels.whenTrue) else { return nil }
    return ticks.map { $0 == Cells.missingTick ? .nan : $0 == 0 ? low : high }
  }
}
