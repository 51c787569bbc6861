import Accounting
import Curation
import Encoding
import Foundation

/// A regression by two steps from the stand-in's coefficients.
///
/// The stand-in gives the starting point and the information matrix A, at no cost. The real table
/// is asked only for the p sums of scores at the current coefficients, s = Σ x (y − μ(xβ)), and β +
/// A⁻¹ s is the next point (a Newton step with noise: Avella-Medina, Bradshaw, Loh 2023, algorithm
/// 1). The second step takes away the bias that the stand-in's A leaves after the first. The
/// covariance is A⁻¹ (φ A + σ² I) A⁻¹, with φ the dispersion and σ² the variance of the noise.
package struct Regression {
  package let design: RegressionDesign
  private let standIn: StandIn
  /// The stand-in's own coefficients.
  package let pilot: [Double]
  /// The real people for each row of the stand-in, about.
  private var scale: Double

  /// The share of rho for each step.
  static let shares = [0.3, 0.7]
  /// The largest standard error that noise may give a coefficient, in standardised terms, if the
  /// mean is not linear. Beyond it a step ends where the information is another one, and intervals
  /// were seen to cover too seldom.
  private static func mostNoise(_ mean: RowFormula.Mean) -> Double? {
    switch mean {
    case .identity: nil
    case .logistic: 0.4
    case .exponential: 0.25
    }
  }
  /// The share of rho for the number of rows.
  private static let countShare = 0.02
  /// The part of scores, by length in the stand-in, that is not clipped, and the space left above.
  private static let unclipped = 0.999
  private static let space = 1.15

  package init(_ design: RegressionDesign, standIn: StandIn) {
    (self.design, self.standIn) = (design, standIn)
    pilot = Self.fit(design, standIn)
    scale = standIn.scale
  }

  // MARK: The stand-in

  /// Newton's method on the stand-in's rows, with a small ridge so that it always ends.
  private static func fit(_ design: RegressionDesign, _ standIn: StandIn) -> [Double] {
    var coefficients = [Double](repeating: 0, count: design.terms.count)
    for _ in 0..<(design.mean == .identity ? 2 : 25) {
      let (score, information) = sums(design, standIn, at: coefficients)
      var ridged = information
      for term in coefficients.indices { ridged[term, term] += 1e-4 * Double(standIn.rows) }
      let pulled = score.indices.map { score[$0] - 1e-4 * Double(standIn.rows) * coefficients[$0] }
      let step = limited(ridged.inverse().times(pulled))
      for term in coefficients.indices { coefficients[term] += step[term] }
      if step.allSatisfy({ abs($0) < 1e-9 }) { break }
    }
    return coefficients
  }

  /// Returns the sum of the scores and the information, in rows of the stand-in.
  private static func sums(
    _ design: RegressionDesign, _ standIn: StandIn, at coefficients: [Double]
  ) -> (score: [Double], information: SymmetricMatrix) {
    let count = design.terms.count
    let evaluation = standIn.evaluation(
      of: design.formula(at: coefficients, bound: .greatestFiniteMagnitude, squareWeight: 0),
      domain: design.domain)
    var score = [Double](repeating: 0, count: count)
    var information = SymmetricMatrix(count: count)
    for row in 0..<standIn.rows where evaluation.isKept(row) {
      let terms = evaluation.terms(row)
      let predictor = zip(terms, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
      let rest = evaluation.outcome(row) - design.mean.value(predictor)
      for term in 0..<count { score[term] += terms[term] * rest }
      information.add(terms, weight: design.mean.slope(predictor))
    }
    return (score, information)
  }

  /// Keeps a step from going far beyond anything sensible in standardised terms.
  private static func limited(_ step: [Double]) -> [Double] {
    let longest = step.reduce(0) { max($0, abs($1)) }
    return longest > 4 ? step.map { $0 * 4 / longest } : step
  }

  /// The public limits of a step's scores.
  private struct Limits {
    var bound: Double
    var clip: Double
    var squareWeight: Double
    var dispersion: Double
    var people: Double
  }

  /// Returns limits from the stand-in's residuals and scores. All rows of a unit may have long
  /// ones.
  private func limits(at coefficients: [Double], unitRows: Int) -> Limits {
    let evaluation = standIn.evaluation(
      of: design.formula(at: coefficients, bound: .greatestFiniteMagnitude, squareWeight: 0),
      domain: design.domain)
    var residuals: [Double] = []
    var lengths: [Double] = []
    for row in 0..<standIn.rows where evaluation.isKept(row) {
      let terms = evaluation.terms(row)
      let rest = abs(
        evaluation.outcome(row)
          - design.mean.value(zip(terms, coefficients).reduce(0) { $0 + $1.0 * $1.1 }))
      residuals.append(rest)
      lengths.append(rest * terms.reduce(0) { $0 + $1 * $1 }.squareRoot())
    }
    let square = residuals.reduce(0) { $0 + $1 * $1 }
    let bound = design.mean == .logistic ? 1 : Self.space * Self.quantile(residuals)
    let length = Self.space * Self.quantile(lengths)
    let weight = design.mean == .identity ? 0.3 * length / (bound * bound) : 0
    return Limits(
      bound: bound,
      clip: Double(unitRows)
        * (length * length + weight * weight * bound * bound * bound * bound).squareRoot(),
      squareWeight: weight,
      dispersion: design.mean == .identity ? square / Double(max(residuals.count, 1)) : 1,
      people: Double(max(residuals.count, 1)) * scale)
  }

  private static func quantile(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 1 }
    return max(sorted[min(Int(Double(sorted.count) * unclipped), sorted.count - 1)], 1e-6)
  }

  // MARK: The real table

  /// Asks the curator, which has adopted the design's domain. The number of rows comes first,
  /// because the table may have grown since its release.
  package func ask(_ curator: Curator, rho: Rho) throws -> Findings {
    let rows = try curator.rowCount(rho: rho.share(Self.countShare))
    var sized = self
    sized.scale = max(Double(rows.values[0]), 1) / Double(max(standIn.rows, 1))
    return try sized.step(curator, rho: rho.share(1 - Self.countShare))
  }

  /// Takes both steps.
  private func step(_ curator: Curator, rho: Rho) throws -> Findings {
    var (coefficients, noise, dispersion) = (pilot, 0.0, 1.0)
    for share in Self.shares {
      let limits = limits(at: coefficients, unitRows: curator.unitRows)
      let formula = design.formula(
        at: coefficients, bound: limits.bound, squareWeight: limits.squareWeight)
      let sums = try curator.clippedSum(of: formula, clip: limits.clip, rho: rho.share(share))
      let step = information(at: coefficients).inverse().times(Array(sums.values.dropLast()))
      dispersion = self.dispersion(sums, limits)
      noise = sums.variance
      coefficients = zip(coefficients, Self.limited(step)).map { $0 + $1 }
    }
    return findings(coefficients, noise: noise, dispersion: dispersion)
  }

  /// Returns the findings that are expected at a cost, with the stand-in's coefficients.
  package func predicted(rho: Double, unitRows: Int) -> Findings {
    let limits = limits(at: pilot, unitRows: unitRows)
    let noise =
      rho.isFinite ? limits.clip * limits.clip / (2 * rho * Self.shares[Self.shares.count - 1]) : 0
    return findings(pilot, noise: noise, dispersion: limits.dispersion)
  }

  private func information(at coefficients: [Double]) -> SymmetricMatrix {
    var (_, information) = Self.sums(design, standIn, at: coefficients)
    for index in information.values.indices { information.values[index] *= scale }
    return information
  }

  /// Returns the variance of the residuals, as far as it stands out from its noise.
  private func dispersion(_ sums: NoisySums, _ limits: Limits) -> Double {
    guard limits.squareWeight > 0, let last = sums.values.last else { return limits.dispersion }
    let asked = last / limits.squareWeight / limits.people
    let doubt = sums.variance.squareRoot() / limits.squareWeight / limits.people
    let trust = limits.dispersion / (limits.dispersion + doubt)
    return max(trust * asked + (1 - trust) * limits.dispersion, 0.1 * limits.dispersion)
  }

  /// Returns the covariance that independent noise on the scores gives to a step.
  private static func covariance(of noise: Double, through inverse: SymmetricMatrix)
    -> SymmetricMatrix
  {
    var covariance = SymmetricMatrix(count: inverse.count)
    for row in 0..<inverse.count {
      for column in 0..<inverse.count {
        covariance[row, column] =
          noise * (0..<inverse.count).reduce(0) { $0 + inverse[row, $1] * inverse[$1, column] }
      }
    }
    return covariance
  }

  /// Whether noise gives some coefficient a standard error above a limit, at the end or in the
  /// stand-in: a step that noise carried off may end where the information is large.
  private func isDrowned(by noise: Double, _ added: SymmetricMatrix, most: Double) -> Bool {
    func isPassed(_ covariance: SymmetricMatrix) -> Bool {
      design.terms.indices.contains { covariance[$0, $0] > most * most }
    }
    return isPassed(added)
      || isPassed(Self.covariance(of: noise, through: information(at: pilot).inverse()))
  }

  private func findings(_ coefficients: [Double], noise: Double, dispersion: Double) -> Findings {
    let inverse = information(at: coefficients).inverse()
    var sampling = inverse
    for index in sampling.values.indices { sampling.values[index] *= dispersion }
    let added = Self.covariance(of: noise, through: inverse)
    if let most = Self.mostNoise(design.mean), isDrowned(by: noise, added, most: most) {
      return Findings(
        measure: design.measure,
        numbers: design.terms.map { Finding(unknown: $0.name, because: Finding.tooFew) })
    }
    let (values, own) = design.inUnits(coefficients, sampling)
    let (_, noisy) = design.inUnits(coefficients, added)
    let reach = Distributions.reach(level: design.analysis.level)
    let numbers = design.terms.indices.map { term -> Finding in
      let variance = own[term, term] + noisy[term, term]
      let error = max(variance, 0).squareRoot()
      return Finding(
        design.terms[term].name, values[term], low: values[term] - reach * error,
        high: values[term] + reach * error, standardError: error,
        noiseShare: variance > 0 ? noisy[term, term] / variance : 0)
    }
    return Findings(measure: design.measure, numbers: numbers)
  }
}
