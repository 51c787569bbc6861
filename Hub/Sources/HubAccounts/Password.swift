import Crypto
import CryptoExtras
import Foundation

/// A password as it is stored: scrypt with N = 2¹⁵, r = 8, p = 3 (32 MiB, as the OWASP Password
/// Storage Cheat Sheet lists it), and a salt of its own.
package struct StoredPassword: Sendable, Codable, Equatable {
  let salt: Data
  let verifier: Data
  let rounds: Int
  let blockSize: Int
  let parallelism: Int

  /// The fewest and the most characters of a password.
  package static let characters = 10...1000

  package init(_ password: String) throws {
    salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
    (rounds, blockSize, parallelism) = (1 << 15, 8, 3)
    verifier = try Self.derive(
      password, salt: salt, rounds: rounds, blockSize: blockSize, parallelism: parallelism)
  }

  /// Returns whether this is the password, in a time that tells nothing about a difference.
  package func matches(_ password: String) throws -> Bool {
    let derived = try Self.derive(
      password, salt: salt, rounds: rounds, blockSize: blockSize, parallelism: parallelism)
    return derived.count == verifier.count
      && zip(derived, verifier).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// The fault of a new password, or nil.
  package static func fault(of password: String, account: String) -> String? {
    guard characters.contains(password.count) else {
      return "A password has from \(characters.lowerBound) to \(characters.upperBound) characters."
    }
    let folded = password.lowercased()
    if folded.contains(account.lowercased()) { return "The password must not hold your name." }
    if Set(folded).count < 5 || common.contains(where: folded.hasPrefix)
      || CommonPasswords.contains(password)
    {
      return "This password is easily guessed. Several words in a row are good."
    }
    return nil
  }

  private static let common = [
    "password", "passwort", "qwertyuiop", "qwertzuiop", "1234567890", "0123456789", "iloveyou",
    "letmein", "welcome", "understudy", "hospital", "abcdefghij", "administrator", "changeme",
  ]

  /// The password counts as it was typed, to the byte.
  private static func derive(
    _ password: String, salt: Data, rounds: Int, blockSize: Int, parallelism: Int
  ) throws -> Data {
    return try KDF.Scrypt.deriveKey(
      from: Data(password.utf8), salt: salt, outputByteCount: 32, rounds: rounds,
      blockSize: blockSize,
      parallelism: parallelism
    ).withUnsafeBytes { Data($0) }
  }
}
