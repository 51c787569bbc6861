import Foundation
import Quality

/// An audit of anything that learns, from a single run: canaries, each put in or left out by a fair
/// coin, and the conclusions from guesses about them.
///
/// 1. Make canaries that nothing else resembles, and toss their coins with the secure generator:
///    `OneRunAudit(canaries:using:)`.
/// 2. Run once on the table with those that are ``included``. The table is invented or a copy:
///    canaries are never part of a release.
/// 3. Score every canary, in or out, by the information that the run gave away: higher means
///    likelier in. The score must not look at the coins.
/// 4. ``verdict(scores:guesses:claim:falseAlarm:)`` guesses about the canaries with the most
///    extreme scores, abstains from the others, and says which epsilon this many right guesses
///    refute.
///
/// Steinke, Nasr and Jagielski 2023 (arXiv 2305.08846). A small bound proves nothing; one above the
/// claim proves a fault.
package struct OneRunAudit: Sendable, Hashable {
  /// Whether each canary is in.
  package let isIn: [Bool]

  /// Tosses a coin for each canary. The audited mechanism must not see the generator.
  package init(canaries: Int, using generator: inout some RandomNumberGenerator) {
    precondition(canaries > 0, "an audit needs a canary")
    isIn = (0..<canaries).map { _ in generator.next() >> 63 == 1 }
  }

  /// Creates an audit of canaries whose coins were tossed elsewhere.
  package init(isIn: [Bool]) {
    precondition(!isIn.isEmpty, "an audit needs a canary")
    self.isIn = isIn
  }

  /// The positions of the canaries that are in.
  package var included: [Int] { isIn.indices.filter { isIn[$0] } }

  /// The conclusion from one run.
  package struct Verdict: Sendable, Hashable {
    /// The guesses that prove the most.
    package let bound: OneRunBound
    /// The epsilon that they prove at the claim's delta.
    package let epsilon: Double
    /// Whether the claim is false, except with the stated probability.
    package let isBreach: Bool
  }

  /// Says "in" for the `positive` canaries with the highest scores, "out" for the `negative` with
  /// the lowest, and nothing for the others.
  ///
  /// - Parameter scores: one for each canary, none of them NaN. Equal scores go by position, which
  ///   tells nothing about the coins.
  /// - Precondition: there are no more guesses than canaries.
  package func bound(scores: [Double], positive: Int, negative: Int) -> OneRunBound {
    precondition(
      scores.count == isIn.count && !scores.contains(where: \.isNaN), "a score for every canary")
    precondition(
      positive >= 0 && negative >= 0 && positive + negative <= isIn.count,
      "more guesses than canaries")
    let order = isIn.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    let right =
      order.prefix(positive).count { isIn[$0] } + order.suffix(negative).count { !isIn[$0] }
    return OneRunBound(canaries: isIn.count, guesses: positive + negative, correct: right)
  }

  /// Says "in" for every canary with a score above `threshold`, and nothing for the others: for
  /// scores such as numbers of copies.
  package func bound(scores: [Double], above threshold: Double) -> OneRunBound {
    bound(scores: scores, positive: scores.count { $0 > threshold }, negative: 0)
  }

  /// Returns the most that any of several numbers of guesses refutes, half of them "in" and half
  /// "out".
  ///
  /// - Parameters:
  ///   - guesses: the numbers of guesses to try, fixed beforehand; by default a tenth, a third and
  ///     nine tenths of the canaries (guessing about all would call half of them "in", and the
  ///     coins rarely fall so). The false-alarm probability is split evenly among them.
  ///   - claim: one pair, fixed beforehand.
  ///   - falseAlarm: the probability of reporting a breach for a mechanism that keeps the claim.
  package func verdict(
    scores: [Double], guesses: [Int]? = nil, claim: PrivacyClaim.Pair, falseAlarm: Double
  ) -> Verdict {
    let guesses = guesses ?? [isIn.count / 10, isIn.count / 3, isIn.count * 9 / 10]
    let confidence = 1 - falseAlarm / Double(max(guesses.count, 1))
    let rated = guesses.map { count -> Verdict in
      let bound = bound(scores: scores, positive: count - count / 2, negative: count / 2)
      let epsilon = bound.epsilon(delta: claim.delta, confidence: confidence)
      return Verdict(bound: bound, epsilon: epsilon, isBreach: epsilon > claim.epsilon)
    }
    return rated.max { $0.epsilon < $1.epsilon }
      ?? Verdict(
        bound: OneRunBound(canaries: isIn.count, guesses: 0, correct: 0), epsilon: 0,
        isBreach: false)
  }
}

/// A lower bound on epsilon from one run of a mechanism with many canaries, each of which is in
/// with probability one half.
///
/// Steinke, Nasr and Jagielski 2023, "Privacy Auditing with One (1) Training Run" (arXiv
/// 2305.08846), Theorem 5.2. A small bound proves nothing; one above the claimed epsilon proves a
/// fault, except with the stated probability.
package struct OneRunBound: Sendable, Hashable {
  /// Canaries drawn, in or out.
  package let canaries: Int
  /// Canaries the adversary guessed about; it may abstain from the others.
  package let guesses: Int
  /// Guesses that were right.
  package let correct: Int

  /// Requires `0 <= correct <= guesses <= canaries`.
  package init(canaries: Int, guesses: Int, correct: Int) {
    precondition(
      0 <= correct && correct <= guesses && guesses <= canaries,
      "more right than guessed, or more guessed than there are")
    self.canaries = canaries
    self.guesses = guesses
    self.correct = correct
  }

  /// Returns the largest epsilon that this many right guesses refute at a false-alarm probability
  /// of `1 - confidence`; 0 if none.
  ///
  /// - Parameters:
  ///   - delta: the claim's delta, 0 to 1.
  ///   - confidence: above 0 and below 1.
  package func epsilon(delta: Double = 0, confidence: Double = 0.95) -> Double {
    precondition(confidence > 0 && confidence < 1, "a confidence is above 0 and below 1")
    let falseAlarm = 1 - confidence
    func isRefuted(_ epsilon: Double) -> Bool {
      probability(epsilon: epsilon, delta: delta) < falseAlarm
    }
    guard isRefuted(0) else { return 0 }
    var high = 1.0
    while isRefuted(high), high < 1024 { high *= 2 }
    return Bisection.last(from: 0, to: high, where: isRefuted)
  }

  /// Returns an upper bound on the probability that a mechanism with this epsilon and delta lets an
  /// adversary be right this often.
  ///
  /// With q = e^ε / (1 + e^ε) and f(k) = P[Bin(guesses, q) >= k]: f(v) + 2 m δ max over 1 <= i <= v
  /// of (f(v - i) - f(v)) / i.
  /// Complexity: the number of guesses.
  package func probability(epsilon: Double, delta: Double) -> Double {
    let law = BinomialLaw(trials: guesses, probability: 1 / (1 + exp(-epsilon)))
    let tail = law.probability(atLeast: correct)
    guard delta > 0, correct > 0 else { return min(1, tail) }
    var (between, steepest) = (0.0, 0.0)
    for step in 1...correct {
      between += law.mass(correct - step)
      steepest = max(steepest, between / Double(step))
    }
    return min(1, tail + 2 * Double(canaries) * delta * steepest)
  }
}
