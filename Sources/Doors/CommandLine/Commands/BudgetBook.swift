import Accounting
import ColumnRoles
import Curation
import Foundation
import Ledger
import Releases
import Tables

/// A ledger, and the datasets in it that match a file.
struct BudgetBook {
  let ledger: Ledger

  /// A table as the ledger sees it.
  struct Dataset {
    let fingerprint: DatasetFingerprint
    let file: String
    /// The population that its schema names.
    let population: String?
  }

  init(at url: URL) throws { ledger = try Ledger(at: url) }

  /// Returns the ledger's report on the account of the dataset in `file`, or else on all accounts.
  static func reading(_ url: URL, file: String?, schema: String?) throws -> BudgetReport {
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw Failure(
        "\(url.path): there is no budget ledger yet.",
        remedy: "The first release or `understudy budget grant FILE --epsilon E` makes it. Or name yours with --ledger.")
    }
    let book = try BudgetBook(at: url)
    guard let file else { return try book.report() }
    let dataset = try book.dataset(of: InputFile.readable(file), schema: schema)
    let recognition = try book.ledger.recognise(dataset.fingerprint)
    guard case .known(let identity) = recognition else {
      var resemblance = ""
      if case .resembles(let other, let likeness) = recognition {
        resemblance = " It is new, but resembles \(other.name): \(likeness). A release of it will ask whether the same people are in both."
      }
      throw Failure(
        "The ledger has no budget for \(dataset.file)." + resemblance,
        remedy: "Grant one with `understudy budget grant FILE --epsilon E`, or look at all with `understudy budget show`.")
    }
    return try book.report { account in account.datasets.contains { $0.dataset == identity } }
  }

  func dataset(of file: URL, schema: String?) throws -> Dataset {
    let schema = try schema.map(InputFile.schema)
    let table = try SensitiveTable.read(file, schema: schema)
    let rows = table.openForOwner(reason: .fingerprint)
    // Without a schema, the person column is guessed as in a release, only to recognise the people.
    let described = schema ?? Schema.inferred(from: rows.ownersRows, format: table.format)
    return Dataset(
      fingerprint: ledger.fingerprint(of: rows, schema: described), file: file.lastPathComponent, population: schema?.people)
  }

  /// Returns the accounts, each with the epsilon that a further release could still ask for at the
  /// remaining delta. The figure holds whether or not the release names labels, which takes a part
  /// of its delta.
  func report(where isWanted: (LedgerReport.Account) -> Bool = { _ in true }) throws -> BudgetReport {
    let all = try ledger.report(furtherDelta: try Delta(Checked.usualDelta))
    return BudgetReport(
      ledger: ledger.url.path, datasets: try all.datasets.filter(isWanted).map { try self.withFurther($0) },
      populations: try all.populations.filter(isWanted).map { try self.withFurther($0) })
  }

  private func withFurther(_ account: LedgerReport.Account) throws -> LedgerReport.Account {
    let left = account.leftDelta
    return try [.zero, left.share(SynthesisRequest.eventShare)].compactMap { eventDelta in
      try ledger.report(furtherDelta: left, eventDelta: eventDelta).accounts.first { $0.isSame(as: account) }
    }.min { $0.furtherEpsilon < $1.furtherEpsilon } ?? account
  }
}

extension LedgerReport.Account {
  fileprivate func isSame(as other: LedgerReport.Account) -> Bool {
    datasets.map(\.dataset) == other.datasets.map(\.dataset) && populations == other.populations
  }
}

/// The accounts of a ledger, and its location.
struct BudgetReport: Encodable {
  let ledger: String
  /// Datasets with a budget of their own.
  let datasets: [LedgerReport.Account]
  /// Budgets that several datasets share, and populations.
  let populations: [LedgerReport.Account]

  var accounts: [LedgerReport.Account] { datasets + populations }
}
