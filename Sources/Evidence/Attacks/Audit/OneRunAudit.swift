/// Canaries, each of which a fair coin puts in or leaves out, and what guesses about them prove: an audit of anything that learns, from one
/// run of it.
///
/// 1. Make canaries that nothing else resembles, and toss their coins with the secure generator: `OneRunAudit(canaries:using:)`.
/// 2. Run once on the table with those that are ``included``. The table is invented or a copy: canaries are never part of a release.
/// 3. Score every canary, in or out, by what the run gave away: higher is likelier in. The score must not look at the coins.
/// 4. ``verdict(scores:guesses:claim:falseAlarm:)`` guesses about the canaries with the most extreme scores, abstains from the others, and
///    says which epsilon so many right guesses refute.
///
/// Steinke, Nasr and Jagielski 2023 (arXiv 2305.08846). A small bound proves nothing; one above the claim proves a fault.
package struct OneRunAudit: Sendable, Hashable {
  /// For each canary, whether it is in.
  package let isIn: [Bool]

  /// Tosses a coin for each canary. The generator must be one that the audited mechanism does not see.
  package init(canaries: Int, using generator: inout some RandomNumberGenerator) {
    precondition(canaries > 0, "an audit needs a canary")
    isIn = (0..<canaries).map { _ in generator.next() >> 63 == 1 }
  }

  /// Canaries whose coins were tossed elsewhere.
  package init(isIn: [Bool]) {
    precondition(!isIn.isEmpty, "an audit needs a canary")
    self.isIn = isIn
  }

  /// The positions of the canaries that are in.
  package var included: [Int] { isIn.indices.filter { isIn[$0] } }

  /// What one run proves.
  package struct Verdict: Sendable, Hashable {
    /// The guesses that prove most.
    package let bound: OneRunBound
    /// What they prove at the claim's delta.
    package let epsilon: Double
    /// The claim is false, but for the stated probability.
    package let isBreach: Bool
  }

  /// Says "in" of the `positive` canaries with the highest scores, "out" of the `negative` with the lowest, nothing of the others.
  ///
  /// - Parameter scores: one for each canary, none of them NaN. Equal ones go by position, which tells nothing of the coins.
  /// - Precondition: no more guesses than canaries.
  package func bound(scores: [Double], positive: Int, negative: Int) -> OneRunBound {
    precondition(scores.count == isIn.count && !scores.contains(where: \.isNaN), "a score for every canary")
    precondition(positive >= 0 && negative >= 0 && positive + negative <= isIn.count, "more guesses than canaries")
    let order = isIn.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    let right = order.prefix(positive).count { isIn[$0] } + order.suffix(negative).count { !isIn[$0] }
    return OneRunBound(canaries: isIn.count, guesses: positive + negative, correct: right)
  }

  /// Says "in" of every canary whose score is above `threshold`, and nothing of the others: for scores such as numbers of copies.
  package func bound(scores: [Double], above threshold: Double) -> OneRunBound {
    bound(scores: scores, positive: scores.count { $0 > threshold }, negative: 0)
  }

  /// The most that any of some numbers of guesses refutes, half of them "in" and half "out".
  ///
  /// - Parameters:
  ///   - guesses: numbers of guesses to try, fixed beforehand; by default a tenth, a third and nine tenths of the canaries (all would
  ///     be half of them "in", and the coins rarely fall so). The false-alarm probability is split evenly among them.
  ///   - claim: one pair, fixed beforehand.
  ///   - falseAlarm: the probability that a mechanism which keeps the claim is said to break it.
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
      ?? Verdict(bound: OneRunBound(canaries: isIn.count, guesses: 0, correct: 0), epsilon: 0, isBreach: false)
  }
}
