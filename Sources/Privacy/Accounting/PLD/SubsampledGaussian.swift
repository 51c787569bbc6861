import Foundation

/// The cost of a run of Gaussian mechanisms over Poisson samples under approximate
/// zero-concentrated differential privacy.
///
/// The Rényi divergence of one step grows without bound with its order, so the run has no rho by
/// itself. But it is dominated by two distributions whose loss is a sum of many small ones, close
/// to a Gaussian except for its far tail. With the tail left out, which has probability at most
/// `tail`, every order has a bound. See `docs/proofs/pld.md`.
package struct SubsampledGaussian: Hashable, Sendable {
  /// Above 0, at most 1.
  package let samplingRate: Double
  /// Standard deviation divided by sensitivity.
  package let noiseMultiplier: Double
  package let steps: Int
  /// The probability that may be left out.
  package let tail: Double

  package init(samplingRate: Double, noiseMultiplier: Double, steps: Int, tail: Double) {
    self.samplingRate = samplingRate
    self.noiseMultiplier = noiseMultiplier
    self.steps = steps
    self.tail = tail
  }

  /// The losses of one step, on a grid fine enough for all steps together: it widens their sum by a
  /// few ten-thousandths.
  package var losses: PrivacyLossDistribution {
    let reach = max(8, (2 * log(100 * Double(steps) / max(tail, 1e-300))).squareRoot())
    // The standard deviation of a step's loss, for small losses; never above that without sampling.
    let spread = min(samplingRate * expm1(min(1 / (noiseMultiplier * noiseMultiplier), 100)).squareRoot(), 1 / noiseMultiplier)
    let most = (1 + 2 * reach * noiseMultiplier) / (2 * noiseMultiplier * noiseMultiplier)
    let spacing = max(spread / 16, most / Double(1 << 17))
    return .gaussian(noiseMultiplier: noiseMultiplier, samplingRate: samplingRate, spacing: spacing, reach: reach)
  }

  /// The smallest rho found with which the run is `tail`-approximately rho-zCDP, both ways; nil if
  /// there is none.
  package var rho: Double? {
    let forward = losses
    let infinite = Double(steps) * max(forward.infinite, forward.infiniteReversed)
    guard infinite < tail / 10 else { return nil }
    guard let first = rho(of: forward), let second = rho(of: forward.reversed) else { return nil }
    return max(first, second)
  }

  /// Returns the rho of one direction. Complexity: a Fourier transform, and a pass over its window
  /// for each order.
  private func rho(of losses: PrivacyLossDistribution) -> Double? {
    let part = [(losses: losses, count: steps)]
    let moments = Moments(part)
    let share = tail * 0.45  // of what is left out: one side of the losses; the other side and the infinite ones take the rest
    let composed = ComposedLosses(part, tilt: moments.tilt(delta: share))
    guard let bound = quantile(of: composed, share: share) else { return nil }
    let left = -log1p(-tail)
    // K(l) = log of the mean of exp(l loss) is convex; the order is l + 1, and rho must be at least
    // K(l) / (l (l + 1)) for all l > 0.
    func whole(_ order: Double) -> Double { moments.log(order) + (order + 1) * left }
    func truncated(_ order: Double) -> Double { composed.logMoment(order, upTo: bound) + (order + 1) * left }
    let ratio = 1.03
    var order = 1e-3
    // Below the first order, the divergence grows with the order.
    var rho = whole(order) / order
    // Above an order, the divergence is at most the largest remaining loss.
    while (bound + 2 * left) / (order + 1) > rho {
      let next = order * ratio
      func needed(_ moment: (Double) -> Double) -> Double {
        max(moment(order) / (order * (order + 1)), moment(next) / (next * (next + 1)))
      }
      let untruncated = needed(whole)
      if !(untruncated <= rho) { rho = max(rho, min(untruncated, needed(truncated))) }
      order = next
      guard order < 1e9, rho.isFinite else { return nil }
    }
    // Between two orders a chord lies above K, and above l (l + 1) by less than (ratio - 1)²/4 of
    // it.
    return rho * (1 + (ratio - 1) * (ratio - 1) / 4) * (1 + 1e-9)
  }

  /// Returns a loss that is exceeded with probability at most `share`.
  private func quantile(of composed: ComposedLosses, share: Double) -> Double? {
    var (low, high) = (max(0, composed.loss(0)), composed.highest)
    guard high > low, composed.probability(above: high) <= share else { return nil }
    for _ in 0..<50 where high - low > composed.spacing / 2 {
      let middle = (low + high) / 2
      if composed.probability(above: middle) <= share { high = middle } else { low = middle }
    }
    return high
  }
}
