import Basics
import Encoding

/// Choices determined by a seed, so that the same seed makes the same pairs of files. No noise is
/// ever drawn from it.
struct Choices {
  private var generator: SamplingGenerator

  init(seed: UInt64) { generator = SamplingGenerator(seed: seed) }

  /// Returns a number from 0 to `bound` - 1.
  mutating func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }

  mutating func chance(_ probability: Double) -> Bool { generator.unit() < probability }

  /// - Precondition: `choices` is not empty.
  mutating func one<Choice>(of choices: [Choice]) -> Choice { choices[below(choices.count)] }

  /// Returns one of several choices, with positive weights.
  mutating func one<Choice>(weighted choices: [(choice: Choice, weight: Double)]) -> Choice {
    var left = generator.unit() * choices.reduce(0) { $0 + $1.weight }
    for candidate in choices {
      left -= candidate.weight
      if left < 0 { return candidate.choice }
    }
    return choices[choices.count - 1].choice
  }
}
