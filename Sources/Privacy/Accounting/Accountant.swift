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
