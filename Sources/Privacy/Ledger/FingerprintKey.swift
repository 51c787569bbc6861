import Crypto
import Foundation

/// The owner's secret for recognising datasets: 32 bytes from the system's secure generator, kept
/// in the ledger.
///
/// Without it a fingerprint cannot be checked against a guessed table.
package struct FingerprintKey: Sendable, Equatable {
  package let bytes: Data

  /// Returns nil unless there are 32 bytes.
  package init?(bytes: Data) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  private init(fresh: SymmetricKey) { bytes = fresh.withUnsafeBytes { Data($0) } }

  package static func generate() -> FingerprintKey { FingerprintKey(fresh: SymmetricKey(size: .bits256)) }

  /// Returns a key for one purpose, derived by HMAC-SHA-256.
  package func derived(for purpose: String) -> [UInt8] { authenticate(Array(purpose.utf8)) }

  /// Returns the HMAC-SHA-256 of `message`.
  package func authenticate(_ message: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: bytes)))
  }

  /// Returns the first `count` (at most 4) words of a derived key.
  package func words(for purpose: String, count: Int) -> [UInt64] {
    let digest = derived(for: purpose)
    return (0..<count).map { word in
      (0..<8).reduce(UInt64(0)) { $0 | UInt64(digest[word * 8 + $1]) << UInt64(8 * $1) }
    }
  }
}
