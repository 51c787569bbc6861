import Foundation

/// Pairs of epsilon and delta that all hold, with delta descending. Each pair is a guarantee by
/// itself.
package struct PrivacyCurve: Sendable, Hashable, Codable {
  /// One guarantee.
  package struct Point: Sendable, Hashable, Codable {
    /// The bound on the log of the odds.
    package let epsilon: Double
    /// The probability that the bound fails.
    package let delta: Double
  }

  /// The guarantees. Delta descends and epsilon does not.
  package let points: [Point]

  /// The tabulated deltas: 1e-3 to 1e-12.
  package static let deltas: [Double] = [
    1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12,
  ]

  /// Creates the curve of everything that costs `cost` as Gaussian mechanisms do. A delta that its
  /// events use up is left out.
  package init(of cost: PrivacyCost) { self.init(of: cost, converted: GaussianCurve.epsilon) }

  package init(of cost: PrivacyCost, converted: (Rho, Delta) -> Epsilon) {
    self.init { delta in
      let left = OutwardSum.down(delta, -cost.delta.value)
      return left > 0 ? converted(cost.rho, Delta(checked: left)).value : nil
    }
  }

  /// - Parameter epsilon: The epsilon at a delta; nil if there is none.
  init(_ epsilon: (_ delta: Double) -> Double?) {
    points = Self.deltas.compactMap { delta in
      epsilon(delta).map { Point(epsilon: $0, delta: delta) }
    }
  }
}

/// Bounds the loss of the questions that were asked, in steps fixed beforehand.
///
/// The choice of questions depends on answers, so their sum alone promises nothing. But for each of
/// a few fixed levels, the questions asked before the level was passed reveal no more than the
/// level. The lowest level that the questions did not pass therefore holds for their answers, at a
/// delta that is split between the levels. See `docs/proofs/accounting.md`.
struct AskedLevels {
  /// The level that is never passed.
  package let ceiling: Rho

  /// The number of levels, each the previous one divided by the fourth root of two.
  package static let count = 32

  /// Returns the lowest level that the events do not pass, each priced by the remainder of that
  /// level.
  func lowest(for asked: [EventPart]) -> Rho {
    // Events that fit into one level fit into every higher one.
    var (found, tooLow) = (0, Self.count)
    while tooLow - found > 1 {
      let middle = (found + tooLow) / 2
      if holds(middle, asked) { found = middle } else { tooLow = middle }
    }
    return rho(found)
  }

  private func rho(_ level: Int) -> Rho { Rho(checked: ceiling.value * exp2(-Double(level) / 4)) }

  private func holds(_ level: Int, _ asked: [EventPart]) -> Bool {
    var left = rho(level).value
    for part in asked {
      left = OutwardSum.down(left, -part.price(left: Rho(checked: left)).rho.value)
      guard left >= 0 else { return false }
    }
    return true
  }
}

extension PrivacyCurve {
  /// Returns the guarantee for the questions actually asked; nil if not below the guarantee for
  /// everything `reserved`.
  package static func asked(_ events: [PrivacyEvent], reserved: PrivacyCost) -> PrivacyCurve? {
    let level = AskedLevels(ceiling: reserved.rho).lowest(for: events.flatMap(\.parts))
    let leak = events.reduce(0) { $0.addingUpwards($1.cost.delta.value) }
    guard level < reserved.rho else { return nil }
    let promised = PrivacyCurve(of: reserved)
    let curve = PrivacyCurve { delta in
      let left = OutwardSum.down(delta, -leak) / Double(AskedLevels.count)
      return left > 0 ? GaussianCurve.epsilon(rho: level, delta: Delta(checked: left)).value : nil
    }
    let known = Dictionary(uniqueKeysWithValues: promised.points.map { ($0.delta, $0.epsilon) })
    return curve.points.contains { $0.epsilon < known[$0.delta] ?? .infinity } ? curve : nil
  }
}
