import Foundation
import Mechanisms
import Testing

@Suite struct PoissonSamplingTests {
  private func samples(_ rate: Double, _ count: Int, _ draws: Int) -> [[Int]] {
    let sampling = PoissonSampling(rate: rate, count: count)
    let random = SecureRandom()
    return (0..<draws).map { _ in
      var members: [Int] = []
      sampling.draw(into: &members, using: random)
      return members
    }
  }

  /// Each of the 32 subsets of five members has its own probability, so this tests independence
  /// too.
  @Test(arguments: [0.5, 0.1, 0.83]) func everySubsetHasItsProbability(_ rate: Double) {
    let draws = samples(rate, 5, 200_000).map { $0.reduce(0) { $0 | 1 << $1 } }
    let outcome = ChiSquared.test(draws, range: 0...31) { subset in
      (0..<5).reduce(1.0) { $0 * (subset >> $1 & 1 == 1 ? rate : 1 - rate) }
    }
    #expect(outcome.probability > ChiSquared.falseAlarm, "\(outcome)")
  }

  @Test func sizesAreBinomial() {
    let (rate, count) = (0.01, 1000)
    let outcome = ChiSquared.test(samples(rate, count, 100_000).map(\.count), range: 0...60) {
      size in
      exp(
        lgamma(1001) - lgamma(Double(size) + 1) - lgamma(1001 - Double(size)) + Double(size)
          * log(rate) + Double(count - size)
          * log1p(-rate))
    }
    #expect(outcome.probability > ChiSquared.falseAlarm, "\(outcome)")
  }

  @Test func membersAreEquallyLikely() {
    let outcome = ChiSquared.test(samples(0.003, 700, 60_000).flatMap { $0 }, range: 0...699) { _ in
      1
    }
    #expect(outcome.probability > ChiSquared.falseAlarm, "\(outcome)")
  }

  @Test func borders() {
    #expect(samples(1, 7, 3) == [[Int]](repeating: Array(0..<7), count: 3))
    #expect(samples(0.5, 0, 3) == [[], [], []])
    #expect(samples(1e-300, 1_000_000, 50).reduce(0) { $0 + $1.count } == 0)
    #expect(samples(0.4, 1, 2000).contains([0]))
    for members in samples(0.2, 5000, 20) {
      #expect(members == members.sorted() && Set(members).count == members.count)
    }
  }
}
