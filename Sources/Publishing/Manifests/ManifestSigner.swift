import Basics
import Crypto
import Foundation

/// The signer of a manifest: an Ed25519 public key, and its short name.
package struct ManifestSigner: Sendable, Equatable, Codable {
  /// The first 32 hexadecimal digits of the key's SHA-256: short enough to read over the telephone.
  package let keyID: String
  /// 32 bytes; base 64 in files.
  package let publicKey: Data

  /// Names a public key.
  package init(publicKey: Data) {
    self.publicKey = publicKey
    keyID = String(ContentDigest.sha256(of: publicKey).prefix(32))
  }

  /// Returns whether `words` mean this key: its short name, or the key itself in base 64 or
  /// hexadecimal. Blanks are ignored.
  package func isMeant(by words: String) -> Bool {
    let text = words.filter { !$0.isWhitespace }
    return [keyID, ContentDigest.hexadecimal(publicKey)].contains(text.lowercased())
      || text == publicKey.base64EncodedString()
  }
}
