import Basics
import Foundation

/// A choice among `0 ..< count` with fixed weights.
struct WeightedChoice: Sendable {
  /// Running totals of the weights.
  private let totals: [Double]

  init(_ weights: [Double]) {
    var total = 0.0
    totals = weights.map { weight in
      total += weight
      return total
    }
    precondition(total > 0, "at least one weight must be positive")
  }

  /// Returns weights 1, 1/2^s, 1/3^s …: the long tail of `count` choices.
  static func zipf(count: Int, exponent: Double) -> WeightedChoice {
    WeightedChoice((1...count).map { rank in pow(Double(rank), -exponent) })
  }

  func draw(_ random: inout SplitMix64) -> Int {
    let point = random.uniform() * totals[totals.count - 1]
    var low = 0
    var high = totals.count - 1
    while low < high {
      let middle = (low + high) / 2
      if totals[middle] > point { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
