/// A generator of the tests, the same on every machine (SplitMix64).
struct FormRandom {
  private var state: UInt64

  /// Streams of neighbouring seeds have nothing in common: a seed is mixed before it is used.
  init(seed: UInt64) { state = Self.mixed(Self.mixed(seed &+ 0x5851_f42d_4c95_7f2d)) }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return Self.mixed(state)
  }

  private static func mixed(_ seed: UInt64) -> UInt64 {
    var bits = seed
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

  /// Digits and letters in the places of a pattern's signs.
  mutating func text(like pattern: String) -> String {
    var text = ""
    for sign in pattern {
      switch sign {
      case "#": text += String(below(10))
      case "%": text += String(below(8) + 2)
      case "?": text.append(Character(UnicodeScalar(UInt8(65 + below(26)))))
      default: text.append(sign)
      }
    }
    return text
  }
}
