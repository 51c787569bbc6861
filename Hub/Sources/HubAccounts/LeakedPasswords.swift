import Crypto
import Foundation

/// A list of passwords that were leaked somewhere: lines that begin with the SHA-1 of one, in
/// hexadecimal capitals, in their order. The lists of Have I Been Pwned have this form. The file is
/// not read into memory.
package struct LeakedPasswords: Sendable {
  private let bytes: Data

  /// - Throws: If the file cannot be read, or does not begin with such a line.
  package init(_ file: URL) throws {
    bytes = try Data(contentsOf: file, options: .alwaysMapped)
    let first = bytes.prefix(40)
    guard first.count == 40, first.allSatisfy(Self.isDigit) else {
      throw CocoaError(.fileReadCorruptFile)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte)
  }

  /// Whether the list has a password. Takes a number of steps that grows with the logarithm of its
  /// length.
  package func contains(_ password: String) -> Bool {
    let wanted = Array(
      Insecure.SHA1.hash(data: Data(password.utf8)).map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }.joined().utf8)
    var (low, high) = (bytes.startIndex, bytes.endIndex)
    while low < high {
      let middle = lineStart(before: low + (high - low) / 2, from: low)
      let end = bytes[middle..<high].firstIndex(of: 0x0a) ?? high
      let found = bytes[middle..<min(middle + 40, end)]
      if found.elementsEqual(wanted) { return true }
      if found.lexicographicallyPrecedes(wanted) { low = min(end + 1, high) } else { high = middle }
    }
    return false
  }

  private func lineStart(before place: Int, from low: Int) -> Int {
    var place = place
    while place > low, bytes[place - 1] != 0x0a { place -= 1 }
    return place
  }
}
