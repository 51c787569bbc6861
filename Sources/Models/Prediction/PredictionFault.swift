/// The reason why a model cannot be trained. None depends on a row: all follow from the request,
/// the schema, or answers that were paid for.
package enum PredictionFault: Error, Hashable, Sendable {
  case unknownTarget(String)
  case unknownIgnored(String)
  case notPredictable(String)
  case eventNeeded(String)
  case eventWithoutCategories(String)
  case rootOfNoNumber(String)
  case wrongForm(String, column: String, needsNumber: Bool)
  case noFeatures
  case policyOnTables(String)
  case tooManyRowsOfAUnit(Int, most: Int)
  /// The answers that were paid for tell nothing about the target.
  case targetNotLearned(String)
  /// The same of every other column.
  case nothingLearned
}

extension PredictionFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownTarget(let name):
      "Target: '\(name)' is not a column that can be modelled. Name one of the schema that is not an identifier, prose or dropped."
    case .unknownIgnored(let name):
      "Columns to leave out: there is no column '\(name)'. Name one of the table."
    case .notPredictable(let name):
      "Target: column '\(name)' is a date, a time or text, which no model predicts. Name a number, a flag or a category."
    case .eventNeeded(let name):
      "Target: column '\(name)' is a category. Say which of its labels counts as yes."
    case .eventWithoutCategories(let name):
      "Target: column '\(name)' is not a category, so that no label of it counts as yes. Leave the label out."
    case .rootOfNoNumber(let name):
      "Target: column '\(name)' is not a number, so that it has no square root. Leave the root out."
    case .wrongForm(let form, let column, let needsNumber):
      "Model: \(form) predicts \(needsNumber ? "a number" : "a flag or an event"), and column '\(column)' is "
        + "\(needsNumber ? "none" : "a number"). "
        + "Choose another kind of model, or another target."
    case .noFeatures:
      "The schema has no column besides the target that a model could look at. Check the roles and types of its columns."
    case .policyOnTables(let name):
      "The policy '\(name)' judges cells, attacks or distances of a table, and a model is not a table. Give one that says `any` for "
        + "identifiers, for attacks and for each line of utility."
    case .tooManyRowsOfAUnit(let rows, let most):
      "The schema allows \(rows) rows of a person, and training takes at most \(most). Lower `at most` in its unit."
    case .targetNotLearned(let name):
      "Nothing could be learned about the target '\(name)': there are too few rows for this epsilon. What was asked stays charged. "
        + "Declare its bounds in the schema if they are public, or spend more."
    case .nothingLearned:
      "Nothing could be learned about any column besides the target: there are too few rows for this epsilon. What was asked stays "
        + "charged. Declare bounds and categories in the schema if they are public, or spend more."
    }
  }
}

extension PredictionFault {
  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .unknownTarget: "train.unknown-target"
    case .unknownIgnored: "train.unknown-ignored"
    case .notPredictable: "train.not-predictable"
    case .eventNeeded: "train.event-needed"
    case .eventWithoutCategories: "train.event-without-categories"
    case .rootOfNoNumber: "train.root-of-no-number"
    case .wrongForm: "train.wrong-form"
    case .noFeatures: "train.no-features"
    case .policyOnTables: "train.policy-on-tables"
    case .tooManyRowsOfAUnit: "train.too-many-rows"
    case .targetNotLearned: "train.target-not-learned"
    case .nothingLearned: "train.nothing-learned"
    }
  }
}
