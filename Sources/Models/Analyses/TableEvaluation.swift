import Foundation

/// Draws the conclusions of an analysis of counts from a noisy table of its axes.
package struct TableEvaluation {
  let design: TableDesign
  /// `[groups, outcomes]`, or `[groups, times, events]`.
  let table: NoisyTable
  let groups: Int
  let reach: Double

  /// - Parameter table: over the groups of the design's axes.
  package init(_ design: TableDesign, table: NoisyTable) {
    self.design = design
    groups = design.axes[..<design.groupAxes].reduce(1) { $0 * $1.count }
    let others = design.axes[design.groupAxes...].map(\.count)
    self.table = table.reshaped([groups] + others)
    reach = Distributions.reach(level: design.analysis.level)
  }

  /// Returns the findings; numbers that the noise drowns are said to be unknown.
  package func findings() -> Findings {
    switch design.analysis.kind {
    case .count, .table: Findings(measure: "people", numbers: named(counts))
    case .proportion: Findings(measure: "share", numbers: named(share))
    case .mean: Findings(measure: "mean", numbers: named(mean))
    case .difference: differences()
    case .histogram: Findings(measure: "share", numbers: histogram())
    case .quantile: Findings(measure: "quantile", numbers: quantiles())
    case .independence: Findings(measure: "test", tests: [independence()])
    case .trend: trend()
    case .survival: Findings(measure: "survival", numbers: survival())
    case .logRank: logRank()
    case .linear, .logistic, .poisson, .cox, .discrimination, .calibration:
      preconditionFailure("regressions and models have designs of their own")
    }
  }

  private func named(_ finding: (Int, String) -> Finding) -> [Finding] {
    design.groupNames.enumerated().map { finding($0.offset, $0.element) }
  }

  /// Returns 1 for the cells of a group whose outcome is accepted.
  func cells(of group: Int, _ isIn: (Int) -> Bool = { _ in true }) -> [Double] {
    table.indicator { $0[0] == group && ($0.count < 2 || isIn($0[1])) }
  }

  // MARK: Counts and shares

  private func counts(_ group: Int, _ name: String) -> Finding {
    let weights = cells(of: group)
    let statistic = NoisyTable.Statistic(value: table.dot(weights), gradient: weights)
    return finding(name, statistic)
  }

  private func share(_ group: Int, _ name: String) -> Finding {
    share(name, cells(of: group) { $0 == design.counted }, of: cells(of: group))
  }

  private func share(_ name: String, _ part: [Double], of whole: [Double]) -> Finding {
    table.share(name, part, of: whole, reach: reach)
  }

  private func histogram() -> [Finding] {
    let axis = design.axes[design.groupAxes]
    return design.groupNames.enumerated().flatMap { group, name in
      axis.labels.enumerated().map { outcome, label in
        share(
          join(name, "\(axis.name)=\(label)"), cells(of: group) { $0 == outcome },
          of: cells(of: group))
      }
    }
  }

  // MARK: Means and differences

  private func mean(_ group: Int, _ name: String) -> Finding {
    let whole = cells(of: group)
    guard isEnough(whole) else { return Finding(unknown: name, because: Finding.tooFew) }
    let statistic = meanStatistic(group)
    return finding(name, statistic, further: binning(group))
  }

  private func meanStatistic(_ group: Int) -> NoisyTable.Statistic {
    let spans = design.axes[design.groupAxes].spans
    let values = table.weights { $0[0] == group ? (spans[$0[1]]?.mean ?? 0) : 0 }
    return table.ratio(values, over: cells(of: group))
  }

  /// Returns the variance of a mean because only the bins of values are known: a density that
  /// doubles from one end of a bin to the other moves the mean of the bin by about a twelfth of its
  /// width.
  private func binning(_ group: Int) -> Double {
    let spans = design.axes[design.groupAxes].spans
    let whole = table.dot(cells(of: group))
    return spans.enumerated().reduce(0) { sum, entry in
      guard let span = entry.element, whole > 0 else { return sum }
      let share = max(0, table.dot(cells(of: group) { $0 == entry.offset })) / whole
      let isEnd = entry.offset == 0 || entry.offset == spans.count - 1
      let doubt = share * (span.high - span.low) / (isEnd ? 6 : 12)
      return sum + doubt * doubt
    }
  }

  private func differences() -> Findings {
    let names = design.groupNames
    let single = { (group: Int) in
      design.averages ? mean(group, names[group]) : share(group, names[group])
    }
    let numbers = names.indices.filter { $0 != design.reference }.map { group -> Finding in
      let name = "\(names[group]) against \(names[design.reference])"
      return Finding.difference(name, single(group), single(design.reference))
    }
    return Findings(
      measure: design.averages ? "difference of means" : "difference of shares", numbers: numbers)
  }

  // MARK: Parts

  /// Returns a finding with a symmetric interval.
  func finding(_ name: String, _ statistic: NoisyTable.Statistic, further: Double = 0) -> Finding {
    var variance = table.variance(of: statistic)
    variance.sampling += further
    let error = variance.total.squareRoot()
    return Finding(
      name, statistic.value, low: statistic.value - reach * error,
      high: statistic.value + reach * error, standardError: error,
      noiseShare: part(of: variance))
  }

  func part(of variance: NoisyTable.Variance) -> Double { variance.noiseShare }

  func isEnough(_ cells: [Double]) -> Bool { table.isEnough(cells) }

  func join(_ name: String, _ label: String) -> String {
    name.isEmpty ? label : "\(name), \(label)"
  }
}

extension Finding {
  /// Returns the difference of two independent numbers, with the interval of Newcombe (1998, method
  /// 10), which keeps the shape of both intervals.
  static func difference(_ name: String, _ first: Finding, _ second: Finding) -> Finding {
    guard let a = first.estimate, let b = second.estimate, let lowA = first.low,
      let highA = first.high, let lowB = second.low,
      let highB = second.high, let errorA = first.standardError, let errorB = second.standardError
    else { return Finding(unknown: name, because: Finding.tooFew) }
    let below = ((a - lowA) * (a - lowA) + (highB - b) * (highB - b)).squareRoot()
    let above = ((highA - a) * (highA - a) + (b - lowB) * (b - lowB)).squareRoot()
    let total = errorA * errorA + errorB * errorB
    let noise =
      errorA * errorA * (first.noiseShare ?? 0) + errorB * errorB * (second.noiseShare ?? 0)
    return Finding(
      name, a - b, low: a - b - below, high: a - b + above, standardError: total.squareRoot(),
      noiseShare: total > 0 ? noise / total : 0)
  }
}
