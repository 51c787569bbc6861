import Curation
import DomainLearning
import GraphicalModels
import Ledger

/// Compares candidates with a model, a few at a time: their expectations are never held together,
/// which in a wide table would take far more memory than the model.
struct CandidateScores {
  let context: FitContext
  let model: GraphicalModel

  /// The cells of the candidates compared at a time: 8 MB of expectations.
  private static let cellsAtOnce = 1 << 20
  /// The rows counted at a time, over all candidates: a fraction of a second between two steps.
  private static let rowsAtOnce = 1e8

  /// Returns the contest of these candidates. Left out are those whose expectation needs too large
  /// a table: a public rule, as the model is.
  ///
  /// - Parameters:
  ///   - coming: All cliques that may come in this contest or a later one.
  ///   - weight: The value of measuring a candidate.
  ///   - penalty: The noise of a cell, in rows.
  ///   - step: Called with the share done.
  func contest(
    of cliques: [Clique], among coming: [Clique], weight: (Clique) -> Double, penalty: Double,
    step: (Double) throws -> Void
  ) throws -> MarginalContest {
    var expectations = GraphicalModel.Expectations(of: model, cellLimit: context.mostCellsOnTheWay)
    var position = 0
    return try context.curator.contest(among: coming.map(\.attributes)) {
      try step(Double(position) / Double(max(cliques.count, 1)))
      var (part, cells): ([MarginalCandidate], Int) = ([], 0)
      let most = max(CandidateScores.rowsAtOnce / max(context.learned.total, 1), 1)
      while position < cliques.count, cells < CandidateScores.cellsAtOnce, Double(part.count) < most
      {
        defer { position += 1 }
        let clique = cliques[position]
        guard let expected = expectations.counts(of: clique) else { continue }
        cells += expected.count
        part.append(
          MarginalCandidate(
            attributes: clique.attributes, weight: weight(clique),
            penalty: penalty * Double(expected.count), expected: expected))
      }
      return part
    }
  }
}
