import Accounting
import Curation
import Ledger

/// Records a curator's questions and answers, and can make it answer as another run did.
final class TranscriptProbe: CuratorProbe {
  private(set) var exchanges: [Exchange] = []
  /// Whether a question differed from the replayed run, which means that questions depend on more
  /// than the answers.
  private(set) var hasDiverged = false
  /// The number of answers without a prior charge.
  private(set) var unpaid = 0
  private let replayed: [Exchange]?
  private let purse: Purse?
  private let fault: PlantedFault.Alteration?

  init(
    replaying exchanges: [Exchange]? = nil, purse: Purse? = nil,
    fault: PlantedFault.Alteration? = nil
  ) {
    replayed = exchanges
    self.purse = purse
    self.fault = fault
  }

  func answer(to question: Question, exact: Answer, noisy: Answer) -> Answer {
    // The charge for this answer must be in the purse by now: as many charges as answers, including
    // this one.
    if let purse, purse.charges.count - exchanges.count + unpaid < 1 { unpaid += 1 }
    let answer = recorded(question) ?? fault?(question, exact, noisy) ?? noisy
    exchanges.append(Exchange(question: question, exact: exact, noisy: answer))
    return answer
  }

  private func recorded(_ question: Question) -> Answer? {
    guard let replayed else { return nil }
    guard !hasDiverged, exchanges.count < replayed.count,
      replayed[exchanges.count].question == question
    else {
      hasDiverged = true
      return nil
    }
    return replayed[exchanges.count].noisy
  }

  /// Whether the replayed run was followed to its end.
  var followed: Bool { !hasDiverged && exchanges.count == replayed?.count }
}

/// A budget without a limit that remembers its charges.
package final class Purse: BudgetSession {
  package private(set) var charges: [PrivacyEvent] = []

  package init() {}

  package func charge(_ event: PrivacyEvent) { charges.append(event) }

  var total: PrivacyCost { charges.reduce(PrivacyCost.zero) { $0 + $1.cost } }
}

/// A deliberate mistake, with which tests see the audits fail. It exists only if an audit runs on a
/// table that the program made itself: no release goes through here.
package struct PlantedFault: Sendable {
  /// Returns a broken mechanism's answer, given the exact and the noisy answer.
  package typealias Alteration = (_ question: Question, _ exact: Answer, _ noisy: Answer) -> Answer

  /// Makes a fresh alteration for each run.
  package var alteration: (@Sendable () -> Alteration)?
  /// The session between the curator and its budget.
  package var budget: (@Sendable (Purse) -> any BudgetSession)?
  /// The seed of a generator that is the same in every run.
  package var seed: UInt64?

  package init(
    alteration: (@Sendable () -> Alteration)? = nil,
    budget: (@Sendable (Purse) -> any BudgetSession)? = nil, seed: UInt64? = nil
  ) {
    self.alteration = alteration
    self.budget = budget
    self.seed = seed
  }
}
