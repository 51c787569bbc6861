import Curation
import Encoding
import Foundation
import Tables

/// Means of a column by groups, from three clipped sums a group: people, values and their squares.
///
/// Values are moved into the release's own bounds, which are public. Each row's vector is no longer
/// than 1 by its weights, so nothing else is clipped.
package struct MeanDesign: Sendable {
  let table: TableDesign
  /// The domain to ask with.
  package let domain: Domain
  package let formula: RowFormula
  /// The variable whose ticks are read.
  package let variable: Int
  private let centre: Double
  private let half: Double
  private let factor: Double

  /// The share of a vector's length for people, values and squares. Most goes to the values,
  /// because these decide the mean if the centre is near it.
  private static let weights = (people: 0.5, values: 0.8, squares: 0.33)

  /// Returns nil if the values are not proportional to ticks.
  package init?(_ table: TableDesign, columns: Columns, standIn: StandIn) {
    let axis = table.axes[table.groupAxes]
    guard let name = table.analysis.outcome, let column = columns.schema.column(named: name),
      let factor = NumericScale(column.type)?.factor,
      case .ordered(let codec) = axis.codec, let first = codec.bins.first,
      let last = codec.bins.last
    else { return nil }
    let range = first.range.lowerBound...last.range.upperBound
    let values = standIn.ticks(of: axis.variable).filter(Cells.isValue).map {
      Double(min(max($0, range.lowerBound), range.upperBound))
    }
    let mean =
      values.isEmpty
      ? Double(range.lowerBound) / 2 + Double(range.upperBound) / 2
      : values.reduce(0, +) / Double(values.count)
    (self.table, self.factor, centre, variable) = (table, factor, mean, axis.variable)
    half = max(Double(range.upperBound) - mean, mean - Double(range.lowerBound), 0.5)
    domain = columns.domain.replacing(table.axes)
    formula = Self.formula(table, axis, range, centre: centre, half: half)
  }

  private static func formula(
    _ table: TableDesign, _ axis: Axis, _ range: ClosedRange<Int64>, centre: Double, half: Double
  ) -> RowFormula {
    let value = RowFormula.Factor.tick(
      variable: axis.variable, range: range, centre: centre, scale: half)
    let groups = table.axes[..<table.groupAxes]
    let terms = (0..<groups.reduce(1) { $0 * $1.count }).flatMap { group -> [[RowFormula.Factor]] in
      var rest = group
      let inGroup = groups.reversed().map { axis -> RowFormula.Factor in
        defer { rest /= axis.count }
        let own = rest % axis.count
        return .code(attribute: axis.variable, weights: axis.groups.map { $0 == own ? 1 : 0 })
      }
      func weighted(_ weight: Double) -> RowFormula.Factor {
        .code(
          attribute: axis.variable, weights: [Double](repeating: weight, count: axis.groups.count))
      }
      return [
        inGroup + [weighted(weights.people)], inGroup + [weighted(weights.values), value],
        inGroup + [weighted(weights.squares), value, value],
      ]
    }
    let filters = table.axes.filter(\.leavesOut).map {
      RowFormula.Filter(attribute: $0.variable, isKept: $0.groups.map { $0 != nil })
    }
    return RowFormula(terms: terms, filters: filters)
  }

  /// Returns the means from the sums, or their differences if the analysis asks for them.
  /// - Parameter fallback: the stand-in's sums, whose spread is used where noise drowns the real
  ///   one.
  package func findings(_ sums: NoisySums, fallback: NoisySums) -> Findings {
    let names = table.groupNames
    let means = names.indices.map { mean(names[$0], group: $0, sums, fallback) }
    guard table.analysis.kind == .difference else {
      return Findings(measure: "mean", numbers: means)
    }
    let others = names.indices.filter { $0 != table.reference }
    return Findings(
      measure: "difference of means",
      numbers: others.map {
        .difference(
          "\(names[$0]) against \(names[table.reference])", means[$0], means[table.reference])
      })
  }

  private func mean(_ name: String, group: Int, _ sums: NoisySums, _ fallback: NoisySums) -> Finding
  {
    let weights = Self.weights
    let people = sums.values[3 * group] / weights.people
    guard people > max(4 * sums.variance.squareRoot() / weights.people, 1) else {
      return Finding(unknown: name, because: Finding.tooFew)
    }
    let mean = sums.values[3 * group + 1] / weights.values / people
    let square = sums.values[3 * group + 2] / weights.squares / people
    let pilot = max(fallback.values[3 * group] / weights.people, 1)
    let pilotMean = fallback.values[3 * group + 1] / weights.values / pilot
    let expected = max(
      fallback.values[3 * group + 2] / weights.squares / pilot - pilotMean * pilotMean, 1e-6)
    // The real spread counts as far as it stands out from its noise.
    let doubt = sums.variance.squareRoot() / weights.squares / people
    let trust = expected / (expected + doubt)
    let spread = max(trust * (square - mean * mean) + (1 - trust) * expected, 0.1 * expected)
    let noise =
      sums.variance / (people * people)
      * (1 / (weights.values * weights.values) + mean * mean / (weights.people * weights.people))
    let variance = spread / people + noise
    let unit = half * factor
    let (value, error) = ((centre * factor) + mean * unit, variance.squareRoot() * unit)
    let reach = Distributions.reach(level: table.analysis.level)
    return Finding(
      name, value, low: value - reach * error, high: value + reach * error, standardError: error,
      noiseShare: noise / variance)
  }
}

extension Domain {
  /// Returns the domain with the codecs of some axes.
  func replacing(_ axes: [Axis]) -> Domain {
    var codecs = codecs
    for axis in axes { codecs[axis.variable] = axis.codec }
    return Domain(variables: variables, codecs: codecs)
  }
}
