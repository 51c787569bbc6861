/// The cells of one column that a rule's condition means.
package struct ConditionValues: Sendable, Equatable {
  /// The ticks; empty for labels.
  package private(set) var ranges: [ClosedRange<Int64>] = []
  /// The code words of an ordered column, by index.
  private var words: Set<Int> = []
  private var labels: Set<String> = []

  /// Reads the values as the cells of the column are written; nil if one cannot be read.
  package init?(_ texts: [String], of column: ColumnSchema) {
    guard column.type.isOrdered else {
      labels = Set(texts)
      return
    }
    for text in texts {
      if let word = column.codes.firstIndex(of: text) {
        words.insert(word)
      } else if let range = column.type.range(text) {
        ranges.append(range)
      } else {
        return nil
      }
    }
  }

  /// Whether a tick is among the values. A missing one never is.
  package func contains(_ tick: Int64) -> Bool {
    guard Cells.isValue(tick) else { return Cells.code(tick).map(words.contains) ?? false }
    return ranges.contains { $0.contains(tick) }
  }

  package func contains(_ label: String) -> Bool { labels.contains(label) }

  /// The labels, for a column of labels.
  package var named: Set<String> { labels }

  /// The ticks at which a run of values begins or has just ended, ascending.
  package var edges: [Int64] {
    let all = ranges.flatMap { range in
      (range.lowerBound > Cells.lowestValue ? [range.lowerBound] : [])
        + (range.upperBound < .max ? [range.upperBound + 1] : [])
    }
    return Set(all).sorted()
  }
}

extension ColumnType {
  /// Returns the ticks of one value, `low..`, `..high` or `low..high`; nil for any other text and
  /// for a range with its ends the wrong way round.
  package func range(_ text: String) -> ClosedRange<Int64>? {
    if let tick = parse(text) { return tick...tick }
    guard let (first, second) = ColumnType.halves(text), !first.isEmpty || !second.isEmpty,
      let low = first.isEmpty ? Cells.lowestValue : parse(first),
      let high = second.isEmpty ? .max : parse(second), low <= high
    else { return nil }
    return low...high
  }

  private static func halves(_ text: String) -> (String, String)? {
    let bytes = Array(text.utf8)
    let dot = UInt8(ascii: ".")
    guard bytes.count > 2,
      let place = (0..<bytes.count - 1).first(where: { bytes[$0] == dot && bytes[$0 + 1] == dot })
    else { return nil }
    return (
      String(decoding: bytes[..<place], as: UTF8.self),
      String(decoding: bytes[(place + 2)...], as: UTF8.self)
    )
  }
}
