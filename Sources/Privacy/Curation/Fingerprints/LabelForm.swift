import Foundation
import Ledger

/// Labels stripped of differences in writing.
enum LabelForm {
  /// Returns the label in lower case, without blanks at either end, and with one space for each run
  /// of blanks inside.
  package static func folded(_ label: some Sequence<UInt8>) -> [UInt8] {
    var folded: [UInt8] = []
    var isASCII = true
    var blankPending = false
    for byte in label {
      if byte == 0x20 || (0x09...0x0d).contains(byte) {
        blankPending = !folded.isEmpty
        continue
      }
      if blankPending { folded.append(0x20) }
      blankPending = false
      isASCII = isASCII && byte < 0x80
      folded.append((0x41...0x5a).contains(byte) ? byte | 0x20 : byte)
    }
    return isASCII ? folded : Array(String(decoding: folded, as: UTF8.self).lowercased().utf8)
  }

  /// Reads a number with a point or a comma. Returns its digits and how many of them follow the
  /// mark, or nil if the label is not a number of at most 18 digits with at most 9 after the mark.
  static func number(_ label: [UInt8]) -> (mantissa: Int64, digits: Int)? {
    var (mantissa, count, digits, hasMark) = (Int64(0), 0, 0, false)
    let isSigned = label.first == UInt8(ascii: "-") || label.first == UInt8(ascii: "+")
    for byte in label.dropFirst(isSigned ? 1 : 0) {
      if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ","), !hasMark {
        hasMark = true
        continue
      }
      guard (0x30...0x39).contains(byte), count < 18 else { return nil }
      mantissa = mantissa * 10 + Int64(byte - 0x30)
      count += 1
      if hasMark { digits += 1 }
    }
    guard count > 0, digits <= 9 else { return nil }
    return (label.first == UInt8(ascii: "-") ? -mantissa : mantissa, digits)
  }

  /// Returns the person a label names, however the number or name is punctuated: letters and digits
  /// only, without leading zeros in a number.
  static func person(_ label: [UInt8]) -> [UInt8] {
    let letters = folded(label).filter { $0 >= 0x80 || (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) }
    return letters.allSatisfy({ (0x30...0x39).contains($0) }) ? Array(letters.drop { $0 == 0x30 }) : letters
  }
}
