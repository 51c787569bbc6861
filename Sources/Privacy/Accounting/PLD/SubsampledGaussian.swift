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
    let spread = min(
      samplingRate * expm1(min(1 / (noiseMultiplier * noiseMultiplier), 100)).squareRoot(),
      1 / noiseMultiplier)
    let most = (1 + 2 * reach * noiseMultiplier) / (2 * noiseMultiplier * noiseMultiplier)
    let spacing = max(spread / 16, most / Double(1 << 17))
    return .gaussian(
      noiseMultiplier: noiseMultiplier, samplingRate: samplingRate, spacing: spacing, reach: reach)
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
    // Left out on this side of the losses; the other side and the infinite ones take the rest.
    let share = tail * 0.45
    let composed = ComposedLosses(part, tilt: moments.tilt(delta: share))
    guard let bound = quantile(of: composed, share: share) else { return nil }
    let left = -log1p(-tail)
    // K(l) = log of the mean of exp(l loss) is convex; the order is l + 1, and rho must be at least
    // K(l) / (l (l + 1)) for all l > 0.
    func whole(_ order: Double) -> Double { moments.log(order) + (order + 1) * left }
    func truncated(_ order: Double) -> Double {
      composed.logMoment(order, upTo: bound) + (order + 1) * left
    }
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

extension SubsampledGaussian {
  /// Half the squared mean of a Gaussian mechanism that reveals at least as much as the run, apart
  /// from events of probability `tail`; nil if none is found. The smallest, up to the grid. See
  /// `docs/proofs/pld.md`.
  package var gaussianRho: Double? {
    let forward = losses
    let infinite = Double(steps) * max(forward.infinite, forward.infiniteReversed)
    guard infinite < tail / 10 else { return nil }
    var mean = 0.0
    for direction in [forward, forward.reversed] {
      let part = [(losses: direction, count: steps)]
      // One tilt for the tail and one for the bulk. Each curve is accurate, and holds, near the
      // losses that its tilt favours.
      let curve = ComposedLosses(part, tilt: Moments(part).tilt(delta: tail)).curve.lower(
        ComposedLosses(part, tilt: 0.5).curve)
      guard let needed = Self.mean(dominating: curve, tail: tail, atLeast: mean) else { return nil }
      mean = needed
    }
    return mean * mean / 2 * (1 + 1e-9)
  }

  /// Returns the smallest mean found, no less than `mean`, whose curve with `tail` left out lies
  /// above all deltas of a curve, for every epsilon from 0 on; nil if the curve does not fall to
  /// the tail.
  private static func mean(
    dominating curve: ComposedLosses.Curve, tail: Double, atLeast mean: Double
  ) -> Double? {
    var mean = max(mean, 1e-9)
    for place in 0..<max(curve.deltas.count - 1, 0) {
      guard curve.deltas[place] > tail else { return mean }
      // Between two losses of the grid the curve is straight in exp(epsilon), and the Gaussian's
      // curve lies above each of its tangents. A tangent above the curve at both ends is above it
      // between them.
      let ends = [place, place + 1].map {
        (epsilon: curve.epsilon($0), delta: (curve.deltas[$0] - tail) / (1 - tail))
      }
      let touch = (ends[0].epsilon + ends[1].epsilon) / 2
      func isAbove(_ mean: Double) -> Bool {
        let likely = 0.5 * erfc((touch / mean - mean / 2) * 0.5.squareRoot())
        let unlikely = 0.5 * erfc((touch / mean + mean / 2) * 0.5.squareRoot())
        return ends.allSatisfy { likely - exp($0.epsilon) * unlikely - 1e-12 * likely >= $0.delta }
      }
      if isAbove(mean) { continue }
      var (low, high) = (mean, 2 * mean)
      while !isAbove(high) {
        (low, high) = (high, 2 * high)
        guard high < 1e6 else { return nil }
      }
      while high - low > 1e-6 * high {
        let middle = (low + high) / 2
        if isAbove(middle) { high = middle } else { low = middle }
      }
      mean = high
    }
    return (curve.deltas.last ?? 1) <= tail ? mean : nil
  }
}

extension ComposedLosses {
  /// Upper bounds on the delta at each loss of the grid from 0 on.
  struct Curve {
    package let spacing: Double
    /// The deltas from loss 0 on; 1 if nothing is known.
    let deltas: [Double]

    package func epsilon(_ place: Int) -> Double { Double(place) * spacing }

    /// Returns the lower of both curves at every loss.
    package func lower(_ other: Curve) -> Curve {
      let count = max(deltas.count, other.deltas.count)
      let both = (0..<count).map {
        min($0 < deltas.count ? deltas[$0] : 1, $0 < other.deltas.count ? other.deltas[$0] : 1)
      }
      return Curve(spacing: spacing, deltas: both)
    }
  }

  /// The values of ``delta(_:)`` at every loss of the window that is not below 0, in one pass from
  /// above.
  var curve: Curve {
    let first = max(0, -lowest)
    guard first < masses.count else { return Curve(spacing: spacing, deltas: []) }
    let (decay, steeper) = (exp(-tilt * spacing), exp(-(tilt + 1) * spacing))
    // Sums over the losses above of mass exp(-tilt d) and mass exp(-(tilt + 1) d), where d is the
    // distance.
    var (all, less, squares) = (0.0, 0.0, 0.0)
    for distance in 1..<masses.count - first + 1 {
      let above = Double(distance) * spacing
      let weight = exp(-tilt * above) * -expm1(-above)
      squares += weight * weight
    }
    let (lost, beyond) = (
      error * squares.squareRoot(), exp(logMoment - tilt * highest) * Self.outside
    )
    var deltas = [Double](repeating: 0, count: masses.count - first)
    for place in stride(from: masses.count - 1, through: first, by: -1) {
      let scale = exp(logMoment - tilt * loss(place)) * (1 + 1e-9)
      deltas[place - first] = scale * (max(0, all - less) + 1e-12 * all + lost) + beyond + infinite
      let mass = max(masses[place], 0)
      (all, less) = ((all + mass) * decay, (less + mass) * steeper)
    }
    return Curve(spacing: spacing, deltas: [Double](repeating: 1, count: lowest + first) + deltas)
  }
}
