import Curation
import Encoding
import Foundation
import Tables

/// The periods of a Cox model: the baseline hazard is constant in each, so that the coefficients
/// are those of a Poisson regression on person-periods (Holford 1980), which sums over persons
/// give.
extension RegressionDesign {
  /// The periods have about as many events of the stand-in each.
  private static let mostPeriods = 6

  /// - Throws: ``AnalysisFault/wrongColumn(_:allowed:)`` if the time is not a number.
  static func periods(
    _ axis: Axis, _ event: RowFormula.Factor, _ domain: Domain, _ schema: Schema,
    _ standIn: StandIn
  ) throws(AnalysisFault) -> RowFormula.Periods {
    guard schema.column(named: axis.name)?.type.isPlainNumber == true,
      case .ordered(let codec) = axis.codec, let first = codec.bins.first,
      let last = codec.bins.last
    else { throw .wrongColumn(axis.name, allowed: "a column of whole or decimal numbers") }
    let range = first.range.lowerBound...last.range.upperBound
    let ticks = standIn.ticks(of: axis.variable)
    let evaluation = standIn.evaluation(of: RowFormula(terms: [[event]]), domain: domain)
    var (ends, exposure) = ([Double](), 0.0)
    for row in ticks.indices where Cells.isValue(ticks[row]) {
      let time = max(Double(min(max(ticks[row], range.lowerBound), range.upperBound)), 0)
      exposure += time
      if evaluation.sum(row) > 0.5 { ends.append(time) }
    }
    ends.sort()
    let cuts = (1..<mostPeriods).compactMap { period -> Double? in
      let place = ends.count * period / mostPeriods
      guard ends.indices.contains(place), ends[place] < ends[ends.count - 1] else { return nil }
      return ends[place] + 0.5
    }
    return RowFormula.Periods(
      variable: axis.variable, range: range, cuts: Set(cuts).sorted(),
      unit: max(exposure / Double(max(ends.count, 1)), 1))
  }
}

extension ColumnType {
  /// Whether its ticks are numbers in proportion, counted from zero.
  var isPlainNumber: Bool {
    switch self {
    case .integer, .decimal: true
    case .scientific, .boolean, .date, .timestamp, .category, .identifier, .text: false
    }
  }
}
