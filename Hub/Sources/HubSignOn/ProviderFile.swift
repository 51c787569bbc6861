import Foundation

/// The file that names the identity provider of the hospital: JSON, which the hub's user can read.
///
///     {"issuer": "https://id.hospital.example", "clientID": "hub", "secretFile": "oidc.secret",
///      "claim": "preferred_username"}
package struct ProviderFile: Sendable, Codable, Equatable {
  /// The address of the provider; its discovery document is below it.
  package var issuer: String
  package var clientID: String
  /// A file with the client's secret, beside this one; nil for a public client, which PKCE alone
  /// protects.
  package var secretFile: String?
  /// The claim whose value is the name of an account: `preferred_username`, or `email`, which must
  /// be verified.
  package var claim: String?
  /// For `email`: the domain of the addresses. What stands before it is the name of the account.
  package var domain: String?
  /// The class of authentication that the provider must have reached (`acr`), if it names any.
  package var acr: String?
  /// The words on the sign-in page.
  package var title: String?
  /// A PEM file, beside this one, with the only authorities that the certificate of the provider
  /// may come from; nil for those of the system.
  package var authoritiesFile: String?

  package init(issuer: String, clientID: String) {
    (self.issuer, self.clientID) = (issuer, clientID)
  }

  /// Reads a file and checks it.
  package static func read(_ file: URL) throws -> ProviderFile {
    guard let data = try? Data(contentsOf: file),
      let provider = try? JSONDecoder().decode(ProviderFile.self, from: data)
    else { throw SignOnFault.file("It cannot be read, or is not the JSON that docs/hub.md shows.") }
    try provider.check()
    return provider
  }

  func check() throws {
    guard Self.isSafe(issuer) else {
      throw SignOnFault.file("'issuer' must be an https address.")
    }
    guard !clientID.isEmpty else { throw SignOnFault.file("'clientID' is empty.") }
    guard ["preferred_username", "email"].contains(claim ?? "preferred_username") else {
      throw SignOnFault.file("'claim' is preferred_username or email.")
    }
    guard (claim == "email") == (domain != nil) else {
      throw SignOnFault.file("'domain' goes with the claim email, and with no other.")
    }
  }

  /// Whether an address is encrypted, or of this machine, as in tests.
  static func isSafe(_ address: String) -> Bool {
    guard let parts = URLComponents(string: address), let host = parts.host, parts.user == nil,
      parts.fragment == nil
    else { return false }
    return parts.scheme == "https"
      || parts.scheme == "http" && ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
  }
}

/// A reason for not signing in by the identity provider. None holds a token, a code or a secret.
package enum SignOnFault: Error, Equatable, CustomStringConvertible {
  case file(String)
  case provider(String)
  case token(String)

  package var description: String {
    switch self {
    case .file(let text): "The file of the identity provider: \(text)"
    case .provider(let text): "The identity provider: \(text)"
    case .token(let text): "The identity token: \(text)"
    }
  }
}
