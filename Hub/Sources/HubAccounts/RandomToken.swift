import Crypto
import Foundation

/// Random names and secrets from the system's secure generator.
package enum RandomToken {
  private static let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")

  /// 32 random bytes as 43 characters that an address or a header can hold.
  package static func secret() -> String {
    let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
    return bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  /// A name of letters and digits that are not mistaken for each other: 12 characters, 58 bits.
  package static func name() -> String { characters(12) }

  /// A code for a person to type, such as `k7mp-3xqd-w2ta-8hrn-c5vb-j9ke-d4sz`: 138 bits, so that
  /// its hash alone tells nothing.
  package static func code() -> String {
    (0..<7).map { _ in characters(4) }.joined(separator: "-")
  }

  private static func characters(_ count: Int) -> String {
    var text = ""
    while text.count < count {
      let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
      // The 31 letters fit 8 times into a byte; the rest is thrown away.
      for byte in bytes where byte < 248 && text.count < count {
        text.append(letters[Int(byte) % letters.count])
      }
    }
    return text
  }

  /// SHA-256 of a secret, by which it is stored and found.
  package static func digest(_ secret: String) -> String {
    SHA256.hash(data: Data(secret.utf8)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
