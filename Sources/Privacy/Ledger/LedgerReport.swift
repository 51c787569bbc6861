import Accounting

/// The state and history of a ledger, for its owner: `budget show` and `budget history`, and their
/// `--json`.
package struct LedgerReport: Sendable, Codable {
  /// Datasets with a budget of their own, in the order in which the ledger met them.
  package let datasets: [Account]
  /// Budgets that several datasets share because the same people are in them, and populations
  /// without a dataset yet.
  package let populations: [Account]

  /// All accounts.
  package var accounts: [Account] { datasets + populations }

  /// A dataset that an account holds.
  package struct Dataset: Sendable, Codable {
    /// Its name and its keyed digest.
    package let dataset: DatasetIdentity
    /// When first seen: ISO 8601, in UTC.
    package let firstSeen: String
    /// Data rows when it was first seen.
    package let rows: Int
    /// Columns when it was first seen.
    package let columns: Int
  }

  /// The grants, use and sessions of people who share one budget: a population, or a lone dataset.
  package struct Account: Sendable, Codable {
    /// The population's name, else the first dataset's.
    package let name: String
    /// The names of the population; empty if nobody named it, several if two were found to be the
    /// same people.
    package let populations: [String]
    /// The dataset that has the budget by itself; nil if several share it.
    package let dataset: DatasetIdentity?
    /// The datasets, in the order in which the ledger met them.
    package let datasets: [Dataset]
    /// When first seen: ISO 8601, in UTC.
    package let firstSeen: String
    /// Data rows of all datasets together.
    package let rows: Int
    /// Columns of the widest dataset.
    package let columns: Int
    /// The grants, in the order in which they were given.
    package let grants: [Grant]
    /// The ε of all grants that count together.
    package let grantedEpsilon: Epsilon
    /// The δ of all grants that count together.
    package let grantedDelta: Delta
    /// The charges of closed sessions plus the full reservations of the others.
    package let used: PrivacyCost
    /// The ε of all grants ever given: more than ``grantedEpsilon`` if budgets were joined.
    package let promisedEpsilon: Epsilon
    /// The δ of all grants ever given.
    package let promisedDelta: Delta
    /// Whether budgets with grants of their own were joined.
    package let isJoined: Bool
    /// ``used`` as ε, part by part; nil if the δ of events has used up their share of the granted
    /// δ.
    package let usedEpsilon: Epsilon?
    /// The guarantee of the answers so far at several δ, as one budget: a promise if its end was
    /// fixed beforehand at the present use.
    package let usedCurve: PrivacyCurve
    /// Whether answers were given since the last grant. A further grant then adds only its own
    /// allowance.
    package let isAnswered: Bool
    /// The number of parts in which the budget was granted. Grants without an answer between them
    /// are one.
    package let parts: Int
    /// The δ that a further release may have.
    package let leftDelta: Delta
    /// The largest ρ that a further session may reserve along with ``furtherEventDelta``.
    package let leftRho: Rho
    /// The largest ε of a further release at ``furtherDelta`` that still fits.
    package let furtherEpsilon: Epsilon
    /// The δ of the further release that ``furtherEpsilon`` is for, including the part kept for
    /// events with a δ of their own.
    package let furtherDelta: Delta
    /// The part of ``furtherDelta`` that is kept for events with a δ of their own.
    package let furtherEventDelta: Delta
    /// The largest ε at which a question can be put to the table at the usual δ; nil if it was not
    /// asked for. Questions have no event with a δ of its own, so that their δ need not be left: it
    /// only converts their ρ.
    package var answerEpsilon: Epsilon?
    /// The sessions, in the order in which they were opened.
    package let sessions: [Session]
  }

  /// Budget that the owner of the data, or a first use, gave to an account.
  package struct Grant: Sendable, Codable {
    /// The number of its entry in the journal.
    package let sequence: Int64
    /// When given: ISO 8601, in UTC.
    package let time: String
    /// The amount it adds to the ε of the dataset.
    package let epsilon: Epsilon
    /// The amount it adds to the δ of the dataset.
    package let delta: Delta
    /// `grant`; `grant, accepted` if its owner accepted that hardly anything is promised;
    /// `first use` if a release granted itself a budget because there was none; `joined: …` if two
    /// budgets became one.
    package let origin: String
    /// Whether the grant counts. False if another has counted instead since two budgets became one.
    package let isCounted: Bool
  }

  /// The state of a session, which determines how much of it counts.
  package enum SessionState: String, Sendable, Codable {
    /// Running, or on another host, where this one cannot see it: counted in full.
    case open
    /// Settled: counted as charged.
    case closed
    /// Its process ended without settling: counted in full.
    case abandoned
  }

  /// One release's reservation and its charges.
  package struct Session: Sendable, Codable {
    /// The number of its entry in the journal, by which messages name it.
    package let sequence: Int64
    /// The name of the dataset that was asked.
    package let dataset: String
    /// When opened: ISO 8601, in UTC.
    package let opened: String
    /// When settled: ISO 8601, in UTC; nil if it was not.
    package let closed: String?
    /// The purpose of the reservation, as its caller put it.
    package let purpose: String
    /// The state as seen from this host.
    package let state: SessionState
    /// The most that it may spend.
    package let reserved: PrivacyCost
    /// The sum of its charges, rounded up.
    package let charged: PrivacyCost
    /// The amount that the budget counts for this session: its reservation, or its charges if it is
    /// closed.
    package let counted: PrivacyCost
    /// The charges, in order.
    package let charges: [Charge]
  }

  /// The cost of one answer of the curator.
  package struct Charge: Sendable, Codable {
    /// The number of its entry in the journal.
    package let sequence: Int64
    /// When charged: ISO 8601, in UTC.
    package let time: String
    /// The ρ and the δ of the event.
    package let cost: PrivacyCost
    /// The event; nil if a newer version charged one that this version does not know. Its cost
    /// counts all the same.
    package let event: PrivacyEvent?
  }
}
