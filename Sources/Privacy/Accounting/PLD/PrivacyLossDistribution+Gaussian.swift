import Foundation

extension PrivacyLossDistribution {
  /// Returns the losses of the Gaussian mechanism of sensitivity 1 on a Poisson sample of the
  /// units.
  ///
  /// P is (1 - rate) N(0, multiplier²) + rate N(1, multiplier²), Q is N(0, multiplier²): the table
  /// with the unit against the one without. The other direction is ``reversed``. At a rate of 1 it
  /// is the Gaussian mechanism. Outcomes beyond `reach` standard deviations are left out, in both
  /// directions.
  package static func gaussian(
    noiseMultiplier: Double, samplingRate: Double = 1, spacing: Double, reach: Double = 12
  )
    -> PrivacyLossDistribution
  {
    let pair = SampledGaussianPair(multiplier: noiseMultiplier, rate: samplingRate)
    let ends = -reach * noiseMultiplier...1 + reach * noiseMultiplier
    var losses = grid(
      spacing: spacing, over: pair.loss(ends.lowerBound)...pair.loss(ends.upperBound))
    var start = ends.lowerBound
    for place in 0..<losses.masses.count - 1 where start < ends.upperBound {
      let end = min(max(start, pair.outcome(losses.loss(place + 1))), ends.upperBound)
      if end > start {
        let part = pair.integrate(start, end, lower: losses.loss(place), spacing: spacing)
        losses.add(mass: part.mass, excess: part.excess, place: place)
        start = end
      }
    }
    // Beyond either end of both normal distributions: less than twice the tail of one.
    let tail = 2 * erfc(reach * 0.5.squareRoot())
    losses.leaveOut(mass: tail, reversed: tail)
    return losses
  }

  /// Returns the losses of the discrete Gaussian mechanism for one whole number, with variance
  /// parameter `sigma`² (in that number's unit) and a whole sensitivity, on a Poisson sample of the
  /// units. Not for vectors, whose loss has another distribution.
  package static func discreteGaussian(
    sigma: Double, sensitivity: Int, samplingRate: Double = 1, spacing: Double, reach: Double = 12
  )
    -> PrivacyLossDistribution
  {
    let bound = Int((reach * sigma).rounded(.up))
    let weights = (-bound...bound + sensitivity).map {
      exp(-Double($0) * Double($0) / (2 * sigma * sigma))
    }
    let norm = weights.reduce(0, +)
    return discrete(
      outcomes: -bound...bound + sensitivity, spacing: spacing, samplingRate: samplingRate,
      left: 4 * erfc(reach * 0.5.squareRoot())
    ) { outcome in
      let (x, shift) = (Double(outcome), Double(sensitivity))
      return (
        exp(-x * x / (2 * sigma * sigma)) / norm, (2 * x - shift) * shift / (2 * sigma * sigma)
      )
    }
  }

  /// Returns the losses of the discrete Laplace mechanism for one whole number, with probability
  /// proportional to exp(-a |x|).
  package static func discreteLaplace(a: Double, sensitivity: Int, spacing: Double)
    -> PrivacyLossDistribution
  {
    let bound = Int((80 / a).rounded(.up))
    return discrete(
      outcomes: -bound...bound + sensitivity, spacing: spacing, samplingRate: 1, left: 4 * exp(-80)
    ) { outcome in
      (
        tanh(a / 2) * exp(-a * Double(abs(outcome))),
        a * Double(abs(outcome) - abs(outcome - sensitivity))
      )
    }
  }

  /// Returns the losses of whole-number outcomes, given the probability under Q and the loss
  /// without sampling.
  private static func discrete(
    outcomes: ClosedRange<Int>, spacing: Double, samplingRate: Double, left: Double,
    _ law: (Int) -> (mass: Double, loss: Double)
  ) -> PrivacyLossDistribution {
    let atoms = outcomes.map { outcome in
      let (mass, loss) = law(outcome)
      let sampled = samplingRate == 1 ? loss : log1p(samplingRate * expm1(loss))
      return (mass: mass * exp(sampled), loss: sampled)
    }
    let range = atoms.reduce((0.0, 0.0)) { (min($0.0, $1.loss), max($0.1, $1.loss)) }
    var losses = grid(spacing: spacing, over: range.0...range.1)
    for atom in atoms { losses.add(mass: atom.mass, loss: atom.loss) }
    losses.leaveOut(mass: left, reversed: left)
    return losses
  }
}

/// (1 - rate) N(0, multiplier²) + rate N(1, multiplier²) against N(0, multiplier²).
private struct SampledGaussianPair {
  let multiplier: Double
  let rate: Double

  /// Returns log(P/Q), which grows with the outcome.
  func loss(_ x: Double) -> Double {
    let whole = (2 * x - 1) / (2 * multiplier * multiplier)
    if rate == 1 { return whole }
    return whole > 700 ? whole + log(rate) : log1p(rate * expm1(whole))
  }

  /// Returns the outcome with this loss, or -infinity if the loss is always larger.
  func outcome(_ loss: Double) -> Double {
    if rate == 1 { return multiplier * multiplier * loss + 0.5 }
    let ratio = loss > 700 ? loss - log(rate) : log((expm1(loss) + rate) / rate)
    return ratio.isNaN ? -.infinity : multiplier * multiplier * ratio + 0.5
  }

  /// Returns the probability under P between two outcomes, and its excess over exp(lower) times
  /// that under Q.
  ///
  /// Eight-point Gauss-Legendre. The integrands are smooth and a cell is narrow, so nothing cancels
  /// and the error is only of rounding. A cell that is wide relative to the noise is halved.
  func integrate(_ start: Double, _ end: Double, lower: Double, spacing: Double) -> (
    mass: Double, excess: Double
  ) {
    let parts = max(1, Int(((end - start) / (0.5 * multiplier)).rounded(.up)))
    var (mass, excess) = (0.0, 0.0)
    let half = (end - start) / Double(2 * parts)
    for part in 0..<parts {
      let centre = start + half * Double(2 * part + 1)
      for (node, weight) in GaussLegendre.nodes {
        let x = centre + half * node
        let loss = min(max(loss(x), lower), lower + spacing)
        let density = exp(loss - x * x / (2 * multiplier * multiplier)) * weight
        mass += density
        excess += density * -expm1(lower - loss)
      }
    }
    let scale = half / (multiplier * (2 * Double.pi).squareRoot())
    return (mass * scale, excess * scale)
  }
}

/// The eight-point rule on [-1, 1] (Abramowitz and Stegun, table 25.4).
enum GaussLegendre {
  static let nodes: [(Double, Double)] = [
    (-0.960289856497536231684, 0.101228536290376259153),
    (-0.796666477413626739592, 0.222381034453374470544),
    (-0.525532409916328985818, 0.313706645877887287338),
    (-0.183434642495649804939, 0.362683783378361982966),
    (0.183434642495649804939, 0.362683783378361982966),
    (0.525532409916328985818, 0.313706645877887287338),
    (0.796666477413626739592, 0.222381034453374470544),
    (0.960289856497536231684, 0.101228536290376259153),
  ]
}
