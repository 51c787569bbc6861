import Foundation

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
      attacks.map { $0.finding(under: thresholds.highestRisk) } + membership.map { $0.finding(under: thresholds.highestMembershipRate) }
    if !copies.failures.isEmpty || findings.contains(.notMet) { return .notMet }
    return findings.contains(.saysNothing) ? .saysNothing : .met
  }
}

extension CopyCounts {
  fileprivate var failures: [String] {
    var failures: [String] = []
    if exactIsBeyondChance {
      failures.append("copies: \(exact) synthetic rows equal a row of the original; \(CopyCounts.explained(expectedFromControl)).")
    }
    if let asRead, asReadIsBeyondChance, !exactIsBeyondChance {
      failures.append(
        "copies: \(asRead) synthetic rows equal a row of the original as a person reads it, but for case, blanks or how numbers are "
          + "written; \(CopyCounts.explained(asReadExpectedFromControl)).")
    }
    if nearIsBeyondChance {
      failures.append(
        "near copies: \(near) synthetic rows nearly equal a row of the original; \(CopyCounts.explained(nearExpectedFromControl)).")
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
    case .notMet: return "\(name): \(finding.words): a leak is shown, and it is not shown to stay within the limit (\(bounds)); \(limit)."
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
    case .notMet: return "\(name): \(finding.words): the original's people are recognised (\(figures))."
    case .saysNothing:
      return "\(name): \(finding.words): nobody is shown to be recognised, but there are too few people to tell (\(figures))."
    }
  }
}

extension AttackReport {
  fileprivate static func figure(_ value: Double) -> String { String(format: "%.3f", value) }
}
