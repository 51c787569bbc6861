import Basics
import Encoding
import GraphicalModels
import MarginalSynthesis

/// Models that might have been learned instead, had the people and the noise been others: a
/// parametric bootstrap, which stands for draws from the posterior of the model.
///
/// Each model is fitted to measurements that are moved twice: by the difference that another sample
/// of as many people makes, drawn from the fitted model, and by fresh noise of the published
/// variance. Post-processing of a release: it costs no privacy.
package struct Draws: Sendable {
  private let evidence: Evidence
  private let expected: [[Double]]
  private let codes: [[UInt16]]
  private let seed: UInt64

  /// - Parameter seed: draws of the same seed are the same.
  package init(_ evidence: Evidence, seed: UInt64 = 0xD2A3) throws {
    self.evidence = evidence
    self.seed = seed
    let cliques = evidence.measurements.map(\.clique)
    expected = try evidence.model.marginals(of: cliques)
    let rows = min(max(Int(evidence.model.total.rounded()), 1), Self.mostRows)
    codes = try ModelSampler.sample(evidence.model, rows: rows, seed: seed)
  }

  /// A larger table is drawn from with fewer rows, and their differences are scaled down.
  private static let mostRows = 100_000

  /// Returns one of the models, the same for the same number and seed.
  package func model(_ index: Int) throws -> GraphicalModel {
    var generator = SamplingGenerator(seed: seed, stream: UInt64(index) + 1)
    let rows = codes[0].count
    var weights = [Int32](repeating: 0, count: rows)
    for _ in 0..<rows { weights[generator.below(rows)] += 1 }
    let scale = evidence.model.total / Double(rows)
    let shrunk = scale.squareRoot()
    let moved = evidence.measurements.enumerated().map { number, measurement -> Measurement in
      var sample = [Double](repeating: 0, count: measurement.values.count)
      for row in 0..<rows where weights[row] > 0 {
        let cell = measurement.clique.attributes.reduce(0) {
          $0 * evidence.model.sizes[$1] + Int(codes[$1][row])
        }
        sample[cell] += Double(weights[row])
      }
      let values = measurement.values.indices.map { cell -> Double in
        let people = (sample[cell] - expected[number][cell] / scale) * shrunk
        return measurement.values[cell] + people + generator.normal()
          * measurement.variance[cell].squareRoot()
      }
      return Measurement(
        clique: measurement.clique, values: values, variance: measurement.variance,
        countsAllRows: measurement.countsAllRows)
    }
    return try evidence.model.refitted(to: moved)
  }
}
