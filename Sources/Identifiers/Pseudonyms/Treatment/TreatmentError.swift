/// The reason why an identifier cannot be treated as requested. No message contains a cell's value
/// or a key.
package enum TreatmentError: Error, Equatable, CustomStringConvertible {
  case keyUnreadable(path: String)
  case keyOpenToOthers(path: String)
  case keyMalformed(path: String)
  case keyNotWritten(path: String)
  /// The text is too short to be encrypted safely, or too long for this implementation.
  case lengthOutOfRange(found: Int, allowed: ClosedRange<Int>, radix: Int)
  /// The text contains a character that the cipher does not have.
  case foreignCharacter(radix: Int)
  case radixOutOfRange(Int)

  package var description: String {
    switch self {
    case .keyUnreadable(let path):
      "\(path): the key file cannot be read. Check its folder and that it belongs to you."
    case .keyOpenToOthers(let path):
      "\(path): others may read or write the key file. Only its owner may: run 'chmod 600' on it, "
        + "and make a new key if others have seen it."
    case .keyMalformed(let path):
      "\(path): this is not a key file of understudy. Name another file; one that does not exist is made."
    case .keyNotWritten(let path):
      "\(path): the key file could not be made. Check that its folder exists and that you may write there."
    case .lengthOutOfRange(let found, let allowed, let radix):
      "Format-preserving encryption of \(found) characters with \(radix) symbols is refused: \(allowed.lowerBound) to "
        + "\(allowed.upperBound) are allowed, since fewer could be guessed by trying all. Use the treatment `pseudonym` instead."
    case .foreignCharacter(let radix):
      "A text holds a character that is none of the \(radix) symbols of the cipher. Use the treatment `pseudonym` instead."
    case .radixOutOfRange(let radix):
      "A cipher over \(radix) symbols is refused: 2 to 36 are allowed."
    }
  }
}

extension TreatmentError {
  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .keyUnreadable: "key.unreadable"
    case .keyOpenToOthers: "key.open-to-others"
    case .keyMalformed: "key.malformed"
    case .keyNotWritten: "key.not-written"
    case .lengthOutOfRange: "encryption.length-out-of-range"
    case .foreignCharacter: "encryption.foreign-character"
    case .radixOutOfRange: "encryption.radix-out-of-range"
    }
  }
}
