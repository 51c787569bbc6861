import Accounting
import Foundation
import Testing

@Suite struct PrivacyLossPropertyTests {
  @Test func fourierTransformIsTheSlowSum() {
    for count in [2, 4, 32, 256] {
      let values = (0..<count).map { sin(Double($0 * $0) + 0.3) }
      let fast = FourierTransform(count: count).forward(values)
      for frequency in 0..<count {
        var (real, imaginary) = (0.0, 0.0)
        for (place, value) in values.enumerated() {
          let angle = 2 * Double.pi * Double(place * frequency % count) / Double(count)
          real += value * cos(angle)
          imaginary += value * sin(angle)
        }
        #expect(abs(fast.real[frequency] - real) < 1e-12 * Double(count))
        #expect(abs(fast.imaginary[frequency] - imaginary) < 1e-12 * Double(count))
      }
      let back = FourierTransform(count: count).inverse(fast)
      for (one, other) in zip(values, back) { #expect(abs(one - other) < 1e-14) }
    }
  }

  /// The deltas of one step on the grid, compared with those of the normal distribution.
  @Test(arguments: [(1.0, 0.8), (0.01, 1.1), (0.2, 5.0)]) func oneStepIsNeverBelowItsIntegral(
    _ rate: Double, _ multiplier: Double
  ) {
    func above(_ x: Double) -> Double { 0.5 * erfc(x / 2.0.squareRoot()) }
    let losses = PrivacyLossDistribution.gaussian(
      noiseMultiplier: multiplier, samplingRate: rate, spacing: 0.0005)
    for (direction, sign) in [(losses, 1.0), (losses.reversed, -1.0)] {
      var accountant = PrivacyLossAccountant(spacing: 0.0005)
      accountant.compose(direction)
      for epsilon in [0.0, 0.003, 0.05, 0.4, 1.7] {
        // P(loss > epsilon) - exp(epsilon) Q(loss > epsilon); the event is bounded by a single
        // outcome.
        let inner = (exp(sign * epsilon) - 1 + rate) / rate
        let border = inner > 0 ? multiplier * multiplier * log(inner) + 0.5 : -.infinity
        func upper(_ centre: Double) -> Double {
          sign > 0 ? above((border - centre) / multiplier) : above((centre - border) / multiplier)
        }
        let mixed = (1 - rate) * upper(0) + rate * upper(1)
        let exact = sign > 0 ? mixed - exp(epsilon) * upper(0) : upper(0) - exp(epsilon) * mixed
        let found = accountant.delta(epsilon: epsilon)
        #expect(found >= exact - 1e-15, "\(rate) \(multiplier) \(epsilon): \(found) \(exact)")
        #expect(
          found <= exact + 1e-6 + 1e-3 * exact,
          "\(rate) \(multiplier) \(epsilon): \(found) \(exact)")
      }
    }
  }

  /// Brute force: all ways to add up a few losses on a coarse grid.
  @Test func compositionIsTheSlowConvolution() {
    let losses = PrivacyLossDistribution.gaussian(
      noiseMultiplier: 1, samplingRate: 0.3, spacing: 0.25)
    var laws: [Int: Double] = [0: 1]
    for _ in 0..<5 {
      var next: [Int: Double] = [:]
      for (sum, mass) in laws {
        for (place, step) in losses.masses.enumerated() {
          next[sum + losses.lowest + place, default: 0] += mass * step
        }
      }
      laws = next
    }
    var accountant = PrivacyLossAccountant(spacing: 0.25)
    accountant.compose(losses, count: 5)
    for epsilon in [0.0, 0.1, 1, 2.6, 6, 9] {
      let slow = laws.reduce(5 * losses.infinite) { sum, law in
        let above = Double(law.key) * 0.25 - epsilon
        return above > 0 ? sum + law.value * -expm1(-above) : sum
      }
      let found = accountant.delta(epsilon: epsilon)
      #expect(
        found >= slow * (1 - 1e-12) && found <= slow * (1 + 1e-6) + 1e-25,
        "\(epsilon): \(found) \(slow)")
    }
  }

  /// A single zero-concentrated step costs what its conversion gives, and several compose to less.
  @Test(arguments: [0.0005, 0.02, 0.7]) func zeroConcentrated(_ rho: Double) throws {
    let spacing = (2 * rho).squareRoot() / 40
    var accountant = PrivacyLossAccountant(spacing: spacing)
    let losses = PrivacyLossDistribution.zeroConcentrated(rho: rho, spacing: spacing)
    #expect(abs(losses.masses.reduce(losses.infinite, +) - 1) < 1e-9)
    accountant.compose(losses)
    let single = try #require(accountant.epsilon(delta: 1e-6))
    let converted = Accountant.epsilon(rho: try Rho(rho), delta: try Delta(1e-6)).value
    #expect(
      single >= converted * (1 - 1e-3) && single <= converted * 1.01, "\(single) \(converted)")
    // A Gaussian of the same rho is one of the dominated mechanisms.
    let gaussian = PrivacyLossDistribution.gaussian(
      noiseMultiplier: 1 / (2 * rho).squareRoot(), spacing: spacing)
    for count in [1, 3, 10] {
      var any = PrivacyLossAccountant(spacing: spacing)
      any.compose(losses, count: count)
      var one = PrivacyLossAccountant(spacing: spacing)
      one.compose(gaussian, count: count)
      for epsilon in [0.1, 0.5, 2] where any.delta(epsilon: epsilon) > 1e-12 {
        #expect(any.delta(epsilon: epsilon) >= one.delta(epsilon: epsilon) * (1 - 1e-3))
      }
    }
  }

  /// Without sampling, the rho of a run is that of the Gaussian; sampling lowers it.
  @Test func rhoOfARun() throws {
    let whole = try #require(
      SubsampledGaussian(samplingRate: 1, noiseMultiplier: 20, steps: 10, tail: 1e-10).rho)
    #expect(whole >= 10 / 800.0 && whole < 10 / 800.0 * 1.01, "\(whole)")
    let sampled = try #require(
      SubsampledGaussian(samplingRate: 0.01, noiseMultiplier: 3.1385, steps: 3000, tail: 1e-10).rho)
    // 0.0160278 is the value of the Gaussian limit; another program found 0.016406 without tilting.
    #expect(sampled >= 0.0160278 && sampled < 0.01652, "\(sampled)")
  }

  /// The delta that follows from rho and the tail is never below the delta of the run itself.
  @Test(arguments: [(0.01, 1.0, 2000), (0.002, 0.8, 20000), (0.05, 8.0, 1000), (0.3, 40.0, 200)])
  func rhoCoversTheRun(_ rate: Double, _ multiplier: Double, _ steps: Int) throws {
    let run = SubsampledGaussian(
      samplingRate: rate, noiseMultiplier: multiplier, steps: steps, tail: 1e-8)
    let rho = try Rho(try #require(run.rho))
    for direction in [run.losses, run.losses.reversed] {
      var accountant = PrivacyLossAccountant(spacing: direction.spacing)
      accountant.compose(direction, count: steps)
      for epsilon in [0.01, 0.1, 0.5, 1, 2, 5] {
        let claimed = Accountant.delta(rho: rho, epsilon: try Epsilon(epsilon)).value + 1e-8
        #expect(accountant.delta(epsilon: epsilon) <= claimed, "\(epsilon)")
      }
    }
  }
}
