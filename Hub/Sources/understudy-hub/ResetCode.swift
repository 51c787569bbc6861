import ArgumentParser
import HubRecords
import HubStore

/// `understudy-hub reset-code`: lets the last administrator in again, from the console.
struct ResetCode: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reset-code",
    abstract: "Issues a one-time code for an account, if no administrator can.",
    discussion: "The log says that the console issued it.")

  @OptionGroup var place: FolderOptions

  @Option(help: "The account.")
  var account: String

  func run() throws {
    let store = try HubStore(place.hubFolder())
    guard try store.state().accounts[account]?.isDisabled == false else {
      throw ValidationError("--account: there is no such account, or it is disabled")
    }
    print(try store.issueCode(for: account, by: HubName.console, at: now()))
  }
}
