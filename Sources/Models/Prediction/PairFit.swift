import Accounting
import Curation
import Encoding
import Foundation

/// Fits a model by noisy tables of each column with the target, where there are too few rows for
/// gradients: the points of a bin are what its own rows say, drawn towards 0 by as much as the
/// noise hides. Columns that say the same are counted twice; the assessment scales all points for
/// it.
package struct PairFit {
  private let design: Design

  package init(_ design: Design) { self.design = design }

  /// Charges a table for each column.
  package func fit(
    _ curator: Curator, rho: Rho, progress: (Double) throws -> Void = { _ in }
  ) throws -> FittedPoints {
    let outcomes = outcomeGroups
    curator.group(
      design.terms.map {
        CodeGroups(
          variable: $0.variable, groups: $0.entries.map(\.slot), count: $0.slotCount)
      } + [outcomes.groups])
    var fitted = FittedPoints(parameters: [], errors: [])
    for index in design.terms.indices {
      try progress(Double(index) / Double(design.terms.count))
      let answer = try curator.marginal(
        of: [design.variables + index, design.variables + design.terms.count],
        rho: rho.share(1 / Double(design.terms.count)))
      let width = outcomes.groups.count
      for slot in 0..<design.terms[index].slotCount {
        let counts = answer.values[slot * width..<(slot + 1) * width].map(Double.init)
        let (point, error) = point(
          counts, outcomes.values, noise: answer.variance, prior: design.priors[0])
        fitted.parameters.append(point)
        fitted.errors.append(error)
      }
    }
    return fitted
  }

  /// Returns the points of a bin from its noisy counts of each outcome, and their standard error.
  private func point(_ counts: [Double], _ values: [Double?], noise: Double, prior: Double) -> (
    Double, Double
  ) {
    let scale = design.scale
    let known = zip(counts, values).compactMap { count, value in value.map { (count, $0) } }
    let rows = max(known.reduce(0) { $0 + $1.0 }, 0)
    let sum = known.reduce(0) { $0 + $1.0 * ($1.1 - scale.mean) }
    let variance = noise * known.reduce(0) { $0 + ($1.1 - scale.mean) * ($1.1 - scale.mean) }
    let curvature = max(rows, 1) * scale.slope
    let ridge = max(variance / (curvature * prior * prior), scale.variance / (prior * prior))
    let added = ridge / scale.slope
    let mean = clamped(scale.mean + sum / (rows + added))
    let slope = scale.family == .linear ? 1 : scale.family == .poisson ? mean : mean * (1 - mean)
    // A bin that noise hides is drawn to 0: its points are then as unknown as the prior says.
    let drawn = added * slope * prior
    let error =
      (rows * scale.residualVariance + variance + drawn * drawn).squareRoot()
      / ((rows + added) * slope)
    return (scale.family.sum(mean) - scale.base, error)
  }

  private func clamped(_ mean: Double) -> Double {
    switch design.scale.family {
    case .logistic: min(max(mean, 0.002), 0.998)
    case .linear: min(max(mean, -3), 3)
    case .poisson: max(mean, design.scale.mean / 50)
    }
  }

  /// The target's codes in few groups of about equal counts, with the mean outcome of each; nil for
  /// rows that say nothing.
  private var outcomeGroups: (groups: CodeGroups, values: [Double?]) {
    let outcomes = design.scale.outcomes
    let counts = design.scale.counts.map { max($0, 0) }
    let known = outcomes.indices.filter { outcomes[$0] != nil }
      .sorted { (outcomes[$0] ?? 0, $0) < (outcomes[$1] ?? 0, $1) }
    let order = DesignTerm.groups(of: known.map { counts[$0] })
    let most = (order.max() ?? 0) + 1
    var groups = [Int](repeating: most, count: outcomes.count)
    for (code, group) in zip(known, order) { groups[code] = group }
    let values: [Double?] = (0..<most).map { group in
      let own = known.filter { groups[$0] == group }
      // Codes that nobody seems to have weigh a little, so that every group has a mean.
      let weights = own.map { counts[$0] + 1e-6 }
      let sum = zip(own, weights).reduce(0) { $0 + (outcomes[$1.0] ?? 0) * $1.1 }
      return sum / weights.reduce(0, +)
    }
    let hasSilent = known.count < outcomes.count
    return (
      CodeGroups(variable: design.target, groups: groups, count: most + (hasSilent ? 1 : 0)),
      values + (hasSilent ? [nil] : [])
    )
  }
}
