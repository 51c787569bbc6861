import AsyncHTTPClient
import Crypto
import Foundation
import HubAccounts
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import NIOSSL

/// The identity provider of the hospital: where people are sent, and who comes back.
///
/// It is the code flow of OpenID Connect with PKCE (RFC 7636, S256), a state and a nonce. The
/// provider is asked at two addresses that its discovery document names; nothing that a person
/// sends becomes an address.
package actor IdentityProvider {
  package nonisolated let file: ProviderFile
  private let secret: String?
  private let client: HTTPClient
  private var discovery: (document: Discovery, time: Int)?
  private var keys: (list: [ProviderKey], time: Int)?

  private static let mostBytes = 1 << 18
  private static let timeout = TimeAmount.seconds(10)
  /// Seconds for which the discovery document is used.
  private static let discoverySeconds = 3600
  /// Seconds between two readings of the keys for the sake of a key that is not among them.
  private static let keySeconds = 60

  /// The part of a discovery document that is used (OpenID Connect Discovery 1.0, section 3).
  struct Discovery: Decodable {
    let issuer: String
    let authorization: String
    let token: String
    let keys: String

    enum CodingKeys: String, CodingKey {
      case issuer
      case authorization = "authorization_endpoint"
      case token = "token_endpoint"
      case keys = "jwks_uri"
    }
  }

  /// - Parameter url: The provider file. The files that it names lie beside it.
  package init(_ url: URL) throws {
    file = try ProviderFile.read(url)
    let folder = url.deletingLastPathComponent()
    secret = try file.secretFile.map { name in
      guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) else {
        throw SignOnFault.file("'secretFile' cannot be read.")
      }
      return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(connect: Self.timeout, read: Self.timeout)
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    if let name = file.authoritiesFile {
      guard let roots = try? NIOSSLCertificate.fromPEMFile(folder.appending(path: name).path) else {
        throw SignOnFault.file("'authoritiesFile' cannot be read.")
      }
      tls.trustRoots = .certificates(roots)
    }
    configuration.tlsConfiguration = tls
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  package func end() async throws { try await client.shutdown() }

  // MARK: The way out

  /// The address at which a person signs in.
  package func address(for ticket: SignOnTicket, back: String, at now: Int) async throws -> String {
    let discovery = try await discovered(at: now)
    guard var parts = URLComponents(string: discovery.authorization) else {
      throw SignOnFault.provider("Its addresses cannot be read.")
    }
    var items = parts.queryItems ?? []
    items += [
      URLQueryItem(name: "response_type", value: "code"),
      URLQueryItem(name: "client_id", value: file.clientID),
      URLQueryItem(name: "redirect_uri", value: back),
      URLQueryItem(
        name: "scope", value: file.claim == "email" ? "openid email" : "openid profile"),
      URLQueryItem(name: "state", value: ticket.state),
      URLQueryItem(name: "nonce", value: ticket.nonce),
      URLQueryItem(name: "code_challenge", value: ticket.challenge),
      URLQueryItem(name: "code_challenge_method", value: "S256"),
    ]
    if let acr = file.acr { items.append(URLQueryItem(name: "acr_values", value: acr)) }
    parts.queryItems = items
    // `+` is a space in forms, and `URLComponents` leaves it as it is.
    parts.percentEncodedQuery = parts.percentEncodedQuery?.replacing("+", with: "%2B")
    guard let address = parts.string else {
      throw SignOnFault.provider("Its addresses cannot be read.")
    }
    return address
  }

  // MARK: The way back

  /// Exchanges a code for the identity of the person, and verifies it.
  package func identity(ofCode code: String, _ ticket: SignOnTicket, back: String, at now: Int)
    async throws -> IdentityToken
  {
    let discovery = try await discovered(at: now)
    var request = HTTPClientRequest(url: discovery.token)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
    var fields = [
      ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", back),
      ("code_verifier", ticket.verifier),
    ]
    if let secret {
      let pair = "\(Self.encoded(file.clientID)):\(Self.encoded(secret))"
      request.headers.add(
        name: "Authorization", value: "Basic \(Data(pair.utf8).base64EncodedString())")
    } else {
      fields.append(("client_id", file.clientID))
    }
    let body = fields.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
    request.body = .bytes(ByteBuffer(string: body))
    struct Reply: Decodable {
      let token: String
      enum CodingKeys: String, CodingKey { case token = "id_token" }
    }
    let token = try await read(Reply.self, request).token
    let name = IdentityToken.keyName(of: token)
    var keys = try await keys(discovery, at: now, isFresh: false)
    if let name, !keys.contains(where: { $0.kid == name }) {
      keys = try await self.keys(discovery, at: now, isFresh: true)
    }
    return try IdentityToken(token, keys: keys, provider: file, nonce: ticket.nonce, now: now)
  }

  private static func encoded(_ text: String) -> String {
    let plain = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
  }

  // MARK: Documents

  private func discovered(at now: Int) async throws -> Discovery {
    if let discovery, now < discovery.time + Self.discoverySeconds { return discovery.document }
    let issuer = file.issuer.hasSuffix("/") ? String(file.issuer.dropLast()) : file.issuer
    let document = try await read(
      Discovery.self, HTTPClientRequest(url: "\(issuer)/.well-known/openid-configuration"))
    guard document.issuer == file.issuer else {
      throw SignOnFault.provider("It calls itself by another name than 'issuer'.")
    }
    for address in [document.authorization, document.token, document.keys]
    where !ProviderFile.isSafe(address) {
      throw SignOnFault.provider("One of its addresses is not encrypted.")
    }
    discovery = (document, now)
    return document
  }

  private func keys(_ discovery: Discovery, at now: Int, isFresh: Bool) async throws
    -> [ProviderKey]
  {
    if let keys, !isFresh || now < keys.time + Self.keySeconds { return keys.list }
    struct KeySet: Decodable { let keys: [ProviderKey] }
    let list = try await read(KeySet.self, HTTPClientRequest(url: discovery.keys)).keys
    keys = (list, now)
    return list
  }

  private func read<Value: Decodable>(_ type: Value.Type, _ request: HTTPClientRequest) async throws
    -> Value
  {
    let body: ByteBuffer
    do {
      let response = try await client.execute(request, timeout: Self.timeout)
      guard response.status == .ok else {
        throw SignOnFault.provider("It replied \(response.status.code).")
      }
      body = try await response.body.collect(upTo: Self.mostBytes)
    } catch let fault as SignOnFault {
      throw fault
    } catch {
      throw SignOnFault.provider("It cannot be reached.")
    }
    guard let value = try? JSONDecoder().decode(type, from: Data(buffer: body)) else {
      throw SignOnFault.provider("Its reply cannot be read.")
    }
    return value
  }
}

/// What a browser brings back from the provider, sealed in a cookie so that no process of the hub
/// has to remember it.
package struct SignOnTicket: Sendable, Codable, Equatable {
  package let state: String
  package let nonce: String
  let verifier: String
  let until: Int

  /// The longest time at the provider, in seconds.
  package static let seconds = 600

  package init(at now: Int) {
    (state, nonce, verifier) = (RandomToken.secret(), RandomToken.secret(), RandomToken.secret())
    until = now + Self.seconds
  }

  var challenge: String { Base64URL.text(Data(SHA256.hash(data: Data(verifier.utf8)))) }

  /// The ticket as a cookie's value, which nobody but the hub can read or make.
  package func sealed(by key: SymmetricKey) throws -> String {
    Base64URL.text(try ChaChaPoly.seal(JSONEncoder().encode(self), using: key).combined)
  }

  /// Nil for anything that the hub has not made, or that is too old.
  package init?(_ sealed: String, key: SymmetricKey, at now: Int) {
    guard let bytes = Base64URL.data(sealed),
      let box = try? ChaChaPoly.SealedBox(combined: bytes),
      let data = try? ChaChaPoly.open(box, using: key),
      let ticket = try? JSONDecoder().decode(SignOnTicket.self, from: data), now < ticket.until
    else { return nil }
    self = ticket
  }

  /// Whether a state is that of this ticket, in a time that tells nothing about a difference.
  package func matches(_ state: String) -> Bool {
    let (mine, other) = (Array(self.state.utf8), Array(state.utf8))
    return mine.count == other.count
      && zip(mine, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
