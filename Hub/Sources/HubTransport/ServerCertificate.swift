import Foundation
import HummingbirdCore
import HummingbirdTLS
import NIOCore
import NIOSSL
import Synchronization

/// The certificate and the key with which the hub speaks TLS. Both can be read again while it
/// serves, so that a renewed certificate needs no restart.
package final class ServerCertificate: Sendable {
  private let certificate: URL
  private let key: URL
  private let pair: Mutex<Pair>

  /// A certificate with its chain, and its key.
  struct Pair: Sendable {
    let chain: [NIOSSLCertificateSource]
    let key: NIOSSLPrivateKeySource
  }

  /// - Parameters:
  ///   - certificate: A PEM file with the certificate first, then its chain.
  ///   - key: A PEM file with the key, which other users of the machine cannot read.
  package init(certificate: URL, key: URL) throws {
    (self.certificate, self.key) = (certificate, key)
    pair = Mutex(try Self.read(certificate, key))
  }

  /// Reads both files again. Connections that are open keep the certificate that they began with.
  /// - Throws: ``TLSFault``; the certificate at hand stays in use.
  package func reload() throws {
    let fresh = try Self.read(certificate, key)
    pair.withLock { $0 = fresh }
  }

  private static func read(_ certificate: URL, _ key: URL) throws -> Pair {
    let attributes = try? FileManager.default.attributesOfItem(atPath: key.path)
    guard let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue else {
      throw TLSFault.unreadable(key.lastPathComponent)
    }
    guard mode & 0o007 == 0 else { throw TLSFault.keyOfEverybody(key.lastPathComponent) }
    guard
      let chain = try? NIOSSLCertificate.fromPEMFile(certificate.path)
        .map(NIOSSLCertificateSource.certificate), !chain.isEmpty
    else { throw TLSFault.unreadable(certificate.lastPathComponent) }
    guard let privateKey = try? NIOSSLPrivateKey(file: key.path, format: .pem) else {
      throw TLSFault.unreadable(key.lastPathComponent)
    }
    let pair = Pair(chain: chain, key: .privateKey(privateKey))
    // The library compares key and certificate when it makes a context of them.
    guard (try? NIOSSLContext(configuration: configuration(of: pair))) != nil else {
      throw TLSFault.otherKey
    }
    return pair
  }

  /// TLS 1.2 and 1.3, with forward secrecy and authenticated encryption alone.
  private static func configuration(of pair: Pair) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: pair.chain, privateKey: pair.key)
    configuration.minimumTLSVersion = .tlsv12
    configuration.cipherSuiteValues = [
      .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
      .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
      .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
      .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    ]
    return configuration
  }

  /// A server that speaks TLS with the certificate of the moment.
  package func server() throws -> HTTPServerBuilder {
    var configuration = Self.configuration(of: pair.withLock(\.self))
    configuration.sslContextCallback = { [self] _, promise in
      let pair = pair.withLock(\.self)
      var change = NIOSSLContextConfigurationOverride()
      (change.certificateChain, change.privateKey) = (pair.chain, pair.key)
      promise.succeed(change)
    }
    return try .tls(Transport.plain, tlsConfiguration: configuration)
  }
}

/// Servers.
package enum Transport {
  /// Seconds after which a connection without traffic is closed. A page that follows a job has
  /// traffic each second.
  static let idleSeconds: Int64 = 75

  /// A server without TLS, for this machine alone.
  package static var plain: HTTPServerBuilder {
    .http1(configuration: .init(idleTimeout: .seconds(idleSeconds)))
  }

  /// Whether an address is that of this machine alone.
  package static func isLoopback(_ host: String) -> Bool {
    ["127.0.0.1", "::1", "localhost"].contains(host)
  }
}

/// A fault of the certificate or its key.
package enum TLSFault: Error, Equatable, CustomStringConvertible {
  case unreadable(String)
  case keyOfEverybody(String)
  case otherKey

  package var description: String {
    switch self {
    case .unreadable(let name): "The file '\(name)' cannot be read, or is not in PEM."
    case .keyOfEverybody(let name):
      "Every user of this machine can read the key '\(name)'. Let its owner and group alone read it (chmod 640)."
    case .otherKey: "The key is not that of the certificate."
    }
  }
}
