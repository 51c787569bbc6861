import Foundation

/// A bet against the claim that an event is, up to δ, at most e^ε times as likely with one table as
/// with its neighbour.
///
/// Two runs are made, one with each table. Let the event be seen with probability p on the first
/// and q on the second. The stake is multiplied by f(a) g(b), where a and b say whether the event
/// was seen, and
///
///     f(1) = p₁/p₀   f(0) = (1 - p₁)/(1 - p₀)   g(1) = q₁/q₀   g(0) = (1 - q₁)/(1 - q₀)
///
/// with p₁ and q₁ the rates that the gambler believes in, and (p₀, q₀) the rates with p₀ = e^ε q₀
/// that are nearest to them in relative entropy. Whoever plays this against a true claim gains
/// nothing on average, whatever p and q are (Turner and Grünwald 2023, for convex hypotheses).
/// Proof: the mean F(p) of f rises in p, and the mean G(q) of g falls in q. On the line p = e^ε q,
/// their product is a concave parabola in q, which is 1 at q₀ and stationary there, since (p₀, q₀)
/// minimises the relative entropy along the line. For smaller p, F is smaller.
///
/// Deviation: δ is not part of the projection. F(p) ≤ F(e^ε q) + δ (f(1) - f(0)) and G ≤ g(0), so
/// the product exceeds 1 by at most δ (f(1) - f(0)) g(0) on average. It is divided by 1 plus that.
package struct RateBet {
  /// The pay for each stake if the first run shows the event, and if it does not; each by whether
  /// the second run does.
  private let seen: (Double, Double)
  private let unseen: (Double, Double)
  /// The mean of the logarithm of the pay if the rates that the gambler believes in are the true
  /// ones; 0 if no bet is made.
  package let growth: Double

  /// - Parameters:
  ///   - likely: the believed rate p₁, above 0 and below 1.
  ///   - unlikely: the rate q₁, above 0 and below 1.
  ///   - epsilon: the claim's epsilon, at least 0.
  ///   - delta: the claim's delta, 0 to 1.
  package init(likely: Double, unlikely: Double, epsilon: Double, delta: Double) {
    precondition(
      likely > 0 && likely < 1 && unlikely > 0 && unlikely < 1,
      "a believed rate is above 0 and below 1")
    let ratio = exp(epsilon)
    guard likely > ratio * unlikely + delta else {
      (seen, unseen, growth) = ((1, 1), (1, 1), 0)
      return
    }
    let linear = 1 + ratio + likely + ratio * unlikely
    let root = max(0, linear * linear - 8 * ratio * (likely + unlikely)).squareRoot()
    let unlikelyNull = 2 * (likely + unlikely) / (linear + root)
    let likelyNull = min(ratio * unlikelyNull, 1 - 1e-15)
    let (first, second) = (likely / likelyNull, (1 - likely) / (1 - likelyNull))
    let (third, fourth) = (unlikely / unlikelyNull, (1 - unlikely) / (1 - unlikelyNull))
    let correction = 1 + delta * max(0, first - second) * fourth
    seen = (first * fourth / correction, first * third / correction)
    unseen = (second * fourth / correction, second * third / correction)
    growth =
      likely * log(first) + (1 - likely) * log(second) + unlikely * log(third) + (1 - unlikely)
      * log(fourth) - log(correction)
  }

  /// Returns the outcome of a stake of 1.
  package func pay(first: Bool, second: Bool) -> Double {
    switch (first, second) {
    case (true, false): seen.0
    case (true, true): seen.1
    case (false, false): unseen.0
    case (false, true): unseen.1
    }
  }
}
