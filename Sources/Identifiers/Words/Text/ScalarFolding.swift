/// The replacement of a non-ASCII character for the detectors (`FoldedText`).
enum ScalarFolding: Equatable {
  case same
  /// An invisible character, which is left out.
  case gone
  /// A mark, which is left out and goes with the letter before it.
  case mark
  case text(ShortText)

  /// Up to seven bytes of ASCII.
  struct ShortText: Equatable {
    private let packed: UInt64

    init(_ text: String) {
      precondition(text.utf8.count <= 7, "a folding is short")
      packed =
        text.utf8.reversed().reduce(0) { $0 << 8 | UInt64($1) } | UInt64(text.utf8.count) << 56
    }

    init(byte: UInt8) { packed = UInt64(byte) | 1 << 56 }

    package func append(to bytes: inout [UInt8]) {
      for place in 0..<(packed >> 56) {
        bytes.append(UInt8(truncatingIfNeeded: packed >> (8 * place)))
      }
    }
  }

  init(_ scalar: UInt32) {
    switch scalar {
    case 0x300...0x36f, 0xfe20...0xfe2f: self = .mark
    case 0xad, 0x34f, 0x61c, 0x180b...0x180e, 0x200b...0x200f, 0x202a...0x202e, 0x2060...0x2064,
      0x2066...0x206f, 0xfe00...0xfe0f, 0xfeff,
      0xe0000...0xe01ef:
      self = .gone
    case 0xa0, 0x1680, 0x2000...0x200a, 0x202f, 0x205f, 0x3000: self = Self.byte(" ")
    case 0x85, 0x2028, 0x2029: self = Self.byte("\n")
    case 0x2010...0x2015, 0x2043, 0x2053, 0x2212, 0x2e3a, 0x2e3b, 0xfe58, 0xfe63, 0x58a, 0x5be,
      0x1806, 0x2d7, 0x30fb, 0x207b:
      self = Self.byte("-")
    case 0xb4, 0x2b9...0x2bc, 0x2be, 0x2bf, 0x2018, 0x2019, 0x201b, 0x2032, 0x2035, 0xa78c:
      self = Self.byte("'")
    case 0x201c...0x201f, 0x2033, 0x2036: self = Self.byte("\"")
    case 0x2024, 0x3002, 0x6d4, 0x964: self = Self.byte(".")
    case 0x60c, 0x3001: self = Self.byte(",")
    case 0x61b: self = Self.byte(";")
    case 0x61f: self = Self.byte("?")
    case 0x2044, 0x2215, 0x29f8: self = Self.byte("/")
    case 0x2236, 0xa789: self = Self.byte(":")
    case 0x2026: self = Self.text("...")
    case 0x2116: self = Self.text("No")
    default: self = Self.number(scalar) ?? Self.letter(scalar) ?? .same
    }
  }

  private static func byte(_ sign: Unicode.Scalar) -> ScalarFolding {
    .text(ShortText(byte: UInt8(ascii: sign)))
  }
  private static func text(_ text: String) -> ScalarFolding { .text(ShortText(text)) }
  private static func digit(_ value: UInt32) -> ScalarFolding {
    .text(ShortText(byte: UInt8(48 + value)))
  }

  // MARK: numbers

  private static func number(_ scalar: UInt32) -> ScalarFolding? {
    switch scalar {
    case 0xb9: return digit(1)
    case 0xb2, 0xb3: return digit(scalar - 0xb0)
    case 0x2070, 0x2074...0x2079: return digit(scalar - 0x2070)
    case 0x2080...0x2089: return digit(scalar - 0x2080)
    case 0x2160...0x216f: return text(romans[Int(scalar - 0x2160)])
    case 0x2170...0x217f: return text(romans[Int(scalar - 0x2170)].lowercased())
    case 0x2460...0x2473: return text(String(scalar - 0x2460 + 1))
    case 0x1d7ce...0x1d7ff: return digit((scalar - 0x1d7ce) % 10)
    case 0x660...: return digitOfScript(scalar)
    default: return nil
    }
  }

  private static let romans = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "L", "C", "D", "M",
  ]

  /// Folds a digit by the zeros of the scripts that have their own digits (Unicode, general
  /// category Nd). The ten digits of each script are consecutive.
  private static func digitOfScript(_ scalar: UInt32) -> ScalarFolding? {
    var (low, high) = (0, zeros.count)
    while low < high {
      let middle = (low + high) / 2
      if zeros[middle] <= scalar { low = middle + 1 } else { high = middle }
    }
    guard low > 0, scalar - zeros[low - 1] < 10 else { return nil }
    return digit(scalar - zeros[low - 1])
  }

  /// Found once in the tables of the standard library.
  private static let zeros: [UInt32] =
    ([0x660...0xabff, 0xff10...0xff19, 0x10000...0x1ffff] as [ClosedRange<UInt32>]).flatMap {
      range in
      range.filter { value in
        guard let scalar = Unicode.Scalar(value) else { return false }
        return scalar.properties.numericType == .decimal && scalar.properties.numericValue == 0
          && !(0x1d7ce...0x1d7ff).contains(value)
      }
    }

  // MARK: letters

  private static func letter(_ scalar: UInt32) -> ScalarFolding? {
    switch scalar {
    case 0xff01...0xff5e: return .text(ShortText(byte: UInt8(scalar - 0xfee0)))
    case 0xfb00...0xfb06:
      return text(["ff", "fi", "fl", "ffi", "ffl", "st", "st"][Int(scalar - 0xfb00)])
    case 0x24b6...0x24cf: return .text(ShortText(byte: UInt8(scalar - 0x24b6 + 65)))
    case 0x24d0...0x24e9: return .text(ShortText(byte: UInt8(scalar - 0x24d0 + 97)))
    case 0x1d400...0x1d6a3:
      let place = (scalar - 0x1d400) % 52
      return .text(ShortText(byte: UInt8(place < 26 ? 65 + place : 97 + place - 26)))
    case 0x180...0x24f: return base[Int(scalar - 0x180)]
    case 0x1e00...0x1eff: return base[Int(scalar - 0x1e00) + 0xd0]
    default: return nil
    }
  }

  /// The plain letters of Latin Extended-B and Latin Extended Additional, from the character names.
  private static let base: [ScalarFolding?] = (Array(0x180...0x24f) + Array(0x1e00...0x1eff)).map {
    (value: UInt32) in
    guard let name = Unicode.Scalar(value)?.properties.name else { return nil }
    let words = name.split(separator: " ")
    guard words.count > 3, words[0] == "LATIN", words[2] == "LETTER", words[3].count <= 2,
      words[3].allSatisfy(\.isLetter)
    else {
      return nil
    }
    return text(words[1] == "CAPITAL" ? String(words[3]) : words[3].lowercased())
  }
}
