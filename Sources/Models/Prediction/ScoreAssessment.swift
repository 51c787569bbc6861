import Accounting
import Curation
import Foundation

/// A noisy table of the training rows by score, which was paid for, and what follows from it.
package struct ScoreAssessment: Sendable, Equatable, Codable {
  /// The rows of one bin of scores.
  package struct Bin: Sendable, Equatable, Codable {
    /// The predicted mean in the middle of the bin.
    package let predicted: Double
    /// The noisy number of rows.
    package let rows: Double
    /// The noisy observed mean; nil if noise hides it.
    package let observed: Double?
    /// Its standard error: of the sample and of the noise.
    package let error: Double?
  }

  /// An estimate and its standard error.
  package struct Figure: Sendable, Equatable, Codable {
    package let value: Double
    package let error: Double
  }

  package var bins: [Bin]
  /// The chance that a row with the event has the higher score of two; nil for a number, or if
  /// noise hides it.
  package var discrimination: Figure?
  /// The mean absolute error of a number, on the scale that is modelled; nil for a flag.
  package var meanError: Figure?
}

/// The noisy table itself, in outcomes of the design.
package struct ScoreTable {
  let design: Design
  /// The sum of points that edges are counted from.
  private let base: Double
  let edges: [Double]
  /// `[bins, columns]`, see ``ScoreCounts``.
  let counts: [[Double]]
  /// The standard deviation of the noise on each count.
  let sigma: Double

  private static let binCount = 20

  /// Charges and asks for the table.
  package init(_ design: Design, fitted: FittedPoints, curator: Curator, rho: Rho, delta: Delta)
    throws
  {
    self.design = design
    base = design.scale.base + fitted.intercept
    let spread = max(design.spread(of: fitted.parameters).squareRoot(), 1e-6)
    let (_, shift) = design.centred(fitted.parameters)
    edges = (1..<Self.binCount).map {
      shift + spread * 3 * (2 * Double($0) / Double(Self.binCount) - 1)
    }
    let columns = ScoreCounts.columns(design.scale.family)
    let plan = try NoisyGradientPlan.calibrated(
      samplingRate: 1, steps: 1, coordinates: Self.binCount * columns, rho: rho, delta: delta)
    let clip = Double(curator.unitRows) * (columns == 2 ? 1 : 3.0.squareRoot())
    let run = try curator.noisyGradients(
      plan, clip: clip,
      of: ScoreCounts(
        design, fitted: fitted, edges: edges,
        rowCapacity: GradientFit.capacity(curator.unitRows)))
    var sums = [Float](repeating: 0, count: plan.coordinates)
    run.step(into: &sums)
    counts = (0..<Self.binCount).map { bin in
      sums[bin * columns..<(bin + 1) * columns].map(Double.init)
    }
    sigma = plan.noiseMultiplier * clip
  }

  /// The sum of points in the middle of each bin, the base included.
  private var middles: [Double] {
    let width = edges[1] - edges[0]
    return (0..<Self.binCount).map {
      base + ($0 < edges.count ? edges[$0] : edges[edges.count - 1] + width) - width
        / 2
    }
  }

  private func rows(_ bin: Int) -> Double {
    design.scale.family == .logistic ? counts[bin][0] + counts[bin][1] : counts[bin][0]
  }

  /// The noisy sum of outcomes in a bin.
  private func outcomes(_ bin: Int) -> Double {
    switch design.scale.family {
    case .logistic: counts[bin][1]
    case .linear, .poisson:
      counts[bin][0] * design.scale.family.mean(middles[bin])
        - counts[bin][1] * design.scale.widestResidual
    }
  }

  /// The variance of outcomes − rows × mean in a bin: of the sample and of the noise.
  private func variance(_ bin: Int, mean: Double) -> Double {
    let rows = max(rows(bin), 0)
    switch design.scale.family {
    case .logistic:
      return rows * mean * (1 - mean) + sigma * sigma * (mean * mean + (1 - mean) * (1 - mean))
    case .linear, .poisson:
      let widest = design.scale.widestResidual
      return rows * design.scale.variance + sigma * sigma * (widest * widest + mean * mean)
    }
  }

  private func slope(at mean: Double) -> Double {
    switch design.scale.family {
    case .logistic: mean * (1 - mean)
    case .linear: 1
    case .poisson: mean
    }
  }

  /// The intercept and the factor of the sum of points that fit the table best, drawn towards 0 and
  /// 1 as far as its noise hides them: weighted least squares, by Newton's method.
  package var calibration: (intercept: Double, factor: Double) {
    let middles = middles
    let precision = (intercept: 4.0, factor: 16.0)
    var (intercept, factor) = (0.0, 1.0)
    for _ in 0..<30 {
      var score = [-precision.intercept * intercept, -precision.factor * (factor - 1)]
      var hessian = [precision.intercept, 0, precision.factor]
      for bin in middles.indices where rows(bin) > 0 {
        let mean = design.scale.family.mean(intercept + factor * middles[bin])
        let slope = rows(bin) * slope(at: mean)
        let weight = slope / max(variance(bin, mean: mean), 1e-9)
        let rest = outcomes(bin) - rows(bin) * mean
        score[0] += weight * rest
        score[1] += weight * rest * middles[bin]
        hessian[0] += weight * slope
        hessian[1] += weight * slope * middles[bin]
        hessian[2] += weight * slope * middles[bin] * middles[bin]
      }
      let determinant = hessian[0] * hessian[2] - hessian[1] * hessian[1]
      guard determinant > 0 else { break }
      let first: Double = (hessian[2] * score[0] - hessian[1] * score[1]) / determinant
      let second: Double = (hessian[0] * score[1] - hessian[1] * score[0]) / determinant
      // Half a unit at most, so that a noisy table cannot throw the search out.
      intercept += min(max(first, -0.5), 0.5)
      factor = max(factor + min(max(second, -0.5), 0.5), 0.05)
      if abs(first) < 1e-9, abs(second) < 1e-9 { break }
    }
    return (intercept, factor)
  }

  /// Returns the conclusions for the sum of points after `calibration`.
  package func assessment(after calibration: (intercept: Double, factor: Double)) -> ScoreAssessment
  {
    let scale = design.scale
    let middles = middles
    let bins = middles.indices.map { bin in
      let predicted = scale.family.mean(
        calibration.intercept + calibration.factor * middles[bin])
      let rows = rows(bin)
      let mean = outcomes(bin) / max(rows, 1)
      let possible = scale.family == .logistic ? min(max(mean, 0), 1) : mean
      let error = variance(bin, mean: possible).squareRoot() / max(rows, 1)
      let isSeen = rows > 4 * sigma
      return ScoreAssessment.Bin(
        predicted: scale.centre + scale.unit * predicted, rows: rows,
        observed: isSeen ? scale.centre + scale.unit * mean : nil,
        error: isSeen ? scale.unit * error : nil)
    }
    return ScoreAssessment(
      bins: bins, discrimination: discrimination, meanError: meanError)
  }

  private var meanError: ScoreAssessment.Figure? {
    let scale = design.scale
    let rows = counts.reduce(0) { $0 + $1[0] }
    guard scale.family != .logistic, rows > 4 * sigma * Double(counts.count).squareRoot() else {
      return nil
    }
    let widest = scale.widestResidual * scale.unit
    let error = (sigma * sigma * Double(counts.count)).squareRoot() / rows * widest
    return ScoreAssessment.Figure(
      value: counts.reduce(0) { $0 + $1[2] } / rows * widest,
      error: (error * error + scale.variance * scale.unit * scale.unit / rows).squareRoot())
  }

  /// The area under the curve and its standard error, by the first derivatives of the area.
  private var discrimination: ScoreAssessment.Figure? {
    guard design.scale.family == .logistic else { return nil }
    let (no, yes) = (counts.map { $0[0] }, counts.map { $0[1] })
    let (allNo, allYes) = (no.reduce(0, +), yes.reduce(0, +))
    let least = 4 * sigma * Double(counts.count).squareRoot()
    guard allNo > least, allYes > least else { return nil }
    func below(_ counts: [Double]) -> [Double] {
      var sum = 0.0
      return counts.map { count in
        defer { sum += count }
        return sum + count / 2
      }
    }
    let (noBelow, yesBelow) = (below(no), below(yes))
    let pairs = zip(yes, noBelow).reduce(0.0) { $0 + $1.0 * $1.1 }
    let area = pairs / (allYes * allNo)
    var variance = 0.0
    for bin in counts.indices {
      let byYes: Double = (noBelow[bin] / allNo - area) / allYes
      let byNo: Double = (1 - yesBelow[bin] / allYes - area) / allNo
      variance += (sigma * sigma + max(yes[bin], 0)) * byYes * byYes
      variance += (sigma * sigma + max(no[bin], 0)) * byNo * byNo
    }
    return ScoreAssessment.Figure(value: area, error: variance.squareRoot())
  }
}
