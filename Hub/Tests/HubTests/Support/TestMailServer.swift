import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A small mail server that keeps what it is given.
final class TestMailServer: Sendable {
  enum Kind: Sendable {
    case startTLS, tls
    /// Offers no encryption.
    case plain
    /// Sends words before the change to TLS that would count afterwards.
    case injecting
    /// Refuses every receiver.
    case refusing
    /// Never replies.
    case silent
  }

  struct Mail: Sendable {
    var user = ""
    var from = ""
    var to = ""
    var text = ""
    var isEncrypted = false
  }

  private let kept = Mutex<[Mail]>([])
  var mails: [Mail] { kept.withLock(\.self) }
  private let kind: Kind
  private let context: NIOSSLContext

  init(_ kind: Kind, _ files: TestCertificate) throws {
    self.kind = kind
    context = try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: NIOSSLCertificate.fromPEMFile(files.certificate.path).map {
          .certificate($0)
        },
        privateKey: .privateKey(NIOSSLPrivateKey(file: files.key.path, format: .pem))))
  }

  func serve(_ work: @escaping @Sendable (_ port: Int) async throws -> Void) async throws {
    let (kind, context) = (kind, context)
    let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .bind(host: "localhost", port: 0) { channel in
        channel.eventLoop.makeCompletedFuture {
          if kind == .tls {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
          }
          return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    try await server.executeThenClose { connections in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { [self] in
          for try await connection in connections { try? await talk(connection) }
        }
        defer { group.cancelAll() }
        try await work(server.channel.localAddress?.port ?? 0)
      }
    }
  }

  private func talk(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async throws {
    try await connection.executeThenClose { inbound, outbound in
      func say(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text + "\r\n"))
      }
      if kind == .silent {
        for try await _ in inbound {}
        return
      }
      var mail = Mail()
      mail.isEncrypted = kind == .tls
      var (waiting, isLetter) = ("", false)
      try await say("220 test")
      for try await bytes in inbound {
        waiting += String(buffer: bytes)
        while let end = waiting.range(of: "\r\n") {
          let line = String(waiting[..<end.lowerBound])
          waiting.removeSubrange(..<end.upperBound)
          if isLetter {
            guard line == "." else {
              mail.text += (line.hasPrefix(".") ? String(line.dropFirst()) : line) + "\r\n"
              continue
            }
            isLetter = false
            let done = mail
            kept.withLock { $0.append(done) }
            try await say("250 kept")
          } else if line.hasPrefix("EHLO") {
            try await say(
              kind == .plain ? "250 test" : "250-test\r\n250-STARTTLS\r\n250 AUTH PLAIN")
          } else if line == "STARTTLS", kind != .plain {
            let (channel, context) = (connection.channel, context)
            let reply = (kind == .injecting ? "220 go\r\n250 injected" : "220 go") + "\r\n"
            // At one go: what the client says next is already encrypted.
            try await channel.eventLoop.submit {
              channel.writeAndFlush(ByteBuffer(string: reply), promise: nil)
              try channel.pipeline.syncOperations.addHandler(
                NIOSSLServerHandler(context: context), position: .first)
            }.get()
            mail.isEncrypted = true
          } else if line.hasPrefix("AUTH PLAIN ") {
            let words = Data(base64Encoded: String(line.dropFirst(11))) ?? Data()
            mail.user = String(decoding: words, as: UTF8.self).replacing("\u{0}", with: "|")
            try await say("235 welcome")
          } else if line.hasPrefix("MAIL FROM:") {
            mail.from = String(line.dropFirst(10))
            try await say("250 ok")
          } else if line.hasPrefix("RCPT TO:") {
            mail.to = String(line.dropFirst(8))
            try await say(kind == .refusing ? "550 nobody" : "250 ok")
          } else if line == "DATA" {
            isLetter = true
            try await say("354 go")
          } else if line == "QUIT" {
            try await say("221 bye")
            return
          } else {
            try await say("502 what")
          }
        }
      }
    }
  }
}
