import Crypto
import CryptoExtras
import Foundation
import HTTPTypes
import HubSignOn
import Hummingbird
import NIOCore
import Synchronization

/// A small identity provider (OpenID Connect, code flow) that can be told to misbehave.
final class TestProvider: Sendable {
  static let clientID = "hub"
  static let secret = "a secret & a half"

  /// The ways in which a token can be wrong.
  enum Fault: String, CaseIterable, Sendable {
    case otherNonce, otherAudience, otherParty, otherIssuer, tooOld, fromTheFuture, notYet,
      unsigned,
      sharedSecret, otherKey, noSubject, otherClass, changedBody
  }

  enum Algorithm: String, CaseIterable, Sendable {
    case rsa = "RS256"
    case curve = "ES256"
    case edwards = "EdDSA"
  }

  struct State: Sendable {
    var fault: Fault?
    var algorithm = Algorithm.curve
    var claims: [String: String] = ["preferred_username": "rosa"]
    var isVerified = true
    var subject = "person-1"
    /// By code: the nonce and the challenge with which it was asked for.
    var codes: [String: (nonce: String, challenge: String)] = [:]
    var keyName = "first"
    var keysServed = 0
    /// Another name by which it calls itself.
    var otherName: String?
  }

  let state = Mutex(State())
  private let rsa: _RSA.Signing.PrivateKey
  private let curve = P256.Signing.PrivateKey()
  private let edwards = Curve25519.Signing.PrivateKey()

  init() throws { rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048) }

  /// What the provider does when a person signs in at an address: a code, and the state to bring
  /// back.
  func signIn(at address: String) throws -> (code: String, state: String, items: [String: String]) {
    let parts = URLComponents(string: address)
    let items = Dictionary(
      (parts?.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { a, _ in a })
    let code = UUID().uuidString
    state.withLock {
      $0.codes[code] = (items["nonce"] ?? "", items["code_challenge"] ?? "")
    }
    return (code, items["state"] ?? "", items)
  }

  func router() -> Router<BasicRequestContext> {
    let router = Router()
    router.get("/.well-known/openid-configuration") { [self] request, _ in
      let address = Self.address(request)
      return try Self.json([
        "issuer": state.withLock(\.otherName) ?? address,
        "authorization_endpoint": "\(address)/authorize?tenant=1",
        "token_endpoint": "\(address)/token", "jwks_uri": "\(address)/keys",
      ])
    }
    router.get("/keys") { [self] _, _ in
      state.withLock { $0.keysServed += 1 }
      return try Self.json(["keys": keys()])
    }
    router.post("/token") { [self] request, _ in
      let body = String(buffer: try await request.body.collect(upTo: 1 << 16))
      let pairs = body.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
      let form = Dictionary(
        pairs.map { (String($0[0]), String($0.last ?? "").removingPercentEncoding ?? "") },
        uniquingKeysWith: { a, _ in a })
      let pair = Data("hub:a%20secret%20%26%20a%20half".utf8).base64EncodedString()
      let verifier = Base64URL.text(
        Data(SHA256.hash(data: Data((form["code_verifier"] ?? "").utf8))))
      // A code counts once, and only for whoever can show what its challenge was made of.
      let asked = state.withLock { $0.codes.removeValue(forKey: form["code"] ?? "") }
      guard request.headers[.authorization] == "Basic \(pair)", let asked,
        asked.challenge == verifier, form["grant_type"] == "authorization_code",
        form["redirect_uri"]?.hasSuffix("/oidc/back") == true
      else { return Response(status: .badRequest) }
      return try Self.json(["id_token": token(asked.nonce, Self.address(request))])
    }
    return router
  }

  private static func address(_ request: Request) -> String {
    "http://\(request.head.authority ?? "")"
  }

  private static func json(_ value: [String: Any]) throws -> Response {
    Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: value))))
  }

  private func keys() throws -> [[String: String]] {
    let name = state.withLock(\.keyName)
    let primitives = try rsa.publicKey.getKeyPrimitives()
    let point = curve.publicKey.rawRepresentation
    return [
      [
        "kty": "RSA", "kid": "\(name)-RS256", "n": Base64URL.text(primitives.modulus),
        "e": Base64URL.text(primitives.publicExponent), "use": "sig",
      ],
      [
        "kty": "EC", "kid": "\(name)-ES256", "crv": "P-256", "x": Base64URL.text(point.prefix(32)),
        "y": Base64URL.text(point.suffix(32)),
      ],
      [
        "kty": "OKP", "kid": "\(name)-EdDSA", "crv": "Ed25519",
        "x": Base64URL.text(edwards.publicKey.rawRepresentation),
      ],
    ]
  }

  private func token(_ nonce: String, _ issuer: String) throws -> String {
    let now = state.withLock(\.self)
    let time = Int(Date().timeIntervalSince1970)
    let (fault, algorithm) = (now.fault, now.algorithm)
    var claims: [String: Any] = [
      "iss": fault == .otherIssuer ? "https://elsewhere.example" : issuer, "sub": now.subject,
      "aud": fault == .otherAudience ? "mail" : fault == .otherParty ? ["hub", "mail"] : "hub",
      "exp": fault == .tooOld ? time - 90 : time + 300,
      "iat": fault == .fromTheFuture ? time + 900 : time,
      "nonce": fault == .otherNonce ? "another" : nonce,
      "acr": fault == .otherClass ? "weak" : "strong",
    ]
    if fault == .notYet { claims["nbf"] = time + 900 }
    if fault == .otherParty { claims["azp"] = "mail" }
    if fault == .noSubject { claims["sub"] = "" }
    for (name, value) in now.claims { claims[name] = value }
    if now.claims["email"] != nil { claims["email_verified"] = now.isVerified }
    let named: String =
      fault == .unsigned ? "none" : fault == .sharedSecret ? "HS256" : algorithm.rawValue
    let head = try Base64URL.text(
      JSONSerialization.data(withJSONObject: [
        "alg": named, "kid": "\(now.keyName)-\(algorithm.rawValue)",
      ]))
    let body = try Base64URL.text(JSONSerialization.data(withJSONObject: claims))
    let signature = try sign(Data("\(head).\(body)".utf8), fault, algorithm)
    guard fault == .changedBody else { return "\(head).\(body).\(Base64URL.text(signature))" }
    claims["preferred_username"] = "adam"
    let changed = try Base64URL.text(JSONSerialization.data(withJSONObject: claims))
    return "\(head).\(changed).\(Base64URL.text(signature))"
  }

  private func sign(_ data: Data, _ fault: Fault?, _ algorithm: Algorithm) throws -> Data {
    switch fault {
    case .unsigned: return Data()
    case .sharedSecret:
      // The old trick: the public key, which everybody has, as the secret of an HMAC.
      return Data(
        HMAC<SHA256>.authenticationCode(
          for: data, using: SymmetricKey(data: curve.publicKey.rawRepresentation)))
    case .otherKey: return try P256.Signing.PrivateKey().signature(for: data).rawRepresentation
    default: break
    }
    switch algorithm {
    case .rsa:
      return try rsa.signature(for: SHA256.hash(data: data), padding: .insecurePKCS1v1_5)
        .rawRepresentation
    case .curve: return try curve.signature(for: data).rawRepresentation
    case .edwards: return try edwards.signature(for: data)
    }
  }
}
