import ArgumentParser
import Foundation
import HubClient

/// The hub that a program speaks to, and the token with which it does.
struct ClientOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The address of the hub.", valueName: "address"))
  var hub: String

  @Option(
    help: ArgumentHelp(
      "A file that holds the token. Default: the variable UNDERSTUDY_HUB_TOKEN.",
      valueName: "file"))
  var tokenFile: String?

  @Option(
    help: ArgumentHelp(
      "The certificate by which the hub's own is checked, if the system does not know it.",
      valueName: "file"))
  var authority: String?

  @Flag(help: "Print the hub's reply as JSON.")
  var json = false

  /// Asks the hub, and ends the connection in any case.
  func ask<Answer: Sendable>(_ work: (HubClient) async throws -> Answer) async throws -> Answer {
    let client = HubClient(
      try HubAddress(hub),
      try HubToken(
        file: tokenFile.map { URL(filePath: $0) },
        environment: ProcessInfo.processInfo.environment),
      authority: authority.map { URL(filePath: $0) })
    do {
      let answer = try await work(client)
      await client.end()
      return answer
    } catch {
      await client.end()
      throw error
    }
  }

  /// Prints a reply: its JSON if that is asked for, else a line.
  func show(_ reply: HubClient.Reply) {
    print(json ? String(decoding: reply.json, as: UTF8.self) : Self.line(reply.request))
  }

  static func line(_ request: HubClient.RequestNote) -> String {
    "\(request.id)  \(request.stage)  \(request.summary)"
  }

  /// Prints a value as JSON in a line.
  static func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}
