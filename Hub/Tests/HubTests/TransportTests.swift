import Foundation
import HubServer
import HubTransport
import NIOHTTP1
import NIOSSL
import Testing

/// The hub over TLS, with certificates that the tests make.
@Suite struct TransportTests {
  private let hub: TestHub

  init() throws { hub = try TestHub() }

  @Test func pagesComeOverTLSAlone() async throws {
    let files = try TestCertificate(in: hub.root)
    let certificate = try ServerCertificate(certificate: files.certificate, key: files.key)
    try await serving(HubServer(hub.store).router(), certificate.server()) { port in
      let address = "https://localhost:\(port)"
      let page = try await browsing(trusting: files.certificate) {
        try await $0.open("\(address)/sign-in")
      }
      #expect(page.status == 200 && page.body.contains("Sign in"))
      let transport = page.headers.first(name: "Strict-Transport-Security") ?? ""
      #expect(transport.contains("max-age=31536000") && transport.contains("includeSubDomains"))
      // Strangers' authorities, old versions and plain words are refused.
      await #expect(throws: (any Error).self) {
        try await browsing { try await $0.open("\(address)/sign-in") }
      }
      await #expect(throws: (any Error).self) {
        try await browsing(trusting: files.certificate, newest: .tlsv11) {
          try await $0.open("\(address)/sign-in")
        }
      }
      let plain = try? await rawReply(
        port: port, to: "GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n")
      #expect(plain?.contains("Sign in") != true)
    }
  }

  @Test func aRenewedCertificateIsUsedWithoutARestart() async throws {
    let first = try TestCertificate(in: hub.root, name: "first")
    let second = try TestCertificate(in: hub.root, name: "second")
    let inUse = (hub.root.appending(path: "used.pem"), hub.root.appending(path: "used.key"))
    @Sendable func use(_ files: TestCertificate) throws {
      for (from, to) in [(files.certificate, inUse.0), (files.key, inUse.1)] {
        try? FileManager.default.removeItem(at: to)
        try FileManager.default.copyItem(at: from, to: to)
      }
    }
    try use(first)
    let certificate = try ServerCertificate(certificate: inUse.0, key: inUse.1)
    try await serving(HubServer(hub.store).router(), certificate.server()) { port in
      @Sendable func status(trusting files: TestCertificate) async throws -> UInt {
        try await browsing(trusting: files.certificate) {
          try await $0.open("https://localhost:\(port)/sign-in").status
        }
      }
      #expect(try await status(trusting: first) == 200)
      try use(second)
      try certificate.reload()
      #expect(try await status(trusting: second) == 200)
      await #expect(throws: (any Error).self) { try await status(trusting: first) }
      // A broken file leaves the certificate as it is.
      try Data("none".utf8).write(to: inUse.0)
      #expect(throws: TLSFault.unreadable("used.pem")) { try certificate.reload() }
      #expect(try await status(trusting: second) == 200)
    }
  }

  @Test func keysOfEverybodyAndOfOthersAreRefused() throws {
    let (one, two) = (
      try TestCertificate(in: hub.root, name: "one"), try TestCertificate(in: hub.root, name: "two")
    )
    #expect(throws: TLSFault.otherKey) {
      try ServerCertificate(certificate: one.certificate, key: two.key)
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: one.key.path)
    #expect(throws: TLSFault.keyOfEverybody("one.key")) {
      try ServerCertificate(certificate: one.certificate, key: one.key)
    }
  }

  /// A request whose end two readers could see in two places is not answered as one.
  @Test func aRequestWithTwoLengthsIsRefused() async throws {
    try await serving(HubServer(hub.store).router(), Transport.plain) { port in
      for head in [
        "Content-Length: 4\r\nTransfer-Encoding: chunked", "Content-Length: 4\r\nContent-Length: 5",
      ] {
        let reply = try await rawReply(
          port: port,
          to:
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\n\(head)\r\n\r\n0\r\n\r\nGET /enrol HTTP/1.1\r\nHost: localhost\r\n\r\n"
        )
        #expect(reply.hasPrefix("HTTP/1.1 400"), "\(head)")
        #expect(!reply.contains("one-time code"))
      }
    }
  }

  /// Runs the program, which ends by itself because it refuses.
  private func refusal(_ arguments: [String]) throws -> (status: Int32, words: String) {
    let process = Process()
    process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent()
      .appending(path: "understudy-hub")
    process.arguments = ["serve", "--folder", hub.folder.path] + arguments
    let pipe = Pipe()
    (process.standardError, process.standardOutput) = (pipe, FileHandle.nullDevice)
    try process.run()
    let words = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, words)
  }

  @Test func withoutTLSItListensOnThisMachineAlone() throws {
    for host in ["0.0.0.0", "::", "192.0.2.1", "hub.hospital.example"] {
      let (status, words) = try refusal(["--host", host])
      #expect(status != 0 && words.contains("without TLS"), "\(host)")
    }
    let half = try refusal(["--tls-key", "hub.key"])
    #expect(half.status != 0 && half.words.contains("go together"))
    let blind = try refusal(["--oidc", "oidc.json"])
    #expect(blind.status != 0 && blind.words.contains("--address"))
  }
}
