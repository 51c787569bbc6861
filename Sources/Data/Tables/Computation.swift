/// The exact arithmetic of `a + b = c` and `a * b = c`.
///
/// Numbers are added and multiplied exactly. If the result has fewer digits behind the point than
/// they need, it is rounded to them, halves away from zero, as spreadsheets do.
package struct Computation: Sendable, Equatable {
  /// The column that is computed.
  package let result: String
  /// The columns that it is computed from.
  package let terms: [String]
  private let isProduct: Bool
  /// The digits behind the point of each term, and of the result.
  private let digits: [Int]
  private let resultDigits: Int

  /// Returns the computation of a rule; nil if it is none, or its columns are no numbers.
  package init?(_ rule: Rule, in schema: Schema) {
    switch rule {
    case .sum(let terms, let total): (self.terms, result, isProduct) = (terms, total, false)
    case .product(let factors, let result):
      (terms, self.result, isProduct) = (factors, result, true)
    default: return nil
    }
    let known = (terms + [result]).compactMap { schema.column(named: $0)?.type.fractionDigits }
    guard known.count == terms.count + 1 else { return nil }
    (digits, resultDigits) = (Array(known.dropLast()), known[terms.count])
  }

  /// Returns the result's tick; missing if a term is, or if the result does not fit.
  package func tick(_ ticks: [Int64]) -> Int64 {
    guard ticks.allSatisfy(Cells.isValue) else { return Cells.missingTick }
    var value: Int128 = isProduct ? 1 : 0
    let own = isProduct ? digits.reduce(0, +) : max(digits.max() ?? 0, resultDigits)
    for (tick, digits) in zip(ticks, digits) {
      let (next, overflow) =
        isProduct
        ? value.multipliedReportingOverflow(by: Int128(tick))
        : value.addingReportingOverflow(
          Int128(tick) * Int128(ParsedNumber.powersOfTen[own - digits]))
      guard !overflow else { return Cells.missingTick }
      value = next
    }
    guard let fitted = Computation.rounded(value, by: own - resultDigits),
      let tick = Int64(exactly: fitted), Cells.isValue(tick)
    else {
      return Cells.missingTick
    }
    return tick
  }

  /// Returns the value with so many digits fewer, or more if negative; nil on overflow.
  private static func rounded(_ value: Int128, by digits: Int) -> Int128? {
    // No value reaches half of 10^39, and that power itself does not fit.
    guard digits < 39 else { return 0 }
    var scale: Int128 = 1
    for _ in 0..<abs(digits) { scale *= 10 }
    guard digits > 0 else {
      let (product, overflow) = value.multipliedReportingOverflow(by: scale)
      return overflow ? nil : product
    }
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: scale)
    guard 2 * rest.magnitude >= scale.magnitude else { return quotient }
    return value < 0 ? quotient - 1 : quotient + 1
  }

  /// Returns the computed column for cells of the terms, each a column of ticks.
  package func ticks(_ columns: [[Int64]]) -> [Int64] {
    (0..<(columns.first?.count ?? 0)).map { row in tick(columns.map { $0[row] }) }
  }
}

extension ColumnType {
  /// The digits behind the point with which ticks are added: 0 for whole numbers and days; nil for
  /// types that have no arithmetic.
  package var fractionDigits: Int? {
    switch self {
    case .integer, .date: 0
    case .decimal(let digits): digits
    case .scientific, .boolean, .timestamp, .category, .identifier, .text: nil
    }
  }

  /// Whether cells are plain numbers, whole or with decimals.
  package var isNumber: Bool { self == .integer || isDecimal }

  /// Whether `a <= b` can be kept between columns of the two types.
  package func canPrecede(_ other: ColumnType) -> Bool {
    isOrdered && (sharesTicks(with: other) || isNumber && other.isNumber)
  }
}
