import Foundation
import HubMail
import HubRecords
import HubRights
import HubStore
import Testing

/// Letters about what waits, by a folder and by a server.
@Suite(.serialized) struct MailTests {
  private let hub: TestHub
  private static let purpose = "To find the kanarie"

  init() throws {
    hub = try TestHub()
    try hub.enter()
    try hub.register()
    try hub.pretendBalance(50)
  }

  private func ask(_ id: String = "q") throws {
    try hub.act(
      "rosa",
      .draft(
        request: id, place: .dataset("clinic"),
        spec: .access(title: "The kanarie study", purpose: Self.purpose, units: 1, days: 9)))
    try hub.act("rosa", .submit(request: id))
  }

  private func reminders(_ way: Reminders.Way, domain: String? = nil) throws -> Reminders {
    Reminders(
      hub.store, by: way, from: try #require(MailAddress("hub@hospital.example")),
      address: "https://hub.test", domain: domain)
  }

  private func letters() throws -> [String: String] {
    let folder = hub.root.appending(path: "mails")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return try Dictionary(
      uniqueKeysWithValues: files.map {
        (
          String($0.prefix { $0 != "-" }),
          try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
        )
      })
  }

  @Test func thoseWhoDecideAreWrittenToOnceAndAgainAfterADay() async throws {
    try ask()
    try hub.store.setAddress("petra@hospital.example", of: "petra", at: hub.clock.now)
    let folder = hub.root.appending(path: "mails")
    let reminders = try reminders(.folder(folder))
    #expect(try await reminders.send(at: hub.clock.now).sent == 1)
    let letter = try #require(try letters()["petra"])
    #expect(letter.contains("To: <petra@hospital.example>\r\n"))
    #expect(letter.contains("Decide: access q, submitted\r\n  https://hub.test/requests/q\r\n"))
    #expect(!letter.contains("kanarie") && !letter.contains("rosa"))
    #expect(try await reminders.send(at: hub.clock.now).sent == 0)
    hub.clock.pass(3600)
    #expect(try await reminders.send(at: hub.clock.now).sent == 0)
    try ask("r")
    #expect(try await reminders.send(at: hub.clock.now).sent == 1)
    hub.clock.pass(Reminders.againSeconds)
    #expect(try await reminders.send(at: hub.clock.now).sent == 1)
    for id in ["q", "r"] {
      try hub.act("petra", .approve(request: id, version: 1, reason: ""))
    }
    hub.clock.pass(Reminders.againSeconds)
    #expect(try await reminders.send(at: hub.clock.now).sent == 0)
  }

