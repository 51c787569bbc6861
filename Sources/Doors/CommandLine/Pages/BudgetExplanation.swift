import Accounting
import Curation
import Foundation
import Ledger
import Understudy

/// Explains, in one sentence with the account's own figures, why epsilons in a ledger do not add up
/// like money.
package enum BudgetExplanation {
  package static func sentence(_ account: LedgerReport.Account) -> String {
    guard let used = account.usedEpsilon?.value else {
      return "The delta that was granted is used up, so that no epsilon is left, however small."
    }
    let granted = Numbers.short(account.grantedEpsilon.value)
    let left =
      account.furtherEpsilon.value > 0
      ? "a further release of epsilon \(Numbers.shortBelow(account.furtherEpsilon.value)) fits into the \(granted) granted"
      : "nothing further fits into the \(granted) granted"
    let parts = account.sessions.filter { $0.counted.rho.value > 0 }.compactMap {
      epsilon($0.counted.rho, account)
    }
    let sum = parts.reduce(0, +)
    let opening = "Noise adds up more slowly than the numbers do"
    guard parts.count > 1, sum > used else {
      return
        "\(opening), because each release brings noise of its own and what several reveal adds up by squares, as the sides of a right "
        + "angle do: epsilon \(Numbers.short(used)) is used, and \(left)."
    }
    let list =
      parts.count > 6
      ? "\(parts.count) releases" : parts.map { Numbers.short($0) }.joined(separator: " + ")
    return
      "\(opening), because each release brings noise of its own and what several reveal adds up by squares, as the sides of a right "
      + "angle do: \(list) would be \(Numbers.short(sum)), but together they come to epsilon \(Numbers.short(used)), and \(left)."
  }

  /// Returns the epsilon of a release by itself, at the part of the account's delta that events do
  /// not use.
  private static func epsilon(_ rho: Rho, _ account: LedgerReport.Account) -> Double? {
    let delta = account.grantedDelta.share(1 - LedgerBalance.eventShare)
    guard delta.value > 0 else { return nil }
    return GaussianCurve.epsilon(rho: rho, delta: delta).value
  }
}
