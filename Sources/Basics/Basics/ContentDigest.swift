import Crypto
import Foundation

/// SHA-256 digests and their text form.
package enum ContentDigest {
  /// Returns two lower-case digits per byte.
  package static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }

  package static func sha256(of text: String) -> String { sha256(of: Data(text.utf8)) }

  package static func sha256(of data: some DataProtocol) -> String {
    hexadecimal(SHA256.hash(data: data))
  }

  /// Reads the file in pieces.
  package static func sha256(of url: URL) throws -> String {
    let file = try FileHandle(forReadingFrom: url)
    defer { try? file.close() }
    var hash = SHA256()
    while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
    return hexadecimal(hash.finalize())
  }
}
