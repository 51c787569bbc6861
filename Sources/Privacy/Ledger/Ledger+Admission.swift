import Foundation
import GRDB

extension Ledger {
  /// Returns the account of a table, which every command requests before anything is granted or
  /// charged.
  ///
  /// A table that the ledger knows keeps its account, whatever its file is called. One that merely
  /// resembles a known table of another account is stopped until the owner says whether the same
  /// people are in both. All of this is one immediate transaction: if two processes arrive at once
  /// with resembling tables, the second is stopped.
  /// - Parameter name: The file's name, under which a new table is known.
  /// - Throws: ``LedgerError/decisionNeeded(_:)``, ``LedgerError/unknownPeople(name:)``,
  ///   ``LedgerError/ambiguousPeople(name:keys:)``,
  ///   ``LedgerError/populationDiffers(dataset:kept:asked:)``,
  ///   ``LedgerError/unitDiffers(dataset:kept:asked:)``, ``LedgerError/invalidPopulationName``;
  ///   nothing is written then. Other ``LedgerError``.
  package func admit(_ fingerprint: DatasetFingerprint, name: String, claim: PeopleClaim) throws
    -> Admission
  {
    let stored = try JournalEntry.canonicalText(fingerprint)
    return try write { db in
      var messages: [String] = []
      let before = try LedgerAccounts(db)
      let named = try claim.samePeopleAs.map { try self.find($0, in: before) }
      let number = try self.register(fingerprint, stored: stored, name: name, db)
      let known = try? before.account(holding: number)
      try self.requirePopulation(claim, of: known, named: named, before)
      if let population = claim.population {
        try self.join(self.population(named: population, db), number, db)
      }
      for other in named { try self.join(other, number, db) }
      let accounts = try LedgerAccounts(db)
      let account = try accounts.account(holding: number)
      let declared = try self.decide(
        fingerprint, number, account, name: name, claim: claim, accounts, db)
      messages += Self.messages(account, before: known)
      guard let dataset = account.datasets.first(where: { $0.number == number })?.identity else {
        throw self.corrupt("a dataset is missing from its account")
      }
      return Admission(
        dataset: dataset, account: account.name, isShared: account.isShared,
        restsOnOtherPeople: declared, messages: messages)
    }
  }

  /// Returns the account for a name as the owner writes it: a population, a dataset, or the first
  /// digits of a dataset's key.
  ///
  /// - Throws: ``LedgerError/unknownPeople(name:)``, ``LedgerError/ambiguousPeople(name:keys:)``.
  func find(_ name: String, in accounts: LedgerAccounts) throws -> Int64 {
    let all = accounts.all
    if let population = all.flatMap(\.populations).first(where: { $0.name == name }) {
      return population.number
    }
    let datasets = all.flatMap(\.datasets)
    var found = datasets.filter { $0.identity.name == name }
    if found.isEmpty, name.count >= DatasetIdentity.shortestKey {
      found = datasets.filter { $0.identity.identity.hasPrefix(name.lowercased()) }
    }
    guard let first = found.first else { throw LedgerError.unknownPeople(name: name) }
    let holders = Set(try found.map { try accounts.account(holding: $0.number).number })
    guard holders.count == 1 else {
      throw LedgerError.ambiguousPeople(name: name, keys: found.map(\.identity.shortKey))
    }
    return first.number
  }

  /// Throws if a dataset in one population would enter another, unless the owner says that both are
  /// the same people.
  private func requirePopulation(
    _ claim: PeopleClaim, of known: LedgerAccount?, named: [Int64], _ accounts: LedgerAccounts
  ) throws {
    guard let asked = claim.population, let known, let kept = known.populations.first else {
      return
    }
    if known.populations.contains(where: { $0.name == asked }) { return }
    let said = try named.map { try accounts.account(holding: $0).number }
    let target = accounts.all.first { $0.populations.contains { $0.name == asked } }
    if said.contains(known.number) || target.map({ said.contains($0.number) }) == true { return }
    throw LedgerError.populationDiffers(dataset: known.name, kept: kept.name, asked: asked)
  }

  /// Returns the messages to the owner about budgets that became one.
  private static func messages(_ account: LedgerAccount, before: LedgerAccount?) -> [String] {
    guard account.isShared else { return [] }
    let others = account.datasets.count - 1
    let list = others == 0 ? "" : ", with \(others) other dataset\(others == 1 ? "" : "s")"
    var messages = ["This table draws on the budget of '\(account.name)'\(list)."]
    if let last = account.grants.last, last.origin.hasPrefix("joined"),
      before?.grants.contains(last) != true
    {
      messages.append(
        "Both had a budget. Since the same people are in both, the smaller one counts, epsilon "
          + "\(LedgerError.number(last.epsilon)) at delta "
          + "\(LedgerError.number(last.delta)), and everything that either spent counts against it."
      )
    }
    return messages
  }
}

extension DatasetIdentity {
  /// The fewest digits of a key that identify a dataset.
  static let shortestKey = 8

  /// The first digits of its key, which distinguish datasets with the same name.
  package var shortKey: String { String(identity.prefix(12)) }
}
