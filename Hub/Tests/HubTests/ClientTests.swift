import Foundation
import HubClient
import HubRecords
import HubRights
import HubServer
import HubStore
import HubWork
import Hummingbird
import HummingbirdTesting
import Testing

/// The program as a client of a hub that is served on a port.
@Suite(.serialized) struct ClientTests {
  private struct Run: Sendable {
    let code: Int32
    let output: String
    let errors: String

    /// The name of the request in the first line.
    var request: String { String(output.prefix { $0 != " " }) }
  }

  /// Runs the program. It waits without holding a thread, since the server needs one.
  private static func run(_ arguments: [String], token: String?) async throws -> Run {
    let (process, output, errors) = (Process(), Pipe(), Pipe())
    process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent()
      .appending(path: "understudy-hub")
    process.arguments = arguments
    process.environment = token.map { [HubToken.variable: $0] } ?? [:]
    (process.standardOutput, process.standardError) = (output, errors)
    await withCheckedContinuation { continuation in
      process.terminationHandler = { _ in continuation.resume() }
      do { try process.run() } catch { continuation.resume() }
    }
    return Run(
      code: process.terminationStatus,
      output: String(
        decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self),
      errors: String(
        decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
  }

  private func serve(_ hub: TestHub, _ work: @Sendable (String) async throws -> Void)
    async throws
  {
    let clock = hub.clock
    let application = Application(
      router: try HubServer(hub.store, clock: { clock.now }).router())
    try await application.test(.live) { client in
      try await work("http://localhost:\(try #require(client.port))")
    }
  }

  /// From access to a stand-in and an answer on disk, by the program alone; people only decide.
  @Test func aProgramAsksWaitsAndFetches() async throws {
    let hub = try TestHub()
    try hub.enter()
    try hub.register()
    try await hub.grant()
    let token = try hub.store.makeToken(for: "rosa", name: "test", at: hub.clock.now)
    try await serve(hub) { address in
      func run(_ arguments: String...) async throws -> Run {
        try await Self.run(arguments + ["--hub", address], token: token)
      }
      let access = try await run(
        "request", "access", "--dataset", "clinic", "--title", "T", "--purpose", "P", "--units",
        "20", "--days", "9", "--aim", "health", "--promise", "publication", "--submit")
      #expect(access.code == 0 && access.output.contains("  submitted  Access: T"))
      let project = access.request
      try hub.approve(project)
      let digest = try #require(hub.store.state().projects[project]).project.agreement
      try hub.act("rosa", .accept(project: project, digest: digest))
      let release = try await run(
        "request", "release", "--project", project, "--units", "4", "--target", "ill",
        "--column", "ill", "--column", "age", "--submit")
      #expect(release.code == 0, "\(release.errors)")
      try hub.approve(release.request)
      try await hub.worker().step()
      let status = try await run("status", release.request, "--wait", "5")
      #expect(status.output.contains("  released  ") && status.output.contains("petra: approved"))
      let folder = hub.root.appending(path: "fetched")
      let fetch = try await run("fetch", release.request, "-o", folder.path)
      #expect(fetch.code == 0, "\(fetch.errors)")
      let vault = hub.store.folder.result(of: release.request)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(names.contains("synthetic.csv") && names.contains("manifest.signature.json"))
      for name in names {
        let copy = try Data(contentsOf: folder.appending(path: name))
        #expect(try copy == Data(contentsOf: vault.appending(path: name)), "\(name)")
      }
      let again = try await run("fetch", release.request, "-o", folder.path)
      #expect(again.code != 0 && again.errors.contains("is there already"))
      let crate = hub.root.appending(path: "crate.zip")
      #expect(
        try await run("fetch", release.request, "--crate", "-o", crate.path).code == 0)
      #expect(try Data(contentsOf: crate).starts(with: [0x50, 0x4b, 3, 4]))
      let draft = try await run(
        "request", "analysis", "--project", project, "--release", release.request, "--units",
        "1", "--kind", "proportion", "--outcome", "ill", "--value", "yes", "--where",
        "age=18..65")
      #expect(draft.output.contains("  draft  Analysis: proportion of ill = yes among age 18..65"))
      let list = try await run("status", "--json")
      let notes = try JSONDecoder().decode(
        [HubClient.RequestNote].self, from: Data(list.output.utf8))
      #expect(notes.map(\.id) == [draft.request, release.request, project])
    }
  }

  /// Faults end with 1 and say what to do; the token is in no word that the program writes.
  @Test func faultsAreSaid() async throws {
    let hub = try TestHub()
    try hub.enter()
    try hub.register()
    let token = try hub.store.makeToken(for: "ruth", name: "test", at: hub.clock.now)
    let file = hub.root.appending(path: "token")
    try Data("\(token)\n".utf8).write(to: file)
    try await serve(hub) { address in
      let other = ["status", "none", "--hub", address]
      for (arguments, given, words) in [
        (other, token, "Not here (404)"), (other, "uh_wrong_token", "Sign in needed (401)"),
        (other, nil, "UNDERSTUDY_HUB_TOKEN"), (other, "two words", "The token cannot be read"),
        (other + ["--token-file", file.path], nil, "Not here (404)"),
        (
          [
            "request", "budget", "--dataset", "clinic", "--epsilon", "1", "--reason", "x",
            "--hub", address,
          ], token, "Not for you (403)"
        ),
        (
          [
            "request", "access", "--dataset", "clinic", "--title", "T", "--purpose", "P",
            "--units", "0", "--days", "9", "--hub", address,
          ], token, "Not as described (422): units:"
        ),
        (["status", "--hub", "http://hub.example"], token, "only be sent by https"),
        (["status", "--hub", "ftp://hub.example"], token, "without a path"),
        (["status", "--hub", "https://hub.example/x"], token, "without a path"),
        (["status", "--hub", "http://localhost:1"], token, "does not answer"),
      ] as [([String], String?, String)] {
        let run = try await Self.run(arguments, token: given)
        #expect(run.code != 0 && run.errors.contains(words), "\(arguments) \(run.errors)")
        #expect(!(run.output + run.errors).contains(token), "\(arguments)")
      }
    }
  }

  @Test(arguments: [["request"], ["request", "access"], ["status"], ["fetch"]])
  func helpShowsExamplesAndNoWayToGiveATokenOpenly(command: [String]) async throws {
    let run = try await Self.run(command + ["--help"], token: nil)
    #expect(run.code == 0)
    if command.count == 1 { #expect(run.output.contains("understudy-hub \(command[0])")) }
    #expect(!run.output.contains("--token <"))
  }
}
