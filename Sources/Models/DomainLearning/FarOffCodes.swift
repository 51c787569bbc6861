import Encoding
import Tables

/// Values that many tables use as codes for "unknown" or "not asked", such as 999 or 1900-01-01,
/// far from the values of the column. The list is public; noisy counts decide whether a column uses
/// one.
enum FarOffCodes {
  /// Returns the codes that a column of the variable's type may use, ascending: for numbers -9 to
  /// -7, -1, and rows of nines, eights and sevens, whole and with decimals; for times the first
  /// and last days of common calendars and programs.
  static func ticks(of variable: Variable, in schema: Schema) -> [Int64] {
    guard case .column(let name) = variable.source, let type = schema.column(named: name)?.type
    else { return [] }
    switch type {
    case .integer: return numbers(fractionDigits: 0)
    case .decimal(let digits): return numbers(fractionDigits: digits)
    case .date, .timestamp:
      guard let pattern = TimePattern(type), !pattern.isClock else { return [] }
      let ticks = pattern.ticksPerDay
      return days.map {
        Int64(CivilDate(year: $0.year, month: $0.month, day: $0.day).daysSince1970) * ticks
      }.sorted()
    case .scientific, .boolean, .category, .identifier, .text: return []
    }
  }

  private static let days: [(year: Int, month: Int, day: Int)] = [
    (1111, 11, 11), (1753, 1, 1), (1800, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 1),
    (1901, 1, 1), (1960, 1, 1),
    (1970, 1, 1), (2099, 12, 31), (2100, 1, 1), (2999, 12, 31), (9999, 1, 1), (9999, 12, 31),
  ]

  private static func numbers(fractionDigits: Int) -> [Int64] {
    let one = ParsedNumber.powersOfTen[fractionDigits]
    let nines = (2...7).map { ParsedNumber.powersOfTen[$0] - 1 }
    let wholes = nines + [777, 7_777, 888, 8_888]
    var ticks = Set((wholes + wholes.map { -$0 } + [-9, -8, -7, -1]).map { $0 * one })
    if fractionDigits > 0 { ticks.formUnion(nines.map { ($0 + 1) * one - 1 }) }
    return ticks.sorted()
  }

  /// Returns the ascending runs, cut so that each of the ascending `codes` is a run of its own.
  static func cut(_ runs: [ClosedRange<Int64>], around codes: [Int64]) -> [ClosedRange<Int64>] {
    var next = codes[...]
    return runs.flatMap { run -> [ClosedRange<Int64>] in
      var parts: [ClosedRange<Int64>] = []
      var low = run.lowerBound
      while let code = next.first, code <= run.upperBound {
        next = next.dropFirst()
        guard code >= low else { continue }
        if code > low { parts.append(low...(code - 1)) }
        parts.append(code...code)
        guard code < run.upperBound else { return parts }
        low = code + 1
      }
      return parts + [low...run.upperBound]
    }
  }

  /// Splits the first look's runs into those of values and codes that stand aside.
  ///
  /// A code stands aside if it surely holds rows and its neighbours do not: among other values it
  /// is a value like them. A code that may be empty is joined with the run below it, whose count
  /// stays, so that the sum has no noise beyond that of other runs.
  /// - Parameter deviations: The number of standard deviations that makes a code sure. A finer look
  ///   judges it again.
  static func separate(
    _ leaves: [OrderedSearch.Leaf], codes: [Int64], sigma: Double, deviations: Double = 3
  ) -> (values: [OrderedSearch.Leaf], codes: [OrderedSearch.Leaf]) {
    let codes = Set(codes)
    func isCode(_ leaf: OrderedSearch.Leaf) -> Bool {
      leaf.isSingle && codes.contains(leaf.range.lowerBound)
    }
    var values: [OrderedSearch.Leaf] = []
    var aside: [OrderedSearch.Leaf] = []
    for (index, leaf) in leaves.enumerated() {
      guard isCode(leaf) else {
        values.append(leaf)
        continue
      }
      let beside = [index - 1, index + 1].filter(leaves.indices.contains).map { leaves[$0] }
      let most = max(deviations * sigma, leaf.count / 10)
      if leaf.count <= deviations * sigma, let last = values.last,
        last.range.upperBound &+ 1 == leaf.range.lowerBound
      {
        values[values.count - 1] = OrderedSearch.Leaf(
          range: last.range.lowerBound...leaf.range.upperBound, count: last.count)
      } else if leaf.count > deviations * sigma,
        beside.allSatisfy({ $0.count <= most || isCode($0) })
      {
        aside.append(
          OrderedSearch.Leaf(
            range: leaf.range, count: leaf.count, isEnd: true, isInside: true, isAside: true))
      } else {
        values.append(leaf)
      }
    }
    return (values, aside)
  }
}
