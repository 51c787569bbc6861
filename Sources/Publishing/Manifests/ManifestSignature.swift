import Basics
import Crypto
import Foundation

/// `manifest.signature.json`: an Ed25519 signature over the exact bytes of `manifest.json`, with
/// the key that verifies it.
package struct ManifestSignature: Sendable, Codable, Equatable {
  /// The newest format that this version writes and reads.
  package static let currentFormat = 1

  /// The format of this file, counting from 1.
  package let format: Int
  /// `Ed25519` (RFC 8032).
  package let algorithm: String
  /// The short name of the key, see ``ManifestSigner``.
  package let keyID: String
  /// 32 bytes.
  package let publicKey: Data
  /// SHA-256 of the manifest, in hexadecimal. It tells which of the two files was changed.
  package let manifestSHA256: String
  /// 64 bytes.
  package let signature: Data

  package init(signer: ManifestSigner, manifest: Data, signature: Data) {
    format = Self.currentFormat
    algorithm = "Ed25519"
    keyID = signer.keyID
    publicKey = signer.publicKey
    manifestSHA256 = ContentDigest.sha256(of: manifest)
    self.signature = signature
  }

  /// The key named as the signer.
  package var signer: ManifestSigner { ManifestSigner(publicKey: publicKey) }

  /// Returns whether this is the signature of exactly these bytes by ``publicKey``.
  package func isValid(for manifest: Data) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
      return false
    }
    return key.isValidSignature(signature, for: manifest)
  }

  package func names(_ manifest: Data) -> Bool {
    manifestSHA256 == ContentDigest.sha256(of: manifest)
  }

  /// Reads the file's bytes. Returns nil unless they are, to the last byte, as this version writes
  /// them.
  package init?(exactly bytes: Data) {
    guard let read = try? JSONDecoder().decode(ManifestSignature.self, from: bytes),
      let written = try? CanonicalJSON.lines(read),
      written == bytes,
      read.format == Self.currentFormat, read.algorithm == "Ed25519",
      read.keyID == read.signer.keyID
    else { return nil }
    self = read
  }
}
