import Foundation

/// The law of the sum of many privacy losses, tilted: each loss l weighs exp(tilt l) more.
///
/// Tilting (Esscher's transform) moves the bulk to where the answer is looked for, so that rounding errors are small against what is looked
/// for, however unlikely it is, and so that the circle of the Fourier transform need only be as long as the tilted law is wide.
struct ComposedLosses {
  package let spacing: Double
  let tilt: Double
  /// log of the mean of exp(tilt loss): what the tilted masses are to be multiplied with, along with exp(-tilt loss).
  let logMoment: Double
  /// The first loss of the window, in units of ``spacing``.
  let lowest: Int
  /// The tilted masses.
  let masses: [Double]
  /// The 2-norm of the error of ``masses`` is at most this.
  package let error: Double
  /// The tilted law has at most this probability above the window, and below it.
  package static let outside = exp(-60.0)
  /// The probability of an infinite loss, untilted, rounded up.
  let infinite: Double

  /// Independent losses of these laws, each as often as said. All have the same spacing.
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
    // Where the window is narrower than one law, that law is wrapped round it: the same circle.
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

  private static func tilted(_ losses: PrivacyLossDistribution, tilt: Double, onCircleOf size: Int) -> [Double] {
    let shift = losses.logMoment(tilt)
    var circle = [Double](repeating: 0, count: size)
    for (index, mass) in losses.masses.enumerated() where mass > 0 {
      circle[place(losses.lowest + index, on: size)] += mass * exp(tilt * losses.loss(index) - shift)
    }
    return circle
  }

  // MARK: What it tells

  /// An upper bound on sum over losses above `epsilon` of probability times (1 - exp(epsilon - loss)).
  package func delta(_ epsilon: Double) -> Double { deltaAndError(epsilon).delta }

  /// The same, and how much of it covers rounding errors of the transform.
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

  /// An upper bound on the probability of a loss above `bound`, an infinite one included.
  package func probability(above bound: Double) -> Double {
    var (sum, squares) = (0.0, 0.0)
    let first = max(0, Int((bound / spacing).rounded(.down)) + 1 - lowest)
    for place in first..<max(first, masses.count) {
      let weight = exp(-tilt * (loss(place) - bound))
      sum += max(masses[place], 0) * weight
      squares += weight * weight
    }
    let beyond = exp(logMoment - tilt * highest) * Self.outside
    return exp(logMoment - tilt * bound) * (sum + error * squares.squareRoot()) * (1 + 1e-9) + beyond + infinite
  }

  /// An upper bound on the log of the sum over losses up to `bound` of probability times exp(order loss).
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
    // Below the window: at most all probability, and where the order is above the tilt, at most what is left of the tilted law.
    let below = min(order * loss(0), more >= 0 ? logMoment + more * loss(0) + log(Self.outside) : .infinity)
    let larger = max(inside, below)
    return larger + log1p(exp(min(inside, below) - larger)) + 1e-9
  }
}
