/// Adds up what questions cost and says what guarantee they leave, always rounded towards more loss.
///
/// A value: it holds no file and asks no one. Costs compose under approximate zero-concentrated differential privacy, for questions
/// chosen one after the other (Bun and Steinke 2016). The argument is in `docs/proofs/accounting.md`.
public struct Accountant: Sendable, Hashable {
  /// What all events cost together.
  public private(set) var spent: PrivacyCost

  /// An accountant to which this much was charged already.
  public init(spent: PrivacyCost = .zero) { self.spent = spent }

  /// Adds the cost of `event`.
  public mutating func charge(_ event: PrivacyEvent) { spent = spent + event.cost }

  /// The epsilon that holds for everything charged so far at a total of `delta`, of which the events' own deltas are a part.
  ///
  /// Throws ``AccountingError/deltaUsedUp(asked:used:)`` where the events' deltas leave nothing of it.
  public func epsilon(delta: Delta) throws -> Epsilon {
    if spent == .zero { return Epsilon(checked: 0) }
    let remaining = (delta.value - spent.delta.value).nextDown
    guard remaining > 0 else {
      throw AccountingError.deltaUsedUp(asked: delta.value, used: spent.delta.value)
    }
    let available = spent.delta == .zero ? delta : Delta(checked: remaining)
    return Self.epsilon(rho: spent.rho, delta: available)
  }
}
