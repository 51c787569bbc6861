import Accounting
import Basics
import Foundation
import Ledger
import LinkedTables
import Mechanisms

/// An attribute that could explain another beside those that do already.
package struct ParentCandidate: Sendable {
  /// The attributes that explain already, and the new one behind them.
  package let parents: [Int]
  /// The attribute to explain.
  package let own: Int
  /// The probability of each code of `own` given the codes of all parents but the last; the code of
  /// `own` varies fastest. Public or paid for.
  package let expected: [Double]
  /// The noise that a measurement would add, in the unit of the distance. Public.
  package let penalty: Double

  package init(parents: [Int], own: Int, expected: [Double], penalty: Double) {
    (self.parents, self.own) = (parents, own)
    (self.expected, self.penalty) = (expected, penalty)
  }
}

extension PeopleCurator {
  /// Returns the candidate that explains most: the one with the longest sum, over the people, of
  /// their rows' differences from the expectation, by the codes of the new parent, less its
  /// penalty. Nil if none of them beats its penalty, as far as the noise of the choice among so
  /// many can tell.
  ///
  /// Each person's differences are clipped to the length `clip`. By the triangle inequality a
  /// person moves every score by at most that (`docs/proofs/person-sums.md`).
  package func best(of candidates: [ParentCandidate], clip: Double, rho: Rho) throws
    -> ParentCandidate?
  {
    guard !candidates.isEmpty else { return nil }
    let sensitivity = try Sensitivity(clip)
    let epsilon = try Epsilon(DominatingGaussian.range(rho: rho, left: desk.budget.remaining().rho))
    let question = Question.worst(candidates: candidates.count + 1)
    try desk.charge(
      PrivacyEvent.exponentialMechanism(
        question: question.summary, candidates: candidates.count + 1, sensitivity: sensitivity,
        epsilon: epsilon), for: question, purpose: .selection)
    // The best of many gains by the noise of the choice alone: none starts with half as much.
    let none = clip / epsilon.value * log(Double(candidates.count))
    let scores = scores(of: candidates, clip: clip) + [none]
    let choice = try ExponentialMechanism.select(
      scores: scores, sensitivity: sensitivity, epsilon: epsilon, using: desk.random)
    guard
      case .choice(let index) = desk.answer(
        question, exact: .scores(scores), noisy: .choice(choice))
    else { preconditionFailure("an answer of another kind") }
    return index < candidates.count ? candidates[index] : nil
  }

  /// Returns the length of each candidate's sum, less its penalty.
  private func scores(of candidates: [ParentCandidate], clip: Double) -> [Double] {
    let (codes, attributes, groups) = (codes, attributes, rows.byPerson)
    let step = clip / Double(ClippedVector.sensitivity)
    return Concurrently.map(candidates) { candidate in
      let residuals = Residuals(
        parents: candidate.parents.map { codes[$0] },
        sizes: candidate.parents.map { attributes[$0].size }, own: codes[candidate.own],
        ownSize: attributes[candidate.own].size, expected: candidate.expected)
      let sum = residuals.sum(groups[attributes[candidate.own].table], clip: clip)
      let square = sum.reduce(UInt128(0)) { $0 + UInt128($1.magnitude) * UInt128($1.magnitude) }
      return Double(square).squareRoot() * step - candidate.penalty
    }
  }
}

/// The differences of rows from an expectation: one at the row's code, less the probability of each
/// code, in the block of the last parent's code.
private struct Residuals {
  let parents: [[UInt16]]
  let sizes: [Int]
  let own: [UInt16]
  let ownSize: Int
  let expected: [Double]

  /// Returns the whole-number sum over the people, each clipped.
  func sum(_ groups: RowGroups, clip: Double) -> [Int] {
    var sum = [Int](repeating: 0, count: (sizes.last ?? 1) * ownSize)
    var rows: [(block: Int, known: Int, code: Int)] = []
    var (blocks, vector): ([Int], [Double]) = ([], [])
    for person in 0..<groups.count {
      rows.removeAll(keepingCapacity: true)
      for row in groups[person] {
        guard let place = place(Int(row)), own[Int(row)] != PeopleCurator.skipped else { continue }
        rows.append((place.block, place.known, Int(own[Int(row)])))
      }
      guard !rows.isEmpty else { continue }
      rows.sort { $0 < $1 }
      blocks.removeAll(keepingCapacity: true)
      vector.removeAll(keepingCapacity: true)
      for (block, known, code) in rows {
        if blocks.last != block {
          blocks.append(block)
          vector.append(contentsOf: repeatElement(0, count: ownSize))
        }
        let start = (blocks.count - 1) * ownSize
        for other in 0..<ownSize { vector[start + other] -= expected[known * ownSize + other] }
        vector[start + code] += 1
      }
      let steps = ClippedVector.steps(of: vector, clip: clip)
      for (index, block) in blocks.enumerated() {
        for other in 0..<ownSize { sum[block * ownSize + other] += steps[index * ownSize + other] }
      }
    }
    return sum
  }

  /// Returns the last parent's code and the combination of the others'; nil if one does not count.
  private func place(_ row: Int) -> (block: Int, known: Int)? {
    var known = 0
    for parent in 0..<parents.count - 1 {
      let code = parents[parent][row]
      if code == PeopleCurator.skipped { return nil }
      known = known * sizes[parent] + Int(code)
    }
    guard let last = parents.last?[row], last != PeopleCurator.skipped else { return nil }
    return (Int(last), known)
  }
}
