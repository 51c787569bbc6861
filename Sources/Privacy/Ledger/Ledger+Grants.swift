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
  package func grant(
    _ dataset: DatasetIdentity, epsilon: Epsilon, delta: Delta, isAccepted: Bool = false
  ) throws {
    try Self.requireValid(epsilon, delta)
    try write { db in
      try self.insertGrant(
        self.number(of: dataset, db), epsilon, delta, origin: Self.origin(isAccepted: isAccepted),
        db)
    }
  }

  /// Adds (`epsilon`, `delta`) to the total that releases of a population's datasets may spend. A
  /// population that the ledger does not know is created. Datasets whose schema names it will
  /// charge to it.
  ///
  /// - Throws: as ``grant(_:epsilon:delta:)``; ``LedgerError/invalidPopulationName``.
  package func grant(
    toPeople name: String, epsilon: Epsilon, delta: Delta, isAccepted: Bool = false
  ) throws {
    try Self.requireValid(epsilon, delta)
    try write { db in
      try self.insertGrant(
        self.population(named: name, db), epsilon, delta,
        origin: Self.origin(isAccepted: isAccepted), db)
    }
  }

  /// Grants (`epsilon`, `delta`) if nothing was ever granted for this dataset's account, and
  /// returns whether it did, for the caller to report.
  ///
  /// Two processes that are first at the same time make one grant.
  /// - Throws: as ``grant(_:epsilon:delta:)``.
  package func grantOnFirstUse(_ dataset: DatasetIdentity, epsilon: Epsilon, delta: Delta) throws
    -> Bool
  {
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
  private func insertGrant(
    _ number: Int64, _ epsilon: Epsilon, _ delta: Delta, origin: String, _ db: Database
  ) throws {
    let account = try LedgerAccounts(db).account(holding: number)
    var balance = try self.balance(account, db)
    balance.grant(epsilon: epsilon.value, delta: delta.value)
    guard balance.grantedDelta < 1 else {
      throw LedgerError.grantsTooLarge(dataset: account.name, delta: balance.grantedDelta)
    }
    let time = JournalEntry.now()
    if let dataset = account.datasets.first(where: { $0.number == number }) {
      try db.append(
        JournalEntry.Grant(
          time: time, dataset: dataset.identity.identity, origin: origin, epsilon: epsilon.value,
          delta: delta.value),
        to: "grants",
        record: [
          "dataset": number, "created": time, "epsilon": epsilon.value, "delta": delta.value,
          "origin": origin,
        ], key: fingerprintKey)
    } else {
      try db.append(
        JournalEntry.PopulationGrant(
          time: time, population: number, origin: origin, epsilon: epsilon.value, delta: delta.value
        ),
        to: "population_grants",
        record: [
          "population": number, "created": time, "epsilon": epsilon.value, "delta": delta.value,
          "origin": origin,
        ],
        key: fingerprintKey)
    }
  }
}

/// The standing of the account that a table would draw on, before anything is written.
package struct LedgerStanding: Sendable, Equatable {
  /// The sum of the grants so far; zero if there are none.
  package let epsilon: Double
  package let delta: Double
  /// Whether the owner explicitly accepted, with any grant, that hardly anything is promised.
  package let isAccepted: Bool

  package init(epsilon: Double, delta: Double, isAccepted: Bool) {
    (self.epsilon, self.delta, self.isAccepted) = (epsilon, delta, isAccepted)
  }
}

extension Ledger {
  private static let acceptedOrigin = "grant, accepted"

  /// Returns the origin recorded for a grant made by its owner.
  static func origin(isAccepted: Bool) -> String { isAccepted ? acceptedOrigin : "grant" }

  /// Returns the standing of the account that a table would be admitted to: its own, if the ledger
  /// knows it, together with those of the people named by the claim. A name that the ledger does
  /// not know adds nothing, because admission refuses it. Changes nothing.
  ///
  /// - Parameter fingerprint: nil if a grant is made to a population and there is no table.
  /// - Throws: ``LedgerError``.
  package func standing(of fingerprint: DatasetFingerprint? = nil, claim: PeopleClaim) throws
    -> LedgerStanding
  {
    try read { db in
      let accounts = try LedgerAccounts(db)
      let known = accounts.all.filter {
        $0.datasets.contains { $0.identity.identity == fingerprint?.identity }
      }.map(\.number)
      let population = accounts.all.filter {
        $0.populations.contains { $0.name == claim.population }
      }.map(\.number)
      let named = claim.samePeopleAs.compactMap { try? self.find($0, in: accounts) }
      let numbers = try Set(
        (known + population + named).map { try accounts.account(holding: $0).number })
      let involved = accounts.all.filter { numbers.contains($0.number) }
      guard var joint = involved.first else {
        return LedgerStanding(epsilon: 0, delta: 0, isAccepted: false)
      }
      for other in involved.dropFirst() { joint.join(other, by: 0, at: "") }
      let granted = joint.granted ?? (0, 0)
      return LedgerStanding(
        epsilon: granted.epsilon, delta: granted.delta,
        isAccepted: joint.grants.contains { $0.origin == Self.acceptedOrigin })
    }
  }
}
