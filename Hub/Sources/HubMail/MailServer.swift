import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// A client of a submission server (RFC 5321, RFC 6409), which hands over one letter for each
/// connection and only over TLS.
package struct MailServer: Sendable {
  private let file: MailServerFile
  private let password: String?
  private let context: NIOSSLContext
  private let timeout: Duration

  /// - Parameter url: The file of the server. The files that it names lie beside it.
  package init(_ url: URL, timeout: Duration = .seconds(30)) throws {
    (file, self.timeout) = (try MailServerFile.read(url), timeout)
    let folder = url.deletingLastPathComponent()
    password = try file.passwordFile.map { name in
      guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) else {
        throw MailFault.file("'passwordFile' cannot be read.")
      }
      return text.trimmingCharacters(in: .newlines)
    }
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    if let name = file.authoritiesFile {
      guard let roots = try? NIOSSLCertificate.fromPEMFile(folder.appending(path: name).path) else {
        throw MailFault.file("'authoritiesFile' cannot be read.")
      }
      tls.trustRoots = .certificates(roots)
    }
    context = try NIOSSLContext(configuration: tls)
  }

  /// Hands over a letter.
  /// - Throws: ``MailFault``; the server may then have the letter only if it was the reply that got
  ///   lost.
  package func send(_ letter: Letter) async throws {
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await dialogue(letter) }
        group.addTask {
          try await Task.sleep(for: timeout)
          throw MailFault.noReply
        }
        defer { group.cancelAll() }
        try await group.next()
      }
    } catch let fault as MailFault {
      throw fault
    } catch {
      throw MailFault.noReply
    }
  }

  private func dialogue(_ letter: Letter) async throws {
    let connection = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .connectTimeout(.seconds(10))
      .connect(host: file.host, port: file.port) { channel in
        channel.eventLoop.makeCompletedFuture {
          if file.security == .tls { try Self.encrypt(channel, context, file.host) }
          return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    try await connection.executeThenClose { inbound, outbound in
      var replies = Replies(inbound.makeAsyncIterator())
      func say(_ line: String, _ step: String, _ expected: Int) async throws {
        try await outbound.write(ByteBuffer(string: line + "\r\n"))
        try await replies.expect(expected, after: step)
      }
      try await replies.expect(220, after: "the connection")
      try await say("EHLO [127.0.0.1]", "EHLO", 250)
      if file.security == .startTLS {
        guard (try? await say("STARTTLS", "STARTTLS", 220)) != nil, replies.isEmpty else {
          throw MailFault.notEncrypted
        }
        let (channel, context, host) = (connection.channel, context, file.host)
        try await channel.eventLoop.submit { try Self.encrypt(channel, context, host) }.get()
        try await say("EHLO [127.0.0.1]", "EHLO", 250)
      }
      if let user = file.user, let password {
        let words = Data("\u{0}\(user)\u{0}\(password)".utf8).base64EncodedString()
        try await say("AUTH PLAIN \(words)", "AUTH", 235)
      }
      try await say("MAIL FROM:<\(letter.from.text)>", "MAIL", 250)
      try await say("RCPT TO:<\(letter.to.text)>", "RCPT", 250)
      try await say("DATA", "DATA", 354)
      try await say(Self.stuffed(letter.text) + ".", "the letter", 250)
      try? await outbound.write(ByteBuffer(string: "QUIT\r\n"))
    }
  }

  /// A line that begins with a dot gets another one before it, so that none ends the letter.
  static func stuffed(_ text: String) -> String {
    (text.hasPrefix(".") ? "." : "") + text.replacing("\r\n.", with: "\r\n..")
  }

  /// Puts TLS before everything else that the channel does.
  private static func encrypt(_ channel: any Channel, _ context: NIOSSLContext, _ host: String)
    throws
  {
    // A number is checked against the certificate's numbers, a name against its names.
    let isNumber = (try? SocketAddress(ipAddress: host, port: 0)) != nil
    let handler = try NIOSSLClientHandler(
      context: context, serverHostname: isNumber ? nil : host)
    try channel.pipeline.syncOperations.addHandler(handler, position: .first)
  }

  /// The lines of the server.
  private struct Replies {
    private var iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var bytes = ByteBuffer()
    private static let mostBytes = 1 << 16

    init(_ iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator) {
      self.iterator = iterator
    }

    /// Whether everything that came was read.
    var isEmpty: Bool { bytes.readableBytes == 0 }

    /// Reads a reply, of one line or several.
    mutating func expect(_ code: Int, after step: String) async throws {
      while true {
        let line = try await line()
        guard let found = Int(line.prefix(3)) else { throw MailFault.refused(step: step, code: 0) }
        if line.dropFirst(3).first == "-" { continue }
        guard found == code else { throw MailFault.refused(step: step, code: found) }
        return
      }
    }

    private mutating func line() async throws -> String {
      while true {
        if let end = bytes.readableBytesView.firstIndex(of: 0x0a) {
          let count = end - bytes.readerIndex + 1
          let text = bytes.readString(length: count) ?? ""
          return text.trimmingCharacters(in: .newlines)
        }
        guard bytes.readableBytes < Self.mostBytes, var more = try await iterator.next() else {
          throw MailFault.noReply
        }
        bytes.writeBuffer(&more)
      }
    }
  }
}
