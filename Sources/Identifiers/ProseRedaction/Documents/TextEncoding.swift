import DelimitedText
import Tables

/// Checks, as a text passes, that it is one: UTF-8 without NUL bytes, and not the file of another
/// program.
///
/// Detectors read words of UTF-8. In a text of another encoding they find next to nothing, and what
/// they do not find would be handed over as it is, so that such a text is refused.
package struct TextEncoding {
  private let file: String
  /// Bytes that have passed.
  private var passed = 0
  /// The first bytes of a character that goes on in the next block.
  private var rest: [UInt8] = []

  /// - Parameter file: the file's name, as its owner knows it.
  package init(file: String) { self.file = file }

  /// - Parameter isLast: whether the text ends behind these bytes.
  /// - Throws: ``ProseError``, without anything from the text.
  package mutating func check(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws {
    if passed == 0, rest.isEmpty { try checkBeginning(Array(bytes.prefix(512))) }
    let block = rest + bytes
    if let place = block.firstIndex(of: 0) {
      throw fault(
        "byte \(passed + place) is a NUL byte, which no text has. It may be UTF-16 or a file of another program: convert it with "
          + "`iconv`, or save it as plain text in UTF-8")
    }
    let invalid = block.withUnsafeBufferPointer { UTF8Check.firstInvalidByte(in: $0) }
    rest = []
    if let invalid {
      let tail = Array(block[invalid...])
      guard !isLast, Self.isBeginning(tail) else {
        throw fault(
          "byte \(passed + invalid) is not UTF-8, and words in another encoding would not be found. Convert the file, for instance with "
            + "`iconv -f WINDOWS-1252 -t UTF-8`")
      }
      rest = tail
    }
    passed += block.count - rest.count
  }

  private func checkBeginning(_ bytes: [UInt8]) throws {
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      throw fault(
        "the text is UTF-16, in which no word would be found. Convert it with `iconv -f UTF-16 -t UTF-8`"
      )
    }
    if bytes.starts(with: [0x1f, 0x8b]) {
      throw fault("the content is gzip, but the name does not end in .gz. Rename the file")
    }
    switch FileKind(beginning: bytes) {
    case nil, .json, .markup: return
    default:
      throw fault(
        "this is a file of another program, in which no word would be found. Save its text as plain text in UTF-8"
      )
    }
  }

  private func fault(_ problem: String) -> ProseError {
    .document(file: file, line: nil, problem: problem + ".")
  }

  /// Whether the bytes may be a character of which the end is still to come.
  private static func isBeginning(_ bytes: [UInt8]) -> Bool {
    bytes.count < 4 && bytes[0] >= 0xc2 && bytes[0] < 0xf5
      && bytes.dropFirst().allSatisfy { $0 & 0xc0 == 0x80 }
  }
}
