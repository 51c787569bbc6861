import Encoding
import Tables

/// The lattices on which values of a type may lie. They follow from the column's type and are
/// public knowledge.
enum PublicLattices {
  /// Returns the lattices to ask about, coarse ones first; none for gaps and booleans.
  static func of(_ variable: Variable, in schema: Schema) -> [Lattice] {
    guard case .column(let name) = variable.source, let type = schema.column(named: name)?.type
    else { return [] }
    switch type {
    case .integer:
      return [100_000, 10_000, 5_000, 1_000, 500, 100, 50, 10, 5, 2].map {
        .every(step: $0, offset: 0)
      }
    case .decimal(let digits): return decimals(digits)
    case .date: return calendar(ticksPerDay: 1) + [.every(step: 7, offset: monday)]
    case .timestamp:
      guard let pattern = TimePattern(type) else { return [] }
      let ticks = pattern.ticksPerDay
      let parts: [Int64] = [1, 24, 48, 96, 288, 1_440, 86_400]
      return (pattern.isClock ? [] : calendar(ticksPerDay: ticks))
        + parts.filter { ticks % $0 == 0 && ticks / $0 > 1 }.map {
          .every(step: ticks / $0, offset: 0)
        }
    case .scientific, .boolean, .category, .identifier, .text: return []
    }
  }

  /// The first Monday after the first of January 1970, in days.
  private static let monday: Int64 = 4

  private static func calendar(ticksPerDay: Int64) -> [Lattice] {
    [.years(ticksPerDay: ticksPerDay), .months(ticksPerDay: ticksPerDay)]
  }

  private static func decimals(_ digits: Int) -> [Lattice] {
    let one = ParsedNumber.powersOfTen[digits]
    let whole = [1_000, 100, 10, 5, 1].map { Lattice.every(step: $0 * one, offset: 0) }
    let prices: [Lattice] =
      digits < 2 ? [] : [99, 95].map { .every(step: one, offset: one / 100 * $0) }
    let parts = [2, 4].filter { one % $0 == 0 && one / $0 > 1 }.map {
      Lattice.every(step: one / $0, offset: 0)
    }
    var step = one / 10
    var decimal: [Lattice] = []
    while step > 1 {
      decimal += [.every(step: step, offset: 0), .every(step: step / 2, offset: 0)]
      step /= 10
    }
    return whole + prices + parts + decimal
  }
}
