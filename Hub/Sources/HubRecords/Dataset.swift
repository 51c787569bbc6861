/// A table of people, by reference: the table itself stays in its place.
package struct Dataset: Sendable, Codable, Equatable {
  package let id: String
  package let title: String
  package let summary: String
  /// The path of the table, for the worker alone.
  package let source: String
  /// The text of the reviewed schema.
  package let schema: String
  /// The conditions of use.
  package let conditions: [UseCondition]
  /// The agreement that everybody who joins a project accepts.
  package let agreement: String
  /// The ε of one unit of precision.
  package let unitEpsilon: Double
  package let owner: String
  /// The owner's words on conditions that need them, such as the disease, by code; nil in data sets
  /// that were registered before there were any.
  package var conditionNotes: [String: String]?
  /// Nil for a data set that no catalogue for programs lists.
  package var listing: Listing?

  package init(
    id: String, title: String, summary: String, source: String, schema: String,
    conditions: [UseCondition], agreement: String, unitEpsilon: Double, owner: String
  ) {
    (self.id, self.title, self.summary, self.source) = (id, title, summary, source)
    (self.schema, self.conditions, self.agreement) = (schema, conditions, agreement)
    (self.unitEpsilon, self.owner) = (unitEpsilon, owner)
  }
}

/// The rules of a data set for what goes through, and by whose decision.
package struct Policy: Sendable, Codable, Equatable {
  /// Counts from 1 for each data set.
  package var version: Int
  /// The officer who set it, who answers for what goes through unasked.
  package var officer: String
  /// Approvals that a request needs from privacy officers, at least 1.
  package var officers: Int
  /// Approvals that a request needs from output checkers.
  package var checkers: Int
  /// Units of precision up to which an analysis goes through unasked; 0 for none.
  package var automaticUnits: Int
  /// Whether a checker looks at every release and answer before its researchers do.
  package var checksOutput: Bool
  /// The days within which officers promise a decision.
  package var responseDays: Int

  package init(
    version: Int, officer: String, officers: Int, checkers: Int, automaticUnits: Int,
    checksOutput: Bool, responseDays: Int
  ) {
    (self.version, self.officer, self.officers, self.checkers) = (
      version, officer, officers, checkers
    )
    (self.automaticUnits, self.checksOutput, self.responseDays) = (
      automaticUnits, checksOutput, responseDays
    )
  }
}

/// The budget of a data set as the ledger last told it.
package struct Balance: Sendable, Codable, Equatable {
  package let grantedEpsilon: Double
  /// The largest ε that a further release or answer could have.
  package let furtherEpsilon: Double
  /// The number of the ledger's newest entry. A ledger that ends before it is an older copy.
  package let ledgerEntry: Int64

  package init(grantedEpsilon: Double, furtherEpsilon: Double, ledgerEntry: Int64) {
    (self.grantedEpsilon, self.furtherEpsilon) = (grantedEpsilon, furtherEpsilon)
    self.ledgerEntry = ledgerEntry
  }
}

/// A data set with its present policy and budget.
package struct DatasetRecord: Sendable, Equatable {
  package let dataset: Dataset
  package var policy: Policy?
  package var balance: Balance?
}
