/// The state and history of a ledger, for its owner: `budget show` and `budget history`, and their `--json`.
public struct LedgerReport: Sendable, Codable {
  public let datasets: [DatasetAccount]

  /// One dataset's grants, use and sessions.
  public struct DatasetAccount: Sendable, Codable {
    public let dataset: DatasetIdentity
    public let firstSeen: String
    public let rows: Int
    public let columns: Int
    public let grants: [Grant]
    public let grantedEpsilon: Epsilon
    public let grantedDelta: Delta
    /// What was charged by closed sessions, and is reserved in full by the others.
    public let used: PrivacyCost
    /// ``used`` as ε at the granted δ; nil where the δ of events has used up the granted δ.
    public let usedEpsilon: Epsilon?
    /// The largest ρ that a further session may reserve along with ``furtherEventDelta``.
    public let leftRho: Rho
    /// The largest ε of a further release at ``furtherDelta`` that still fits.
    public let furtherEpsilon: Epsilon
    /// The δ of the further release that ``furtherEpsilon`` is for, and the part of it that is kept for events with a δ of their own.
    public let furtherDelta: Delta
    public let furtherEventDelta: Delta
    public let sessions: [Session]
  }

  public struct Grant: Sendable, Codable {
    public let sequence: Int64
    public let time: String
    public let epsilon: Epsilon
    public let delta: Delta
    /// `grant`, or `first use` where a release granted itself a budget because there was none.
    public let origin: String
  }

  public enum SessionState: String, Sendable, Codable {
    /// At work, or on another host, where this one cannot see it: counted in full.
    case open
    /// Settled: counted as charged.
    case closed
    /// Its process ended without settling: counted in full.
    case abandoned
  }

  public struct Session: Sendable, Codable {
    public let sequence: Int64
    public let opened: String
    public let closed: String?
    public let purpose: String
    public let state: SessionState
    public let reserved: PrivacyCost
    public let charged: PrivacyCost
    /// What the budget counts for this session: what it reserved, or what it was charged if it is closed.
    public let counted: PrivacyCost
    public let charges: [Charge]
  }

  public struct Charge: Sendable, Codable {
    public let sequence: Int64
    public let time: String
    public let cost: PrivacyCost
    /// nil where a newer version charged an event that this one does not know; its cost counts all the same.
    public let event: PrivacyEvent?
  }
}
