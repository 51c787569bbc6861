import Basics
import Foundation
import Quality

/// Attribute inference (WP29 opinion 05/2014; Giomi et al. 2023): the guess is the secret of the
/// synthetic row that is nearest in the known columns.
///
/// Nobody has to name the known and the secret columns. `attribute-inference` seeks every column in
/// turn from all the others and counts all guesses together. Guesses about one person depend on one
/// another, so the interval is that of people, not of guesses. `attribute-inference-worst` is the
/// worst of a search over these and over random sets of known columns, ``WorstInference``.
package struct Inference {
  /// Random sets of known columns in the search, each of half the columns.
  private static let randomSets = 3

  private let space: RowSpace
  private let targets: InferenceTargets

  package init(space: RowSpace, targets: InferenceTargets) {
    (self.space, self.targets) = (space, targets)
  }

  private var tables: AttackTables { space.tables }

  /// - Parameters:
  ///   - original: the nearest rows with each column left out, for the original's targets.
  ///   - control: the same for the control's targets.
  ///   - limit: the highest risk allowed, which guides the search for the worst.
  func run(original: Neighbours, control: Neighbours?, limit: Double, seed: UInt64) -> (
    outcomes: [AttackOutcome], notes: [String]
  ) {
    guard tables.columns.count > 1 else { return ([], []) }
    var draw = Draw(seed: seed)
    let single = trials(original: original, control: control)
    let outcome = pooled(single, &draw)
    guard tables.hasControl else { return ([outcome], []) }
    let worst = WorstInference(
      trials: single + randomTrials(&draw), tables: tables, targets: targets, limit: limit)
    return ([outcome] + (worst.outcome.map { [$0] } ?? []), worst.notes)
  }

  /// Seeks every column from all others, in the order of the space.
  package func trials(original: Neighbours, control: Neighbours?) -> [InferenceTrial] {
    let width = space.columns.count
    @Sendable func guesses(_ found: Neighbours?, _ column: Int) -> [Int32] {
      guard let found else { return [] }
      return stride(from: column, to: found.rowsWithout.count, by: width).map {
        found.rowsWithout[$0]
      }
    }
    let everything = Set(space.columns)
    return Concurrently.map(width) { place in
      InferenceTrial(
        secret: space.columns[place], known: everything.subtracting([space.columns[place]]),
        tables: tables, targets: targets,
        guesses: (guesses(original, place), guesses(control, place)))
    }
  }

  /// Counts together all columns sought in turn.
  private func pooled(_ trials: [InferenceTrial], _ draw: inout Draw) -> AttackOutcome {
    let sums = targets.original.indices.map { target in trials.count { $0.original[target] } }
    let controlSums = targets.control.indices.map { target in trials.count { $0.control[target] } }
    var outcome = AttackOutcome(
      name: "attribute-inference", attempts: sums.count * trials.count, successes: sums.reduce(0, +)
    )
    outcome.widening = max(
      Inference.designEffect(sums, trials.count), Inference.designEffect(controlSums, trials.count)
    ).squareRoot()
    if tables.hasControl {
      outcome.setControl(attempts: controlSums.count * trials.count, raw: controlSums.reduce(0, +))
    }
    outcome.baselineAttempts = outcome.attempts
    outcome.baselineSuccesses = trials.reduce(0) {
      $0 + targets.randomGuesses($1.secret, tables, &draw)
    }
    outcome.detail =
      "each of \(trials.count) columns sought from all others, of \(sums.count) people"
    return outcome
  }

  /// Returns the variance of the mean over people, in units of that of independent guesses.
  private static func designEffect(_ sums: [Int], _ trials: Int) -> Double {
    guard sums.count > 1 else { return 1 }
    let (count, width) = (Double(sums.count), Double(trials))
    let mean = sums.reduce(0) { $0 + Double($1) } / count
    let variance = sums.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / (count - 1)
    let rate = mean / width
    let independent = width * rate * (1 - rate)
    return independent > 0 ? max(variance / independent, 1 / width) : 1
  }

  /// Seeks every column outside a random half from that half.
  private func randomTrials(_ draw: inout Draw) -> [InferenceTrial] {
    let width = space.columns.count
    guard width > 3 else { return [] }
    return (0..<Inference.randomSets).flatMap { _ -> [InferenceTrial] in
      let known = Set(draw.choose(width / 2, of: width).map { space.columns[$0] })
      let part = space.only(known)
      let search = NeighbourSearch(matrix: RowMatrix(part, side: .synthetic))
      let found = [(AttackTables.Side.original, targets.original), (.control, targets.control)].map
      { side, rows in
        search.nearest(1, to: QueryRows(part, side: side, rows: rows)).rows
      }
      let secrets = space.columns.filter { !known.contains($0) }
      return Concurrently.map(secrets.count) {
        InferenceTrial(
          secret: secrets[$0], known: known, tables: tables, targets: targets,
          guesses: (found[0], found[1]))
      }
    }
  }
}
