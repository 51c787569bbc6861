import Foundation
import GraphicalModels
import Testing

/// The estimator compared with private-pgm's at equal measurements and the same total.
/// `scripts/bench.sh` names a file for our figures in UNDERSTUDY_BENCH_OBJECTIVE.
@Suite struct ReferenceObjectiveTests {
  /// Our result on one case.
  private struct Ours: Codable {
    let sigma, misfit, misfitConverged: Double
    let passes, passesConverged: Int
  }

  /// No worse than the best of the reference's estimators, with the default options and with a
  /// tighter tolerance.
  @Test func itIsNoWorseThanTheReference() throws {
    let reference = try ReferenceObjective.read()
    var options = Estimator.Options()
    options.relativeTolerance = 1e-7
    options.maximumPasses = 2000
    var found: [Ours] = []
    for item in reference.cases {
      let best = try #require(item.objectives.values.min())
      let (quick, quickPasses) = try misfit(item, of: reference, options: Estimator.Options())
      let (converged, passes) = try misfit(item, of: reference, options: options)
      #expect(
        converged <= best * (1 + 1e-6), "sigma \(item.sigma), \(passes) passes, \(reference.source)"
      )
      #expect(
        quick <= best * (1 + 1e-6),
        "sigma \(item.sigma), \(quickPasses) passes, \(reference.source)")
      found.append(
        Ours(
          sigma: item.sigma, misfit: quick, misfitConverged: converged, passes: quickPasses,
          passesConverged: passes))
    }
    if let path = ProcessInfo.processInfo.environment["UNDERSTUDY_BENCH_OBJECTIVE"] {
      try JSONEncoder().encode(found).write(to: URL(filePath: path))
    }
  }

  private func misfit(
    _ item: ReferenceObjective.Case, of reference: ReferenceObjective, options: Estimator.Options
  ) throws -> (misfit: Double, passes: Int) {
    let measurements = reference.measurements(item)
    let estimate = try Estimator.estimate(
      measurements: measurements, sizes: reference.sizes, total: reference.total, options: options)
    return (try measurements.misfit(of: estimate.model), estimate.progress.passes)
  }
}
