/// Why a reservation does not fit: what was asked for, what was granted, and what is left.
public struct LedgerShortfall: Sendable, Equatable {
  /// The name under which the ledger knows the dataset.
  public let dataset: String
  /// The reservation that was refused.
  public let requested: PrivacyCost
  /// The ε of all grants together.
  public let grantedEpsilon: Epsilon
  /// The δ of all grants together.
  public let grantedDelta: Delta
  /// What closed sessions spent and open ones hold, as ε at the granted δ; nil where the δ of events has used up the granted δ.
  public let usedEpsilon: Epsilon?
  /// The largest ρ that a further session may reserve along with the requested δ; 0 where nothing fits.
  public let leftRho: Rho
  /// Sessions of processes that ended without settling, which are counted in full.
  public let abandonedSessions: Int
}
