import Tables

/// Labels that occur only below or above an edge of a number, such as a ward for children.
extension RuleFinder {
  /// The share of the values' range next to an edge, and the share of a label's rows that lies
  /// there if it ends sharply rather than thins out.
  private static let nearEdge = 0.1
  private static let sharp = 0.02
  /// The share of the other rows beyond an edge, at least.
  private static let leastBeyond = 0.05
  /// The edges of labels on one column, beyond which they are bands of it, and nothing is
  /// suggested.
  private static let mostEdges = 3
  /// The most labels that share an edge and are named in one rule.
  private static let mostLabelsAtEdge = 16

  func edges() -> [RuleSuggestion] {
    let numbers = columns.filter { column in
      switch column.type {
      case .integer, .decimal, .date: valuesInSample(column) >= 10 && !isSparse(column)
      case .scientific, .boolean, .timestamp, .category, .identifier, .text: false
      }
    }
    let labels = columns.filter { $0.type != .integer }.compactMap { LabelView($0) }.filter {
      $0.keys.count > 1
    }
    return numbers.flatMap { number -> [RuleSuggestion] in
      guard case .ticks(let ticks) = number.cells else { return [] }
      let sides = [true, false].map { isUpper in
        Side(isUpper, isUpper ? ticks : ticks.map { Cells.isValue($0) ? -$0 : $0 }, sample: sample)
      }
      return labels.flatMap { edges(of: $0, in: number, sides) }
    }
  }

  /// Whether whole numbers lie so far apart that they are codes, as of diseases or products.
  private func isSparse(_ column: Column) -> Bool {
    guard column.type == .integer, case .ticks(let ticks) = column.cells else { return false }
    let values = Set(sample.map { ticks[$0] }.filter(Cells.isValue))
    guard let low = values.min(), let high = values.max() else { return false }
    return (Double(high) - Double(low)) / Double(values.count) > 1e5
  }

  /// The ticks of a number, or the negated ones, and one of the highest in the sample.
  private struct Side {
    let isUpper: Bool
    let values: [Int64]
    let high: Int64?

    init(_ isUpper: Bool, _ values: [Int64], sample: [Int]) {
      (self.isUpper, self.values) = (isUpper, values)
      let sorted = sample.map { values[$0] }.filter(Cells.isValue).sorted()
      high = sorted.dropLast(sorted.count / 50).last
    }
  }

  private func edges(of label: LabelView, in number: Column, _ sides: [Side]) -> [RuleSuggestion] {
    var found: [RuleSuggestion] = []
    for side in sides where hasEdge(label, side) {
      let (isUpper, values) = (side.isUpper, side.values)
      let ends = ends(of: label, values)
      let grouped = Dictionary(grouping: ends, by: \.end).sorted { $0.key < $1.key }
      guard grouped.count <= Self.mostEdges else { return [] }
      for (end, members) in grouped where members.count <= Self.mostLabelsAtEdge {
        let edge =
          isUpper ? roundest(above: end, width: members[0].width, type: number.type) : -end - 1
        let text = number.type.shortest(edge)
        let names = members.map { label.column.text(ofKey: label.keys[$0.code]) }
        found.append(
          RuleSuggestion(
            rule: .never([
              Rule.Condition(label.column.name, names),
              Rule.Condition(number.name, [isUpper ? "\(text).." : "..\(text)"]),
            ]), strength: members.reduce(0) { $0 + $1.strength }))
      }
    }
    return found.sorted { $0.strength > $1.strength }
  }

  private typealias End = (code: Int, end: Int64, width: Int64, strength: Double)

  /// Whether the sample leaves it possible that a label ends sharply.
  private func hasEdge(_ label: LabelView, _ side: Side) -> Bool {
    guard let high = side.high else { return false }
    var highest = [Int64](repeating: .min, count: label.keys.count)
    for row in sample where label.codes[row] >= 0 && Cells.isValue(side.values[row]) {
      highest[Int(label.codes[row])] = max(highest[Int(label.codes[row])], side.values[row])
    }
    return highest.contains { $0 > .min && $0 < high }
  }

  /// Returns the labels whose rows end sharply at a value that many other rows exceed.
  private func ends(of label: LabelView, _ values: [Int64]) -> [End] {
    let count = label.keys.count
    var (low, high) = (
      [Int64](repeating: .max, count: count), [Int64](repeating: .min, count: count)
    )
    var all = [Int](repeating: 0, count: count)
    for row in 0..<rows where label.codes[row] >= 0 && Cells.isValue(values[row]) {
      let code = Int(label.codes[row])
      low[code] = min(low[code], values[row])
      high[code] = max(high[code], values[row])
      all[code] += 1
    }
    let codes = (0..<count).filter { all[$0] >= Self.leastRows && low[$0] < high[$0] }
    let widths = codes.map { code in
      max(1, Int64(((Double(high[code]) - Double(low[code])) * Self.nearEdge).rounded(.up)))
    }
    let own = Dictionary(uniqueKeysWithValues: zip(codes, codes.indices))
    let place = (0..<count).map { own[$0] ?? -1 }
    let highs = codes.map { high[$0] }.sorted()
    // Rows by how many of the ends they exceed.
    var exceeding = [Int](repeating: 0, count: codes.count + 1)
    var near = [Int](repeating: 0, count: codes.count)
    var inside = near
    for row in 0..<rows where label.codes[row] >= 0 && Cells.isValue(values[row]) {
      let (value, code) = (values[row], Int(label.codes[row]))
      exceeding[highs.placeBelow(value)] += 1
      let place = place[code]
      if place < 0 { continue }
      if value > high[code] &- widths[place] {
        near[place] += 1
      } else if value > high[code] &- 2 &* widths[place] {
        inside[place] += 1
      }
    }
    let total = all.reduce(0, +)
    return codes.enumerated().compactMap { place, code in
      let beyond = exceeding[(highs.lastIndex(of: high[code])! + 1)...].reduce(0, +)
      let share = Double(beyond) / Double(max(total - all[code], 1))
      guard near[place] * 3 >= inside[place],
        near[place] >= max(Self.leastRows, Int(Self.sharp * Double(all[code]))),
        beyond >= Self.leastRows,
        share >= Self.leastBeyond, share * Double(all[code]) >= Double(Self.leastRows)
      else { return nil }
      return (code, high[code], widths[place], share * Double(all[code]))
    }
  }

  /// Returns a round value just above the end of a label's: nobody is 17.3 years old at most.
  private func roundest(above end: Int64, width: Int64, type: ColumnType) -> Int64 {
    var best = end + 1
    guard type.isDecimal else { return best }
    var step: Int64 = 10
    while step <= 1_000_000_000 {
      let next = (end / step + (end >= 0 || end % step == 0 ? 1 : 0)) * step
      guard next > end, next - end <= max(width / 4, 1) else { break }
      best = next
      step *= 10
    }
    return best
  }
}

extension [Int64] {
  /// Returns how many of these ascending numbers lie below one.
  fileprivate func placeBelow(_ value: Int64) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension ColumnType {
  /// Returns a tick's text without zeros that say nothing.
  fileprivate func shortest(_ tick: Int64) -> String {
    let text = format(tick: tick)
    guard isDecimal else { return text }
    let digits = text.reversed().drop { $0 == "0" }.reversed()
    return String(digits.last == "." ? digits.dropLast() : digits[...])
  }
}
