import Foundation

/// A small adversary. From draws of a mechanism on two neighbours it computes a lower bound on
/// epsilon that is wrong with probability at most `falseAlarm`.
enum PrivacyAuditor {
  /// The event "the answer is at least c" is chosen on the first half of the draws and measured on
  /// the second.
  static func epsilonLowerBound(with: [Int], without: [Int], delta: Double, falseAlarm: Double)
    -> Double
  {
    let half = with.count / 2
    let threshold = (with.min() ?? 0)...(with.max() ?? 0)
    let chosen = threshold.max { left, right in
      bound(with.prefix(half), without.prefix(half), left, delta, falseAlarm)
        < bound(with.prefix(half), without.prefix(half), right, delta, falseAlarm)
    }
    return bound(with.suffix(half), without.suffix(half), chosen ?? 0, delta, falseAlarm)
  }

  private static func bound(
    _ with: ArraySlice<Int>, _ without: ArraySlice<Int>, _ c: Int, _ delta: Double,
    _ falseAlarm: Double
  ) -> Double {
    let likely = Double(with.count { $0 >= c }) / Double(with.count)
    let unlikely = Double(without.count { $0 >= c }) / Double(without.count)
    let low = chernoff(likely, draws: with.count, falseAlarm: falseAlarm / 2, upper: false)
    let high = chernoff(unlikely, draws: without.count, falseAlarm: falseAlarm / 2, upper: true)
    return low > delta ? log((low - delta) / high) : 0
  }

  /// The confidence limit of a proportion by Chernoff's bound: the p at which draws * KL(observed,
  /// p) = log(1 / falseAlarm).
  private static func chernoff(_ observed: Double, draws: Int, falseAlarm: Double, upper: Bool)
    -> Double
  {
    func divergence(_ p: Double) -> Double {
      (observed > 0 ? observed * log(observed / p) : 0)
        + (observed < 1 ? (1 - observed) * log((1 - observed) / (1 - p)) : 0)
    }
    var (near, far) = (observed, upper ? 1.0 : 0.0)
    for _ in 0..<60 {
      let middle = (near + far) / 2
      if Double(draws) * divergence(middle) < -log(falseAlarm) {
        near = middle
      } else {
        far = middle
      }
    }
    return far
  }
}
