import BigInt
import Foundation
import Mechanisms
import Testing

@Suite("Exact Bernoulli draws")
struct ExactBernoulliTests {
  @Test(
    "True as often as exp(-gamma) says",
    arguments: [(1, 1), (1, 3), (2, 3), (7, 2), (999, 1000), (1, 100_000), (5, 1)])
  func frequency(numerator: Int, denominator: Int) {
    let random = SecureRandom()
    let probability = exp(-Double(numerator) / Double(denominator))
    for fast in [true, false] {
      let draws = (0..<60_000).map { _ -> Int in
        let kept =
          fast
          ? ExactBernoulli.expMinus(UInt128(numerator), over: UInt64(denominator), using: random)
          : ExactBernoulli.expMinus(BigUInt(numerator), over: BigUInt(denominator), using: random)
        return kept ? 1 : 0
      }
      let outcome = ChiSquared.test(draws, range: 0...1) { $0 == 1 ? probability : 1 - probability }
      #expect(outcome.probability > ChiSquared.falseAlarm, "\(outcome)")
    }
  }

  @Test("Words and numbers of any size take the same words and give the same answers")
  func sameStream() {
    let choices = SecureRandom(testing: 1)
    let (fast, slow) = (SecureRandom(testing: 2), SecureRandom(testing: 2))
    for _ in 0..<5000 {
      let denominator = max(1, choices.next() >> (choices.next() & 63))
      let numerator =
        UInt128(denominator) * UInt128(choices.next() & 3)
        + UInt128(choices.uniform(below: denominator))
      #expect(
        ExactBernoulli.expMinus(numerator, over: denominator, using: fast)
          == ExactBernoulli.expMinus(BigUInt(numerator), over: BigUInt(denominator), using: slow))
    }
    #expect(fast.next() == slow.next())
  }

  @Test("Where the first 64 digits agree, the next ones decide")
  func ties() {
    // 1/3 is 0.0101... in binary: its 64-bit digits are all 0x5555...
    let third: UInt64 = 0x5555_5555_5555_5555
    func isBelow(_ words: [UInt64]) -> Bool {
      ExactBernoulli.isBelow(
        firstWord: words[0], 1, 3,
        using: SecureRandom(testing: 0, firstWords: Array(words.dropFirst())))
    }
    #expect(isBelow([third - 1]))
    #expect(!isBelow([third + 1]))
    #expect(isBelow([third, third, third - 1]))
    #expect(!isBelow([third, third, third + 1]))
    // 1/2 ends after one digit: a number that begins with it is not below.
    #expect(!ExactBernoulli.isBelow(firstWord: 1 << 63, 1, 2, using: SecureRandom(testing: 0)))
    // exp(-1/3): the first comparison, with 1/3, is tied and then below; the second, with 1/6, is
    // far above. The run has two steps, so the result is false.
    for (second, expected) in [(third - 1, false), (third + 1, true)] {
      let words = [third, second, UInt64.max]
      let (fast, slow) = (
        SecureRandom(testing: 0, firstWords: words), SecureRandom(testing: 0, firstWords: words)
      )
      #expect(ExactBernoulli.expMinus(UInt128(1), over: 3, using: fast) == expected)
      #expect(ExactBernoulli.expMinus(BigUInt(1), over: 3, using: slow) == expected)
    }
  }

  @Test("Uniform whole numbers of any size are uniform", arguments: [1, 2, 3, 10, 257])
  func uniform(bound: Int) {
    let random = SecureRandom()
    let draws = (0..<50_000).map { _ in Int(random.uniform(below: UInt64(bound))) }
    #expect(draws.allSatisfy { $0 < bound })
    if bound > 1 {
      let outcome = ChiSquared.test(draws, range: 0...(bound - 1)) { _ in 1 }
      #expect(outcome.probability > ChiSquared.falseAlarm, "\(outcome)")
    }
    let wide = BigUInt(5) << 64
    let fifths = (0..<5000).map { _ in Int(random.uniform(below: wide) >> 64) }
    let outcome = ChiSquared.test(fifths, range: 0...4) { _ in 1 }
    #expect(outcome.probability > ChiSquared.falseAlarm, "\(outcome)")
  }
}
