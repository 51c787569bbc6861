import Accounting
import BigInt
import Foundation
import Mechanisms
import Testing

@Suite("Discrete Gaussian and discrete Laplace noise")
struct DiscreteNoiseTests {
  private static func gaussianFit(_ draws: [Int], sigma: Double) -> ChiSquared.Outcome {
    let reach = Int(9 * sigma) + 3
    return ChiSquared.test(draws, range: -reach...reach) {
      exp(-Double($0 * $0) / (2 * sigma * sigma))
    }
  }

  @Test(
    "The Gaussian follows its exact law",
    arguments: [(1, 10_000), (1, 9), (1, 1), (7, 3), (25, 1), (10_001, 2), (10_000, 1)])
  func gaussian(numerator: Int, denominator: Int) throws {
    let random = SecureRandom()
    let noise = try DiscreteGaussian(sigmaSquared: PositiveRational(numerator, denominator))
    let sigma = (Double(numerator) / Double(denominator)).squareRoot()
    let outcome = Self.gaussianFit(
      (0..<150_000).map { _ in noise.sample(using: random) }, sigma: sigma)
    #expect(outcome.cells == 1 || outcome.probability > ChiSquared.falseAlarm, "\(outcome)")
    let slow = Self.gaussianFit(
      (0..<3000).map { _ in noise.sampleAnySize(using: random) }, sigma: sigma)
    #expect(slow.cells == 1 || slow.probability > ChiSquared.falseAlarm, "\(slow)")
  }

  @Test("The Laplace follows its exact law", arguments: [(1, 3), (1, 1), (5, 2), (40, 1)])
  func laplace(numerator: Int, denominator: Int) throws {
    let random = SecureRandom()
    let noise = try DiscreteLaplace(scale: PositiveRational(numerator, denominator))
    let scale = Double(numerator) / Double(denominator)
    let reach = Int(40 * scale) + 5
    for draws in [
      (0..<150_000).map { _ in noise.sample(using: random) },
      (0..<3000).map { _ in noise.sampleAnySize(using: random) },
    ] {
      let outcome = ChiSquared.test(draws, range: -reach...reach) { exp(-Double(abs($0)) / scale) }
      #expect(outcome.probability > ChiSquared.falseAlarm, "\(outcome)")
    }
  }

  @Test("Draws in words and in numbers of any size are the same stream")
  func sameStream() throws {
    let choices = SecureRandom(testing: 5)
    for trial in 0..<60 {
      let ratio = try PositiveRational(
        Int(choices.uniform(below: 1 << 20)) + 1, Int(choices.uniform(below: 1 << 10)) + 1)
      let gaussian = try DiscreteGaussian(sigmaSquared: ratio)
      let laplace = try DiscreteLaplace(scale: ratio)
      let (fast, slow) = (
        SecureRandom(testing: UInt64(trial)), SecureRandom(testing: UInt64(trial))
      )
      for _ in 0..<20 {
        #expect(gaussian.sample(using: fast) == gaussian.sampleAnySize(using: slow))
        #expect(laplace.sample(using: fast) == laplace.sampleAnySize(using: slow))
      }
      #expect(fast.next() == slow.next())
    }
  }

