import Accounting
import Foundation
import Mechanisms
import Testing

/// The tests of the tests: each planted fault must be caught, and the true mechanism must pass.
@Suite("Planted faults are caught")
struct AuditTests {
  private static func noise(sigmaSquared: (Int, Int), count: Int) throws -> [Int] {
    let noise = try DiscreteGaussian(sigmaSquared: PositiveRational(sigmaSquared.0, sigmaSquared.1))
    return noise.noisy(counts: [Int](repeating: 0, count: count), using: SecureRandom())
  }

  @Test("Half the noise: the auditor's lower bound on epsilon exceeds the claim")
  func halfTheNoise() throws {
    let draws = 200_000
    let claimed = Accountant.epsilon(rho: try Rho(0.5), delta: try Delta(1e-3)).value
    for (sigmaSquared, isFaulty) in [((1, 1), false), ((1, 4), true)] {
      let without = try Self.noise(sigmaSquared: sigmaSquared, count: draws)
      let with = try Self.noise(sigmaSquared: sigmaSquared, count: draws).map { $0 + 1 }
      let bound = PrivacyAuditor.epsilonLowerBound(
        with: with, without: without, delta: 1e-3, falseAlarm: ChiSquared.falseAlarm)
      print("audit: claimed epsilon \(claimed), lower bound \(bound), planted fault: \(isFaulty)")
      #expect((bound > claimed) == isFaulty)
    }
  }

  @Test("Half the noise: the exact law is refuted")
  func halfTheNoiseByLaw() throws {
    for (sigmaSquared, isFaulty) in [((100, 1), false), ((25, 1), true)] {
      let draws = try Self.noise(sigmaSquared: sigmaSquared, count: 20_000)
      let outcome = ChiSquared.test(draws, range: -100...100) { exp(-Double($0 * $0) / 200) }
      #expect((outcome.probability < ChiSquared.falseAlarm) == isFaulty, "\(outcome)")
    }
  }

  @Test(
    "A forgotten rounding of the answer: some answers lie off the grid of whole numbers (Mironov 2012)"
  )
  func answersOffTheGrid() throws {
    func isOnGrid(_ answers: [Double]) -> Bool { answers.allSatisfy { $0 == $0.rounded() } }
    let random = SecureRandom()
    func uniform() -> Double { Double(random.next() >> 11) * 0x1p-53 }
    let planted = (0..<100).map { _ in
      17 + 3 * (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
    }
    #expect(!isOnGrid(planted))
    #expect(isOnGrid(try Self.noise(sigmaSquared: (9, 1), count: 100).map(Double.init)))
  }

  @Test("A forgotten rounding of the noise: a variance rounded to the nearest sixteenth overspends")
  func varianceRoundedToNearest() throws {
    var (overspent, calibratedOverspent) = (0, 0)
    for step in 1...200 {
      let rho = try Rho(0.001 * Double(step))
      let planted = try PositiveRational(Int((16 / (2 * rho.value)).rounded()), 16)
      let calibrated = try DiscreteGaussian.calibrated(sensitivity: Sensitivity(1), rho: rho)
        .sigmaSquared
      func cost(_ sigmaSquared: PositiveRational) throws -> Rho {
        PrivacyEvent.discreteGaussian(
          question: "q", sensitivity: try Sensitivity(1), sigmaSquared: sigmaSquared
        ).cost.rho
      }
      if try cost(planted) > rho { overspent += 1 }
      if try cost(calibrated) > rho { calibratedOverspent += 1 }
    }
    #expect(overspent > 50)
    #expect(calibratedOverspent == 0)
  }

  @Test("A seeded generator: two runs agree, and the stream is marked")
  func seededGenerator() throws {
    func repeats(_ make: () -> SecureRandom) throws -> Bool {
      let noise = try DiscreteGaussian(sigmaSquared: PositiveRational(10_000))
      let zeros = [Int](repeating: 0, count: 50)
      return noise.noisy(counts: zeros, using: make()) == noise.noisy(counts: zeros, using: make())
    }
    #expect(try repeats { SecureRandom(testing: 42) })
    #expect(!SecureRandom(testing: 42).isPrivate)
    #expect(try !repeats { SecureRandom() })
  }
}
