import Accounting
import Encoding
import Ledger
import Mechanisms

/// Choosing the marginal that a model approximates worst, by the exponential mechanism on weighted
/// L1 distance minus a public penalty.
///
/// One unit changes a score by at most its weight times ``Curator/unitRows``. Once every row
/// counts, the distance is a length (`docs/proofs/person-norm.md`).
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
  /// - Parameters:
  ///   - cliques: Attributes of candidates that may come, so that they can be counted together.
  ///   - next: Returns the next candidates; empty at the end.
  package func contest(
    among cliques: [[Int]] = [], of next: () throws -> [MarginalCandidate]
  ) throws -> MarginalContest {
    exactCounts.expect(cliques, blueprint)
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
    if let every = everyRow, every.isCounted {
      return MarginalContest(
        candidates: candidates.map(\.attributes), weights: candidates.map(\.weight),
        scores: lengthScores(of: candidates, among: every), curator: ObjectIdentifier(self))
    }
    let expected = try candidates.enumerated().map {
      try FixedPoint.expectations(of: $1, position: $0)
    }
    let scores = try exactCounts.map(candidates.map(\.attributes)) { index, counts in
      candidates[index].weight
        * (FixedPoint.distance(counts, expected[index]) - candidates[index].penalty)
    }
    return MarginalContest(
      candidates: candidates.map(\.attributes), weights: candidates.map(\.weight), scores: scores,
      curator: ObjectIdentifier(self))
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
      question: question.summary, candidates: contest.candidates.count, sensitivity: sensitivity,
      epsilon: epsilon)
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
    guard
      case .choice(let index) = answer(
        terms.question, exact: .scores(contest.scores), noisy: .choice(choice))
    else {
      preconditionFailure("an answer of another kind")
    }
    return index
  }
}

/// Candidates compared with one model. The curator keeps their scores from one choice to the next,
/// so that a round of choices counts and compares only once.
///
/// The scores are exact: nobody outside this room can read them. What can be seen from outside, the
/// candidates themselves, is public.
package struct MarginalContest {
  /// The attributes of the candidates still open, in the order given.
  package private(set) var candidates: [[Int]]
  private(set) var weights: [Double]
  private(set) var scores: [Double]

  /// The curator whose rows were compared.
  let curator: ObjectIdentifier

  init(candidates: [[Int]], weights: [Double], scores: [Double], curator: ObjectIdentifier) {
    (self.candidates, self.weights, self.scores) = (candidates, weights, scores)
    self.curator = curator
  }

  mutating func append(_ other: MarginalContest) {
    candidates += other.candidates
    weights += other.weights
    scores += other.scores
  }

  /// Whether no candidate is left.
  package var isEmpty: Bool { candidates.isEmpty }

  /// Takes part of the candidates out of the contest, by a public rule.
  package mutating func remove(where isOut: ([Int]) throws -> Bool) rethrows {
    try keep(candidates.map { try !isOut($0) })
  }

  /// Takes the first candidates out of the contest, by a public rule.
  package mutating func removeFirst(_ count: Int) {
    candidates.removeFirst(count)
    weights.removeFirst(count)
    scores.removeFirst(count)
  }

  mutating func keep(_ isKept: [Bool]) {
    guard isKept.contains(false) else { return }
    let positions = candidates.indices.filter { isKept[$0] }
    (candidates, weights, scores) = (
      positions.map { candidates[$0] }, positions.map { weights[$0] }, positions.map { scores[$0] }
    )
  }

  mutating func remove(at position: Int) {
    candidates.remove(at: position)
    weights.remove(at: position)
    scores.remove(at: position)
  }
}

/// Distances between counts and expectations in whole multiples of 2^-20 of a row. Sums are exact,
/// so one more row moves a sum by at most one row, in any order and however large the other terms
/// are. Sums of doubles break that (Casacuberta, Shoemate, Vadhan and Wagaman 2022).
package enum FixedPoint {
  private static let scale = 0x1p20
  /// The largest sum of expectations of one candidate, in rows. With the rows themselves, at most
  /// 2^31, a distance stays below 2^62.
  private static let mostExpected = 0x1p40

  /// Returns a candidate's expectations, rounded. They are public, and so is the refusal.
  /// - Throws: ``MechanismError/scoreNotFinite(candidate:)`` if the sum is not a number or is too
  ///   large for rows.
  package static func expectations(of candidate: MarginalCandidate, position: Int) throws -> [Int64]
  {
    let total = candidate.expected.reduce(0) { $0 + abs($1) }
    guard total <= mostExpected else { throw MechanismError.scoreNotFinite(candidate: position) }
    return candidate.expected.map { Int64(($0 * scale).rounded()) }
  }

  /// Returns the sum of the absolute differences, in rows: exact below 2^33.
  package static func distance(_ counts: [Int32], _ expected: [Int64]) -> Double {
    precondition(counts.count == expected.count, "an expectation for each cell")
    var sum: Int64 = 0
    for index in counts.indices { sum &+= abs(Int64(counts[index]) << 20 &- expected[index]) }
    return Double(sum) / scale
  }
}

/// A marginal that could be measured next.
package struct MarginalCandidate: Sendable {
  /// The attributes, ascending.
  package let attributes: [Int]
  /// The importance of the marginal; not negative and public.
  package let weight: Double
  /// The cost of noise, subtracted from the distance. Public.
  package let penalty: Double
  /// The model's expectation for each cell, in rows. Public.
  package let expected: [Double]

  /// - Parameter expected: one value per cell of the marginal, with the last attribute's code
  ///   varying fastest.
  package init(attributes: [Int], weight: Double, penalty: Double, expected: [Double]) {
    self.attributes = attributes
    self.weight = weight
    self.penalty = penalty
    self.expected = expected
  }
}
