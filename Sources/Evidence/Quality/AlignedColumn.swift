import Foundation
import Tables

/// One column of the original, the synthetic table and the hold-out, in one common space of values.
///
/// The original decides the kind of the column: numbers if its type is a number or every label of
/// it reads as one, as for the judge. The other sides are converted, so that a column that one
/// file's inference took for integers and the other's for decimals or categories still compares
/// value by value.
package struct AlignedColumn: Sendable {
  /// The scale on which a number of the column is shown.
  package enum Scale: Sendable {
    case plain
    /// Days since 1970-01-01.
    case days
    /// Seconds since 1970-01-01T00:00:00.
    case seconds
  }

  package let name: String
  package let original: ColumnValues
  package let synthetic: ColumnValues
  package let holdout: ColumnValues?
  /// The synthetic cells as a person reads them, if the original holds numbers and the release
  /// writes them as text (`20,874`, `45 years`).
  package let syntheticAsRead: ColumnValues?
  /// The labels of all sides, those of the original first; empty for numbers.
  package let labels: [String]
  package let scale: Scale

  package init(original: Column, synthetic: Column, holdout: Column?) {
    name = original.name
    if let numbers = CellReading.numbers(of: original) {
      scale = CellReading.scale(of: original.type)
      self.original = .numbers(numbers)
      let type = original.type
      self.synthetic = .numbers(CellReading.numbersCoerced(of: synthetic, like: type))
      self.holdout = holdout.map { .numbers(CellReading.numbersCoerced(of: $0, like: type)) }
      labels = []
      syntheticAsRead = CellReading.numbersAsRead(of: synthetic, like: type).map { .numbers($0) }
    } else {
      scale = .plain
      syntheticAsRead = nil
      var shared = SharedLabels()
      self.original = .labels(shared.codes(of: original))
      self.synthetic = .labels(shared.codes(of: synthetic))
      self.holdout = holdout.map { .labels(shared.codes(of: $0)) }
      labels = shared.labels
    }
  }

  /// Whether one side holds numbers and the other text that is not a number in at least half of its
  /// cells.
  ///
  /// - Parameters:
  ///   - original: the original column from which this one was made.
  ///   - synthetic: likewise.
  package func isMistyped(original: Column, synthetic: Column) -> Bool {
    guard case .numbers(let made) = self.synthetic else {
      guard case .labels(_, let dictionary) = original.cells, dictionary.count > 0 else {
        return false
      }
      return dictionary.labels.allSatisfy { CellReading.number($0) == nil }
        && CellReading.numbers(of: synthetic) != nil
    }
    guard case .labels = synthetic.cells else { return false }
    let known = made.count { !$0.isNaN }
    return known > 0 && made.count { $0.isFinite } * 2 <= known
  }

  package var isNumeric: Bool {
    if case .numbers = original { true } else { false }
  }

  var isDate: Bool { scale != .plain }
}

/// Gives every distinct label of several columns one code.
private struct SharedLabels {
  private(set) var labels: [String] = []
  private var codes: [String: Int32] = [:]

  mutating func code(of label: String) -> Int32 {
    if let known = codes[label] { return known }
    let code = Int32(labels.count)
    codes[label] = code
    labels.append(label)
    return code
  }

  mutating func codes(of column: Column) -> [Int32] {
    switch column.cells {
    case .labels(let own, let dictionary):
      // Codes follow the order of the rows, so that ties between labels fall as they do for the
      // judge.
      var map = [Int32](repeating: -1, count: dictionary.count)
      return own.map { code in
        guard code != Cells.missingCode else { return -1 }
        if map[Int(code)] < 0 { map[Int(code)] = self.code(of: dictionary[Int(code)]) }
        return map[Int(code)]
      }
    case .ticks(let ticks):
      var map: [Int64: Int32] = [:]
      return ticks.map { tick in
        guard tick != Cells.missingTick else { return -1 }
        if let known = map[tick] { return known }
        let code = self.code(of: CellReading.text(ofTick: tick, in: column))
        map[tick] = code
        return code
      }
    }
  }
}
