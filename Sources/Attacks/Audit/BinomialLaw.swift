import Foundation

/// The number of successes in independent trials of one probability.
struct BinomialLaw {
  /// Not negative.
  let trials: Int
  /// Of a success in one trial, 0 to 1.
  let probability: Double

  /// The probability of exactly `successes`, by logarithms, so that it neither overflows nor loses digits.
  func mass(_ successes: Int) -> Double {
    guard (0...trials).contains(successes) else { return 0 }
    if probability <= 0 { return successes == 0 ? 1 : 0 }
    if probability >= 1 { return successes == trials ? 1 : 0 }
    let (n, k) = (Double(trials), Double(successes))
    let ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return exp(ways + k * log(probability) + (n - k) * log1p(-probability))
  }

  /// The probability of `successes` or more. Complexity: the number of terms on the shorter side.
  func probability(atLeast successes: Int) -> Double {
    if successes <= 0 { return 1 }
    if successes > trials { return 0 }
    // The smaller tail is summed from its far end, where the terms are smallest.
    if Double(successes) >= Double(trials) * probability {
      return min(1, (successes...trials).reversed().reduce(0) { $0 + mass($1) })
    }
    return max(0, 1 - (0..<successes).reduce(0) { $0 + mass($1) })
  }
}
