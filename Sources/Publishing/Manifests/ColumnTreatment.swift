/// The treatment of one column.
package struct ColumnTreatment: Codable, Sendable, Equatable {
  package enum Treatment: String, Codable, Sendable {
    /// Its values were learned and are drawn from the model.
    case modelled
    /// Filled with fakes or a placeholder, which owe nothing to the original.
    case replaced
    /// Computed from other columns.
    case derived
    /// Left out of the release.
    case dropped
  }

  package enum Provenance: String, Codable, Sendable {
    /// The owner declared its bounds or categories as public knowledge.
    case declared
    /// Learned and paid for.
    case learned
    /// Seen in the rows, which nobody paid for.
    case inferred
    /// The owner's schema says that they were seen in the rows.
    case observed
    case notNeeded = "not-needed"
  }

  package var name: String
  /// `whole number`, `category`, `date`.
  package var type: String
  package var treatment: Treatment
  package var provenance: Provenance
  /// `18 bins and 2 common values, 17 to 90`; `9 categories; rarer ones became 'other'`.
  package var detail: String
  package var isTarget: Bool
  /// Whether nothing could be learned about it, so that all its cells are empty; nil means false.
  package var isUnlearned: Bool?

  package static let emptyWords = "nothing could be learned at this budget: every cell is empty"

  package var isEmpty: Bool { isUnlearned == true }
  /// Whether the column's values come from the model, or would if any had been learned.
  package var isModelled: Bool { treatment == .modelled || treatment == .derived }

  package init(
    name: String, type: String, treatment: Treatment, provenance: Provenance, detail: String = "",
    isTarget: Bool = false,
    isUnlearned: Bool? = nil
  ) {
    self.name = name
    self.type = type
    self.treatment = treatment
    self.provenance = provenance
    self.detail = detail
    self.isTarget = isTarget
    self.isUnlearned = isUnlearned
  }
}
