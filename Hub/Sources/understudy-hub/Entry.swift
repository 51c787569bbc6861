import ArgumentParser

/// The program `understudy-hub`.
@main struct HubProgram: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "understudy-hub",
    abstract:
      "Pages: a hub on which teams ask and officers decide, and a guided start for one table.",
    discussion: """
      `start` asks about one table. For a hub, run `serve` and `work` on its folder; both may run \
      more than once. \
      Examples:
        understudy-hub start patients.csv
        understudy-hub serve --folder /var/lib/understudy-hub
        understudy-hub work --folder /var/lib/understudy-hub
        understudy-hub verify --folder /var/lib/understudy-hub
        understudy-hub status --hub https://hub.example
      """,
    subcommands: [
      Start.self, Serve.self, Work.self, Notify.self, Verify.self, ResetCode.self,
    ] + Self.asking)

  /// The commands of a program that asks a hub.
  private static let asking: [any ParsableCommand.Type] = [
    Ask.self, Status.self, Fetch.self,
  ]
}
