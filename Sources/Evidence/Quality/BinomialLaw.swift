import Foundation

/// The law of the number of successes in independent trials of one probability.
package struct BinomialLaw {
  /// Not negative.
  package let trials: Int
  /// The probability of success in one trial, 0 to 1.
  package let probability: Double

  package init(trials: Int, probability: Double) {
    (self.trials, self.probability) = (trials, probability)
  }

  /// Returns the probability of exactly `successes`, by logarithms, so that it neither overflows
  /// nor loses digits.
  package func mass(_ successes: Int) -> Double {
    guard (0...trials).contains(successes) else { return 0 }
    if probability <= 0 { return successes == 0 ? 1 : 0 }
    if probability >= 1 { return successes == trials ? 1 : 0 }
    let (n, k) = (Double(trials), Double(successes))
    let ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return exp(ways + k * log(probability) + (n - k) * log1p(-probability))
  }

  /// Returns the probability of `successes` or more. Complexity: about the square root of the
  /// number of trials, since terms beyond the tail's last digit are left out.
  package func probability(atLeast successes: Int) -> Double {
    if successes <= 0 { return 1 }
    if successes > trials { return 0 }
    if probability <= 0 || probability >= 1 { return probability <= 0 ? 0 : 1 }
    // The smaller tail is summed outwards from its largest term, each term from the one before it.
    let odds = probability / (1 - probability)
    if Double(successes) >= Double(trials) * probability {
      return min(1, tail(from: successes, by: 1) { odds * Double(trials - $0) / Double($0 + 1) })
    }
    return max(
      0, 1 - tail(from: successes - 1, by: -1) { Double($0) / (odds * Double(trials - $0 + 1)) })
  }

  /// Returns the chance of this many events in the first of two samples, given the events in both,
  /// if its rate were `ratio` times the other's: the exact conditional test of two Poisson rates
  /// (Przyborowski and Wilenski 1940), which is on the safe side for shares.
  package static func chance(
    _ events: Int, of trials: Int, against others: Int, of otherTrials: Int, ratio: Double
  ) -> Double {
    guard events > 0, trials > 0, otherTrials > 0 else { return 1 }
    let weight = Double(trials) * ratio
    return BinomialLaw(
      trials: events + others, probability: weight / (weight + Double(otherTrials))
    ).probability(atLeast: events)
  }

  /// Returns the masses of `first` and of all numbers beyond it. `ratio` is the mass of the next
  /// number over that of its argument, and falls.
  private func tail(from first: Int, by step: Int, ratio: (Int) -> Double) -> Double {
    var (sum, term, place) = (0.0, mass(first), first)
    while term > sum * 1e-17 {
      sum += term
      term *= ratio(place)
      place += step
    }
    return sum
  }
}
