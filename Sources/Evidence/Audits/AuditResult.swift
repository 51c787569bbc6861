import Accounting
import Attacks
import Ledger

/// The result of an audit: the lower bound that the runs prove, beside the claimed upper bound.
package struct AuditResult: Sendable, Codable {
  /// The name of the audit.
  package internal(set) var name = ""
  /// The mechanism that ran, and the neighbouring tables it ran on.
  package internal(set) var summary = ""
  package internal(set) var method = Audit.Method.manyRuns
  /// The delta at which epsilons are compared. Among the deltas that the claim covers, the runs
  /// come closest to the claim at this one.
  package let delta: Double
  /// The epsilon that is proved to hold at `delta`.
  package let claimedEpsilon: Double
  /// The epsilon that the accountant charges at `delta`, never below the claimed one; nil if it has
  /// none at that delta.
  package let chargedEpsilon: Double?
  /// The lower bound on epsilon at `delta` that the runs prove.
  package let empiricalEpsilon: Double
  /// The lower bound on delta at `claimedEpsilon` that the runs prove.
  package let empiricalDelta: Double
  /// The number of runs with and without the person together, including those that chose the test;
  /// 1 for an audit of one run.
  package let runs: Int
  /// The number of canaries in an audit of one run.
  package let canaries: Int?
  /// The number of canaries for which a guess was made, and the number of correct guesses.
  package let guesses: Int?
  package let correct: Int?
  /// The probability that this audit raises an alarm although the claim is kept.
  package let falseAlarm: Double
  package internal(set) var cpuSeconds = 0.0
  /// Sentences that describe the failures; empty if nothing is wrong.
  package internal(set) var failures: [String] = []

  /// The share of the claimed epsilon that the runs prove, or of the claimed delta if the epsilon
  /// is zero.
  package var ratio: Double {
    claimedEpsilon > 0 ? empiricalEpsilon / claimedEpsilon : delta > 0 ? empiricalDelta / delta : 0
  }

  /// Creates a result from the verdict of many runs.
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

  /// Creates a result from the verdict of one run.
  init(
    _ verdict: OneRunAudit.Verdict, claim: PrivacyClaim.Pair, cost: PrivacyCost, falseAlarm: Double
  ) {
    delta = claim.delta
    claimedEpsilon = claim.epsilon
    chargedEpsilon = Self.charged(cost, delta: claim.delta)
    empiricalEpsilon = verdict.epsilon
    empiricalDelta = 0
    runs = 1
    (canaries, guesses, correct) = (
      verdict.bound.canaries, verdict.bound.guesses, verdict.bound.correct
    )
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
    case name, summary, method, delta, claimedEpsilon, chargedEpsilon, empiricalEpsilon,
      empiricalDelta, runs, canaries, guesses, correct
    case falseAlarm, cpuSeconds, failures
  }
}

/// The findings of a suite of audits, for people and for machines.
package struct AuditReport: Sendable, Codable {
  /// `pass`, or `fail` if any audit failed.
  package let verdict: String
  /// One sentence per failure, beginning with the audit's name.
  package let failures: [String]
  /// The probability that any audit raises an alarm although all claims are kept. Except with this
  /// probability, all lower bounds hold together.
  package let falseAlarm: Double
  package let audits: [AuditResult]

  package init(audits: [AuditResult], falseAlarm: Double) {
    failures = audits.flatMap { audit in audit.failures.map { "\(audit.name): \($0)" } }
    verdict = failures.isEmpty ? "pass" : "fail"
    self.falseAlarm = falseAlarm
    self.audits = audits
  }

  package var hasPassed: Bool { failures.isEmpty }

  /// Runs audits one after the other and splits the false-alarm probability evenly among them.
  /// - Parameters:
  ///   - runs: replaces each audit's usual number.
  ///   - progress: called with the current audit and the completed share of all audits; an error
  ///     thrown here ends the run.
  package static func run(
    _ audits: [Audit], falseAlarm: Double, runs: Int? = nil,
    progress: @escaping (String, Double) throws -> Void = { _, _ in }
  ) throws -> AuditReport {
    let share = 1 / Double(max(audits.count, 1))
    let results = try audits.enumerated().map { index, audit in
      try audit.run(
        AuditEffort(runs: runs ?? audit.usualRuns, falseAlarm: falseAlarm * share) { done in
          try progress(audit.name, (Double(index) + done) * share)
        })
    }
    return AuditReport(audits: results, falseAlarm: falseAlarm)
  }
}
