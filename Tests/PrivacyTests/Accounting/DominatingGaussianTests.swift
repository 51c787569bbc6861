import Accounting
import Foundation
import Mechanisms
import Testing

/// Prices compared with the privacy losses of the distributions themselves.
@Suite struct DominatingGaussianTests {
  private static let plenty = Rho(checked: .greatestFiniteMagnitude)

  private static func price(sigmaSquared: Double, sensitivity: Double = 1) throws -> Double {
    let event = PrivacyEvent.discreteGaussian(
      question: "a count", sensitivity: try Sensitivity(sensitivity),
      sigmaSquared: try PositiveRational(exactly: sigmaSquared))
    return event.price(left: plenty).rho.value
  }

  /// The point that a standard normal variable exceeds with this probability.
  private static func quantile(_ tail: Double) -> Double {
    var (low, high) = (-38.0, 38.0)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if 0.5 * erfc(middle * 0.5.squareRoot()) > tail { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  @Test(
    "Discrete Gaussian noise: the largest step between quantiles of neighbouring tails, by brute force",
    arguments: [
      0.34, 0.4, 0.5, 0.75, 1, 2, 4, 9, 30, 100, 2500,
    ])
  func discreteGaussian(_ sigmaSquared: Double) throws {
    let reach = Int((37 * sigmaSquared.squareRoot()).rounded(.up))
    let weights = (0...reach).map { exp(-Double($0 * $0) / (2 * sigmaSquared)) }
    let norm = 2 * weights.reduce(0, +) - 1
    var (tails, sum) = ([Double](repeating: 0, count: weights.count), 0.0)
    for place in weights.indices.reversed() {
      sum += weights[place]
      tails[place] = sum / norm
    }
    // Tails at or below 0 follow by symmetry; the steps are the same on both sides.
    var largest = 2 * Self.quantile(tails[1])
    for place in 2..<tails.count where tails[place] > 1e-290 {
      largest = max(largest, Self.quantile(tails[place]) - Self.quantile(tails[place - 1]))
    }
    let price = try Self.price(sigmaSquared: sigmaSquared)
    #expect(price >= largest * largest / 2 * (1 - 1e-9), "\(price) \(largest * largest / 2)")
    #expect(price >= 1 / (2 * sigmaSquared))
    if sigmaSquared >= 1 { #expect(price <= largest * largest / 2 * 1.008) }
    if sigmaSquared >= 30 { #expect(price <= largest * largest / 2 * (1 + 1e-5)) }
  }

  @Test("Noise is never priced below its variance, and too little noise has no price")
  func smallNoise() throws {
    #expect(try Self.price(sigmaSquared: 0.33) == .greatestFiniteMagnitude)
    #expect(try Self.price(sigmaSquared: 100, sensitivity: 5) >= 0.125)
    #expect(try Self.price(sigmaSquared: 100, sensitivity: 5) < 0.12511)
  }

  @Test("Calibrated noise costs at most what was given, and nearly all of it")
  func calibration() throws {
    for exponent in stride(from: -9.0, through: 1.5, by: 0.173) {
      for sensitivity in [1.0, 2, 7, 1000] {
        let rho = try Rho(pow(10, exponent) * sensitivity * sensitivity)
        let noise = try DiscreteGaussian.calibrated(
          sensitivity: try Sensitivity(sensitivity), rho: rho)
        let event = PrivacyEvent.discreteGaussian(
          question: "a count", sensitivity: try Sensitivity(sensitivity),
          sigmaSquared: noise.sigmaSquared)
        let price = event.price(left: rho).rho
        #expect(price <= rho && event.cost.rho <= rho)
        let ratio = rho.value / (sensitivity * sensitivity)
        #expect(
          ratio > 2.9 || price.value > rho.value * (1 - 1e-5), "\(rho) \(sensitivity): \(price)")
      }
    }
  }

  /// The largest difference, squared, between the quantiles under P and under Q of a two-point law
  /// with Gaussian noise of variance `rest`.
  private static func needed(range: Double, rest: Double) -> Double {
    var largest = 0.0
    for part in 1..<50 {
      let top = range * Double(part) / 50
      let unlikely = (exp(-top) - exp(-range)) / -expm1(-range)
      let likely = exp(top) * unlikely
      let deviation = rest.squareRoot()
      for step in -160...160 {
        let place = Double(step) / 20 * (rest + range * range / 4).squareRoot()
        func above(_ share: Double, _ drift: Double) -> Double {
          func tail(_ centre: Double) -> Double {
            0.5 * erfc((place - centre) / deviation * 0.5.squareRoot())
          }
          return share * tail(top + drift) + (1 - share) * tail(top - range + drift)
        }
        let (p, q) = (above(likely, rest / 2), above(unlikely, -rest / 2))
        guard q > 1e-14, p < 1 - 1e-10, q < 1 - 1e-10 else { continue }
        largest = max(largest, quantile(q) - quantile(p))
      }
    }
    return largest * largest
  }

  @Test(
    "A choice and what is left are within the budget, by brute force", arguments: [0.02, 0.5, 2],
    [0.4, 0.6, 1.0, 2.5, 40, 150])
  func choice(_ range: Double, _ ratio: Double) throws {
    let budget = ratio * range * range
    let event = PrivacyEvent.exponentialMechanism(
      question: "a choice", candidates: 5, sensitivity: try Sensitivity(1),
      epsilon: try Epsilon(range))
    let price = 2 * event.price(left: try Rho(budget / 2)).rho.value
    #expect(price >= range * range / 4 && price <= range * range * 0.3927)
    let needed = Self.needed(range: range, rest: budget - price)
    #expect(needed <= budget * (1 + 1e-9))
    // For small ranges the price is the smallest possible. If a choice is priced by its variance
    // alone, it is too cheap, so the test can fail.
    if range == 0.02, ratio < 10 {
      #expect(needed > budget * (1 - 1e-4))
      #expect(Self.needed(range: range, rest: budget - range * range / 4) > budget * (1 + 1e-5))
    }
  }

  @Test("The price of a choice falls with what is left, without a step")
  func choiceIsMonotone() throws {
    var last = Double.infinity
    for step in 0..<4000 {
      let left = try Rho(0.1965 * pow(1.003, Double(step)))
      let price = DominatingGaussian.rho(range: 1, left: left).value
      #expect(price <= last * (1 + 1e-11) && price >= 0.125, "\(left): \(price) after \(last)")
      #expect(last == .infinity || last - price < 0.02)
      last = price
    }
    #expect(last < 0.12501)
    #expect(
      DominatingGaussian.rho(range: 1, left: Rho(checked: .greatestFiniteMagnitude)).value < 0.125
        + 1e-14)
  }

  @Test("Where little is left a choice costs what randomised response does")
  func lastChoice() throws {
    for range in [0.01, 0.3, 1, 5, 20] {
      let event = PrivacyEvent.exponentialMechanism(
        question: "a choice", candidates: 5, sensitivity: try Sensitivity(1),
        epsilon: try Epsilon(range))
      let price = event.price(left: try Rho(range * range / 2 * 0.39)).rho
      let truth = 1 / (1 + exp(-range))
      // The single kink of randomised response lies on the curve: its delta at epsilon 0 is 2p - 1.
      let delta = GaussianCurve.delta(rho: price, epsilon: try Epsilon(0)).value
      #expect(
        delta >= 2 * truth - 1 && delta < (2 * truth - 1) * (1 + 1e-6) + 1e-9, "\(range): \(delta)")
    }
  }

  @Test("A choice is calibrated to what it was given, whatever is left")
  func choiceCalibration() throws {
    for left in [1e-6, 0.01, 1, 1e6, .greatestFiniteMagnitude] {
      for share in [1e-6, 0.01, 0.3, 0.5, 0.9, 1] where left < 1e300 || share < 0.1 {
        let rho = try Rho(left < 1e300 ? left * share : share)
        let range = DominatingGaussian.range(rho: rho, left: try Rho(left))
        let price = DominatingGaussian.rho(range: range, left: Rho(checked: left))
        #expect(price <= rho)
        // A range of 3 or more may be cheaper by itself.
        #expect(
          share == 1 || rho.value > 0.5 || price.value >= rho.value * (1 - 1e-5),
          "\(left) \(share): \(price)")
      }
    }
  }

  @Test("Parts of an event are priced one after the other")
  func composed() throws {
    let choice = PrivacyEvent.exponentialMechanism(
      question: "a choice", candidates: 2, sensitivity: try Sensitivity(1),
      epsilon: try Epsilon(0.1))
    var filter = PrivacyFilter(limit: PrivacyCost(rho: try Rho(0.02)))
    let prices = (0..<3).compactMap { _ in filter.charge(choice) }
    try #require(prices.count == 3)
    #expect(prices[0].rho < prices[1].rho && prices[1].rho < prices[2].rho)
    let all = PrivacyEvent.composed(question: "three", events: [choice, choice, choice]).price(
      left: try Rho(0.02))
    #expect(abs(all.rho.value - filter.spent.rho.value) < 1e-15)
    var small = PrivacyFilter(limit: PrivacyCost(rho: try Rho(0.001)))
    #expect(small.charge(choice) == nil && small.spent == .zero)
  }
}
