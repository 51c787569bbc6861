import Accounting

/// People who share one budget: a population with all its datasets, or a lone dataset. This is the
/// single definition of an account.
///
/// Grants count together for an account, and so does the spending of all its datasets' sessions.
struct LedgerAccount: Sendable, Equatable {
  struct Dataset: Sendable, Equatable {
    /// Its entry in the journal.
    package let number: Int64
    package let identity: DatasetIdentity
    let created: String
  }

  struct Population: Sendable, Equatable {
    /// Its entry in the journal.
    package let number: Int64
    package let name: String
    let created: String
  }

  struct Grant: Sendable, Equatable {
    /// Its entry in the journal.
    let sequence: Int64
    let created: String
    package let epsilon: Double
    package let delta: Double
    let origin: String
    /// Whether the grant counts. False if two granted accounts have since become one: the smaller
    /// of both budgets counts instead.
    var isCounted = true
  }

  /// The datasets, in the order in which they were first seen.
  private(set) var datasets: [Dataset] = []
  /// The populations; more than one if populations were found to be the same people. The first
  /// gives the name.
  private(set) var populations: [Population] = []
  /// The grants, in the order in which they were given.
  private(set) var grants: [Grant] = []
  /// The grants of each joined account that had some, with those given since; one list if none was
  /// joined.
  private(set) var budgets: [[Grant]] = [[]]

  init(_ dataset: Dataset) { datasets = [dataset] }
  init(_ population: Population) { populations = [population] }

  /// The name that the owner uses for it.
  package var name: String { populations.first?.name ?? datasets.first?.identity.name ?? "" }

  /// The number of the first entry about it.
  package var number: Int64 { (datasets.map(\.number) + populations.map(\.number)).min() ?? 0 }

  /// Whether it is more than one dataset by itself.
  var isShared: Bool { !populations.isEmpty || datasets.count > 1 }

  package mutating func add(_ grant: Grant) {
    grants.append(grant)
    for index in budgets.indices { budgets[index].append(grant) }
  }

  /// All grants that somebody gave, in order.
  var givenGrants: [Grant] {
    let given = Dictionary(budgets.joined().map { ($0.sequence, $0) }) { first, _ in first }
    return given.values.sorted { $0.sequence < $1.sequence }
  }

  /// Merges another account whose people are the same.
  ///
  /// If both have grants, each of the two would alone, with less spent, have allowed whatever the
  /// joint account allows from now on (`docs/proofs/ledger.md`). A record of the smaller epsilon
  /// and the smaller delta says so. Past spending is never lost.
  mutating func join(_ other: LedgerAccount, by entry: Int64, at time: String) {
    let both = (granted, other.granted)
    datasets = (datasets + other.datasets).sorted { $0.number < $1.number }
    populations = (populations + other.populations).sorted { $0.number < $1.number }
    guard let mine = both.0, let theirs = both.1 else {
      grants = (grants + other.grants).sorted { $0.sequence < $1.sequence }
      if both.0 == nil { budgets = other.budgets }
      return
    }
    budgets += other.budgets
    grants = (grants + other.grants).sorted { $0.sequence < $1.sequence }
    for index in grants.indices { grants[index].isCounted = false }
    grants.append(
      Grant(
        sequence: entry, created: time, epsilon: min(mine.epsilon, theirs.epsilon), delta: min(mine.delta, theirs.delta),
        origin: "joined: the smaller of both"))
  }

  /// The sum of the grants that count; nil if there is none.
  var granted: (epsilon: Double, delta: Double)? {
    let counted = grants.filter(\.isCounted)
    guard !counted.isEmpty else { return nil }
    return counted.reduce((0, 0)) { (OutwardSum.down($0.0, $1.epsilon), OutwardSum.down($0.1, $1.delta)) }
  }
}
