import Accounting

/// Why a reservation does not fit: what was asked for, what was granted, and what is left.
public struct LedgerShortfall: Sendable, Equatable {
  /// The name of the account: a population's, or the one under which the ledger knows the dataset.
  public let dataset: String
  /// The reservation that was refused.
  public let requested: PrivacyCost
  /// The ε of all grants together.
  public let grantedEpsilon: Epsilon
  /// The δ of all grants together.
  public let grantedDelta: Delta
  /// What closed sessions spent and open ones hold, as ε at the granted δ; nil where the δ of events has used up the granted δ.
  public let usedEpsilon: Epsilon?
  /// The δ of the grants that no event has used yet.
  public let leftDelta: Delta
  /// The largest ρ that a further session may reserve along with the requested δ; 0 where nothing fits.
  public let leftRho: Rho
  /// The δ at which the ε of the next two is told: that of the release, as far as its events tell it, else all that is left.
  public let delta: Delta
  /// About the ε that was asked for; nil where no δ is left.
  public let requestedEpsilon: Epsilon?
  /// The largest ε of a further release that fits.
  public let leftEpsilon: Epsilon
  /// Sessions of processes that ended without settling, which are counted in full.
  public let abandonedSessions: Int

  /// Whether a smaller epsilon would be refused too, or be below 0.001: nothing fits until more is granted.
  public var isUsedUp: Bool { leftRho.value < 1e-8 }

  /// Whether δ is what is missing: with the δ that was asked for, nothing would fit however small its ρ.
  public var lacksDelta: Bool { requested.delta.value > leftDelta.value * LedgerBalance.eventShare }
}
