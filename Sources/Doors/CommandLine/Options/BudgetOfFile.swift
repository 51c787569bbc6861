import Foundation
import TableSources
import Understudy

extension BudgetBook {
  /// Reads the table, or the folder of linked tables, that a command names.
  func dataset(named file: String, schema: String?, source: SourceOptions) throws -> Dataset {
    guard InputFile.isFolderOfTables(file) else {
      return try dataset(
        of: InputFile.table(file, schema: schema, of: source).url,
        schema: try schema.map(InputFile.schema))
    }
    guard let schema else {
      throw Failure(
        "\(file) is a folder of tables, and no schema says which of them has a row for each person.",
        remedy:
          "Name the schema of its releases with --schema. `understudy inspect FOLDER -o FILE` writes one."
      )
    }
    return try dataset(of: InputFile.url(file), linked: InputFile.linkedSchema(schema))
  }

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
    let dataset = try book.dataset(named: file, schema: schema, source: source)
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
