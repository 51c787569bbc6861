import Basics
import Encoding

/// Choices that a number decides, so that the same number makes the same pairs of files. No noise is ever drawn from it.
struct Choices {
  private var generator: SamplingGenerator

  init(seed: UInt64) { generator = SamplingGenerator(seed: seed) }

  /// A number from 0 to `bound` - 1.
  mutating func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }

  mutating func chance(_ probability: Double) -> Bool { generator.unit() < probability }

  /// - Precondition: there is one.
  mutating func one<Choice>(of choices: [Choice]) -> Choice { choices[below(choices.count)] }

  /// One of some choices with weights that are positive.
  mutating func one<Choice>(weighted choices: [(choice: Choice, weight: Double)]) -> Choice {
    var left = generator.unit() * choices.reduce(0) { $0 + $1.weight }
    for candidate in choices {
      left -= candidate.weight
      if left < 0 { return candidate.choice }
    }
    return choices[choices.count - 1].choice
  }
}
