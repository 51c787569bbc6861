import Crypto
import Foundation

/// The second factor: time-based codes of six digits (RFC 6238, with HMAC-SHA-1 and steps of 30
/// seconds), as authenticator apps show them.
package struct CodeGenerator: Sendable, Equatable {
  package static let stepSeconds = 30
  package let secret: Data

  package init(secret: Data) { self.secret = secret }

  /// A new secret of 160 bits.
  package init() {
    secret = SymmetricKey(size: .init(bitCount: 160)).withUnsafeBytes { Data($0) }
  }

  /// The code of a step. It is RFC 4226's HOTP at that counter.
  package func code(step: Int) -> String {
    let counter = withUnsafeBytes(of: UInt64(step).bigEndian) { Data($0) }
    let mac = Array(
      HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
    let offset = Int(mac[19] & 0x0f)
    let number =
      UInt32(mac[offset] & 0x7f) << 24 | UInt32(mac[offset + 1]) << 16
      | UInt32(mac[offset + 2]) << 8 | UInt32(mac[offset + 3])
    let digits = String(number % 1_000_000)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }

  package static func step(at now: Int) -> Int { now / stepSeconds }

  /// The step whose code this is, one before or after the present one included; nil if the code is
  /// wrong, or not of a later step than the last one used.
  package func step(of code: String, at now: Int, after last: Int) -> Int? {
    let present = Self.step(at: now)
    let typed = code.filter { !$0.isWhitespace }
    return (present - 1...present + 1).first { $0 > last && self.code(step: $0) == typed }
  }

  /// The secret as authenticator apps take it.
  package var base32: String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var (text, bits, held) = ("", 0, 0)
    for byte in secret {
      (bits, held) = (bits << 8 | Int(byte), held + 8)
      while held >= 5 {
        text.append(alphabet[bits >> (held - 5) & 31])
        held -= 5
      }
      bits &= (1 << held) - 1
    }
    if held > 0 { text.append(alphabet[bits << (5 - held) & 31]) }
    return text
  }

  /// Reads a secret as ``base32`` writes it. Nil if there are other characters.
  package init?(base32 text: String) {
    var (bytes, bits, held) = (Data(), 0, 0)
    for character in text.uppercased() where character != " " {
      guard let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".firstIndex(of: character) else {
        return nil
      }
      let digit = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".distance(
        from: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".startIndex, to: value)
      (bits, held) = (bits << 5 | digit, held + 5)
      if held >= 8 {
        bytes.append(UInt8(bits >> (held - 8) & 255))
        held -= 8
      }
      bits &= (1 << held) - 1
    }
    secret = bytes
  }

  /// The address that apps read from a picture or a link.
  package func address(account: String) -> String {
    "otpauth://totp/Understudy%20hub:\(account)?secret=\(base32)&issuer=Understudy%20hub"
  }
}
