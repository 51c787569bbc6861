import ArgumentParser
import Foundation
import HubClient

/// `understudy-hub status`: what has become of requests.
struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows the requests of a hub that you may see, or what happened to one.",
    discussion: """
      With --wait it asks again until people and workers are done with the request: it is released, \
      approved, returned, refused, withdrawn, failed or revoked. Exit codes: 0, or 1 if the hub \
      refuses or the time is over.

      Examples:
        understudy-hub status --hub https://hub.example
        understudy-hub status m2x7 --hub https://hub.example --wait 3600 --json
      """)

  @OptionGroup var client: ClientOptions
  @Argument(help: "The request. Default: all.") var request: String?
  @Option(help: ArgumentHelp("Wait at most so many seconds.", valueName: "seconds"))
  var wait: Int?

  private static let moving = ["submitted", "in review", "queued", "running", "at the gate"]

  func validate() throws {
    guard wait == nil || request != nil else {
      throw ValidationError("--wait: name the request that is waited for.")
    }
    guard wait.map({ (1...604_800).contains($0) }) ?? true else {
      throw ValidationError("--wait: from 1 to 604800 seconds.")
    }
  }

  func run() async throws {
    guard let request else {
      let requests = try await client.ask { try await $0.requests() }
      if client.json { return try ClientOptions.printJSON(requests) }
      if requests.isEmpty { print("There are no requests.") }
      for request in requests { print(ClientOptions.line(request)) }
      return
    }
    let (reply, events) = try await client.ask { hub in
      let reply = try await settled(hub, request)
      return (reply, try await hub.events(of: request))
    }
    client.show(reply)
    if !client.json {
      for event in events {
        let time = Date(timeIntervalSince1970: Double(event.time)).ISO8601Format()
        print("  \(time)  \(event.who): \(event.what)\(event.text.map { ": \($0)" } ?? "")")
      }
    }
    if wait != nil, Self.moving.contains(reply.request.stage) { throw ExitCode.failure }
  }

  /// The request when nobody works on it, or when the time is over.
  private func settled(_ hub: HubClient, _ id: String) async throws -> HubClient.Reply {
    let end = ContinuousClock.now + .seconds(wait ?? 0)
    var reply = try await hub.request(id)
    while Self.moving.contains(reply.request.stage), ContinuousClock.now < end {
      try await Task.sleep(for: .seconds(min(5, Double(wait ?? 1) / 4)))
      reply = try await hub.request(id)
    }
    return reply
  }
}
