import Accounting
import ColumnRoles
import Curation
import Foundation
import Ledger
import LinkedTables
import Releases
import Tables

/// A ledger, and the datasets in it that match a file.
package struct BudgetBook {
  package let ledger: Ledger

  /// The delta of a release or a grant that names none.
  package static let usualDelta = 1e-9

  /// A table as the ledger sees it.
  package struct Dataset {
    package let fingerprint: DatasetFingerprint
    package let file: String
    /// The population that its schema names.
    package let population: String?
  }

  /// The account of a table.
  package enum Finding {
    case known(BudgetReport)
    /// The ledger has none. The sentence names a table that this one resembles; nil if there is
    /// none.
    case unknown(resemblance: String?)
  }

  package init(at url: URL) throws { ledger = try Ledger(at: url) }

  /// Reads a table, only to recognise it by its keyed fingerprint.
  package func dataset(of file: URL, schema: Schema?) throws -> Dataset {
    dataset(try SensitiveTable.read(file, schema: schema), schema: schema, of: file)
  }

  /// Reads the table with a row for each person of a folder of linked tables, only to recognise it.
  package func dataset(of folder: URL, linked schema: LinkedSchema) throws -> Dataset {
    dataset(
      try SensitivePeople.read(folder, schema: schema).root(), schema: schema.root, of: folder)
  }

  private func dataset(_ table: borrowing SensitiveTable, schema: Schema?, of file: URL) -> Dataset
  {
    let rows = table.openForOwner(reason: .fingerprint)
    // Without a schema, the person column is guessed as in a release, only to recognise the people.
    let described = schema ?? Schema.inferred(from: rows.ownersRows, format: table.format)
    return Dataset(
      fingerprint: ledger.fingerprint(of: rows, schema: described), file: file.lastPathComponent,
      population: schema?.people)
  }

  /// Returns the account of a table. Changes nothing.
  package func find(_ dataset: Dataset) throws -> Finding {
    switch try ledger.recognise(dataset.fingerprint) {
    case .known(let identity):
      return .known(try report { account in account.datasets.contains { $0.dataset == identity } })
    case .resembles(let other, let likeness):
      return .unknown(
        resemblance:
          "It is new, but resembles \(other.name): \(likeness). A release of it will ask whether the same people are in both."
      )
    case .new: return .unknown(resemblance: nil)
    }
  }

  /// Returns the accounts, each with the epsilon that a further release could still ask for at the
  /// remaining delta. The figure holds whether or not the release names labels, which takes a part
  /// of its delta. Beside it stands the epsilon of a question at the usual delta.
  package func report(where isWanted: (LedgerReport.Account) -> Bool = { _ in true }) throws
    -> BudgetReport
  {
    let all = try ledger.report(furtherDelta: try Delta(Self.usualDelta))
    return BudgetReport(
      ledger: ledger.url.path,
      datasets: try all.datasets.filter(isWanted).map { try self.withFurther($0) },
      populations: try all.populations.filter(isWanted).map { try self.withFurther($0) })
  }

  private func withFurther(_ account: LedgerReport.Account) throws -> LedgerReport.Account {
    let left = account.leftDelta
    let further = try [.zero, left.share(SynthesisRequest.eventShare)].compactMap { eventDelta in
      try ledger.report(furtherDelta: left, eventDelta: eventDelta).accounts.first {
        $0.isSame(as: account)
      }
    }.min { $0.furtherEpsilon < $1.furtherEpsilon }
    var reported = further ?? account
    // The account was looked up at the usual δ, with none of it for events.
    reported.answerEpsilon = account.furtherEpsilon
    return reported
  }
}

extension LedgerReport.Account {
  fileprivate func isSame(as other: LedgerReport.Account) -> Bool {
    datasets.map(\.dataset) == other.datasets.map(\.dataset) && populations == other.populations
  }
}

/// The accounts of a ledger, and its location.
package struct BudgetReport: Encodable {
  package let ledger: String
  /// Datasets with a budget of their own.
  package let datasets: [LedgerReport.Account]
  /// Budgets that several datasets share, and populations.
  package let populations: [LedgerReport.Account]

  package var accounts: [LedgerReport.Account] { datasets + populations }
}
