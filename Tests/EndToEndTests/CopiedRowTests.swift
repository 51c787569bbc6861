import Attacks
import Basics
import Encoding
import Foundation
import MarginalSynthesis
import Mechanisms
import Releases
import Synthesis
import Tables
import Testing

/// An audit of a whole release by a single run. Its rows are canaries, each included by the toss of
/// a coin, and the adversary looks for copies of them.
@Suite struct CopiedRowTests {
  private static let canaries = 1_000
  private static let rows = 100_000
  private static let header = "a,b,c,d"

  /// Rows that nothing else resembles: four numbers with a thousand possible values each.
  private func canaries() -> [String] {
    var generator = SamplingGenerator(seed: 17)
    return (0..<Self.canaries).map { _ in
      (0..<4).map { _ in "\(generator.next() % 1_000)" }.joined(separator: ",")
    }
  }

  private func release(of lines: [String], in shop: Workshop) throws -> [String] {
    try shop.write(([Self.header] + lines).joined(separator: "\n") + "\n", as: "canaries.csv")
    try shop.write(
      Schema(
        name: "canaries",
        columns: ["a", "b", "c", "d"].map {
          ColumnSchema(name: $0, type: .integer, bounds: .declared(0...999))
        }),
      as: "canaries.yaml")
    var request = try shop.request("canaries.csv", schema: "canaries.yaml", engine: .mst)
    request.rows = Self.rows
    _ = try Synthesis.run(request)
    return try shop.text("release/synthetic.csv").split(separator: "\n").dropFirst().map(
      String.init)
  }

  /// An honest release gives nothing away. If one training row in a thousand is copied, the claim
  /// is refuted.
  @Test func aCopyInAThousandIsCaught() throws {
    let canaries = canaries()
    var coins = SecureRandom()
    let audit = OneRunAudit(canaries: canaries.count, using: &coins)
    let training = audit.included.map { canaries[$0] }
    let honest = try release(of: training, in: Workshop())
    let planted = honest.enumerated().map { index, line in
      index % 1_000 == 0 ? training[Int(coins.uniform(below: UInt64(training.count)))] : line
    }
    for (lines, isPlanted) in [(honest, false), (planted, true)] {
      let copies = Dictionary(grouping: lines) { $0 }.mapValues(\.count)
      let bound = audit.bound(scores: canaries.map { Double(copies[$0] ?? 0) }, above: 0)
      let epsilon = bound.epsilon(delta: 1e-12, confidence: 1 - 1e-6)
      print(
        "copies of canaries: \(bound.guesses) seen, \(bound.correct) in, epsilon at least \(epsilon), claimed 1; planted: \(isPlanted)"
      )
      #expect((epsilon > 1) == isPlanted)
    }
  }
}
