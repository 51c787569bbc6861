import Accounting
import Foundation
import Ledger
import Policies
import Releases

/// An amount that the owner of the data adds to what releases may spend in total.
package struct BudgetGrant {
  package let epsilon: Epsilon
  package let delta: Delta
  /// Whether the owner accepts that hardly anything is promised at such a size.
  package var isAccepted = false
  /// The way to accept it, in the words of the door.
  package var acceptance = "set `isAccepted`"

  package init(epsilon: Epsilon, delta: Delta) { (self.epsilon, self.delta) = (epsilon, delta) }
}

/// The result of a grant.
package struct GrantedBudget {
  /// The name of the account.
  package let name: String
  package let report: BudgetReport
  /// Sentences for the owner on the people of the account.
  package let messages: [String]
}

extension BudgetBook {
  /// Grants to a table's people.
  /// - Parameter note: Called with a sentence for the owner, before anything is granted, if the
  ///   grant will be a part of its own.
  /// - Throws: ``LedgerError``; ``UnderstudyError`` if the owner must first accept the size.
  ///   Nothing is granted then.
  package func grant(
    _ grant: BudgetGrant, to dataset: Dataset, claim: PeopleClaim, note: (String) throws -> Void
  ) throws -> GrantedBudget {
    try check(
      grant, on: ledger.standing(of: dataset.fingerprint, claim: claim), receiver: "the dataset")
    let admission = try ledger.admit(dataset.fingerprint, name: dataset.file, claim: claim)
    let isWanted = { (account: LedgerReport.Account) in
      account.datasets.contains { $0.dataset == admission.dataset }
    }
    try noteAnswers(note, where: isWanted)
    try ledger.grant(
      admission.dataset, epsilon: grant.epsilon, delta: grant.delta, isAccepted: grant.isAccepted)
    return GrantedBudget(
      name: admission.account, report: try report(where: isWanted), messages: admission.messages)
  }

  /// Grants to a population. A new name makes one.
  package func grant(
    _ grant: BudgetGrant, toPeople population: String, note: (String) throws -> Void
  ) throws -> GrantedBudget {
    try check(
      grant, on: ledger.standing(claim: PeopleClaim(population: population)),
      receiver: "the population")
    let isWanted = { (account: LedgerReport.Account) in account.populations.contains(population) }
    try noteAnswers(note, where: isWanted)
    try ledger.grant(
      toPeople: population, epsilon: grant.epsilon, delta: grant.delta, isAccepted: grant.isAccepted
    )
    return GrantedBudget(name: population, report: try report(where: isWanted), messages: [])
  }

  /// Checks the total: grants add up, so many small ones are held to the same limit.
  private func check(_ grant: BudgetGrant, on standing: LedgerStanding, receiver: String) throws {
    let (epsilon, delta) = (
      standing.epsilon + grant.epsilon.value, standing.delta + grant.delta.value
    )
    guard PromiseLimits.needAcceptance(epsilon: epsilon, delta: delta), !grant.isAccepted else {
      return
    }
    throw UnderstudyError(
      "With this grant \(receiver) would have epsilon \(Numbers.short(epsilon)) and delta \(Numbers.short(delta)): beyond epsilon "
        + "\(Numbers.short(PromiseLimits.acceptedEpsilon)) or delta \(Numbers.short(PromiseLimits.acceptedDelta)) hardly anything is "
        + "promised. Nothing was granted.",
      remedy: "Grant less, or \(grant.acceptance) if you accept that. A grant cannot be taken back."
    )
  }

  private func noteAnswers(
    _ note: (String) throws -> Void, where isWanted: (LedgerReport.Account) -> Bool
  ) throws {
    guard try report(where: isWanted).accounts.contains(where: \.isAnswered) else { return }
    try note(
      "Answers were given since the last grant: this one adds what it allows by itself. What is granted together goes further."
    )
  }
}
