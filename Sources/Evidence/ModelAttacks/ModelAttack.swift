import Attacks
import EncryptedScoring
import Foundation
import Quality

/// Attacks a predictive model: whether it tells who was in its training table, and whether it tells
/// a cell of those who were better than of strangers.
///
/// What a model tells of strangers too is knowledge about people in general, which no privacy
/// protects. Only the gap between members and strangers is a leak.
package struct ModelAttack {
  private let card: Scorecard
  private let outcome: ModelOutcome
  private let original: URL
  private let control: URL
  private let inverted: String?
  /// Files of scores of both tables by any model, in whose place the card's own are not made.
  package var scores: (original: URL, control: URL)?

  /// - Parameters:
  ///   - inverted: a column with bins or categories that is guessed from all others; nil for none.
  package init(
    _ card: Scorecard, outcome: ModelOutcome, original: URL, control: URL,
    inverting inverted: String?
  ) {
    (self.card, self.outcome, self.original) = (card, outcome, original)
    (self.control, self.inverted) = (control, inverted)
  }

  /// The figures are measured on people and are not private.
  /// - Throws: ``ModelAttackFault``, `AttackError`, and the errors of tables and cards.
  package func run() throws -> ModelAttackReport {
    let members = try rows(original, "original", card: card, column: nil)
    let strangers = try rows(control, "control", card: card, column: nil)
    let area = try Membership.area(
      losses(members, scores?.original), losses(strangers, scores?.control))
    return ModelAttackReport(
      members: members.sums.count, strangers: strangers.sums.count, membership: area,
      inversion: try inverted.map { try inversion(of: $0) })
  }

  private func rows(_ file: URL, _ name: String, card: Scorecard, column: String?) throws
    -> AttackedRows
  {
    try AttackedRows(file, called: name, card: card, outcome: outcome, column: column)
  }

  private func losses(_ rows: AttackedRows, _ file: URL?) throws -> [Double] {
    guard let file else {
      return zip(rows.outcomes, rows.sums).compactMap { outcome, sum in
        outcome.map { ModelError(link: card.link, variance: 1).loss(of: $0, at: sum) }
      }
    }
    let scores = try AttackedRows.scores(file)
    guard scores.count == rows.outcomes.count else {
      throw ModelAttackFault.otherLength(
        file: file.lastPathComponent, expected: rows.outcomes.count, found: scores.count)
    }
    return zip(rows.outcomes, scores).compactMap { outcome, score in
      guard let outcome, let score else { return nil }
      guard outcome == 0 || outcome == 1, card.link == .logistic else {
        return (outcome - score) * (outcome - score)
      }
      let likelihood = outcome == 1 ? score : 1 - score
      return -log(min(max(likelihood, 1e-12), 1))
    }
  }

  // MARK: Inversion

  /// Guesses the column's entry of each row, by Bayes' rule over all entries, from the outcome and
  /// all other columns (Fredrikson et al. 2014). The attacker knows how frequent entries are and
  /// how large the model's errors are, among strangers.
  private func inversion(of name: String) throws -> ModelAttackReport.Inversion {
    guard let column = card.columns.first(where: { $0.layout.name == name }) else {
      throw ModelAttackFault.unknownColumn(name)
    }
    guard case .categories(let texts) = column.layout.shape, card.columns.count > 1 else {
      throw ModelAttackFault.notInvertible(name)
    }
    let others = try Scorecard(
      name: card.name, link: card.link, intercept: card.intercept,
      columns: card.columns.filter { $0.layout.name != name })
    let members = try rows(original, "original", card: others, column: name)
    let strangers = try rows(control, "control", card: others, column: name)
    let known = Dictionary(
      texts.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var frequencies = [Double](repeating: 0.5, count: texts.count)
    for cell in strangers.cells { if let entry = known[cell] { frequencies[entry] += 1 } }
    let error = ModelError(
      link: card.link,
      variance: ModelError.variance(strangers, link: card.link) { row in
        known[strangers.cells[row]].map { column.points[$0] } ?? column.otherwise ?? 0
      })
    func hits(_ rows: AttackedRows) -> [Bool] {
      rows.cells.indices.compactMap { row in
        guard let truth = known[rows.cells[row]], let outcome = rows.outcomes[row] else {
          return nil
        }
        let beliefs = texts.indices.map { entry in
          log(frequencies[entry])
            - error.loss(of: outcome, at: rows.sums[row] + column.points[entry])
        }
        return beliefs.indices.max { beliefs[$0] < beliefs[$1] } == truth
      }
    }
    let most = frequencies.indices.max { frequencies[$0] < frequencies[$1] }
    let guessed = strangers.cells.filter { known[$0] != nil }
    let usual = guessed.count { known[$0] == most }
    return ModelAttackReport.Inversion(
      column: name, members: ModelAttackReport.Share(hits(members)),
      strangers: ModelAttackReport.Share(hits(strangers)),
      mostFrequent: Double(usual) / Double(max(guessed.count, 1)))
  }
}

/// How surprising an outcome is to a model, up to a constant: minus the logarithm of its
/// likelihood.
struct ModelError {
  let link: Link
  /// The variance of a number's residuals, on the scale of the sum.
  let variance: Double

  func loss(of outcome: Double, at sum: Double) -> Double {
    switch link {
    case .identity: (outcome - sum) * (outcome - sum) / (2 * variance)
    case .square:
      (max(outcome, 0).squareRoot() - sum) * (max(outcome, 0).squareRoot() - sum) / (2 * variance)
    case .logistic: max(sum, 0) - outcome * sum + log1p(exp(-abs(sum)))
    case .exponential: exp(min(sum, 30)) - outcome * sum
    }
  }

  /// Returns the mean squared residual of a number; 1 for events and counts, whose likelihood has
  /// no such scale.
  static func variance(_ rows: AttackedRows, link: Link, points: (Int) -> Double) -> Double {
    guard link == .identity || link == .square else { return 1 }
    let squares = rows.outcomes.indices.compactMap { row in
      rows.outcomes[row].map {
        2 * ModelError(link: link, variance: 1).loss(of: $0, at: rows.sums[row] + points(row))
      }
    }
    return max(squares.reduce(0, +) / Double(max(squares.count, 1)), 1e-12)
  }
}

/// Membership by the size of the loss (Yeom et al. 2018).
enum Membership {
  /// Returns the chance that a member has the smaller loss of two, and its standard error if the
  /// model tells nothing.
  static func area(_ members: [Double], _ strangers: [Double]) -> ModelAttackReport.Area {
    let (first, second) = (Double(members.count), Double(strangers.count))
    return ModelAttackReport.Area(
      value: Scores.areaUnderCurve(
        (members + strangers).map(-),
        isPositive: members.map { _ in true } + strangers.map { _ in false }),
      error: ((first + second + 1) / (12 * max(first * second, 1))).squareRoot())
  }
}
