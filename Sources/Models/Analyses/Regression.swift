import Accounting
import Curation
import Encoding
import Foundation

/// A regression by two steps from the stand-in's coefficients.
///
/// The stand-in gives the starting point and the information matrix A, at no cost; a share of the
/// price corrects A (``InformationCorrection``). The real table is then asked for the p sums of
/// scores at the current coefficients, s = Σ x (y − μ(xβ)), and β + A⁻¹ s is the next point (a
/// Newton step with noise: Avella-Medina, Bradshaw, Loh 2023, algorithm 1). The second step takes
/// away most of the bias that a wrong A leaves after the first. The covariance is A⁻¹ (φ A + σ² I)
/// A⁻¹, with φ the dispersion and σ² the variance of the noise, and the doubt about A.
package struct Regression {
  package let design: RegressionDesign
  private let standIn: StandIn
  /// The stand-in's own coefficients.
  package let pilot: [Double]
  /// The real people for each row of the stand-in, about.
  private var scale: Double
  private var correction = InformationCorrection(expectedNoise: 0)

  /// The share for each step of the rho that is left for steps.
  static let shares = [0.3, 0.7]
  /// The largest standard error that noise may give a coefficient, for a standard deviation of a
  /// number or for a label, if the mean is not linear. Beyond it a step ends where the information
  /// is another one, and intervals were seen to cover too seldom.
  private static func mostNoise(_ mean: RowFormula.Mean) -> Double? {
    switch mean {
    case .identity: nil
    case .logistic: 0.4
    case .exponential: 0.25
    }
  }
  /// The shares of rho for the number of rows, the information and the steps.
  private static let countShare = 0.02
  private static let informationShare = 0.1
  private static let stepShare = 1 - countShare - informationShare
  /// The part of scores, by length in the stand-in, that is not clipped, and the space left above.
  private static let unclipped = 0.999
  /// The same of information matrices. A rare category makes a few of them very long; these are
  /// clipped in the stand-in too, with which the sum is compared.
  private static let unclippedInformation = 0.9
  private static let space = 1.15
  /// The relative change in the number of rows that is usual between a release and a question.
  private static let usualGrowth = 0.3

  /// - Parameter start: coefficients near those of the stand-in.
  package init(_ design: RegressionDesign, standIn: StandIn, near start: [Double]? = nil) {
    (self.design, self.standIn) = (design, standIn)
    pilot = Self.fit(
      design, standIn, from: start ?? [Double](repeating: 0, count: design.dimension))
    scale = standIn.scale
  }

  // MARK: The stand-in

  /// Newton's method on the stand-in's rows, with a small ridge so that it always ends.
  private static func fit(
    _ design: RegressionDesign, _ standIn: StandIn, from start: [Double]
  ) -> [Double] {
    var coefficients = start
    for _ in 0..<(design.mean == .identity ? 2 : 25) {
      let (score, information) = sums(design, standIn, at: coefficients)
      var ridged = information
      for term in coefficients.indices { ridged[term, term] += 1e-4 * Double(standIn.rows) }
      let pulled = score.indices.map { score[$0] - 1e-4 * Double(standIn.rows) * coefficients[$0] }
      let step = limited(ridged.inverse().times(pulled))
      for term in coefficients.indices { coefficients[term] += step[term] }
      if step.allSatisfy({ abs($0) < 1e-7 }) { break }
    }
    return coefficients
  }

  /// Returns the sum of the scores and the information, in rows of the stand-in.
  private static func sums(
    _ design: RegressionDesign, _ standIn: StandIn, at coefficients: [Double]
  ) -> (score: [Double], information: SymmetricMatrix) {
    let residual = design.residual(at: coefficients)
    let evaluation = standIn.evaluation(of: design.formula(residual), domain: design.domain)
    var score = [Double](repeating: 0, count: design.dimension)
    var information = SymmetricMatrix(count: design.dimension)
    for row in 0..<standIn.rows where evaluation.isKept(row) {
      let weight = standIn.weight(row)
      evaluation.forEachPart(row) { part in
        let rest = weight * part.residual(residual)
        for term in score.indices { score[term] += part.terms[term] * rest }
        information.add(part.terms, weight: weight * part.slope(residual))
      }
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

  /// Returns limits from the stand-in's residuals and scores at its own coefficients: at others,
  /// which noise may have carried off, the stand-in's residuals are longer than those of people
  /// are. All rows of a unit may have long ones.
  private func limits(unitRows: Int) -> Limits {
    let residual = design.residual(at: pilot)
    let formula = design.formula(residual)
    let evaluation = standIn.evaluation(of: formula, domain: design.domain)
    var residuals: [Double] = []
    for row in 0..<standIn.rows where evaluation.isKept(row) {
      evaluation.forEachPart(row) { residuals.append(abs($0.residual(residual))) }
    }
    let square = residuals.reduce(0) { $0 + $1 * $1 }
    let bound = design.mean == .logistic ? 1 : Self.space * Self.quantile(residuals)
    let length = length(of: formula)
    let weight = design.mean == .identity ? 0.3 * length / (bound * bound) : 0
    return Limits(
      bound: bound,
      clip: Double(unitRows)
        * (length * length + weight * weight * bound * bound * bound * bound).squareRoot(),
      squareWeight: weight,
      dispersion: design.mean == .identity ? square / Double(max(residuals.count, 1)) : 1,
      people: Double(max(residuals.count, 1)) * scale)
  }

  /// Returns the length of the stand-in's vectors that few exceed.
  private func length(of formula: RowFormula) -> Double {
    var lengths: [Double] = []
    forEachVector(of: formula) { _, length in lengths.append(length) }
    return Self.space * Self.quantile(lengths)
  }

  /// Passes on the vector and its length of each row of the stand-in that is kept.
  private func forEachVector(of formula: RowFormula, _ body: ([Double], Double) -> Void) {
    let evaluation = standIn.evaluation(of: formula, domain: design.domain)
    var vector = [Double](repeating: 0, count: formula.count)
    for row in 0..<standIn.rows where evaluation.isKept(row) {
      for index in vector.indices { vector[index] = 0 }
      evaluation.add(row, to: &vector)
      body(vector, vector.reduce(0) { $0 + $1 * $1 }.squareRoot())
    }
  }

  private static func quantile(_ values: [Double], _ share: Double = unclipped) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 1 }
    return max(sorted[min(Int(Double(sorted.count) * share), sorted.count - 1)], 1e-6)
  }

  // MARK: The real table

  /// Asks the curator, which has adopted the design's domain. The number of rows comes first,
  /// because the table may have grown since its release.
  /// - Parameter check: called before each question.
  package func ask(_ curator: Curator, rho: Rho, check: () throws -> Void = {}) throws -> Findings {
    var sized = self
    try check()
    let counted = try curator.rowCount(rho: rho.share(Self.countShare))
    sized.scale = rows(counted) / Double(max(standIn.rows, 1))
    let question = informationQuestion
    try check()
    let sums = try curator.clippedSum(
      of: question.formula, clip: Double(curator.unitRows) * question.length,
      rho: rho.share(Self.informationShare))
    sized.correction = InformationCorrection(
      sums, expected: question.expected, count: pilot.count, rows: sized.rows)
    return try sized.step(curator, rho: rho.share(Self.stepShare), check: check)
  }

  /// The number of rows of the real table, about.
  private var rows: Double { max(scale * Double(standIn.rows), 1) }

  /// Returns the counted number of rows as far as it stands out from its noise, else the release's.
  private func rows(_ counted: NoisyCounts) -> Double {
    let usual = Self.usualGrowth * Self.usualGrowth * rows * rows
    let trust = usual / (usual + counted.variance)
    return max(rows + trust * (Double(counted.values[0]) - rows), 1)
  }

  /// The question for the information at the stand-in's coefficients.
  private struct InformationQuestion {
    let formula: RowFormula
    /// The length to which a row's matrix is clipped.
    let length: Double
    /// The mean of the stand-in's clipped matrices.
    let expected: [Double]
  }

  /// The question, on a scale on which the stand-in's own matrix is one for each row.
  private var informationQuestion: InformationQuestion {
    var (_, information) = Self.sums(design, standIn, at: pilot)
    let rows = Double(max(standIn.rows, 1))
    for index in information.values.indices { information.values[index] /= rows }
    let formula = design.formula(
      design.residual(at: pilot), transform: information.inverseLowerFactor())
    var lengths: [Double] = []
    forEachVector(of: formula) { _, length in lengths.append(length) }
    let most = Self.quantile(lengths, Self.unclippedInformation)
    var expected = [Double](repeating: 0, count: formula.count)
    forEachVector(of: formula) { vector, length in
      let share = (length > most ? most / length : 1) / rows
      for index in expected.indices { expected[index] += share * vector[index] }
    }
    return InformationQuestion(formula: formula, length: most, expected: expected)
  }

  /// Takes both steps.
  private func step(_ curator: Curator, rho: Rho, check: () throws -> Void) throws -> Findings {
    var (coefficients, dispersion) = (pilot, 1.0)
    var noises: [Double] = []
    let limits = limits(unitRows: curator.unitRows)
    for share in Self.shares {
      let formula = design.formula(
        design.residual(
          at: coefficients, bound: limits.bound, squareWeight: limits.squareWeight))
      try check()
      let sums = try curator.clippedSum(of: formula, clip: limits.clip, rho: rho.share(share))
      let step = information(at: coefficients).inverse().times(Array(sums.values.dropLast()))
      dispersion = self.dispersion(sums, limits)
      noises.append(sums.variance)
      coefficients = zip(coefficients, Self.limited(step)).map { $0 + $1 }
    }
    return findings(coefficients, noises: noises, dispersion: dispersion)
  }

  /// Returns the findings that are expected at a cost, with the stand-in's coefficients.
  package func predicted(rho: Double, unitRows: Int) -> Findings {
    let limits = limits(unitRows: unitRows)
    guard rho.isFinite else { return findings(pilot, noises: [], dispersion: limits.dispersion) }
    var expected = self
    let length = Double(unitRows) * informationQuestion.length
    expected.correction = InformationCorrection(
      expectedNoise: length * length / (2 * rho * Self.informationShare * rows * rows))
    let noises = Self.shares.map { limits.clip * limits.clip / (2 * rho * Self.stepShare * $0) }
    return expected.findings(pilot, noises: noises, dispersion: limits.dispersion)
  }

  /// Returns the information of the real table, as far as it is known.
  private func information(at coefficients: [Double]) -> SymmetricMatrix {
    var (_, information) = Self.sums(design, standIn, at: coefficients)
    for index in information.values.indices { information.values[index] *= scale }
    return correction.corrected(information)
  }

  /// Returns the variance of the residuals, as far as it stands out from its noise.
  private func dispersion(_ sums: NoisySums, _ limits: Limits) -> Double {
    guard limits.squareWeight > 0, let last = sums.values.last else { return limits.dispersion }
    let asked = last / limits.squareWeight / limits.people
    let doubt = sums.variance.squareRoot() / limits.squareWeight / limits.people
    let trust = limits.dispersion / (limits.dispersion + doubt)
    return max(trust * asked + (1 - trust) * limits.dispersion, 0.1 * limits.dispersion)
  }

  /// Whether noise gives some coefficient a standard error above a limit, at the end or in the
  /// stand-in: a step that noise carried off may end where the information is large. The
  /// stand-in's information decides as it is too: coefficients that an overestimate alone lets
  /// pass would be answered with a bias.
  private func isDrowned(by noise: Double, _ inverse: SymmetricMatrix, most: Double) -> Bool {
    guard noise > 0 else { return false }
    var uncorrected = self
    uncorrected.correction = InformationCorrection(expectedNoise: 0)
    let pilots = [self, uncorrected].map { $0.information(at: pilot).inverse() }
    return ([inverse] + pilots).contains { inverse in
      let square = inverse.squared()
      return design.contrasts.enumerated().contains { place, contrast in
        noise * square[place, place] * contrast * contrast > most * most
      }
    }
  }

  private func findings(_ coefficients: [Double], noises: [Double], dispersion: Double) -> Findings
  {
    let information = information(at: coefficients)
    let inverse = information.inverse()
    var sampling = inverse
    for index in sampling.values.indices { sampling.values[index] *= dispersion }
    if let most = Self.mostNoise(design.mean),
      isDrowned(by: noises.last ?? 0, inverse, most: most)
    {
      return Findings(
        measure: design.measure,
        numbers: design.terms.map { Finding(unknown: $0.name, because: Finding.tooFew) })
    }
    let added = correction.covariance(
      information: information, inverse: inverse,
      moved: zip(coefficients, pilot).map { $0 - $1 }, noises: noises)
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
