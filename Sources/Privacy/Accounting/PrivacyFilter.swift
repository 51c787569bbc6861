/// The budget of one release, spent event by event. What each costs depends on the budget and on the events before it, and on nothing
/// else, so that a manifest's events can be priced again. `docs/proofs/gaussian-filter.md`.
public struct PrivacyFilter: Sendable {
  /// The most that may be spent.
  public let limit: PrivacyCost
  /// What the events so far cost, rounded up.
  public private(set) var spent = PrivacyCost.zero

  /// A budget of which nothing is spent yet.
  public init(limit: PrivacyCost) { self.limit = limit }

  /// Charges `event` and returns its price; nil, with nothing charged, where it does not fit.
  public mutating func charge(_ event: PrivacyEvent) -> PrivacyCost? {
    let price = event.price(left: left.rho)
    let total = spent + price
    guard total.rho <= limit.rho, total.delta <= limit.delta else { return nil }
    spent = total
    return price
  }

  /// What may still be spent: a cost of exactly this fits.
  public var left: PrivacyCost {
    PrivacyCost(
      rho: Rho(checked: OutwardSum.difference(limit.rho.value, spent.rho.value)),
      delta: Delta(checked: OutwardSum.difference(limit.delta.value, spent.delta.value)))
  }
}
