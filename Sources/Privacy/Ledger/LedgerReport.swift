import Accounting

/// The state and history of a ledger, for its owner: `budget show` and `budget history`, and their `--json`.
public struct LedgerReport: Sendable, Codable {
  /// Datasets that have a budget by themselves, in the order in which the ledger met them.
  public let datasets: [Account]
  /// Budgets that several datasets share because the same people are in them, and populations that no dataset is in yet.
  public let populations: [Account]

  /// All of them.
  package var accounts: [Account] { datasets + populations }

  /// A dataset that an account holds.
  public struct Dataset: Sendable, Codable {
    /// Its name and its keyed digest.
    public let dataset: DatasetIdentity
    /// ISO 8601, in UTC.
    public let firstSeen: String
    /// Data rows when it was first seen.
    public let rows: Int
    /// Columns when it was first seen.
    public let columns: Int
  }

  /// The grants, use and sessions of people who share one budget: a population, or a lone dataset.
  public struct Account: Sendable, Codable {
    /// The population's, else the first dataset's.
    public let name: String
    /// The names of the population; empty where nobody named it, several where two were found to be the same people.
    public let populations: [String]
    /// The dataset that has the budget by itself; nil where several share it.
    public let dataset: DatasetIdentity?
    /// In the order in which the ledger met them.
    public let datasets: [Dataset]
    /// ISO 8601, in UTC.
    public let firstSeen: String
    /// Data rows of all datasets together.
    public let rows: Int
    /// Columns of the widest dataset.
    public let columns: Int
    /// In the order in which they were given.
    public let grants: [Grant]
    /// The ε of all grants that count together.
    public let grantedEpsilon: Epsilon
    /// The δ of all grants that count together.
    public let grantedDelta: Delta
    /// What was charged by closed sessions, and is reserved in full by the others.
    public let used: PrivacyCost
    /// The ε of all grants that were ever given: more than ``grantedEpsilon`` where budgets were joined.
    public let promisedEpsilon: Epsilon
    /// The δ of all grants that were ever given.
    public let promisedDelta: Delta
    /// Whether budgets with grants of their own were joined.
    public let isJoined: Bool
    /// ``used`` as ε, part by part; nil where the δ of events has used up their share of the granted δ.
    public let usedEpsilon: Epsilon?
    /// What was told at several δ, as one budget: a promise where its end was fixed beforehand at what is used now.
    public let usedCurve: PrivacyCurve
    /// Whether answers were given since the last grant: a further one adds what it allows by itself.
    public let isAnswered: Bool
    /// In how many parts the budget was granted: grants without an answer between them are one.
    public let parts: Int
    /// The δ that a further release may have.
    public let leftDelta: Delta
    /// The largest ρ that a further session may reserve along with ``furtherEventDelta``.
    public let leftRho: Rho
    /// The largest ε of a further release at ``furtherDelta`` that still fits.
    public let furtherEpsilon: Epsilon
    /// The δ of the further release that ``furtherEpsilon`` is for, and the part of it that is kept for events with a δ of their own.
    public let furtherDelta: Delta
    /// The part of ``furtherDelta`` that is kept for events with a δ of their own.
    public let furtherEventDelta: Delta
    /// In the order in which they were opened.
    public let sessions: [Session]
  }

  /// Budget that the owner of the data, or a first use, gave to an account.
  public struct Grant: Sendable, Codable {
    /// The number of its entry in the journal.
    public let sequence: Int64
    /// When it was given: ISO 8601, in UTC.
    public let time: String
    /// What it adds to the ε of the dataset.
    public let epsilon: Epsilon
    /// What it adds to the δ of the dataset.
    public let delta: Delta
    /// `grant`; `grant, accepted` where its owner accepted that hardly anything is promised; `first use` where a release granted itself a
    /// budget because there was none; `joined: …` where two budgets became one.
    public let origin: String
    /// False where another grant counts instead since two budgets became one.
    public let isCounted: Bool
  }

  /// Whether a session still works, and what of it counts.
  public enum SessionState: String, Sendable, Codable {
    /// At work, or on another host, where this one cannot see it: counted in full.
    case open
    /// Settled: counted as charged.
    case closed
    /// Its process ended without settling: counted in full.
    case abandoned
  }

  /// One release's reservation and what it was charged.
  public struct Session: Sendable, Codable {
    /// The number of its entry in the journal, by which messages name it.
    public let sequence: Int64
    /// The name of the dataset that was asked.
    public let dataset: String
    /// ISO 8601, in UTC.
    public let opened: String
    /// ISO 8601, in UTC; nil where it was not settled.
    public let closed: String?
    /// What the reservation is for, as its caller put it.
    public let purpose: String
    /// As seen from this host.
    public let state: SessionState
    /// The most that it may spend.
    public let reserved: PrivacyCost
    /// What its charges add up to, rounded up.
    public let charged: PrivacyCost
    /// What the budget counts for this session: what it reserved, or what it was charged if it is closed.
    public let counted: PrivacyCost
    /// In their order.
    public let charges: [Charge]
  }

  /// What one answer of the curator cost.
  public struct Charge: Sendable, Codable {
    /// The number of its entry in the journal.
    public let sequence: Int64
    /// ISO 8601, in UTC.
    public let time: String
    /// The ρ and the δ of the event.
    public let cost: PrivacyCost
    /// nil where a newer version charged an event that this one does not know; its cost counts all the same.
    public let event: PrivacyEvent?
  }
}
