import Basics

/// A random generator for tests, identical on every machine.
struct FormRandom {
  private var generator: SplitMix64

  /// A seed is mixed before use, so that the streams of neighbouring seeds are unrelated.
  init(seed: UInt64) {
    generator = SplitMix64(seed: SplitMix64.mixed(SplitMix64.mixed(seed &+ 0x5851_f42d_4c95_7f2d)))
  }

  mutating func next() -> UInt64 { generator.next() }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

  /// Replaces the placeholders of a pattern by random digits and letters.
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
