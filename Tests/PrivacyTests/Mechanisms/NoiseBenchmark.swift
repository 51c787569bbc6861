import Accounting
import Foundation
import Mechanisms
import Testing

/// The discrete Gaussian's speed compared with that of the random words it consumes. Only
/// `scripts/bench.sh` runs it; it names the file for the results in UNDERSTUDY_BENCH_NOISE.
@Suite struct NoiseBenchmark {
  private static let environment = ProcessInfo.processInfo.environment

  private struct Result: Codable {
    var nanosecondsPerWord = 0.0
    /// By sigma, in CPU nanoseconds.
    var nanosecondsPerDraw: [String: Double] = [:]
  }

  @Test(.enabled(if: environment["UNDERSTUDY_BENCH_NOISE"] != nil))
  func discreteGaussian() throws {
    let report = URL(filePath: try #require(Self.environment["UNDERSTUDY_BENCH_NOISE"]))
    let random = SecureRandom()
    let draws = 1_000_000
    var result = Result()
    let (word, sum) = ProcessorClock.nanoseconds(per: 10 * draws) {
      (0..<10 * draws).reduce(UInt64(0)) { sum, _ in sum &+ random.next() }
    }
    #expect(sum != 0)
    result.nanosecondsPerWord = word
    for sigma in [1, 10, 100, 1000] {
      let noise = try DiscreteGaussian(sigmaSquared: PositiveRational(sigma * sigma))
      // First the answer: the mean of the squares is sigma² up to five of its standard deviations,
      // each sqrt(2 / draws) of it.
      let (time, squares) = ProcessorClock.nanoseconds(per: draws) {
        (0..<draws).reduce(0.0) { sum, _ in
          let draw = Double(noise.sample(using: random))
          return sum + draw * draw
        }
      }
      let variance = squares / Double(draws)
      #expect(abs(variance / Double(sigma * sigma) - 1) < 5 * (2 / Double(draws)).squareRoot())
      result.nanosecondsPerDraw["\(sigma)"] = time
    }
    try JSONEncoder().encode(result).write(to: report)
  }
}
