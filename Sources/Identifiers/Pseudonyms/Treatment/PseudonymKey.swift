import Basics
import Crypto
import Foundation

/// The owner's secret of 32 bytes, from which pseudonyms, encrypted numbers and consistent fakes
/// are derived.
///
/// Anyone who has it can test guesses against pseudonyms and decrypt numbers, so it stays with the
/// owner, in a file that only the owner can read. It is never shown: its description and mirror do
/// not contain it.
package struct PseudonymKey: Sendable, CustomStringConvertible, CustomReflectable {
  private let secret: SymmetricKey

  private static let firstLine = "understudy-key 1"
  private static let byteCount = 32

  /// Returns a key that is not stored. Its results cannot be repeated, nor linked to those of
  /// another key.
  package static func ephemeral() -> PseudonymKey {
    PseudonymKey(secret: SymmetricKey(size: .bits256))
  }

  /// Creates a key from known bytes, for tests.
  package init(testing bytes: [UInt8]) { secret = SymmetricKey(data: bytes) }

  private init(secret: SymmetricKey) { self.secret = secret }

  package var description: String { "PseudonymKey(hidden)" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }

  // MARK: - The file

  /// Reads the key file, or creates one of mode 0600 if there is none.
  /// - Throws: ``TreatmentError`` if others can read the file, if it is not a key file, or if it
  ///   cannot be read or created.
  package static func open(at url: URL) throws -> PseudonymKey {
    if let key = try read(url) { return key }
    let key = ephemeral()
    try key.write(to: url)
    // Another process may have created one in the meantime. The file decides.
    guard let kept = try read(url) else { throw TreatmentError.keyUnreadable(path: url.path) }
    return kept
  }

  /// Returns nil if there is no file.
  private static func read(_ url: URL) throws -> PseudonymKey? {
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path),
      let mode = attributes[.posixPermissions] as? NSNumber, let data = try? Data(contentsOf: url)
    else { throw TreatmentError.keyUnreadable(path: url.path) }
    guard mode.intValue & 0o077 == 0 else { throw TreatmentError.keyOpenToOthers(path: url.path) }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    guard lines.count == 2, lines[0] == firstLine, let bytes = decoded(lines[1]) else {
      throw TreatmentError.keyMalformed(path: url.path)
    }
    return PseudonymKey(secret: SymmetricKey(data: bytes))
  }

  /// Writes the whole file beside its place, then links it there, which fails if a file exists by
  /// then.
  private func write(to url: URL) throws {
    let draft = url.path + ".\(ProcessInfo.processInfo.processIdentifier).partial"
    let text = "\(Self.firstLine)\n\(secret.withUnsafeBytes { ContentDigest.hexadecimal($0) })\n"
    let file = Foundation.open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard file >= 0 else { throw TreatmentError.keyNotWritten(path: url.path) }
    defer { unlink(draft) }
    let isWritten =
      Array(text.utf8).withUnsafeBytes { WholeWrite.all(of: $0, to: file) } && fsync(file) == 0
    close(file)
    guard isWritten, link(draft, url.path) == 0 || errno == EEXIST else {
      throw TreatmentError.keyNotWritten(path: url.path)
    }
  }

  private static func decoded(_ text: String) -> [UInt8]? {
    let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count == 2 * byteCount, text.utf8.count == digits.count else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }

  // MARK: - What follows from it

  /// Returns the HMAC-SHA-256 (RFC 2104, FIPS 180-4) of a text for one purpose. The purpose's own
  /// key is the HMAC of the key and the purpose, so that equal texts of different purposes cannot
  /// be linked.
  package func digest(_ text: String, purpose: String) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: subkey(purpose)))
  }

  /// Returns a pseudonym of 26 letters and digits (130 bits of the digest, in base 32). Under the
  /// same key, the same text has the same pseudonym.
  package func pseudonym(of text: String, purpose: String = "pseudonym") -> String {
    Self.base32(digest(text, purpose: purpose), length: 26)
  }

  func subkey(_ purpose: String) -> SymmetricKey {
    SymmetricKey(
      data: Data(HMAC<SHA256>.authenticationCode(for: Data(purpose.utf8), using: secret)))
  }

  private static let symbols = Array("abcdefghijklmnopqrstuvwxyz234567")

  /// Encodes the first 5 × length bits, five per symbol, with the alphabet of RFC 4648 in lower
  /// case.
  private static func base32(_ bytes: [UInt8], length: Int) -> String {
    String(
      (0..<length).map { index in
        let bit = index * 5
        let word =
          Int(bytes[bit / 8]) << 8 | Int(bit / 8 + 1 < bytes.count ? bytes[bit / 8 + 1] : 0)
        return symbols[word >> (11 - bit % 8) & 31]
      })
  }
}
