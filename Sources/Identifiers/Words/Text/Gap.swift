/// The bytes between a token and the next one, packed for comparison in one step.
struct Gap {
  /// Up to eight bytes, the first in the lowest.
  package let packed: UInt64
  package let count: Int
  private let signs: Signs

  private struct Signs: OptionSet {
    let rawValue: UInt8
    static let lineBreak = Signs(rawValue: 1)
    static let sentenceEnd = Signs(rawValue: 2)
    static let point = Signs(rawValue: 4)
  }

  private static let longestLook = 24

  init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    var packed: UInt64 = 0
    var signs: Signs = []
    for place in range {
      let offset = place - range.lowerBound
      let byte = bytes[place]
      if offset < 8 { packed |= UInt64(byte) << UInt64(8 * offset) }
      if byte > 32, byte < 127 || offset > 64 {
        guard offset < Self.longestLook else { break }
        switch byte {
        case UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ";"), UInt8(ascii: ":"): signs.insert(.sentenceEnd)
        case UInt8(ascii: "."): signs.insert(.point)
        default: break
        }
      } else if byte == 10 || byte == 13 {
        signs.insert(.lineBreak)
      }
    }
    self.packed = packed
    count = range.count
    self.signs = signs
  }

  var hasLineBreak: Bool { signs.contains(.lineBreak) }
  /// Whether a line ends, or a character ends a sentence or a label.
  var hasEnd: Bool { !signs.isDisjoint(with: [.lineBreak, .sentenceEnd]) }
  var hasPoint: Bool { signs.contains(.point) }

  /// Whether the gap is one to three spaces and tabs.
  package var isSpace: Bool {
    switch count {
    case 1: packed == 32 || packed == 9
    case 2, 3: (0..<count).allSatisfy { [32, 9].contains(UInt8(truncatingIfNeeded: packed >> UInt64(8 * $0))) }
    default: false
    }
  }

  @inline(__always)
  func isExactly(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount, count <= 8 else { return false }
    var wanted: UInt64 = 0
    for offset in 0..<count { wanted |= UInt64(text.utf8Start[offset]) << UInt64(8 * offset) }
    return packed == wanted
  }
}
