/// A training run that cannot be answered privately. All cases are programming mistakes, and none
/// depends on a row.
package enum GradientError: Error, Hashable, Sendable {
  /// The network computes a row's factors differently beside other rows: one person more or fewer
  /// would change everyone's gradients.
  case rowsInfluenceEachOther
  /// Another question or run was started while a run has steps left. Its steps are charged and
  /// composed as one mechanism.
  case runIsOpen(stepsLeft: Int)
}

extension GradientError: CustomStringConvertible {
  /// The error as a sentence with its remedy.
  package var description: String {
    switch self {
    case .rowsInfluenceEachOther:
      "This network computes a row differently beside other rows, so that its gradients cannot be made private. Treat each row by itself, "
        + "with products whose order of summation is fixed."
    case .runIsOpen(let stepsLeft):
      "A training run is open, with \(stepsLeft) steps left, and the curator answers nothing else meanwhile. Take them first, or end it."
    }
  }
}

extension GradientError {
  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .rowsInfluenceEachOther: "gradient.rows-influence-each-other"
    case .runIsOpen: "gradient.run-is-open"
    }
  }
}
