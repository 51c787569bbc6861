import Foundation

/// The distribution of the privacy loss of one mechanism, on a grid, pessimistic.
///
/// Let P and Q be the distributions of a mechanism's output under neighbouring tables. The loss of
/// an outcome is log(P/Q). Its distribution under P determines all (epsilon, delta) pairs and
/// composes by adding losses (Koskela, Jälkö and Honkela 2020). Here the losses are multiples of
/// ``spacing``. A loss between two of them is split so that both its probabilities, under P and
/// under Q, are kept (Doroshenko et al. 2022, "Connect the Dots"). That spreads the likelihood
/// ratio without moving its mean, so every delta can only grow. The two distributions may then
/// stand for the mechanism in any adaptive composition (Zhu, Dong and Wang 2022, Theorem 10). See
/// `docs/proofs/pld.md`.
package struct PrivacyLossDistribution: Sendable {
  /// The distance between neighbouring losses.
  package let spacing: Double
  /// The loss of the first mass, in units of ``spacing``.
  package private(set) var lowest: Int
  /// The probabilities of the losses under P.
  package private(set) var masses: [Double]
  /// The probability, under P, of an outcome that Q never gives.
  package private(set) var infinite = 0.0
  /// The probability, under Q, of an outcome that P never gives.
  package private(set) var infiniteReversed = 0.0

  package init(spacing: Double, lowest: Int, count: Int) {
    precondition(spacing > 0 && count > 0, "a grid has a width and a point")
    self.spacing = spacing
    self.lowest = lowest
    masses = [Double](repeating: 0, count: count)
  }

  /// The losses with P and Q swapped.
  package var reversed: PrivacyLossDistribution {
    var other = PrivacyLossDistribution(
      spacing: spacing, lowest: 1 - lowest - masses.count, count: masses.count)
    for (place, mass) in masses.enumerated() {
      other.masses[masses.count - 1 - place] = mass * exp(-loss(place))
    }
    other.infinite = infiniteReversed
    other.infiniteReversed = infinite
    return other
  }

  /// Returns the loss of the mass at `place`.
  package func loss(_ place: Int) -> Double { Double(lowest + place) * spacing }

  /// The largest finite loss.
  package var greatest: Double { loss(masses.count - 1) }

  /// Returns the log of the mean of exp(tilt loss) over the finite losses, under P.
  package func logMoment(_ tilt: Double) -> Double {
    var largest = -Double.infinity
    for (place, mass) in masses.enumerated() where mass > 0 {
      largest = max(largest, tilt * loss(place))
    }
    var sum = 0.0
    for (place, mass) in masses.enumerated() where mass > 0 {
      sum += mass * exp(tilt * loss(place) - largest)
    }
    return largest + log(sum)
  }

  // MARK: Building

  /// Adds a set of outcomes whose losses lie between place and place + 1.
  /// - Parameters:
  ///   - mass: Their probability under P.
  ///   - excess: Their probability under P less exp(loss of place) times that under Q: the part
  ///     above the lower end.
  package mutating func add(mass: Double, excess: Double, place: Int) {
    let upper = min(mass, max(0, excess / -expm1(-spacing)))
    masses[place] += mass - upper
    if upper > 0 { masses[place + 1] += upper }
  }

  /// Adds one outcome with this loss.
  package mutating func add(mass: Double, loss: Double) {
    guard mass > 0 else { return }
    let place = min(max(Int((loss / spacing).rounded(.down)) - lowest, 0), masses.count - 1)
    precondition(
      loss >= self.loss(place) - spacing * 1e-6 && loss <= self.loss(place + 1),
      "a loss lies outside its grid")
    if place == masses.count - 1 {
      masses[place] += mass
    } else {
      add(mass: mass, excess: mass * -expm1(min(0, self.loss(place) - loss)), place: place)
    }
  }

  /// Adds outcomes that are left out of the grid, by their probabilities under P and Q.
  mutating func leaveOut(mass: Double, reversed: Double) {
    infinite += mass
    infiniteReversed += reversed
  }

  /// Returns a loss grid over this range with a point beyond each end.
  package static func grid(spacing: Double, over range: ClosedRange<Double>)
    -> PrivacyLossDistribution
  {
    let lowest = Int((range.lowerBound / spacing).rounded(.down)) - 1
    let highest = Int((range.upperBound / spacing).rounded(.up)) + 1
    return PrivacyLossDistribution(spacing: spacing, lowest: lowest, count: highest - lowest + 1)
  }
}
