import Basics
import Crypto
import Foundation

/// A manifest's reference to the ledger that its release was charged to, readable only by the
/// ledger's owner.
///
/// Each has a fresh nonce, so two releases do not even reveal whether they were made from the same
/// table. That would be an exact answer about the rows.
package struct LedgerMarks: Sendable, Equatable, Codable {
  /// 32 hexadecimal digits, drawn for this release.
  package let nonce: String
  /// HMAC-SHA-256 of the dataset's fingerprint under the owner's secret, in hexadecimal.
  package let dataset: String
  /// HMAC-SHA-256 of the chain's hash at the settlement of the release's session. It binds the
  /// whole ledger up to that point.
  package let settlement: String

  init(dataset: String, settlement: Data, key: FingerprintKey) {
    let nonce = SymmetricKey(size: .bits128).withUnsafeBytes { ContentDigest.hexadecimal($0) }
    self.nonce = nonce
    self.dataset = Self.mark("dataset", Data(dataset.utf8), nonce: nonce, key: key)
    self.settlement = Self.mark("settlement", settlement, nonce: nonce, key: key)
  }

  func isOf(dataset: String, key: FingerprintKey) -> Bool {
    self.dataset == Self.mark("dataset", Data(dataset.utf8), nonce: nonce, key: key)
  }

  func isOf(settlement: Data, key: FingerprintKey) -> Bool {
    self.settlement == Self.mark("settlement", settlement, nonce: nonce, key: key)
  }

  private static func mark(_ what: String, _ value: Data, nonce: String, key: FingerprintKey)
    -> String
  {
    var message = CanonicalBytes("understudy release mark 1 \(what)")
    message.append(Data(nonce.utf8))
    message.append(value)
    return ContentDigest.hexadecimal(key.authenticate(Array(message.bytes)))
  }
}
