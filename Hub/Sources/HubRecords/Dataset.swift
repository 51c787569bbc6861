/// A table of people, by reference: the table itself stays in its place.
package struct Dataset: Sendable, Codable, Equatable {
  package let id: String
  package private(set) var title: String
  package private(set) var summary: String
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
  /// Words by which a catalogue finds it; nil if its owner has named none.
  package var keywords: [String]?

  /// What its owner says of it to those who look for a data set, which may change at any time.
  package var words: DatasetWords {
    get {
      DatasetWords(title: title, summary: summary, keywords: keywords ?? [], listing: listing)
    }
    set {
      (title, summary, listing) = (newValue.title, newValue.summary, newValue.listing)
      keywords = newValue.keywords.isEmpty ? nil : newValue.keywords
    }
  }

  package init(
    id: String, title: String, summary: String, source: String, schema: String,
    conditions: [UseCondition], agreement: String, unitEpsilon: Double, owner: String
  ) {
    (self.id, self.title, self.summary, self.source) = (id, title, summary, source)
    (self.schema, self.conditions, self.agreement) = (schema, conditions, agreement)
    (self.unitEpsilon, self.owner) = (unitEpsilon, owner)
  }
}

/// The words on a data set in the catalogue. Table, schema, conditions, agreement and price stay
/// as projects have accepted them.
package struct DatasetWords: Sendable, Codable, Equatable {
  package var title: String
  package var summary: String
  package var keywords: [String]
  /// Nil for a data set that no catalogue for programs lists.
  package var listing: Listing?

  package init(title: String, summary: String, keywords: [String], listing: Listing?) {
    (self.title, self.summary, self.keywords, self.listing) = (title, summary, keywords, listing)
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
  /// The largest ε that a further release could have.
  package let furtherEpsilon: Double
  /// The largest ε that a further answer could have, which needs none of the δ that naming labels
  /// uses up; nil in entries of before.
  package let answerEpsilon: Double?
  /// The number of the ledger's newest entry. A ledger that ends before it is an older copy.
  package let ledgerEntry: Int64

  package init(
    grantedEpsilon: Double, furtherEpsilon: Double, answerEpsilon: Double?, ledgerEntry: Int64
  ) {
    (self.grantedEpsilon, self.furtherEpsilon) = (grantedEpsilon, furtherEpsilon)
    (self.answerEpsilon, self.ledgerEntry) = (answerEpsilon, ledgerEntry)
  }
}

/// A data set with its present policy and budget.
package struct DatasetRecord: Sendable, Equatable {
  package var dataset: Dataset
  package var policy: Policy?
  package var balance: Balance?
}
