import Foundation

extension AttackReport {
  /// What the release may not show and does: a sentence each, naming the attack, its figure and the limit. Empty where it passes.
  package func failures(under thresholds: AttackThresholds = AttackThresholds()) -> [String] {
    copies.failures + attacks.compactMap { $0.failure(under: thresholds.highestRisk) }
      + membership.compactMap { $0.failure(under: thresholds.highestMembershipRate) }
  }
}

extension CopyCounts {
  fileprivate var failures: [String] {
    var failures: [String] = []
    if exactIsBeyondChance {
      failures.append("copies: \(exact) synthetic rows equal a row of the original; \(CopyCounts.explained(expectedFromControl)).")
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
    let bounds = "risk \(AttackReport.figure(risk.value)), interval \(AttackReport.figure(risk.low)) to \(AttackReport.figure(risk.high))"
    let limit = "the limit is \(AttackReport.figure(highest))"
    switch judgement {
    case .none: return nil
    case .shownLeak:
      return risk.low > 0 && risk.high > highest ? "\(name): a leak is shown (\(bounds)) and may exceed the limit; \(limit)." : nil
    case .upperBound:
      guard risk.high > highest else { return nil }
      let advice = risk.low > 0 ? "" : " No leak is shown, but \(attempts) attempts are too few to exclude one."
      return "\(name): the upper bound exceeds the limit (\(bounds)); \(limit).\(advice)"
    }
  }
}

extension MembershipResult {
  fileprivate func failure(under highest: Double) -> String? {
    let rate = truePositiveRateAtThousandth
    guard rate.low > highest else { return nil }
    return "\(name): names \(AttackReport.figure(rate.value)) of the original's people (at least \(AttackReport.figure(rate.low))) while "
      + "one in a thousand others is wrongly named; the limit is \(AttackReport.figure(highest))."
  }
}

extension AttackReport {
  fileprivate static func figure(_ value: Double) -> String { String(format: "%.3f", value) }
}
