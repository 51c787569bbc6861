/// An accepted weakness of a guarantee, stated in the manifest and in the report (NIST SP 800-226).
package enum Hazard: String, Sendable, Codable, CaseIterable {
  case inferredSchema = "inferred-schema"
  case observedFacts = "observed-facts"
  case seededRun = "seeded-run"
  case largeEpsilon = "large-epsilon"
  case rowUnit = "row-unit"
  case repeatedPersons = "repeated-persons"
  case largeDelta = "large-delta"
  case unlearnedColumns = "unlearned-columns"
  case gateDecision = "gate-decision"
  case otherPeople = "other-people"
  case strictPreparation = "strict-preparation"

  /// The meaning of the hazard, for the officer who has to answer for it.
  package var explanation: String {
    switch self {
    case .inferredSchema:
      "The types and roles of the columns, and whether cells may be missing, were inferred from the rows. Nobody paid for that look. "
        + "A schema file that the owner has read removes this hazard."
    case .observedFacts:
      "The schema says of itself that it was seen in the rows: types, digits, words, formats or bounds reach the release as they are, and "
        + "nobody paid for that look or has answered for it. It ends when the owner signs for what was seen, with one line: "
        + "`reviewed: {by: NAME, on: DATE}`."
    case .seededRun:
      "The noise came from a seed, so that it can be repeated and therefore removed. This release is NOT PRIVATE. Use it for tests only."
    case .repeatedPersons:
      "A column beside `unit: row` seems to name persons, and its values come back in several rows, or nobody has said that they do not. A "
        + "person with k rows is protected by k times this epsilon at best. Name the column in the schema, `unit: {person: COLUMN, "
        + "at most: ROWS}`; or declare that each row is a person of its own: `unit: {row: person}`."
    case .largeDelta:
      "Delta is above what a strong promise allows: one in a million, or one divided by the number of rows to the power 1.5 where that is "
        + "less. With a chance of up to delta the limit that epsilon sets does not hold at all."
    case .largeEpsilon:
      "Epsilon is above 5: the promise is weak for a person whose data differ from everybody else's."
    case .unlearnedColumns:
      "Of some columns nothing could be learned: there are too few rows for this epsilon. All their cells in the release are empty; "
        + "the list of columns says which. Declare their bounds or categories in the schema if they are public, or spend more."
    case .gateDecision:
      "Before it was published, the table was attacked with the help of the original's rows, and it would have been withheld had an attack "
        + "succeeded. Nobody paid for that decision. The promise holds for all that was asked of the rows up to then. It "
        + "does not cover that "
        + "the release was published, nor what it contains given that it was: a table that passes may be one that would "
        + "have been refused had "
        + "one person not been in the original. Each decision tells at most one bit, and no figure behind it travels. A policy that says "
        + "`judged: after publication` does not have this hazard."
    case .otherPeople:
      "Its owner declares that nobody in the table is in any other table that was released from with another budget, "
        + "among them tables that "
        + "may resemble it. Nobody checked that. For a person who is in several of them all the same, the losses add up beyond this "
        + "release's epsilon."
    case .strictPreparation:
      "The release was asked to fail if any row did not fit the schema. That you can read this says that all rows fit: a fact about every "
        + "row that nobody paid for. Without --strict rows that do not fit are fitted, each by itself, and nothing is told."
    case .rowUnit:
      "The promise covers one row. A person with several rows is protected less: name the column that says who in the schema."
    }
  }
}
