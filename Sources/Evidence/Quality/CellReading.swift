import Foundation
import Tables

/// Turns typed cells into plain numbers or text for a comparison.
package enum CellReading {
  static func scale(of type: ColumnType) -> AlignedColumn.Scale {
    switch type {
    case .date: .days
    case .timestamp: .seconds
    default: .plain
    }
  }

  /// Returns the column as numbers (NaN if missing), or nil if it does not hold numbers or dates.
  ///
  /// A column of labels counts as numbers if each of them reads as a finite number.
  static func numbers(of column: Column) -> [Double]? {
    switch column.cells {
    case .ticks(let ticks):
      if case .scientific(let format) = column.type {
        let scale = ScientificTick(digits: format.digits)
        return ticks.map { Cells.isValue($0) ? scale.value(of: $0) : .nan }
      }
      guard let divisor = divisor(of: column.type) else {
        return booleanNumbers(ticks, type: column.type)
      }
      return ticks.map { Cells.isValue($0) ? Double($0) / divisor : .nan }
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

  /// Returns the number that a tick of a column stands for; nil if the column holds no numbers.
  package static func value(ofTick tick: Int64, type: ColumnType) -> Double? {
    if case .scientific(let format) = type {
      return ScientificTick(digits: format.digits).value(of: tick)
    }
    return divisor(of: type).map { Double(tick) / $0 }
  }

  /// Returns the column as numbers of the original's `type`; infinite if a cell is present but not
  /// a number.
  static func numbersCoerced(of column: Column, like type: ColumnType) -> [Double] {
    if scale(of: column.type) == scale(of: type), let numbers = numbers(of: column) {
      return numbers
    }
    switch column.cells {
    case .ticks(let ticks):
      let factor = factor(from: column.type, to: type)
      return ticks.map { tick in
        !Cells.isValue(tick) ? .nan : factor.map { Double(tick) * $0 } ?? .infinity
      }
    case .labels(let codes, let dictionary):
      let isPlain = scale(of: type) == .plain
      let values = dictionary.labels.map { isPlain ? number($0) ?? .infinity : .infinity }
      return codes.map { $0 == Cells.missingCode ? .nan : values[Int($0)] }
    }
  }

  /// Returns labels as the numbers that a person reads in them; nil if the column is not text, or
  /// if that tells nothing more than ``number(_:)``.
  static func numbersAsRead(of column: Column, like type: ColumnType) -> [Double]? {
    guard scale(of: type) == .plain, case .labels(let codes, let dictionary) = column.cells else {
      return nil
    }
    let values = dictionary.labels.map { WrittenNumber.value($0, allowsUnits: true) ?? .infinity }
    guard zip(values, dictionary.labels).contains(where: { $0.isFinite && number($1) == nil })
    else { return nil }
    return codes.map { $0 == Cells.missingCode ? .nan : values[Int($0)] }
  }

  /// Returns the number that a label stands for, in one form, whatever the marks between its
  /// digits; nil for other labels.
  package static func writtenForm(_ label: String) -> String? {
    WrittenNumber.value(label, allowsUnits: false).map { "\($0)" }
  }

  /// Reads a decimal number in the usual notation, not hexadecimal or infinite.
  static func number(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) })
    else { return nil }
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// Returns a tick as the file of `column` writes it.
  static func text(ofTick tick: Int64, in column: Column) -> String {
    if let code = Cells.code(tick) { return column.codes[code] }
    if !column.numberFormat.isPlain {
      var text = ByteBuffer()
      column.tickWriter(tick, &text)
      return String(decoding: text.bytes, as: UTF8.self)
    }
    let text = column.type.format(tick: tick)
    guard case .decimal(let digits) = column.type else { return text }
    var kept = Substring(text)
    for _ in column.minimumFractionDigits..<max(digits, column.minimumFractionDigits)
    where kept.hasSuffix("0") { kept.removeLast() }
    return String(kept.hasSuffix(".") ? kept.dropLast() : kept)
  }

  /// Returns the value of a tick of a date in the unit of a timestamp, or the other way round; nil
  /// for other types.
  private static func factor(from type: ColumnType, to other: ColumnType) -> Double? {
    switch (scale(of: type), scale(of: other)) {
    case (.days, .seconds): 86_400
    case (.seconds, .days): divisor(of: type).map { 1 / $0 / 86_400 }
    default: nil
    }
  }

  /// Returns the number of ticks per unit of the scale, or nil for a boolean.
  private static func divisor(of type: ColumnType) -> Double? {
    switch type {
    case .decimal(let digits): pow(10, Double(digits))
    case .timestamp(let format):
      format.secondsPerTick > 1
        ? 1 / Double(format.secondsPerTick) : pow(10, Double(format.fractionDigits))
    case .boolean: nil
    default: 1
    }
  }

  private static func booleanNumbers(_ ticks: [Int64], type: ColumnType) -> [Double]? {
    guard case .boolean(let labels) = type, let low = number(labels.whenFalse),
      let high = number(labels.whenTrue)
    else { return nil }
    return ticks.map { $0 == Cells.missingTick ? .nan : $0 == 0 ? low : high }
  }
}

/// Numbers as people write them, for comparisons as a person reads: thousands marks, decimal
/// commas, currencies, percent, units.
private enum WrittenNumber {
  /// Returns the number that a text stands for; nil if it holds none, or more than one.
  ///
  /// - Parameter allowsUnits: whether words may precede or follow it (`45 years`); such a text may
  ///   be a label, not a number.
  static func value(_ text: String, allowsUnits: Bool) -> Double? {
    var body = Substring(
      text.replacing("\u{2212}", with: "-").filter {
        !$0.isWhitespace && $0 != "'" && $0 != "\u{2019}" && $0 != "_"
      })
    func isPart(_ sign: Character) -> Bool { sign.isNumber || "+-.,".contains(sign) }
    func isMark(_ sign: Character) -> Bool {
      sign.isCurrencySymbol || sign == "%" || (allowsUnits && (sign.isLetter || sign == "°"))
    }
    while let first = body.first, isMark(first) { body.removeFirst() }
    while let last = body.last, isMark(last) { body.removeLast() }
    guard body.contains(where: \.isNumber), body.allSatisfy(isPart), body.utf8.count < 40 else {
      return allowsUnits || text.utf8.contains(where: { $0 == 69 || $0 == 101 })
        ? CellReading.number(text) : nil
    }
    return CellReading.number(withPoint(body))
  }

  /// Returns the text with one decimal point and no thousands marks. If both signs occur, the last
  /// is the decimal one. A comma alone separates thousands if three digits follow it and one to
  /// three precede it; a point alone does so only if there are several.
  private static func withPoint(_ body: Substring) -> String {
    let (commas, points) = (body.count { $0 == "," }, body.count { $0 == "." })
    if commas > 0, points > 0, let comma = body.lastIndex(of: ","),
      let point = body.lastIndex(of: ".")
    {
      return String(
        comma < point
          ? body.replacing(",", with: "") : body.replacing(".", with: "").replacing(",", with: "."))
    }
    let partsThousands =
      body.wholeMatch(of: /[+-]?\d{1,3}(?:,\d{3})+|[+-]?\d{1,3}(?:\.\d{3}){2,}/) != nil
    if partsThousands { return String(body.filter { $0 != "," && $0 != "." }) }
    return String(commas == 1 ? body.replacing(",", with: ".") : body)
  }
}
