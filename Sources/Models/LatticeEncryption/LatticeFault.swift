/// The reason why bytes are not a part of an encrypted request, of its key or of its answer.
package enum LatticeFault: Error, Hashable, Sendable {
  /// Another length than the only possible one.
  case wrongLength(expected: Int, found: Int)
  /// A number that is not below its modulus.
  case residueTooLarge
  /// A key with a coefficient that is not -1, 0 or 1.
  case notTernary
}

extension LatticeFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .wrongLength(let expected, let found):
      "The encrypted part has \(found) bytes where it must have \(expected). The file is cut short or changed; have it sent again."
    case .residueTooLarge:
      "The encrypted part holds a number that is not below its modulus. The file is changed; have it sent again."
    case .notTernary:
      "The key holds a number that no key of this program holds. Use the file that was written with the request."
    }
  }
}

extension LatticeFault {
  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .wrongLength: "encrypted.wrong-length"
    case .residueTooLarge: "encrypted.residue-too-large"
    case .notTernary: "encrypted.key-unusable"
    }
  }
}
