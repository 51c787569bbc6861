import Foundation
import Privacy
import Releases
import Tables

/// A ledger, and the datasets in it that a file stands for.
struct BudgetBook {
  let ledger: Ledger

  /// A table as the ledger sees it.
  struct Dataset {
    let fingerprint: DatasetFingerprint
    let recognition: DatasetRecognition
    let file: String

    /// A sentence where the table is new but much like one that is known.
    var resemblance: String? {
      guard case .resembles(let other, _) = recognition else { return nil }
      return "\(file) is new to the ledger but resembles \(other.name). If the same people are in both, what they reveal adds up: "
        + "treat them as one dataset."
    }
  }

  init(at url: URL) throws { ledger = try Ledger(at: url) }

  /// What the ledger says: of the dataset in `file`, else of all.
  static func reading(_ url: URL, file: String?, schema: String?) throws -> BudgetReport {
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw Failure(
        "\(url.path): there is no budget ledger yet.",
        remedy: "The first release or `understudy budget grant FILE --epsilon E` makes it. Or name yours with --ledger.")
    }
    let book = try BudgetBook(at: url)
    guard let file else { return try book.report() }
    let dataset = try book.dataset(of: InputFile.url(file), schema: schema)
    guard case .known(let identity) = dataset.recognition else {
      throw Failure(
        "The ledger has no budget for \(dataset.file)." + (dataset.resemblance.map { " " + $0 } ?? ""),
        remedy: "Grant one with `understudy budget grant FILE --epsilon E`, or look at all with `understudy budget show`.")
    }
    return try book.report(only: identity)
  }

  func dataset(of file: URL, schema: String?) throws -> Dataset {
    let table = try SensitiveTable.read(file, schema: try schema.map(InputFile.schema))
    let fingerprint = ledger.fingerprint(of: table.openForOwner(reason: .fingerprint))
    return Dataset(fingerprint: fingerprint, recognition: try ledger.recognise(fingerprint), file: file.lastPathComponent)
  }

  /// What was granted so far; nothing for a dataset that the ledger does not know.
  func granted(_ recognition: DatasetRecognition) throws -> (epsilon: Double, delta: Double) {
    guard case .known(let identity) = recognition, let account = try report(only: identity).datasets.first else { return (0, 0) }
    return (account.grantedEpsilon.value, account.grantedDelta.value)
  }

  /// The accounts, each with what a further release at the delta that is left could still ask for: whether or not it names labels, which
  /// takes a part of its delta.
  func report(only identity: DatasetIdentity? = nil) throws -> BudgetReport {
    let all = try ledger.report(furtherDelta: try Delta(Checked.usualDelta)).datasets
    let datasets = try all.filter { identity == nil || $0.dataset == identity }.map { account in
      let left = account.leftDelta
      return try [.zero, left.share(SynthesisRequest.eventShare)].compactMap { eventDelta in
        try ledger.report(furtherDelta: left, eventDelta: eventDelta).datasets.first { $0.dataset == account.dataset }
      }.min { $0.furtherEpsilon < $1.furtherEpsilon } ?? account
    }
    return BudgetReport(ledger: ledger.url.path, datasets: datasets)
  }
}

/// Accounts of a ledger, and where it is.
struct BudgetReport: Encodable {
  let ledger: String
  let datasets: [LedgerReport.DatasetAccount]
}
