import Foundation
import TableSources
import Understudy

extension BudgetBook {
  /// Returns the ledger's report on the account of the dataset in `file`, or else on all accounts.
  static func reading(_ url: URL, file: String?, schema: String?, source: SourceOptions) throws
    -> BudgetReport
  {
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw Failure(
        "\(url.path): there is no budget ledger yet.",
        remedy:
          "The first release or `understudy budget grant FILE --epsilon E` makes it. Or name yours with --ledger."
      )
    }
    let book = try BudgetBook(at: url)
    guard let file else { return try book.report() }
    let dataset = try book.dataset(
      of: InputFile.table(file, schema: schema, of: source).url,
      schema: try schema.map(InputFile.schema))
    switch try book.find(dataset) {
    case .known(let report): return report
    case .unknown(let resemblance):
      throw Failure(
        "The ledger has no budget for \(dataset.file)." + (resemblance.map { " " + $0 } ?? ""),
        remedy:
          "Grant one with `understudy budget grant FILE --epsilon E`, or look at all with `understudy budget show`."
      )
    }
  }
}
