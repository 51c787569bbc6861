import ArgumentParser
import Foundation
import Ledger

/// The ledger that keeps the budget.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The file that keeps the budgets. Default: UNDERSTUDY_LEDGER, else a file in your data folder.",
      valueName: "file"))
  var ledger: String?

  func url() throws -> URL { try LedgerLocation.resolve(explicit: ledger) }
}
