import ArgumentParser

/// The program `understudy-hub`.
@main struct HubProgram: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "understudy-hub",
    abstract: "A hub on which teams ask for stand-ins and answers, and officers decide.",
    discussion: """
      Start `serve` and `work` on the folder of the hub; both may run more than once. \
      Examples:
        understudy-hub serve --folder /var/lib/understudy-hub
        understudy-hub work --folder /var/lib/understudy-hub
        understudy-hub verify --folder /var/lib/understudy-hub
      """,
    subcommands: [Serve.self, Work.self, Verify.self, ResetCode.self])
}
