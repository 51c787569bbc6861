import ArgumentParser

/// The `understudy budget` command.
struct BudgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "budget",
    abstract: "Grants and shows privacy budgets.",
    discussion: """
      A dataset is recognised by its rows, under whatever file name. Its releases together never spend more than was granted.

      Examples:
        understudy budget grant patients.csv --epsilon 3 --delta 1e-6
        understudy budget show
      """,
    subcommands: [BudgetGrantCommand.self, BudgetShowCommand.self, BudgetHistoryCommand.self])
}
