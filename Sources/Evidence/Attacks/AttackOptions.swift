/// Options for what to try, and how often.
package struct AttackOptions: Sendable {
  /// Queries of each singling-out attack, and columns in each multivariate query.
  package var queries = 10_000
  package var columnsPerQuery = 4
  /// The largest number of targets, from the original and from the control, for attacks by nearest
  /// neighbours. Copies are always looked for in the whole tables.
  package var targets = 10_000
  /// Synthetic rows that each half of a person is linked to.
  package var neighbours = 10
  /// The highest risk allowed. The worst is looked for among the inferences that the people at hand
  /// suffice to judge by it.
  package var limit = AttackThresholds().highestRisk
  /// Columns that no attack uses: identifiers and prose, which a release fills with fakes.
  package var ignoring: Set<String> = []
  /// The seed of the draws of queries and targets, and of nothing else.
  package var seed: UInt64 = 1

  package init() {}
}
