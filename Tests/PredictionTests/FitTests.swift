import Accounting
import Curation
import Foundation
import Prediction
import Testing

/// The fits, beside the points that made the people.
@Suite struct FitTests {
  private func gradients(_ cohort: Cohort, rho: Double, seed: UInt64) throws -> FittedPoints {
    try GradientFit(
      cohort.design(), unitRows: 1, rho: Rho(checked: rho), delta: Delta(checked: 1e-9)
    ).fit(cohort.curator(seed: seed))
  }

  /// With next to no noise the points are those of the people, up to the prior and to what clipped
  /// residuals lose of a flag.
  @Test(arguments: [PredictionFamily.logistic, .linear, .poisson])
  func gradientsFindThePoints(_ family: PredictionFamily) throws {
    let cohort = Cohort(12_000, family: family)
    let fitted = try gradients(cohort, rho: 20, seed: 3)
    let unit = try cohort.design().scale.unit
    let found = Cohort.centred(fitted.parameters).map { $0 * unit }
    let (first, second) = (found, Cohort.truth)
    let dot = zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    let factor = dot / second.reduce(0) { $0 + $1 * $1 }
    #expect(abs(factor - 1) < 0.25, "\(family): \(factor)")
    for (point, truth) in zip(first, second) {
      #expect(abs(point - truth * factor) < 0.12, "\(family): \(first) for \(second)")
    }
  }

  /// The error that is stated bounds the error over repetitions with other people and other noise,
  /// and is not far above it: it counts a target's whole variance, whatever the model explains of
  /// it.
  @Test(arguments: [PredictionFamily.logistic, .linear])
  func statedErrorsAreTrue(_ family: PredictionFamily) throws {
    var (points, stated) = ([[Double]](), [[Double]]())
    for seed in 0..<12 {
      let cohort = Cohort(1_500, family: family, seed: UInt64(100 + seed))
      let fitted = try gradients(cohort, rho: 0.02, seed: UInt64(seed))
      points.append(fitted.parameters)
      stated.append(fitted.errors)
    }
    var ratios: [Double] = []
    for coordinate in points[0].indices {
      let own = points.map { $0[coordinate] }
      let mean = own.reduce(0, +) / Double(own.count)
      let variance = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(own.count - 1)
      let claimed = stated.map { $0[coordinate] * $0[coordinate] }.reduce(0, +) / Double(own.count)
      ratios.append(variance / claimed)
    }
    let ratio = ratios.reduce(0, +) / Double(ratios.count)
    print("stated errors, \(family): variance over repetitions / stated \(ratio)")
    // 9 coordinates of 11 degrees of freedom: the ratio's standard deviation is a seventh of it.
    #expect(ratio > 0.25 && ratio < 1.3, "\(ratios)")
  }

  @Test(arguments: [PredictionFamily.logistic, .linear])
  func pairsFindThePointsOfUnrelatedColumns(_ family: PredictionFamily) throws {
    let cohort = Cohort(8_000, family: family)
    let design = try cohort.design()
    let fitted = try PairFit(design).fit(cohort.curator(seed: 5), rho: Rho(checked: 5))
    let found = Cohort.centred(fitted.parameters).map { $0 * design.scale.unit }
    for (point, truth) in zip(found, Cohort.truth) {
      // Points of one column alone lie nearer to 0 than points beside others (logistic).
      #expect(abs(point - truth) < 0.3, "\(family): \(found) for \(Cohort.truth)")
    }
    #expect(fitted.errors.allSatisfy { $0 > 0 && $0 < 0.2 }, "\(fitted.errors)")
  }

  /// The area under the curve of the noisy table, beside all pairs of rows.
  @Test func theAssessmentIsThatOfTheRows() throws {
    let cohort = Cohort(4_000)
    let design = try cohort.design()
    let table = try ScoreTable(
      design, fitted: FittedPoints(parameters: Cohort.truth, errors: []),
      curator: cohort.curator(seed: 7), rho: Rho(checked: 5),
      delta: Delta(checked: 1e-9))
    let assessment = table.assessment(after: (0, 1))
    let scored = cohort.rows.map { row -> (sum: Double, isEvent: Bool) in
      let sum = zip(Cohort.points, row).reduce(0) { $0 + $1.0[Int($1.1)] }
      return (sum, row[3] == 1)
    }
    let (yes, no) = (scored.filter(\.isEvent), scored.filter { !$0.isEvent })
    var wins = 0.0
    for event in yes {
      for other in no { wins += event.sum > other.sum ? 1 : event.sum == other.sum ? 0.5 : 0 }
    }
    let area = wins / Double(yes.count * no.count)
    let found = try #require(assessment.discrimination)
    #expect(abs(found.value - area) < 0.01, "\(found) for \(area)")
    #expect(found.error > 0.001 && found.error < 0.02)
    let rows = assessment.bins.reduce(0) { $0 + $1.rows }
    #expect(abs(rows - 4_000) < 40)
    // True points need no other scale.
    let calibration = table.calibration
    #expect(abs(calibration.factor - 1) < 0.15 && abs(calibration.intercept) < 0.15)
  }

  @Test func aSampleIsTakenOfManyRowsOnly() {
    #expect(GradientFit.samplingRate(rows: 49_000) == 1)
    #expect(GradientFit.samplingRate(rows: 100_000) == 0.5)
    #expect(GradientFit.samplingRate(rows: 1_000_000) == 0.0625)
  }

  @Test func pairsServeFewRowsAndAdditiveModelsAlone() {
    #expect(PredictionTraining.usesPairs(.additive, rows: 4_999, epsilon: 1))
    #expect(!PredictionTraining.usesPairs(.additive, rows: 5_000, epsilon: 1))
    #expect(!PredictionTraining.usesPairs(.linear, rows: 100, epsilon: 1))
  }
}
