import Foundation
import GraphicalModels

/// Noisy marginals of a simulated table, and the final misfits of private-pgm's estimators:
/// `Tests/Vectors/Estimation/private-pgm.json`, written by `scripts/bench/objective.py`.
struct ReferenceObjective: Decodable {
  struct Case: Decodable {
    let sigma: Double
    /// Noisy counts, one list per clique.
    let values: [[Double]]
    /// 1/2 sum (N p - y)² / sigma² at the end, by estimator.
    let objectives: [String: Double]
  }

  let source: String
  let sizes: [Int]
  let total: Double
  let cliques: [[Int]]
  let cases: [Case]

  static func read() throws -> ReferenceObjective {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = tests.appending(path: "Vectors/Estimation/private-pgm.json")
    return try JSONDecoder().decode(ReferenceObjective.self, from: Data(contentsOf: file))
  }

  func measurements(_ item: Case) -> [GraphicalModels.Measurement] {
    zip(cliques, item.values).map {
      GraphicalModels.Measurement(clique: Clique($0), values: $1, variance: item.sigma * item.sigma)
    }
  }
}
