import Accounting

/// The reason that a reservation does not fit: the request, the grants, and the remaining budget.
package struct LedgerShortfall: Sendable, Equatable {
  /// The name of the account: a population's, or the one under which the ledger knows the dataset.
  package let dataset: String
  /// The reservation that was refused.
  package let requested: PrivacyCost
  /// The ε of all grants together.
  package let grantedEpsilon: Epsilon
  /// The δ of all grants together.
  package let grantedDelta: Delta
  /// The spending of closed sessions plus the reservations of open ones, as ε at the granted δ; nil
  /// if the δ of events has used up the granted δ.
  package let usedEpsilon: Epsilon?
  /// The δ of the grants that no event has used yet.
  package let leftDelta: Delta
  /// The largest ρ that a further session may reserve along with the requested δ; 0 if nothing
  /// fits.
  package let leftRho: Rho
  /// The δ at which the next two ε are given: that of the release, as far as its events reveal it,
  /// else all remaining δ.
  package let delta: Delta
  /// About the ε that was requested; nil if no δ is left.
  package let requestedEpsilon: Epsilon?
  /// The largest ε of a further release that fits.
  package let leftEpsilon: Epsilon
  /// The number of sessions whose processes ended without settling, which are counted in full.
  package let abandonedSessions: Int

  /// Whether a smaller epsilon would be refused too, or be below 0.001: nothing fits until more is
  /// granted.
  package var isUsedUp: Bool { leftRho.value < 1e-8 }

  /// Whether δ is missing: with the requested δ, nothing would fit however small its ρ.
  package var lacksDelta: Bool { requested.delta.value > leftDelta.value * LedgerBalance.eventShare }
}
