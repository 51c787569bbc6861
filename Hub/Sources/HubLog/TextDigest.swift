import Crypto
import Foundation

/// The digest by which people accept a text.
package enum TextDigest {
  /// SHA-256 in hexadecimal.
  package static func of(_ text: String) -> String {
    SHA256.hash(data: Data(text.utf8)).hexadecimal
  }
}
