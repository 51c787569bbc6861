import ArgumentParser
import Foundation
import HubServer
import HubStore
import Hummingbird

/// `understudy-hub serve`: pages, on this machine only.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serves the pages of the hub.",
    discussion: """
      It listens on this machine only. For others, put a web server with a certificate before it \
      (docs/hub.md). At the first start it prints the one-time code of the first owner.
      """)

  @OptionGroup var place: FolderOptions

  @Option(help: "The port.")
  var port = 8443

  @Option(help: "The address to listen on: this machine, 127.0.0.1 or ::1.")
  var host = "127.0.0.1"

  func validate() throws {
    guard ["127.0.0.1", "::1", "localhost"].contains(host) else {
      throw ValidationError(
        "--host: the hub speaks no TLS, so it listens on this machine only. Put a web server with a certificate before it."
      )
    }
    guard (1...65_535).contains(port) else {
      throw ValidationError("--port: from 1 to 65535")
    }
  }

  func run() async throws {
    let store = try HubStore(place.hubFolder())
    if let fault = try store.logFault() {
      throw ValidationError("The log is broken, so nothing is served. \(fault)")
    }
    if let code = try store.firstCode(at: now()) {
      print("One-time code of the first owner (account 'owner', at /enrol): \(code)")
    }
    let address = "http://localhost:\(port)/"
    let application = Application(
      router: try HubServer(store).router(),
      configuration: .init(address: .hostname(host, port: port), serverName: nil),
      onServerRunning: { _ in
        print(address)
        fflush(nil)
      })
    try await application.runService()
  }
}
