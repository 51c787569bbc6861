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
    (candidates, weights, scores) = (positions.map { candidates[$0] }, positions.map { weights[$0] }, positions.map { scores[$0] })
  }

  mutating func remove(at position: Int) {
    candidates.remove(at: position)
    weights.remove(at: position)
    scores.remove(at: position)
  }
}
