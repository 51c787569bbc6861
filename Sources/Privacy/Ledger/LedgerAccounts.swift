import GRDB

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
        first: try row.decode(forColumn: "first"), second: try row.decode(forColumn: "second"), time: try row.decode(forColumn: "created"))
      steps.append((try row.decode(forColumn: "sequence"), step))
    }
    for (sequence, step) in steps.sorted(by: { $0.sequence < $1.sequence }) { try take(step, sequence) }
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
      guard let key = holders[holder] else { throw LedgerChain.Fault(detail: "grant \(sequence) is of nobody") }
      accounts[key]?.add(grant)
    case .join(let first, let second, let time): try join(first, second, sequence, time)
    }
  }

  private mutating func join(_ first: Int64, _ second: Int64, _ sequence: Int64, _ time: String) throws {
    guard let key = holders[first], let other = holders[second], key != other, var account = accounts[key],
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
        identity: DatasetIdentity(identity: try row.decode(forColumn: "identity"), name: try row.decode(forColumn: "name")),
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

  private static func grants(_ db: Database) throws -> [(grant: LedgerAccount.Grant, holder: Int64)] {
    let sql = """
      SELECT sequence, created, epsilon, delta, origin, dataset AS holder FROM grants
      UNION ALL SELECT sequence, created, epsilon, delta, origin, population AS holder FROM population_grants
      """
    return try Row.fetchAll(db, sql: sql).map { row in
      let grant = LedgerAccount.Grant(
        sequence: try row.decode(forColumn: "sequence"), created: try row.decode(forColumn: "created"),
        epsilon: try row.decode(forColumn: "epsilon"), delta: try row.decode(forColumn: "delta"),
        origin: try row.decode(forColumn: "origin"))
      return (grant, try row.decode(forColumn: "holder"))
    }
  }
}
