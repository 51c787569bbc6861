import ArgumentParser

/// The `understudy audit` command.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Tries to refute what the program claims about itself.",
    discussion: """
      Example:
        understudy audit mechanism all
        understudy audit neighbours
        understudy audit intervals
      """,
    subcommands: [
      AuditMechanismCommand.self, AuditNeighboursCommand.self, AuditRarePeopleCommand.self,
      AuditIntervalsCommand.self, AuditTownCommand.self, AuditModelsCommand.self,
    ])
}
