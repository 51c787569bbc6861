import Accounting
import GRDB

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
        sequence: entry, created: time, epsilon: min(mine.epsilon, theirs.epsilon),
        delta: min(mine.delta, theirs.delta),
        origin: "joined: the smaller of both"))
  }

  /// The sum of the grants that count; nil if there is none.
  var granted: (epsilon: Double, delta: Double)? {
    let counted = grants.filter(\.isCounted)
    guard !counted.isEmpty else { return nil }
    return counted.reduce((0, 0)) {
      (OutwardSum.down($0.0, $1.epsilon), OutwardSum.down($0.1, $1.delta))
    }
  }
}

/// All accounts of a ledger, built from its entries in order. Complexity: reads everything but
/// sessions and charges.
struct LedgerAccounts {
  private var accounts: [Int64: LedgerAccount] = [:]
  /// The account that an entry's dataset or population belongs to.
  private var holders: [Int64: Int64] = [:]

  private enum Step {
    case dataset(LedgerAccount.Dataset)
    case population(LedgerAccount.Population)
    case grant(LedgerAccount.Grant, to: Int64)
    case join(first: Int64, second: Int64, time: String)
  }

  init(_ db: Database) throws {
    var steps: [(sequence: Int64, step: Step)] = []
    steps += try Self.datasets(db).map { ($0.number, .dataset($0)) }
    steps += try Self.populations(db).map { ($0.number, .population($0)) }
    steps += try Self.grants(db).map { ($0.grant.sequence, .grant($0.grant, to: $0.holder)) }
    for row in try Row.fetchAll(db, sql: "SELECT * FROM joins") {
      let step = Step.join(
        first: try row.decode(forColumn: "first"), second: try row.decode(forColumn: "second"),
        time: try row.decode(forColumn: "created"))
      steps.append((try row.decode(forColumn: "sequence"), step))
    }
    for (sequence, step) in steps.sorted(by: { $0.sequence < $1.sequence }) {
      try take(step, sequence)
    }
  }

  /// All accounts, in the order in which the ledger first heard of them.
  var all: [LedgerAccount] { accounts.values.sorted { $0.number < $1.number } }

  /// Returns the account of a dataset or population, by the number of the entry that made it.
  func account(holding number: Int64) throws -> LedgerAccount {
    guard let account = holders[number].flatMap({ accounts[$0] }) else {
      throw LedgerChain.Fault(detail: "entry \(number) should have made a dataset or a population")
    }
    return account
  }

  private mutating func take(_ step: Step, _ sequence: Int64) throws {
    switch step {
    case .dataset(let dataset):
      accounts[sequence] = LedgerAccount(dataset)
      holders[sequence] = sequence
    case .population(let population):
      accounts[sequence] = LedgerAccount(population)
      holders[sequence] = sequence
    case .grant(let grant, let holder):
      guard let key = holders[holder] else {
        throw LedgerChain.Fault(detail: "grant \(sequence) is of nobody")
      }
      accounts[key]?.add(grant)
    case .join(let first, let second, let time): try join(first, second, sequence, time)
    }
  }

  private mutating func join(_ first: Int64, _ second: Int64, _ sequence: Int64, _ time: String)
    throws
  {
    guard let key = holders[first], let other = holders[second], key != other,
      var account = accounts[key],
      let joining = accounts.removeValue(forKey: other)
    else { throw LedgerChain.Fault(detail: "entry \(sequence) joins what cannot be joined") }
    account.join(joining, by: sequence, at: time)
    accounts[key] = account
    for (number, holder) in holders where holder == other { holders[number] = key }
  }

  private static func datasets(_ db: Database) throws -> [LedgerAccount.Dataset] {
    try Row.fetchAll(db, sql: "SELECT sequence, identity, name, created FROM datasets").map { row in
      LedgerAccount.Dataset(
        number: try row.decode(forColumn: "sequence"),
        identity: DatasetIdentity(
          identity: try row.decode(forColumn: "identity"), name: try row.decode(forColumn: "name")),
        created: try row.decode(forColumn: "created"))
    }
  }

  private static func populations(_ db: Database) throws -> [LedgerAccount.Population] {
    try Row.fetchAll(db, sql: "SELECT * FROM populations").map { row in
      LedgerAccount.Population(
        number: try row.decode(forColumn: "sequence"), name: try row.decode(forColumn: "name"),
        created: try row.decode(forColumn: "created"))
    }
  }

  private static func grants(_ db: Database) throws -> [(grant: LedgerAccount.Grant, holder: Int64)]
  {
    let sql = """
      SELECT sequence, created, epsilon, delta, origin, dataset AS holder FROM grants
      UNION ALL SELECT sequence, created, epsilon, delta, origin, population AS holder FROM population_grants
      """
    return try Row.fetchAll(db, sql: sql).map { row in
      let grant = LedgerAccount.Grant(
        sequence: try row.decode(forColumn: "sequence"),
        created: try row.decode(forColumn: "created"),
        epsilon: try row.decode(forColumn: "epsilon"), delta: try row.decode(forColumn: "delta"),
        origin: try row.decode(forColumn: "origin"))
      return (grant, try row.decode(forColumn: "holder"))
    }
  }
}
