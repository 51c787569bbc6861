import ArgumentParser
import Dispatch
import Foundation
import HubAccounts
import HubServer
import HubSignOn
import HubStore
import HubTransport
import Hummingbird
import HummingbirdCore
import Logging

/// `understudy-hub serve`: pages, on this machine only or over TLS.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serves the pages of the hub.",
    discussion: """
      Without a certificate it listens on this machine only, for a web server before it \
      (docs/hub.md). SIGHUP reads a renewed certificate. At the first start it prints the one-time \
      code of the first owner. Examples:
        understudy-hub serve --folder /var/lib/understudy-hub
        understudy-hub serve --folder /var/lib/understudy-hub --host 0.0.0.0 --port 443 \
      --tls-certificate hub.pem --tls-key hub.key
      """)

  @OptionGroup var place: FolderOptions

  @Option(help: "The port.")
  var port = 8443

  @Option(
    help: "The address to listen on: this machine, 127.0.0.1 or ::1, or another one with TLS.")
  var host = "127.0.0.1"

  @Option(
    help: ArgumentHelp("The certificate and its chain, in PEM.", valueName: "file"))
  var tlsCertificate: String?

  @Option(help: ArgumentHelp("The key of the certificate, in PEM.", valueName: "file"))
  var tlsKey: String?

  @Option(help: "The address of the hub in browsers, for links and the identity provider.")
  var address: String?

  @Option(
    help: ArgumentHelp(
      "The file that names the identity provider (docs/hub.md).", valueName: "file"))
  var oidc: String?

  @Option(
    help: ArgumentHelp(
      "A sorted list of SHA-1 of passwords that nobody may choose (docs/hub.md).",
      valueName: "file"))
  var leakedPasswords: String?

  func validate() throws {
    guard (tlsCertificate == nil) == (tlsKey == nil) else {
      throw ValidationError("--tls-certificate and --tls-key go together.")
    }
    guard tlsKey != nil || Transport.isLoopback(host) else {
      throw ValidationError(
        "--host: without TLS the hub listens on this machine only. Name a certificate, or put a web server with one before it."
      )
    }
    guard (1...65_535).contains(port) else {
      throw ValidationError("--port: from 1 to 65535")
    }
    if let address { try PublicAddress.check(address) }
    guard oidc == nil || address != nil else {
      throw ValidationError("--oidc: the identity provider needs --address.")
    }
  }

  func run() async throws {
    let store = try HubStore(place.hubFolder())
    if let fault = try store.logFault() {
      throw ValidationError("The log is broken, so nothing is served. \(fault)")
    }
    let certificate = try tlsCertificate.map { file in
      try ServerCertificate(certificate: URL(filePath: file), key: URL(filePath: tlsKey ?? ""))
    }
    let provider = try oidc.map { try IdentityProvider(URL(filePath: $0)) }
    if let code = try store.firstCode(at: now()) {
      print("One-time code of the first owner (account 'owner', at /enrol): \(code)")
    }
    let logger = Logger(label: "understudy-hub")
    let signals = reloading(certificate, logger)
    defer { signals.cancel() }
    let shown =
      address.map(PublicAddress.plain)
      ?? "\(certificate == nil ? "http" : "https")://localhost:\(port)"
    let server = try HubServer(
      store, address: address.map(PublicAddress.plain), provider: provider,
      leaked: try leakedPasswords.map { try LeakedPasswords(URL(filePath: $0)) })
    let application = Application(
      router: server.router(), server: try certificate?.server() ?? Transport.plain,
      configuration: .init(address: .hostname(host, port: port), serverName: nil),
      onServerRunning: { _ in
        print("\(shown)/")
        fflush(nil)
        ServiceManager.isReady()
      }, logger: logger)
    try await application.runService()
    try await provider?.end()
  }

  /// Reads the certificate again at SIGHUP; without one, pages go on as they are.
  private func reloading(_ certificate: ServerCertificate?, _ logger: Logger)
    -> any DispatchSourceSignal
  {
    signal(SIGHUP, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
    source.setEventHandler {
      guard let certificate else {
        return logger.notice("there is no certificate to read again")
      }
      do {
        try certificate.reload()
        logger.notice("the certificate was read again")
      } catch {
        logger.error("the certificate stays as it was: \(error)")
      }
    }
    source.resume()
    return source
  }
}
