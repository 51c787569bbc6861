import Foundation

/// Pearson's test of counts against exact probabilities. Each test rejects a correct sampler with
/// probability `falseAlarm`.
enum ChiSquared {
  /// 1e-6 for the whole suite, split over at most 64 statistical tests.
  static let falseAlarm = 1e-6 / 64

  struct Outcome: CustomStringConvertible {
    let draws: Int
    let cells: Int
    let statistic: Double
    let probability: Double
    var description: String {
      "n = \(draws), k = \(cells) cells, chi squared = \(statistic), p = \(probability)"
    }
  }

  /// `weight` gives the masses of the values in `range`, up to a factor. Values outside are counted
  /// with the ends, so the mass beyond the range should be negligible. Cells are joined until each
  /// expects 50 draws or more.
  static func test(_ draws: [Int], range: ClosedRange<Int>, weight: (Int) -> Double) -> Outcome {
    let weights = range.map(weight)
    let total = weights.reduce(0, +)
    var counts = [Int](repeating: 0, count: range.count)
    for draw in draws {
      counts[min(max(draw, range.lowerBound), range.upperBound) - range.lowerBound] += 1
    }
    var (cells, statistic) = (0, 0.0)
    var (observed, expected) = (0.0, 0.0)
    var remaining = Double(draws.count)
    for (count, weight) in zip(counts, weights) {
      observed += Double(count)
      expected += weight / total * Double(draws.count)
      if expected >= 50, remaining - expected >= 50 {
        statistic += (observed - expected) * (observed - expected) / expected
        cells += 1
        remaining -= expected
        (observed, expected) = (0, 0)
      }
    }
    if expected > 0 {
      statistic += (observed - expected) * (observed - expected) / expected
      cells += 1
    }
    return Outcome(
      draws: draws.count, cells: cells, statistic: statistic,
      probability: upperGamma(Double(cells - 1) / 2, statistic / 2))
  }

  /// The regularised upper incomplete gamma function Q(a, x), by its series or its continued
  /// fraction (Lentz).
  static func upperGamma(_ a: Double, _ x: Double) -> Double {
    if x <= 0 { return 1 }
    let factor = exp(a * log(x) - x - logGamma(a))
    if x < a + 1 {
      var (term, sum, n) = (1 / a, 1 / a, a)
      while abs(term) > abs(sum) * 1e-16 {
        n += 1
        term *= x / n
        sum += term
      }
      return max(0, 1 - sum * factor)
    }
    var b = x + 1 - a
    var c = 1e300
    var d = 1 / b
    var h = d
    for i in 1..<100_000 {
      let an = -Double(i) * (Double(i) - a)
      b += 2
      d = 1 / (an * d + b)
      c = b + an / c
      h *= d * c
      if abs(d * c - 1) < 1e-15 { break }
    }
    return factor * h
  }

  /// log Gamma, for half-integers above zero.
  private static func logGamma(_ a: Double) -> Double {
    var (sum, value) = (0.0, a)
    while value > 1.25 {
      value -= 1
      sum += log(value)
    }
    return value == 0.5 ? sum + log(Double.pi) / 2 : sum
  }
}
