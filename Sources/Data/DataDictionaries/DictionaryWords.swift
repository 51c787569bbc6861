import SchemaFiles
import Tables

/// The common parts of the readers of dictionaries.
enum DictionaryWords {
  /// Digits of a decimal if the dictionary names none. The table's own digits are kept anyway.
  static let decimal = ColumnType.decimal(fractionDigits: 6)

  /// The words of a truth value that is stored as a number.
  static let zeroOrOne = ColumnType.boolean(BooleanLabels(whenFalse: "0", whenTrue: "1"))

  /// Returns the range between two texts that are written as cells of the type; nil if one is
  /// missing.
  static func bounds(
    _ low: String?, _ high: String?, type: ColumnType, column: String, line: Int?,
    _ faults: inout [SchemaFault]
  ) -> Knowledge<ClosedRange<Int64>> {
    guard let low, let high, !low.isEmpty, !high.isEmpty, type.isOrdered else { return .learned }
    guard let lowest = type.parse(low), let highest = type.parse(high), lowest <= highest else {
      faults.append(
        SchemaFault(
          line: line, column: column,
          problem: "its lowest and highest value cannot be read as \(type.schemaWord)",
          allowed: "two values of the column's type, the lower first", remedy: "correct the two"))
      return .learned
    }
    return .declared(lowest...highest)
  }

  /// Returns one text of those that say something, in the order given.
  static func meaning(_ texts: [String?]) -> String? {
    var said: [String] = []
    for text in texts.compactMap({ $0?.trimmed }) where !text.isEmpty && !said.contains(text) {
      said.append(text)
    }
    return said.isEmpty ? nil : said.joined(separator: ": ")
  }
}

extension StringProtocol {
  /// The text without blanks and line ends at either end.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}

extension String {
  /// The number without zeros at its end: 120.000000 is 120.
  var withoutNeedlessDecimals: String {
    guard contains("."), !contains("e"), !contains(":"), !contains("-") || hasPrefix("-") else {
      return self
    }
    var text = Substring(self)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return String(text)
  }

  /// The whole number without zeros before it: 01 is 1. Other texts stay as they are.
  var withoutLeadingZeros: String {
    guard count > 1, hasPrefix("0"), allSatisfy(\.isASCII), allSatisfy(\.isNumber) else {
      return self
    }
    let rest = drop { $0 == "0" }
    return rest.isEmpty ? "0" : String(rest)
  }
}
