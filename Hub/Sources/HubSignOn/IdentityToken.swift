import Crypto
import CryptoExtras
import Foundation

/// An identity token of OpenID Connect Core 1.0, section 2: who has signed in, signed by the
/// provider. It exists only after it was verified.
package struct IdentityToken: Sendable, Equatable {
  package let issuer: String
  /// The provider's own name for the person, which it gives to nobody else.
  package let subject: String
  package let claims: Claims

  /// The claims that are read; others are left alone.
  package struct Claims: Sendable, Codable, Equatable {
    let iss: String
    let sub: String
    let aud: Audience
    let azp: String?
    let exp: Double
    let iat: Double
    let nbf: Double?
    let nonce: String?
    let acr: String?
    let preferredUsername: String?
    let email: String?
    let isEmailVerified: Bool?

    enum CodingKeys: String, CodingKey {
      case iss, sub, aud, azp, exp, iat, nbf, nonce, acr, email
      case preferredUsername = "preferred_username"
      case isEmailVerified = "email_verified"
    }
  }

  /// One audience or several.
  package enum Audience: Sendable, Codable, Equatable {
    case one(String)
    case several([String])

    package init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      self =
        if let text = try? container.decode(String.self) { .one(text) } else {
          .several(try container.decode([String].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .one(let text): try container.encode(text)
      case .several(let texts): try container.encode(texts)
      }
    }

    var all: [String] {
      switch self {
      case .one(let text): [text]
      case .several(let texts): texts
      }
    }
  }

  private struct Head: Decodable {
    let alg: String
    let kid: String?
  }

  /// Seconds by which two clocks may differ.
  static let clockSeconds = 60.0

  /// The name of the key that signed a token.
  static func keyName(of text: String) -> String? {
    let first = text.split(separator: ".", omittingEmptySubsequences: false).first ?? ""
    return Base64URL.data(String(first)).flatMap {
      try? JSONDecoder().decode(Head.self, from: $0)
    }?.kid
  }

  /// Verifies a token by OpenID Connect Core 1.0, section 3.1.3.7.
  package init(
    _ text: String, keys: [ProviderKey], provider: ProviderFile, nonce: String, now: Int
  ) throws {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, text.utf8.count <= 1 << 15, let head = Base64URL.data(parts[0]),
      let body = Base64URL.data(parts[1]), let signature = Base64URL.data(parts[2]),
      let header = try? JSONDecoder().decode(Head.self, from: head)
    else { throw SignOnFault.token("It is not a signed token.") }
    let signed = Data("\(parts[0]).\(parts[1])".utf8)
    let fitting = keys.filter { header.kid == nil || $0.kid == header.kid }
    guard fitting.contains(where: { $0.verifies(signature, of: signed, by: header.alg) }) else {
      throw SignOnFault.token("Its signature is not that of the provider.")
    }
    guard let claims = try? JSONDecoder().decode(Claims.self, from: body) else {
      throw SignOnFault.token("A claim is missing.")
    }
    guard claims.iss == provider.issuer else { throw SignOnFault.token("Another issuer made it.") }
    guard claims.aud.all.contains(provider.clientID),
      claims.aud.all.count == 1 || claims.azp == provider.clientID,
      claims.azp == nil || claims.azp == provider.clientID
    else { throw SignOnFault.token("It was made for another program.") }
    guard claims.nonce == nonce else { throw SignOnFault.token("It belongs to another sign-in.") }
    let now = Double(now)
    guard claims.exp > now - Self.clockSeconds, claims.iat < now + Self.clockSeconds,
      claims.iat > now - 600, claims.nbf ?? 0 < now + Self.clockSeconds
    else { throw SignOnFault.token("It is too old, or the clocks differ.") }
    guard provider.acr == nil || claims.acr == provider.acr else {
      throw SignOnFault.token("The sign-in was not of the class that this hub asks for.")
    }
    guard !claims.sub.isEmpty, claims.sub.utf8.count <= 255 else {
      throw SignOnFault.token("It names nobody.")
    }
    (issuer, subject, self.claims) = (claims.iss, claims.sub, claims)
  }

  /// The name of the account that a verified claim stands for; nil if there is no such claim.
  package func account(_ provider: ProviderFile) -> String? {
    guard provider.claim == "email" else { return claims.preferredUsername?.lowercased() }
    guard claims.isEmailVerified == true, let domain = provider.domain?.lowercased(),
      let parts = claims.email?.lowercased().split(
        separator: "@", omittingEmptySubsequences: false), parts.count == 2, parts[1] == domain
    else { return nil }
    return String(parts[0])
  }
}

/// A public key of a provider, as RFC 7517 writes it.
package struct ProviderKey: Sendable, Codable, Equatable {
  let kty: String
  let kid: String?
  let use: String?
  let crv: String?
  let n: String?
  let e: String?
  let x: String?
  let y: String?

  /// Whether it made a signature, by one of the three algorithms that are taken: `RS256`, `ES256`
  /// and `EdDSA` (RFC 7518, RFC 8037). `none` and shared secrets are not.
  func verifies(_ signature: Data, of signed: Data, by algorithm: String) -> Bool {
    guard use ?? "sig" == "sig" else { return false }
    switch (algorithm, kty) {
    case ("RS256", "RSA"):
      guard let n = n.flatMap(Base64URL.data), let e = e.flatMap(Base64URL.data),
        let key = try? _RSA.Signing.PublicKey(n: n, e: e)
      else { return false }
      return key.isValidSignature(
        .init(rawRepresentation: signature), for: SHA256.hash(data: signed),
        padding: .insecurePKCS1v1_5)
    case ("ES256", "EC"):
      guard crv == "P-256", let x = x.flatMap(Base64URL.data), let y = y.flatMap(Base64URL.data),
        x.count == 32, y.count == 32,
        let key = try? P256.Signing.PublicKey(rawRepresentation: x + y),
        let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
      else { return false }
      return key.isValidSignature(signature, for: signed)
    case ("EdDSA", "OKP"):
      guard crv == "Ed25519", let x = x.flatMap(Base64URL.data),
        let key = try? Curve25519.Signing.PublicKey(rawRepresentation: x)
      else { return false }
      return key.isValidSignature(signature, for: signed)
    default: return false
    }
  }
}

/// Base64 for addresses, without padding (RFC 4648, section 5).
package enum Base64URL {
  package static func text(_ data: some DataProtocol) -> String {
    Data(data).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  /// Nil for anything else.
  package static func data(_ text: String) -> Data? {
    guard text.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == 0x2d || $0 == 0x5f }) else {
      return nil
    }
    let plain = text.replacing("-", with: "+").replacing("_", with: "/")
    return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4))
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5a).contains(self) || (0x61...0x7a).contains(self)
  }
}
