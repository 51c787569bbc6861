/// What is tried, and how often.
package struct AttackOptions: Sendable {
  /// Queries of each singling-out attack, and columns in each of the multivariate one.
  package var queries = 10_000
  package var columnsPerQuery = 4
  /// At most this many people of the original, and as many of the control, are the targets of the attacks by nearest neighbours.
  /// Copies are always looked for in the whole tables.
  package var targets = 10_000
  /// Synthetic rows that each half of a person is linked to.
  package var neighbours = 10
  /// The highest risk that is allowed: the worst is looked for among what the people at hand suffice to judge by it.
  package var limit = AttackThresholds().highestRisk
  /// Columns that no attack uses: identifiers and prose, which a release fills with fakes.
  package var ignoring: Set<String> = []
  /// Decides which queries and targets are drawn, and nothing else.
  package var seed: UInt64 = 1

  package init() {}
}
