import Accounting
import GRDB

extension Ledger {
  /// Adds (`epsilon`, `delta`) to the total that releases of this dataset's account may spend.
  /// Several grants add.
  ///
  /// - Parameter isAccepted: Whether the owner explicitly accepted that hardly anything is promised
  ///   at such a size.
  /// - Throws: ``LedgerError/invalidGrant(epsilon:delta:)`` unless 0 < epsilon and delta < 1;
  ///   ``LedgerError/grantsTooLarge(dataset:delta:)`` if the deltas of all grants would reach 1;
  ///   other ``LedgerError``.
  package func grant(_ dataset: DatasetIdentity, epsilon: Epsilon, delta: Delta, isAccepted: Bool = false) throws {
    try Self.requireValid(epsilon, delta)
    try write { db in
      try self.insertGrant(self.number(of: dataset, db), epsilon, delta, origin: Self.origin(isAccepted: isAccepted), db)
    }
  }

  /// Adds (`epsilon`, `delta`) to the total that releases of a population's datasets may spend. A
  /// population that the ledger does not know is created. Datasets whose schema names it will
  /// charge to it.
  ///
  /// - Throws: as ``grant(_:epsilon:delta:)``; ``LedgerError/invalidPopulationName``.
  package func grant(toPeople name: String, epsilon: Epsilon, delta: Delta, isAccepted: Bool = false) throws {
    try Self.requireValid(epsilon, delta)
    try write { db in
      try self.insertGrant(self.population(named: name, db), epsilon, delta, origin: Self.origin(isAccepted: isAccepted), db)
    }
  }

  /// Grants (`epsilon`, `delta`) if nothing was ever granted for this dataset's account, and
  /// returns whether it did, for the caller to report.
  ///
  /// Two processes that are first at the same time make one grant.
  /// - Throws: as ``grant(_:epsilon:delta:)``.
  package func grantOnFirstUse(_ dataset: DatasetIdentity, epsilon: Epsilon, delta: Delta) throws -> Bool {
    try Self.requireValid(epsilon, delta)
    return try write { db in
      guard try self.account(of: dataset, db).grants.isEmpty else { return false }
      try self.insertGrant(self.number(of: dataset, db), epsilon, delta, origin: "first use", db)
      return true
    }
  }

  private static func requireValid(_ epsilon: Epsilon, _ delta: Delta) throws {
    guard epsilon.value > 0, delta.value < 1 else {
      throw LedgerError.invalidGrant(epsilon: epsilon.value, delta: delta.value)
    }
  }

  /// - Parameter number: The number of a dataset or a population, whose account receives the grant.
  private func insertGrant(_ number: Int64, _ epsilon: Epsilon, _ delta: Delta, origin: String, _ db: Database) throws {
    let account = try LedgerAccounts(db).account(holding: number)
    var balance = try self.balance(account, db)
    balance.grant(epsilon: epsilon.value, delta: delta.value)
    guard balance.grantedDelta < 1 else {
      throw LedgerError.grantsTooLarge(dataset: account.name, delta: balance.grantedDelta)
    }
    let time = JournalEntry.now()
    if let dataset = account.datasets.first(where: { $0.number == number }) {
      try db.append(
        JournalEntry.Grant(time: time, dataset: dataset.identity.identity, origin: origin, epsilon: epsilon.value, delta: delta.value),
        to: "grants",
        record: ["dataset": number, "created": time, "epsilon": epsilon.value, "delta": delta.value, "origin": origin], key: fingerprintKey)
    } else {
      try db.append(
        JournalEntry.PopulationGrant(time: time, population: number, origin: origin, epsilon: epsilon.value, delta: delta.value),
        to: "population_grants",
        record: ["population": number, "created": time, "epsilon": epsilon.value, "delta": delta.value, "origin": origin],
        key: fingerprintKey)
    }
  }
}
