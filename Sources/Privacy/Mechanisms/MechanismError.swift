import Foundation

/// A question that a mechanism cannot answer privately.
package enum MechanismError: Error, Hashable, Sendable {
  /// The noise would be so wide that a draw might not fit in 64 bits.
  case noiseTooWide
  /// A budget of zero for a question that has a sensitivity.
  case noBudget
  /// A training run of this many steps that exceeds its budget, even with the largest noise.
  case tooManySteps(steps: Int)
  /// A sensitivity of zero: the answer is public and needs no mechanism.
  case nothingToProtect
  /// A choice among no candidates.
  case noCandidates
  /// A score that is infinite or not a number, by the candidate's position.
  case scoreNotFinite(candidate: Int)
  /// No threshold keeps the delta of a partition selection as small as asked.
  case deltaTooSmall(asked: Double)
  /// A bound on the rows of one privacy unit that is below 1 or too large to compute with.
  case rowsPerUnitOutOfRange(found: Int, maximum: Int)
  /// More rows than a count can hold: it would wrap, and one row would change it by more than one.
  case tooManyRows(maximum: Int)
}

extension MechanismError: LocalizedError, CustomStringConvertible {
  /// The error as a sentence with its remedy.
  package var description: String {
    switch self {
    case .noiseTooWide:
      "The budget for this question is so small that its noise does not fit in 64 bits. Give it a larger budget."
    case .noBudget:
      "This question was given a budget of zero. Give it a budget above zero, or do not ask it."
    case .tooManySteps(let steps):
      "A training run of \(steps) steps costs more than it was given, however much noise there is. Take fewer steps, or give it more."
    case .nothingToProtect:
      "This question has a sensitivity of zero. State how much one privacy unit can change its answer."
    case .noCandidates: "There is nothing to choose from. Offer at least one candidate."
    case .scoreNotFinite(let candidate):
      "The score of candidate \(candidate) is infinite or not a number. Scores must be finite."
    case .deltaTooSmall(let asked):
      "No threshold keeps delta at \(asked). Ask for a delta above zero, 1e-300 at the least."
    case .tooManyRows(let maximum):
      "The table has more than \(maximum) rows, which counts cannot hold. Split it."
    case .rowsPerUnitOutOfRange(let found, let maximum):
      "The bound on the rows of one privacy unit must lie between 1 and \(maximum). Found \(found)."
    }
  }

  /// The same sentence, for callers that only know `Error`.
  package var errorDescription: String? { description }
}

extension MechanismError {
  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .noiseTooWide: "noise.too-wide"
    case .noBudget: "noise.no-budget"
    case .tooManySteps: "noise.too-many-steps"
    case .nothingToProtect: "noise.nothing-to-protect"
    case .noCandidates: "noise.no-candidates"
    case .scoreNotFinite: "noise.score-not-finite"
    case .deltaTooSmall: "noise.delta-too-small"
    case .tooManyRows: "table.too-many-rows"
    case .rowsPerUnitOutOfRange: "unit.rows-out-of-range"
    }
  }
}
