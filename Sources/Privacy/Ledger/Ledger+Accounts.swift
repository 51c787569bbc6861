import GRDB

extension Ledger {
  /// Returns the account whose budget a dataset spends.
  func account(of dataset: DatasetIdentity, _ db: Database) throws -> LedgerAccount {
    try LedgerAccounts(db).account(holding: number(of: dataset, db))
  }

  /// Returns the sequence number of a dataset.
  package func number(of dataset: DatasetIdentity, _ db: Database) throws -> Int64 {
    let sql = "SELECT sequence FROM datasets WHERE identity = ?"
    guard let number = try Int64.fetchOne(db, sql: sql, arguments: [dataset.identity]) else {
      throw LedgerError.unknownDataset(name: dataset.name)
    }
    return number
  }

  /// Returns the unit of an account: that of its first session that names one. Sessions of format 1
  /// do not.
  func unit(of account: LedgerAccount, _ db: Database) throws -> String? {
    let sql = "SELECT unit FROM sessions WHERE dataset IN \(account.datasetList) AND unit IS NOT NULL ORDER BY sequence LIMIT 1"
    return try String.fetchOne(db, sql: sql)
  }

  /// Joins the account of `second` with that of `first`; does nothing if they are already one.
  ///
  /// - Throws: ``LedgerError/unitDiffers(dataset:kept:asked:)`` if the amounts spent by the two
  ///   accounts protect different units.
  func join(_ first: Int64, _ second: Int64, _ db: Database) throws {
    let accounts = try LedgerAccounts(db)
    let (known, joining) = (try accounts.account(holding: first), try accounts.account(holding: second))
    guard known.number != joining.number else { return }
    if let kept = try unit(of: known, db), let asked = try unit(of: joining, db), kept != asked {
      throw LedgerError.unitDiffers(dataset: known.name, kept: kept, asked: asked)
    }
    let time = JournalEntry.now()
    try db.append(
      JournalEntry.Joined(time: time, first: first, second: second), to: "joins",
      record: ["created": time, "first": first, "second": second], key: fingerprintKey)
  }

  /// Returns the number of the population with that name, which is created if there is none.
  func population(named name: String, _ db: Database) throws -> Int64 {
    try PeopleClaim.requireName(name)
    let sql = "SELECT sequence FROM populations WHERE name = ?"
    if let number = try Int64.fetchOne(db, sql: sql, arguments: [name]) { return number }
    let time = JournalEntry.now()
    return try db.append(
      JournalEntry.PopulationNamed(time: time, name: name), to: "populations", record: ["name": name, "created": time], key: fingerprintKey)
  }
}

extension LedgerAccount {
  /// The numbers of its datasets, for SQL: `(3, 17)`.
  var datasetList: String { "(" + datasets.map { String($0.number) }.joined(separator: ", ") + ")" }
}
