import Foundation
import Quality

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
    precondition(0 <= correct && correct <= guesses && guesses <= canaries, "more right than guessed, or more guessed than there are")
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
    func isRefuted(_ epsilon: Double) -> Bool { probability(epsilon: epsilon, delta: delta) < falseAlarm }
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
