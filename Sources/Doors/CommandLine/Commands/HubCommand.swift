import ArgumentParser

/// The `understudy hub` command, which goes on as the program `understudy-hub`.
struct HubCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hub",
    abstract: "Shows pages in a browser: a hub for teams, and a guided start for one table.",
    discussion: """
      It goes on as the program `understudy-hub`, which has to be beside this one and takes all \
      that is behind the word `hub`.

      Examples:
        understudy hub start patients.csv
        understudy hub serve --folder /var/lib/understudy-hub
      """)

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("A command of `understudy-hub`, and its options.", valueName: "command"))
  var arguments: [String] = []

  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    if ["-h", "--help"].contains(arguments.first) { throw CleanExit.helpRequest(self) }
  }

  func execute(_ console: Console) throws {
    try HubProgram.go(
      on: arguments.isEmpty ? ["--help"] : arguments,
      else: "Put it there: docs/hub.md says how it is built.")
  }
}
