import Accounting
import Encoding
import Ledger
import Mechanisms

/// Choosing the marginal that a model approximates worst, by the exponential mechanism on weighted
/// L1 distance minus a public penalty.
///
/// One unit changes a score by at most its weight times ``Curator/unitRows``.
extension Curator {
  /// The candidates that a rule may refuse, drawn one at a time, before it is asked about all.
  private static let mostRefusals = 32

  /// Returns the candidate whose marginal is approximated worst.
  package func worst(of candidates: [MarginalCandidate], rho: Rho) throws -> Int {
    precondition(!candidates.isEmpty, "no candidates to choose from")
    let contest = try scored(candidates)
    return try choose(in: contest, charge(forChoiceIn: contest, rho: rho))
  }

  /// Compares candidates with a model, a few at a time, for ``worst(in:rho:allowing:)``. This tells
  /// nothing and costs nothing.
  ///
  /// - Parameter next: Returns the next candidates; empty at the end.
  package func contest(of next: () throws -> [MarginalCandidate]) throws -> MarginalContest {
    var contest = try scored([])
    while true {
      let part = try next()
      guard !part.isEmpty else { return contest }
      contest.append(try scored(part))
    }
  }

  /// Returns the attributes of the candidate that is approximated worst, among those that a public
  /// rule allows. Candidates found to be refused leave the contest.
  ///
  /// The rule is asked only about candidates that are drawn. A refused one leaves, and the draw is
  /// repeated, which chooses as if the rule had been asked about all before
  /// (docs/proofs/exponential-mechanism.md).
  ///
  /// - Parameter areAllowed: Answers for each candidate; it must allow at least one.
  package func worst(
    in contest: inout MarginalContest, rho: Rho, allowing areAllowed: ([[Int]]) throws -> [Bool]
  ) throws -> [Int] {
    // A probe that works out how likely each answer was needs the scores of the allowed ones.
    if isWatched { contest.keep(try areAllowed(contest.candidates)) }
    let terms = try charge(forChoiceIn: contest, rho: rho)
    var refusals = 0
    while true {
      if refusals == Curator.mostRefusals { contest.keep(try areAllowed(contest.candidates)) }
      precondition(!contest.isEmpty, "no candidate is allowed")
      let position = try choose(in: contest, terms)
      let chosen = contest.candidates[position]
      if try isWatched || areAllowed([chosen])[0] { return chosen }
      contest.remove(at: position)
      refusals += 1
    }
  }

  /// Returns each candidate with its weighted distance from its expectation, less the penalty. The
  /// expectation is public; the distance is not.
  private func scored(_ candidates: [MarginalCandidate]) throws -> MarginalContest {
    let expected = try candidates.enumerated().map { try FixedPoint.expectations(of: $1, position: $0) }
    let scores = exactCounts.map(candidates.map(\.attributes)) { index, counts in
      candidates[index].weight * (FixedPoint.distance(counts, expected[index]) - candidates[index].penalty)
    }
    return MarginalContest(
      candidates: candidates.map(\.attributes), weights: candidates.map(\.weight), scores: scores, curator: ObjectIdentifier(self))
  }

  private func sensitivity(of contest: MarginalContest) throws -> Sensitivity {
    precondition(contest.curator == ObjectIdentifier(self), "a contest of another curator")
    return try Sensitivity(Double(unitRows) * (contest.weights.max() ?? 0))
  }

  /// Charges for one choice and returns its terms.
  private func charge(forChoiceIn contest: MarginalContest, rho: Rho) throws -> ChoiceTerms {
    let sensitivity = try sensitivity(of: contest)
    // The cost of a choice depends on the remaining budget: use the epsilon that costs exactly
    // `rho`.
    let epsilon = try Epsilon(DominatingGaussian.range(rho: rho, left: budget.remaining().rho))
    let question = Question.worst(candidates: contest.candidates.count)
    let event = PrivacyEvent.exponentialMechanism(
      question: question.summary, candidates: contest.candidates.count, sensitivity: sensitivity, epsilon: epsilon)
    try charge(event, for: question, purpose: .selection)
    return ChoiceTerms(question: question, sensitivity: sensitivity, epsilon: epsilon)
  }

  /// The terms that were paid for.
  private struct ChoiceTerms {
    let question: Question
    let sensitivity: Sensitivity
    let epsilon: Epsilon
  }

  private func choose(in contest: MarginalContest, _ terms: ChoiceTerms) throws -> Int {
    let choice = try ExponentialMechanism.select(
      scores: contest.scores, sensitivity: terms.sensitivity, epsilon: terms.epsilon, using: random)
    guard case .choice(let index) = answer(terms.question, exact: .scores(contest.scores), noisy: .choice(choice)) else {
      preconditionFailure("an answer of another kind")
    }
    return index
  }
}
