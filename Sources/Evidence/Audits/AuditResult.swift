import Accounting
import Attacks
import Ledger

/// What an audit found: the lower bound that runs prove beside the upper bound that is claimed.
package struct AuditResult: Sendable, Codable {
  /// The audit's.
  package internal(set) var name = ""
  /// What was run, and on which neighbours.
  package internal(set) var summary = ""
  package internal(set) var method = Audit.Method.manyRuns
  /// The delta at which epsilons are compared: of those that the claim holds for, the one at which the runs come closest to it.
  package let delta: Double
  /// The epsilon that is proved to hold at `delta`.
  package let claimedEpsilon: Double
  /// The epsilon that the accountant charges at `delta`: never below the claimed one. Absent where it has none at that delta.
  package let chargedEpsilon: Double?
  /// The runs prove that epsilon is at least this at `delta`.
  package let empiricalEpsilon: Double
  /// The runs prove that delta is at least this at `claimedEpsilon`.
  package let empiricalDelta: Double
  /// Runs with and without the person together, those that chose the test included; 1 of an audit of one run.
  package let runs: Int
  /// Of an audit of one run.
  package let canaries: Int?
  /// On how many canaries a guess was ventured, and how many guesses were right.
  package let guesses: Int?
  package let correct: Int?
  /// The probability that this audit raises an alarm though the claim is kept.
  package let falseAlarm: Double
  package internal(set) var cpuSeconds = 0.0
  /// Sentences; empty where nothing is wrong.
  package internal(set) var failures: [String] = []

  /// The share of the claim that the runs prove: of its epsilon, or of its delta where its epsilon is zero.
  package var ratio: Double { claimedEpsilon > 0 ? empiricalEpsilon / claimedEpsilon : delta > 0 ? empiricalDelta / delta : 0 }

  /// The verdict of many runs.
  init(_ verdict: ManyRunAudit.Verdict, runs: Int, cost: PrivacyCost, falseAlarm: Double) {
    delta = verdict.pair.delta
    claimedEpsilon = verdict.pair.epsilon
    chargedEpsilon = Self.charged(cost, delta: verdict.pair.delta)
    empiricalEpsilon = verdict.epsilon
    empiricalDelta = verdict.delta
    self.runs = runs
    (canaries, guesses, correct) = (nil, nil, nil)
    self.falseAlarm = falseAlarm
    if verdict.isBreach { failures.append(crossing) }
  }

  /// The verdict of one run.
  init(_ verdict: OneRunAudit.Verdict, claim: PrivacyClaim.Pair, cost: PrivacyCost, falseAlarm: Double) {
    delta = claim.delta
    claimedEpsilon = claim.epsilon
    chargedEpsilon = Self.charged(cost, delta: claim.delta)
    empiricalEpsilon = verdict.epsilon
    empiricalDelta = 0
    runs = 1
    (canaries, guesses, correct) = (verdict.bound.canaries, verdict.bound.guesses, verdict.bound.correct)
    self.falseAlarm = falseAlarm
    if verdict.isBreach { failures = [crossing] }
  }

  private static func charged(_ cost: PrivacyCost, delta: Double) -> Double? {
    guard let delta = try? Delta(delta), delta.value > 0 else { return nil }
    return try? Accountant(spent: cost).epsilon(delta: delta).value
  }

  private var crossing: String {
    """
    The runs prove an epsilon of at least \(Self.short(empiricalEpsilon)) at delta \(Self.short(delta)), where \
    \(Self.short(claimedEpsilon)) is claimed. There is less noise than was paid for, or an answer that nobody paid for.
    """
  }

  private static func short(_ value: Double) -> String {
    value > 0 && value < 1e-3 ? "\(value)" : "\((value * 1000).rounded() / 1000)"
  }

  private enum CodingKeys: String, CodingKey {
    case name, summary, method, delta, claimedEpsilon, chargedEpsilon, empiricalEpsilon, empiricalDelta, runs, canaries, guesses, correct
    case falseAlarm, cpuSeconds, failures
  }
}
