import GRDB

extension Ledger {
  /// Adds (`epsilon`, `delta`) to what releases of this dataset may spend in total. Several grants add.
  ///
  /// - Parameter isAccepted: whether the owner accepted in so many words that hardly anything is promised at such a size.
  /// - Throws: ``LedgerError/invalidGrant(epsilon:delta:)`` unless 0 < epsilon and delta < 1;
  ///   ``LedgerError/grantsTooLarge(dataset:delta:)`` where the deltas of all grants would reach 1; other ``LedgerError``.
  public func grant(_ dataset: DatasetIdentity, epsilon: Epsilon, delta: Delta, isAccepted: Bool = false) throws {
    try Self.requireValid(epsilon, delta)
    try write { db in
      try self.insertGrant(dataset, epsilon, delta, origin: isAccepted ? Self.acceptedOrigin : "grant", db)
    }
  }

  private static let acceptedOrigin = "grant, accepted"

  /// Whether a grant of this dataset was accepted in so many words. False where the dataset is not known. Changes nothing.
  ///
  /// - Throws: ``LedgerError``.
  package func hasAcceptedGrant(_ fingerprint: DatasetFingerprint) throws -> Bool {
    let sql = """
      SELECT EXISTS (SELECT 1 FROM grants JOIN datasets ON grants.dataset = datasets.sequence WHERE datasets.identity = ? AND origin = ?)
      """
    return try read { db in
      try Bool.fetchOne(db, sql: sql, arguments: [fingerprint.identity, Self.acceptedOrigin]) ?? false
    }
  }

  /// Grants (`epsilon`, `delta`) if nothing was ever granted for this dataset, and returns whether it did, for the caller to say so.
  ///
  /// Two processes that come first at once make one grant.
  /// - Throws: as ``grant(_:epsilon:delta:)``.
  public func grantOnFirstUse(_ dataset: DatasetIdentity, epsilon: Epsilon, delta: Delta) throws -> Bool {
    try Self.requireValid(epsilon, delta)
    return try write { db in
      let number = try self.number(of: dataset, db)
      if try Self.hasGrant(number, db) { return false }
      try self.insertGrant(dataset, epsilon, delta, origin: "first use", db)
      return true
    }
  }

  static func hasGrant(_ number: Int64, _ db: Database) throws -> Bool {
    try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM grants WHERE dataset = ?)", arguments: [number]) ?? false
  }

  private static func requireValid(_ epsilon: Epsilon, _ delta: Delta) throws {
    guard epsilon.value > 0, delta.value < 1 else {
      throw LedgerError.invalidGrant(epsilon: epsilon.value, delta: delta.value)
    }
  }

  private func insertGrant(
    _ dataset: DatasetIdentity, _ epsilon: Epsilon, _ delta: Delta, origin: String, _ db: Database
  ) throws {
    let number = try self.number(of: dataset, db)
    var balance = try self.balance(number, db)
    balance.grant(epsilon: epsilon.value, delta: delta.value)
    guard balance.grantedDelta < 1 else {
      throw LedgerError.grantsTooLarge(dataset: dataset.name, delta: balance.grantedDelta)
    }
    let time = JournalEntry.now()
    try db.append(
      JournalEntry.Grant(time: time, dataset: dataset.identity, origin: origin, epsilon: epsilon.value, delta: delta.value), to: "grants",
      record: ["dataset": number, "created": time, "epsilon": epsilon.value, "delta": delta.value, "origin": origin], key: fingerprintKey)
  }
}
