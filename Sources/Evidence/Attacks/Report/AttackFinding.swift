import Foundation

/// The finding of an attack under a limit: the one rule of gate, `understudy attack`, pages and
/// documents.
///
/// Only ``met`` passes. An attack that could not have shown anything does not clear a release.
package enum AttackFinding: String, Codable, Sendable {
  /// The upper end of the interval is at most the limit.
  case met
  /// The upper end is above the limit, and a leak is shown: the lower end is above chance.
  case notMet = "not-met"
  /// The upper end is above the limit and no leak is shown: there were too few people, or no
  /// attempts at all, to exclude one.
  case saysNothing = "says-nothing"

  package var words: String {
    switch self {
    case .met: "met"
    case .notMet: "not met"
    case .saysNothing: "says nothing"
    }
  }

  /// The rule in the words that pages and documents use.
  package static let rule =
    "Met: the upper end of the 95 % interval is at most the limit. Not met: it is above the limit, and a leak is shown, since the lower "
    + "end is above what chance gives. Says nothing: it is above the limit and no leak is shown, because too few people, or none, were "
    + "attacked or compared with. Only what is met passes."
}

extension RiskEstimate {
  /// Returns the finding. A limit of 1 asks for nothing.
  /// - Parameter chance: the rate of an attack that has learned nothing: 0 for a risk.
  func finding(under limit: Double, chance: Double, hasAttempts: Bool) -> AttackFinding {
    if limit >= 1 || (hasAttempts && high <= limit) { return .met }
    return hasAttempts && low > chance ? .notMet : .saysNothing
  }
}

extension AttackResult {
  /// Returns the finding under the highest risk allowed.
  package func finding(under highestRisk: Double) -> AttackFinding {
    risk.finding(under: highestRisk, chance: 0, hasAttempts: attempts > 0 && controlAttempts != 0)
  }
}

extension MembershipResult {
  /// Returns the finding under the highest share of people that may be named. Chance names as many
  /// people as strangers.
  package func finding(under highestRate: Double) -> AttackFinding {
    truePositiveRateAtThousandth.finding(
      under: highestRate, chance: Membership.falsePositiveRate,
      hasAttempts: members > 0 && nonMembers > 0)
  }
}

extension AttackReport {
  /// Whether there are people to compare with who were not in the original. Without them nothing is
  /// judged: knowledge about everyone cannot be told from leaks about the release's own people. The
  /// attack on sparse tables makes its own comparison.
  package var hasComparison: Bool {
    controlRows ?? 0 > 0 || attacks.map(\.name) == [LinkageAttack.name]
  }
}

extension AttackReport {
  /// Returns a sentence per failure, with the attack, its finding (``AttackFinding``), its figures
  /// and the limit. Empty if the release passes, or if nothing is judged because there is nobody to
  /// compare with.
  package func failures(under thresholds: AttackThresholds = AttackThresholds()) -> [String] {
    guard hasComparison else { return [] }
    return copies.failures + attacks.compactMap { $0.failure(under: thresholds.highestRisk) }
      + membership.compactMap { $0.failure(under: thresholds.highestMembershipRate) }
  }

  /// Returns the worst finding of attacks and copies.
  package func finding(under thresholds: AttackThresholds = AttackThresholds()) -> AttackFinding {
    let findings =
      attacks.map { $0.finding(under: thresholds.highestRisk) }
      + membership.map { $0.finding(under: thresholds.highestMembershipRate) }
    if !copies.failures.isEmpty || findings.contains(.notMet) { return .notMet }
    return findings.contains(.saysNothing) ? .saysNothing : .met
  }
}

extension CopyCounts {
  fileprivate var failures: [String] {
    var failures: [String] = []
    if exactIsBeyondChance {
      failures.append(
        "copies: \(exact) synthetic rows equal a row of the original; \(CopyCounts.explained(expectedFromControl))."
      )
    }
    if let asRead, asReadIsBeyondChance, !exactIsBeyondChance {
      failures.append(
        "copies: \(asRead) synthetic rows equal a row of the original as a person reads it, but for case, blanks or how numbers are "
          + "written; \(CopyCounts.explained(asReadExpectedFromControl)).")
    }
    if nearIsBeyondChance {
      failures.append(
        "near copies: \(near) synthetic rows nearly equal a row of the original; \(CopyCounts.explained(nearExpectedFromControl))."
      )
    }
    return failures
  }

  private static func explained(_ expected: Double?) -> String {
    guard let expected else { return "rows that copy nothing would coincide far less often" }
    return "the control's rate explains \(String(format: "%.1f", expected))"
  }
}

extension AttackResult {
  fileprivate func failure(under highest: Double) -> String? {
    let finding = finding(under: highest)
    let limit = "the limit is \(AttackReport.figure(highest))"
    switch finding {
    case .met: return nil
    case .notMet:
      return
        "\(name): \(finding.words): a leak is shown, and it is not shown to stay within the limit (\(bounds)); \(limit)."
    case .saysNothing:
      return attempts == 0
        ? "\(name): \(finding.words): there was nothing to attempt; \(limit)."
        : "\(name): \(finding.words): no leak is shown, but \(attempts) attempts are too few to exclude one (\(bounds)); \(limit)."
    }
  }

  private var bounds: String {
    "risk \(AttackReport.figure(risk.value)), interval \(AttackReport.figure(risk.low)) to \(AttackReport.figure(risk.high))"
  }
}

extension MembershipResult {
  fileprivate func failure(under highest: Double) -> String? {
    let (rate, finding) = (truePositiveRateAtThousandth, finding(under: highest))
    let figures =
      "\(AttackReport.figure(rate.value)) of \(members) people are named while one in a thousand of \(nonMembers) others is, "
      + "interval \(AttackReport.figure(rate.low)) to \(AttackReport.figure(rate.high)); the limit is \(AttackReport.figure(highest))"
    switch finding {
    case .met: return nil
    case .notMet:
      return "\(name): \(finding.words): the original's people are recognised (\(figures))."
    case .saysNothing:
      return
        "\(name): \(finding.words): nobody is shown to be recognised, but there are too few people to tell (\(figures))."
    }
  }
}

extension AttackReport {
  fileprivate static func figure(_ value: Double) -> String { String(format: "%.3f", value) }
}

/// The limits that a release must keep under attack to pass: part of every policy of the gate, and
/// of the verdict of `understudy attack`.
package struct AttackThresholds: Codable, Sendable, Equatable {
  /// The highest upper end of the 95 % interval of each attack's risk. EMA and Health Canada accept
  /// 0.09.
  package var highestRisk = 0.09
  /// The highest upper end of the 95 % interval of a membership attack's true positive rate at a
  /// false positive rate of one in a thousand.
  package var highestMembershipRate = 0.01

  package init() {}
}
