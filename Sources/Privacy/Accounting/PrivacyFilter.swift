/// The budget of one release, spent event by event. The price of each event depends only on the
/// budget and the events before it, so a manifest's events can be priced again. See
/// `docs/proofs/gaussian-filter.md`.
package struct PrivacyFilter: Sendable {
  /// The most that can be spent.
  package let limit: PrivacyCost
  /// The cost of the events so far, rounded up.
  package private(set) var spent = PrivacyCost.zero

  /// Creates a budget of which nothing is spent yet.
  package init(limit: PrivacyCost) { self.limit = limit }

  /// Charges `event` and returns its price, or charges nothing and returns nil if it does not fit.
  package mutating func charge(_ event: PrivacyEvent) -> PrivacyCost? {
    let price = event.price(left: left.rho)
    let total = spent + price
    guard total.rho <= limit.rho, total.delta <= limit.delta else { return nil }
    spent = total
    return price
  }

  /// The remaining budget. A cost of exactly this fits.
  package var left: PrivacyCost {
    PrivacyCost(
      rho: Rho(checked: OutwardSum.difference(limit.rho.value, spent.rho.value)),
      delta: Delta(checked: OutwardSum.difference(limit.delta.value, spent.delta.value)))
  }
}