  @Test("Very wide noise, beyond words, has the right spread; wider still is refused")
  func wideNoise() throws {
    let random = SecureRandom()
    let sigmaSquared = try PositiveRational(BigUInt(1) << 70 + 1, 3)
    let noise = try DiscreteGaussian(sigmaSquared: sigmaSquared)
    let sigma = sigmaSquared.roundedUp.squareRoot()
    let draws = (0..<3000).map { _ in
      Int((Double(noise.sample(using: random)) / sigma * 4).rounded(.down))
    }
    let outcome = ChiSquared.test(draws, range: -40...40) { cell in
      let (low, high) = (Double(cell) / 4, Double(cell + 1) / 4)
      return 0.5 * (erfc(low / 2.0.squareRoot()) - erfc(high / 2.0.squareRoot()))
    }
    #expect(outcome.probability > ChiSquared.falseAlarm, "\(outcome)")
    #expect(throws: MechanismError.noiseTooWide) {
      try DiscreteGaussian(sigmaSquared: PositiveRational(BigUInt(1) << 80, 1))
    }
    #expect(throws: MechanismError.noiseTooWide) {
      try DiscreteLaplace(scale: PositiveRational(1 << 40))
    }
    let fine = try DiscreteLaplace(scale: PositiveRational((1 << 50) + 1, 1 << 49))
    let laplace = ChiSquared.test(
      (0..<3000).map { _ in fine.sample(using: random) }, range: -80...80
    ) { exp(-Double(abs($0)) / 2) }
    #expect(laplace.probability > ChiSquared.falseAlarm, "\(laplace)")
  }

  @Test("Calibrated noise costs at most the rho it was given, and hardly less")
  func calibration() throws {
    let choices = SecureRandom(testing: 11)
    for _ in 0..<2000 {
      let rho = try Rho(exp(Double(choices.next() >> 11) * 0x1p-53 * 26 - 18))
      let sensitivity = try Sensitivity(Double(choices.uniform(below: 20) + 1))
      let noise = try DiscreteGaussian.calibrated(sensitivity: sensitivity, rho: rho)
      let cost = PrivacyEvent.discreteGaussian(
        question: "q", sensitivity: sensitivity, sigmaSquared: noise.sigmaSquared
      )
      .price(left: rho).rho
      #expect(cost <= rho)
      // If the noise is below a unit or two, the Gaussian mechanism of equal loss costs much less,
      // or much more, than the amount asked for.
      if rho.value < 1 { #expect(cost.value > rho.value * (1 - 1e-3)) }
    }
    #expect(throws: MechanismError.noBudget) {
      try DiscreteGaussian.calibrated(sensitivity: Sensitivity(1), rho: .zero)
    }
    #expect(throws: MechanismError.nothingToProtect) {
      try DiscreteGaussian.calibrated(sensitivity: Sensitivity(0), rho: Rho(1))
    }
    #expect(throws: MechanismError.noiseTooWide) {
      try DiscreteGaussian.calibrated(sensitivity: Sensitivity(1), rho: Rho(1e-30))
    }
  }

  @Test("Counts keep their order and stay whole numbers")
  func vectors() throws {
    let counts = Array(stride(from: 0, to: 40_000_000, by: 40_000))
    let noisy = try DiscreteGaussian(sigmaSquared: PositiveRational(4)).noisy(
      counts: counts, using: SecureRandom())
    #expect(noisy.count == counts.count)
    #expect(zip(counts, noisy).allSatisfy { abs($0 - $1) < 100 })
    let laplace = try DiscreteLaplace(scale: PositiveRational(2)).noisy(
      counts: counts, using: SecureRandom())
    #expect(zip(counts, laplace).allSatisfy { abs($0 - $1) < 200 })
  }

  @Test("Speed, printed", arguments: [1, 10, 100, 1000, 10_000, 100_000])
  func speed(sigma: Int) throws {
    let random = SecureRandom()
    let rho = try Rho(1 / (2 * Double(sigma) * Double(sigma) * 1.2345))
    let noise = try DiscreteGaussian.calibrated(sensitivity: Sensitivity(1), rho: rho)
    let draws = sigma > 30_000 ? 5000 : 200_000
    let (nanoseconds, sum) = ProcessorClock.nanoseconds(per: draws) {
      (0..<draws).reduce(into: 0) { sum, _ in sum += noise.sample(using: random) }
    }
    print(
      "discrete Gaussian, sigma about \(sigma) (\(noise.sigmaSquared)): \(nanoseconds) ns per draw")
    #expect(abs(Double(sum)) < 12 * 1.2 * Double(sigma) * Double(draws).squareRoot())
  }
}