  /// Everybody hears of what is theirs, and of nothing else.
  @Test func eachRoleHearsOfItsOwn() async throws {
    try ask()
    try ask("back")
    try hub.act("petra", .sendBack(request: "back", version: 1, reason: "Which kanarie?"))
    let folder = hub.root.appending(path: "mails")
    let reminders = try reminders(.folder(folder), domain: "hospital.example")
    #expect(try await reminders.send(at: hub.clock.now).sent == 4)
    let letters = try letters()
    #expect(Set(letters.keys) == ["petra", "paul", "carla", "rosa"])
    #expect(letters["rosa"]?.contains("Answer: access back, returned") == true)
    #expect(letters["rosa"]?.contains("access q") == false)
    #expect(letters["paul"]?.contains("access back") == false)
    for letter in letters.values { #expect(!letter.contains("kanarie")) }
    hub.clock.pass(60)
    try hub.act("petra", .refuse(request: "q", version: 1, reason: "No kanarie."))
    #expect(try await reminders.send(at: hub.clock.now).sent == 1)
    try hub.act("adam", .disableAccount("rosa"))
    hub.clock.pass(Reminders.againSeconds)
    #expect(try await reminders.send(at: hub.clock.now).sent == 0)
  }

  // MARK: Servers

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: hub.root.appending(path: name))
  }

  private func server(_ port: Int, _ security: String, timeout: Duration = .seconds(60)) throws
    -> MailServer
  {
    try write("smtp.password", "pass word\n")
    try write(
      "smtp.json",
      #"{"host": "localhost", "port": \#(port), "security": "\#(security)", "user": "hub", "#
        + #""passwordFile": "smtp.password", "authoritiesFile": "server.pem"}"#)
    return try MailServer(hub.root.appending(path: "smtp.json"), timeout: timeout)
  }

  private func letter(_ lines: [String]) throws -> Letter {
    Letter(
      from: try #require(MailAddress("hub@hospital.example")),
      to: try #require(MailAddress("petra@hospital.example")), subject: "1 waiting\r\nBcc: eve@x",
      lines: lines, identifier: "1", time: 1_800_000_000)
  }

  @Test(arguments: [(TestMailServer.Kind.startTLS, "starttls"), (.tls, "tls")])
  func aLetterArrivesWholeAndEncrypted(kind: TestMailServer.Kind, security: String) async throws {
    let files = try TestCertificate(in: hub.root)
    let mail = try TestMailServer(kind, files)
    try await mail.serve { port in
      try await server(port, security).send(
        letter(["Good day.", ".", "..two", "QUIT", "bare\nline", "µ"]))
    }
    let kept = try #require(mail.mails.first)
    #expect(mail.mails.count == 1)
    #expect(kept.isEncrypted && kept.user == "|hub|pass word")
    #expect(kept.from == "<hub@hospital.example>" && kept.to == "<petra@hospital.example>")
    #expect(kept.text.hasSuffix("\r\n\r\nGood day.\r\n.\r\n..two\r\nQUIT\r\nbareline\r\nµ\r\n"))
    #expect(kept.text.contains("Subject: 1 waitingBcc: eve@x\r\n"))
    #expect(kept.text.contains("Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n"))
  }

  @Test(arguments: [
    (TestMailServer.Kind.plain, "starttls"), (.injecting, "starttls"), (.refusing, "starttls"),
    (.silent, "starttls"), (.plain, "tls"),
  ])
  func aServerThatCannotBeTrustedGetsNoLetterAndNoPassword(
    kind: TestMailServer.Kind, security: String
  ) async throws {
    let files = try TestCertificate(in: hub.root)
    let mail = try TestMailServer(kind, files)
    try await mail.serve { port in
      await #expect(throws: MailFault.self) {
        let timeout = kind == .silent ? Duration.seconds(1) : .seconds(60)
        try await server(port, security, timeout: timeout).send(letter(["Good day."]))
      }
    }
    #expect(mail.mails.isEmpty)
  }

  @Test func aStrangersCertificateIsRefused() async throws {
    let mail = try TestMailServer(.tls, try TestCertificate(in: hub.root, name: "stranger"))
    _ = try TestCertificate(in: hub.root)
    try await mail.serve { port in
      await #expect(throws: MailFault.noReply) {
        try await server(port, "tls").send(letter(["Good day."]))
      }
    }
    #expect(mail.mails.isEmpty)
  }

  /// A letter that was not sent is sent by the next run.
  @Test func aFailedLetterIsTriedAgain() async throws {
    try ask()
    try hub.store.setAddress("petra@hospital.example", of: "petra", at: hub.clock.now)
    let files = try TestCertificate(in: hub.root)
    let refusing = try TestMailServer(.refusing, files)
    try await refusing.serve { port in
      let (sent, faults) = try await reminders(.server(server(port, "starttls")))
        .send(at: hub.clock.now)
      #expect(sent == 0 && faults == [.refused(step: "RCPT", code: 550)])
    }
    let mail = try TestMailServer(.startTLS, files)
    try await mail.serve { port in
      let (sent, faults) = try await reminders(.server(server(port, "starttls")))
        .send(at: hub.clock.now)
      #expect(sent == 1 && faults.isEmpty)
    }
    #expect(mail.mails.first?.text.contains("Decide: access q") == true)
  }

  @Test func addressesAreOfThePlainForm() {
    for text in [
      "", "petra", "a b@x.example", "petra@x.example\r\nBcc: eve@x", "<petra@x.example>",
      "petra@x.example,eve@x.example", "petra@-x", "@x.example", "petra@x..example",
    ] { #expect(MailAddress(text) == nil, "\(text)") }
    for text in ["petra@hospital.example", "p.o+hub@x", "P_1@mail.hospital.example"] {
      #expect(MailAddress(text) != nil, "\(text)")
    }
  }
}
