import Foundation

/// The file that names the server to which letters are handed: JSON, which the hub's user can read.
///
///     {"host": "mail.hospital.example", "port": 587, "security": "starttls",
///      "user": "hub", "passwordFile": "smtp.password"}
package struct MailServerFile: Sendable, Codable, Equatable {
  /// How the connection is encrypted. Without, nothing is sent.
  package enum Security: String, Sendable, Codable {
    /// Begins in the clear and changes over before anything is said (RFC 3207).
    case startTLS = "starttls"
    /// Encrypted from the first byte (RFC 8314).
    case tls
  }

  package let host: String
  package let port: Int
  package let security: Security
  package let user: String?
  /// A file with the password, beside this one.
  package let passwordFile: String?
  /// A PEM file, beside this one, with the only authorities that the server's certificate may come
  /// from; nil for those of the system.
  package let authoritiesFile: String?

  package static func read(_ file: URL) throws -> MailServerFile {
    guard let data = try? Data(contentsOf: file),
      let server = try? JSONDecoder().decode(MailServerFile.self, from: data)
    else { throw MailFault.file("It cannot be read, or is not the JSON that docs/hub.md shows.") }
    guard (1...65_535).contains(server.port), !server.host.isEmpty else {
      throw MailFault.file("'host' or 'port' is wrong.")
    }
    guard (server.user == nil) == (server.passwordFile == nil) else {
      throw MailFault.file("'user' and 'passwordFile' go together.")
    }
    return server
  }
}

/// A reason for a letter that was not sent. None holds a password or a letter.
package enum MailFault: Error, Equatable, CustomStringConvertible {
  case file(String)
  /// The server ended the connection, or did not reply in time.
  case noReply
  /// The server replied with another number than expected, after this step.
  case refused(step: String, code: Int)
  /// The server offers no encryption, or sent words before it that would count afterwards.
  case notEncrypted

  package var description: String {
    switch self {
    case .file(let text): "The file of the mail server: \(text)"
    case .noReply: "The mail server did not reply, or its certificate is not accepted."
    case .refused(let step, let code): "The mail server replied \(code) after \(step)."
    case .notEncrypted: "The mail server does not change over to TLS, so nothing was sent."
    }
  }
}
