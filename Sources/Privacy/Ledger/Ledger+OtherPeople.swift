import Foundation
import GRDB

extension Ledger {
  /// Returns whether the account rests on a declaration of other people, after writing a new one if
  /// the owner makes it now.
  ///
  /// - Throws: ``LedgerError/decisionNeeded(_:)`` if the table resembles one of another account and
  ///   nobody declared that its people are others.
  func decide(
    _ fingerprint: DatasetFingerprint, _ number: Int64, _ account: LedgerAccount, name: String,
    claim: PeopleClaim,
    _ accounts: LedgerAccounts, _ db: Database
  ) throws -> Bool {
    var declarations = try declarations(db)
    let undecided = try resembling(fingerprint, outside: account, accounts, db).filter { found in
      !declarations.contains { $0.parts(account, found.account) }
    }
    if !claim.areOthers, !undecided.isEmpty {
      throw LedgerError.decisionNeeded(
        PeopleDecision(table: name, candidates: undecided.map(\.candidate)))
    }
    if claim.areOthers {
      let isSaid = declarations.contains { $0.concerns(account) }
      let others: [Int64?] = undecided.isEmpty ? (isSaid ? [] : [nil]) : undecided.map(\.dataset)
      for other in others { declarations.append(try declare(number, other, db)) }
    }
    return declarations.contains { $0.concerns(account) }
  }

  /// An account other than the table's own with a dataset that resembles the table.
  private struct Resembling {
    let account: LedgerAccount
    let dataset: Int64
    let candidate: PeopleDecision.Candidate
  }

  /// Returns one for each account, the closest first.
  private func resembling(
    _ fingerprint: DatasetFingerprint, outside own: LedgerAccount, _ accounts: LedgerAccounts,
    _ db: Database
  ) throws -> [Resembling] {
    let mine = Set(own.datasets.map(\.number))
    var closest: [Int64: Resembling] = [:]
    for known in try knownDatasets(db) where !mine.contains(known.number) {
      let resemblance = known.fingerprint.resemblance(to: fingerprint)
      guard resemblance.isNotable else { continue }
      let account = try accounts.account(holding: known.number)
      if let other = closest[account.number],
        other.candidate.resemblance.estimate >= resemblance.estimate
      {
        continue
      }
      closest[account.number] = Resembling(
        account: account, dataset: known.number,
        candidate: .init(name: account.name, dataset: known.dataset.name, resemblance: resemblance))
    }
    return closest.values.sorted {
      ($1.candidate.resemblance.estimate, $0.account.number) < (
        $0.candidate.resemblance.estimate, $1.account.number
      )
    }
  }

  /// A declaration that the people of one dataset are not those of another or, if nothing resembled
  /// it then, of any other.
  private struct Declaration {
    let dataset: Int64
    let other: Int64?

    /// Returns whether it says that two accounts hold different people.
    func parts(_ first: LedgerAccount, _ second: LedgerAccount) -> Bool {
      func holds(_ account: LedgerAccount, _ number: Int64?) -> Bool {
        account.datasets.contains { $0.number == number }
      }
      return holds(first, dataset) && holds(second, other)
        || holds(second, dataset) && holds(first, other)
    }

    /// Returns whether releases of the account rest on it; false once both have become one account.
    func concerns(_ account: LedgerAccount) -> Bool {
      let numbers = account.datasets.map(\.number)
      guard let other else { return numbers.contains(dataset) }
      return numbers.contains(dataset) != numbers.contains(other)
    }
  }

  private func declarations(_ db: Database) throws -> [Declaration] {
    try Row.fetchAll(db, sql: "SELECT dataset, other FROM declarations ORDER BY sequence").map {
      row in
      Declaration(
        dataset: try row.decode(forColumn: "dataset"), other: try row.decode(forColumn: "other"))
    }
  }

  private func declare(_ dataset: Int64, _ other: Int64?, _ db: Database) throws -> Declaration {
    let time = JournalEntry.now()
    try db.append(
      JournalEntry.OtherPeople(time: time, dataset: dataset, other: other), to: "declarations",
      record: ["created": time, "dataset": dataset, "other": other], key: fingerprintKey)
    return Declaration(dataset: dataset, other: other)
  }
}
