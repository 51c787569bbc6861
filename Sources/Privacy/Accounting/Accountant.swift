import Foundation

/// Adds up the costs of questions and returns the resulting guarantee, always rounded towards more
/// loss.
///
/// A value type: it holds no file and consults no one. Costs compose under approximate
/// zero-concentrated differential privacy, for questions chosen one after another (Bun and Steinke
/// 2016). See `docs/proofs/accounting.md`.
package struct Accountant: Sendable, Hashable {
  /// The total cost of all events.
  package private(set) var spent: PrivacyCost

  /// Creates an accountant that has already been charged `spent`.
  package init(spent: PrivacyCost = .zero) { self.spent = spent }

  /// Adds the cost of `event`.
  package mutating func charge(_ event: PrivacyEvent) { spent = spent + event.cost }

  /// Returns the epsilon that holds for everything charged so far at a total of `delta`, which
  /// includes the events' own deltas.
  ///
  /// Throws ``AccountingError/deltaUsedUp(asked:used:)`` if the events' deltas leave nothing of it.
  package func epsilon(delta: Delta) throws -> Epsilon {
    if spent == .zero { return Epsilon(checked: 0) }
    let remaining = (delta.value - spent.delta.value).nextDown
    guard remaining > 0 else {
      throw AccountingError.deltaUsedUp(asked: delta.value, used: spent.delta.value)
    }
    let available = spent.delta == .zero ? delta : Delta(checked: remaining)
    return Self.epsilon(rho: spent.rho, delta: available)
  }
}

extension Accountant {
  /// Returns the epsilon of a `rho`-zCDP mechanism at `delta`: never below the exact infimum, and
  /// within a relative 1e-9 of it.
  ///
  /// The infimum is taken over alpha > 1 of
  /// alpha rho + log(1 - 1/alpha) - (log delta + log alpha) / (alpha - 1)
  /// (Canonne, Kamath and Steinke 2020, arXiv 2004.00010v5, Proposition 12 solved for epsilon).
  /// Every alpha gives a valid epsilon, so an imperfect search errs only towards more loss. The
  /// delta must be above zero unless rho is zero.
  package static func epsilon(rho: Rho, delta: Delta) -> Epsilon {
    if rho.value == 0 || delta.value == 1 { return Epsilon(checked: 0) }
    precondition(delta.value > 0, "zCDP gives no epsilon at a delta of zero")
    let best = minimum { order in
      Self.epsilonTerm(rho: rho.value, logDelta: log(delta.value), order: order)
    }
    return Epsilon(checked: min(max(0, best + margin(best)), .greatestFiniteMagnitude))
  }

  /// Returns the delta of a `rho`-zCDP mechanism at `epsilon`: never below the exact infimum.
  ///
  /// The infimum is taken over alpha > 1 of exp((alpha - 1)(alpha rho - epsilon)) / (alpha - 1) *
  /// (1 - 1/alpha)^alpha (the same proposition).
  package static func delta(rho: Rho, epsilon: Epsilon) -> Delta {
    if rho.value == 0 { return .zero }
    let best = minimum { order in
      let above = order.minusOne
      return above * (order.alpha * rho.value - epsilon.value) + order.alpha * order.logRatio
        - order.logMinusOne
    }
    return Delta(checked: min(1, exp(best + margin(best)).nextUp))
  }

  /// Returns a rho whose epsilon at `delta` is at most `epsilon`: the largest such, less a relative
  /// 1e-9 at most. Zero if delta is zero.
  package static func rho(epsilon: Epsilon, delta: Delta) -> Rho {
    if delta.value == 0 { return .zero }
    var low = 0.0
    // At a delta below 1/2, epsilon(rho) > rho; doubled while it is not too much.
    var high = max(1, epsilon.value)
    while high < 1e300, Self.epsilon(rho: Rho(checked: high), delta: delta) <= epsilon { high *= 2 }
    // The search halves the exponent first and the significand later, so it finds tiny budgets too.
    for _ in 0..<200 {
      let middle = low == 0 ? high / 1024 : (low + high) / 2
      guard middle > low, middle < high, middle > 1e-300 else { break }
      if Self.epsilon(rho: Rho(checked: middle), delta: delta) <= epsilon {
        low = middle
      } else {
        high = middle
      }
    }
    return Rho(checked: low)
  }
}

extension Accountant {
  /// An order alpha, stored as log(alpha - 1). The parts that would cancel are computed without
  /// cancellation.
  private struct Order {
    let logMinusOne: Double
    let minusOne: Double
    var alpha: Double { 1 + minusOne }
    /// log(1 - 1/alpha)
    var logRatio: Double { minusOne > 1 ? log1p(-1 / alpha) : logMinusOne - log1p(minusOne) }

    init(logMinusOne: Double) {
      self.logMinusOne = logMinusOne
      minusOne = exp(logMinusOne)
    }
  }

  private static func epsilonTerm(rho: Double, logDelta: Double, order: Order) -> Double {
    order.alpha * rho + order.logRatio - (logDelta + log1p(order.minusOne)) / order.minusOne
  }

  /// Returns a generous bound on the floating-point error.
  private static func margin(_ value: Double) -> Double { abs(value) * 1e-10 + 1e-13 }

  /// Returns the smallest value found for alpha - 1 from 1e-9 to 1e15: a grid, then a
  /// golden-section search around its best point.
  private static func minimum(_ function: (Order) -> Double) -> Double {
    let grid = stride(from: -20.7, through: 34.5, by: 0.3).map { $0 }
    let values = grid.map { function(Order(logMinusOne: $0)) }
    guard let best = values.indices.min(by: { values[$0] < values[$1] }) else { return .infinity }
    var (low, high) = (grid[max(best - 1, 0)], grid[min(best + 1, grid.count - 1)])
    var smallest = values[best]
    let ratio = (5.0.squareRoot() - 1) / 2
    var left = high - ratio * (high - low)
    var right = low + ratio * (high - low)
    var (atLeft, atRight) = (
      function(Order(logMinusOne: left)), function(Order(logMinusOne: right))
    )
    for _ in 0..<60 {
      smallest = min(smallest, atLeft, atRight)
      if atLeft < atRight {
        (high, right, atRight) = (right, left, atLeft)
        left = high - ratio * (high - low)
        atLeft = function(Order(logMinusOne: left))
      } else {
        (low, left, atLeft) = (left, right, atRight)
        right = low + ratio * (high - low)
        atRight = function(Order(logMinusOne: right))
      }
    }
    return smallest
  }
}
