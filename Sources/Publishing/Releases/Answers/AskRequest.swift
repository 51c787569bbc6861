import Accounting
import Analyses
import Curation
import Foundation
import Ledger

/// A question of a researcher to the real table.
package struct AskRequest {
  /// The table of people that the release was made from, or a newer one of the same form.
  package var input: URL
  package var analysis: Analysis
  /// The release folder, or its `model.json`.
  package var release: URL
  /// The folder to create.
  package var output: URL
  package var epsilon: Epsilon
  package var delta = Delta(checked: 1e-9)
  package var ledger: URL
  /// The folder of the owner's keys, if it is not the one beside the ledger.
  package var keys: URL?
  /// The owner's statement about whose people the table holds.
  package var samePeopleAs: [String] = []
  package var hasOtherPeople = false
  /// A seed that makes the run repeatable and **not private**. The answer is marked so.
  package var seed: UInt64?
  /// Watches or replaces answers, for tests. The run is then not private.
  package var probe: (any CuratorProbe)?
  /// The clock of the answer.
  package var now: @Sendable () -> Date = { Date() }

  package init(
    input: URL, analysis: Analysis, release: URL, output: URL, epsilon: Epsilon, ledger: URL
  ) {
    (self.input, self.analysis, self.release, self.output) = (input, analysis, release, output)
    (self.epsilon, self.ledger) = (epsilon, ledger)
  }
}

/// The result of a question.
package struct AskSummary: Sendable {
  package let answer: AnswerDocument
  /// Whether the answer was stored and cost nothing.
  package let wasStored: Bool
  /// Sentences for the owner, such as a first grant. They never travel.
  package let ownerMessages: [String]
}
