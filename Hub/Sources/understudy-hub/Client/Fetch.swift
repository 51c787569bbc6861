import ArgumentParser
import Foundation
import HubClient

/// `understudy-hub fetch`: downloads a stand-in or an answer.
struct Fetch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Downloads a released stand-in or answer into a new folder.",
    discussion: """
      The folder appears whole or not at all, and `understudy verify FOLDER` checks its signature. \
      With --crate a stand-in comes as one RO-Crate, a zip archive. Each download is written in the \
      hub's log.

      Examples:
        understudy-hub fetch m2x7 --hub https://hub.example -o stand-in
        understudy-hub fetch m2x7 --hub https://hub.example --crate -o stand-in.zip
      """)

  @OptionGroup var client: ClientOptions
  @Argument(help: "The request.") var request: String
  @Option(name: .shortAndLong, help: ArgumentHelp("The new folder.", valueName: "folder"))
  var output: String
  @Flag(help: "One RO-Crate instead of a folder.") var crate = false

  private struct Fetched: Encodable {
    let output: String
    let files: [HubClient.FileNote]
  }

  func run() async throws {
    let place = URL(filePath: output)
    let files = try await client.ask { hub in
      if crate {
        try await hub.fetchCrate(request, to: place)
        return [HubClient.FileNote]()
      }
      return try await hub.fetch(request, into: place)
    }
    if client.json { return try ClientOptions.printJSON(Fetched(output: output, files: files)) }
    for file in files { print("\(file.name)  \(file.bytes) bytes") }
    print(
      crate
        ? "The crate is in \(output)."
        : "The result is in \(output). Check it: understudy verify \(output)")
  }
}
