import Foundation

/// The distribution of the sum of many privacy losses, tilted: each loss l is weighted by exp(tilt
/// l).
///
/// Tilting (Esscher's transform) moves the bulk close to the answer. Rounding errors are then small
/// relative to the answer, however unlikely it is, and the circle of the Fourier transform need
/// only be as long as the tilted distribution is wide.
struct ComposedLosses {
  package let spacing: Double
  let tilt: Double
  /// The log of the mean of exp(tilt loss): the factor for the tilted masses, along with exp(-tilt
  /// loss).
  let logMoment: Double
  /// The first loss of the window, in units of ``spacing``.
  let lowest: Int
  /// The tilted masses.
  let masses: [Double]
  /// An upper bound on the 2-norm of the error of ``masses``.
  package let error: Double
  /// An upper bound on the tilted probability above the window, and on that below it.
  package static let outside = exp(-60.0)
  /// The untilted probability of an infinite loss, rounded up.
  let infinite: Double

  /// Composes independent losses of these distributions, each `count` times. All have the same
  /// spacing.
  init(_ parts: [(losses: PrivacyLossDistribution, count: Int)], tilt: Double) {
    precondition(!parts.isEmpty, "nothing to compose")
    spacing = parts[0].losses.spacing
    self.tilt = tilt
    let moments = Moments(parts)
    let logMoment = moments.log(tilt)
    self.logMoment = logMoment
    let window = moments.window(tilt: tilt, logMoment: logMoment, exponent: 60)
    lowest = Int((window.lowerBound / spacing).rounded(.down)) - 1
    let needed = Int((window.upperBound / spacing).rounded(.up)) + 1 - lowest + 1
    // If the window is narrower than one distribution, that distribution is wrapped around it: the
    // same circle.
    var size = 2
    while size < needed { size *= 2 }
    let transform = FourierTransform(count: size)
    var product: FourierTransform.Spectrum?
    var error = 0.0
    for (losses, count) in parts {
      let tilted = Self.tilted(losses, tilt: tilt, onCircleOf: size)
      let norm = tilted.reduce(0) { $0 + $1 * $1 }.squareRoot()
      error += Double(count) * (transform.errorUnits + 8) * norm
      let power = transform.forward(tilted).raised(to: count)
      if product == nil { product = power } else { product?.multiply(by: power) }
    }
    guard let product else { preconditionFailure("nothing to compose") }
    let circle = transform.inverse(product)
    let norm = circle.reduce(0) { $0 + $1 * $1 }.squareRoot()
    self.error = (error + (transform.errorUnits + 8) * (norm + 1e-3)) * 0x1p-53
    let first = lowest
    masses = (0..<size).map { circle[Self.place(first + $0, on: size)] }
    infinite = parts.reduce(0) { $0 + $1.losses.infinite * Double($1.count) } * (1 + 1e-12)
  }

  /// The largest loss of the window.
  var highest: Double { loss(masses.count - 1) }

  func loss(_ place: Int) -> Double { Double(lowest + place) * spacing }

  private static func place(_ index: Int, on size: Int) -> Int { (index % size + size) % size }

  private static func tilted(_ losses: PrivacyLossDistribution, tilt: Double, onCircleOf size: Int)
    -> [Double]
  {
    let shift = losses.logMoment(tilt)
    var circle = [Double](repeating: 0, count: size)
    for (index, mass) in losses.masses.enumerated() where mass > 0 {
      circle[place(losses.lowest + index, on: size)] +=
        mass * exp(tilt * losses.loss(index) - shift)
    }
    return circle
  }

  // MARK: Bounds

  /// Returns an upper bound on the sum, over losses above `epsilon`, of probability times (1 -
  /// exp(epsilon - loss)).
  package func delta(_ epsilon: Double) -> Double { deltaAndError(epsilon).delta }

  /// Returns the same bound, and its part that covers rounding errors of the transform.
  func deltaAndError(_ epsilon: Double) -> (delta: Double, error: Double) {
    var (sum, squares) = (0.0, 0.0)
    let first = max(0, Int((epsilon / spacing).rounded(.down)) - lowest)
    for place in first..<max(first, masses.count) {
      let above = loss(place) - epsilon
      guard above > 0 else { continue }
      let weight = exp(-tilt * above) * -expm1(-above)
      sum += max(masses[place], 0) * weight
      squares += weight * weight
    }
    let scale = exp(logMoment - tilt * epsilon) * (1 + 1e-9)
    let beyond = exp(logMoment - tilt * highest) * Self.outside
    let lost = scale * error * squares.squareRoot()
    let delta = scale * sum + lost + beyond + infinite
    return (delta.isNaN ? .infinity : delta, lost)
  }

  /// Returns an upper bound on the probability of a loss above `bound`, including an infinite one.
  package func probability(above bound: Double) -> Double {
    var (sum, squares) = (0.0, 0.0)
    let first = max(0, Int((bound / spacing).rounded(.down)) + 1 - lowest)
    for place in first..<max(first, masses.count) {
      let weight = exp(-tilt * (loss(place) - bound))
      sum += max(masses[place], 0) * weight
      squares += weight * weight
    }
    let beyond = exp(logMoment - tilt * highest) * Self.outside
    return exp(logMoment - tilt * bound) * (sum + error * squares.squareRoot()) * (1 + 1e-9)
      + beyond + infinite
  }

  /// Returns an upper bound on the log of the sum, over losses up to `bound`, of probability times
  /// exp(order loss).
  func logMoment(_ order: Double, upTo bound: Double) -> Double {
    let last = min(masses.count - 1, Int((bound / spacing).rounded(.up)) - lowest)
    guard last >= 0 else { return order * bound }
    let more = order - tilt
    let largest = max(more * loss(0), more * loss(last))
    var (sum, squares) = (0.0, 0.0)
    for place in 0...last {
      let weight = exp(more * loss(place) - largest)
      sum += max(masses[place], 0) * weight
      squares += weight * weight
    }
    let inside = logMoment + largest + log(sum + error * squares.squareRoot())
    // Below the window: at most all probability and, if the order is above the tilt, at most the
    // remainder of the tilted distribution.
    let below = min(
      order * loss(0), more >= 0 ? logMoment + more * loss(0) + log(Self.outside) : .infinity)
    let larger = max(inside, below)
    return larger + log1p(exp(min(inside, below) - larger)) + 1e-9
  }
}
