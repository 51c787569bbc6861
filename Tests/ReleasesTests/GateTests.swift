import Attacks
import Releases
import Testing

/// The lines of a gate that rest on attacks.
@Suite struct GateTests {
  private static func attack(
    _ name: String, value: Double, low: Double, high: Double, judgement: AttackJudgement = .upperBound
  ) -> AttackResult {
    AttackResult(
      name: name, attempts: 2000, successes: 100, controlAttempts: 2000, controlSuccesses: 90, baselineAttempts: 2000, baselineSuccesses: 2,
      risk: RiskEstimate(value: value, low: low, high: high), smallestDetectable: 0.02, judgement: judgement)
  }

  private static func report(
    _ attacks: [AttackResult], membership: Double = 0, copies: (exact: Bool, near: Bool) = (false, false), controlRows: Int? = 900
  ) -> AttackReport {
    AttackReport(
      originalRows: 9000, syntheticRows: 9000, controlRows: controlRows, attacks: attacks,
      copies: CopyCounts(
        exact: 12, near: 40, expectedFromControl: 10, nearExpectedFromControl: 38, exactIsBeyondChance: copies.exact,
        nearIsBeyondChance: copies.near),
      membership: [
        MembershipResult(
          name: "membership-distance", members: 9000, nonMembers: 900, auc: 0.5,
          truePositiveRateAtThousandth: RiskEstimate(value: membership, low: membership, high: membership + 0.01))
      ])
  }

  private static let clean = ["singling-out-univariate", "linkability", "attribute-inference"].map {
    attack($0, value: 0.01, low: 0, high: 0.03)
  }

  static let reports: [(AttackReport, Set<String>)] = [
    (report(clean), []),
    (report(clean, membership: 0.02), ["attack membership-distance"]),
    (report(clean, copies: (true, false)), ["copies-exact"]),
    (report(clean, copies: (false, true)), ["copies-near"]),
    (report(clean + [attack("linkability-b", value: 0.05, low: 0, high: 0.091)]), ["attack linkability-b"]),
    (report(clean + [attack("linkability-b", value: 0.05, low: 0, high: 0.09)]), []),
    (report(clean + [attack("inference-worst", value: 0.05, low: 0, high: 0.2, judgement: .shownLeak)]), []),
    (report(clean + [attack("inference-worst", value: 0.05, low: 0.01, high: 0.2, judgement: .shownLeak)]), ["attack inference-worst"]),
    (report(clean + [attack("inference", value: 0.5, low: 0.4, high: 0.6, judgement: .none)]), []),
  ]

  /// Each fault is named, and the gate fails exactly what the attacks themselves fail.
  @Test(arguments: reports.indices) func theGateAgreesWithTheAttacks(_ index: Int) {
    let (report, expected) = Self.reports[index]
    let gate = Gate(policy: Policy(.partners))
    let failures = gate.attackLines(report).filter { $0.outcome != .met }
    #expect(Set(failures.map(\.name)) == expected)
    #expect(report.failures(under: AttackThresholds()).count == failures.count)
    for line in failures {
      #expect(!line.remedy.isEmpty && line.sentence.contains("found:"))
    }
  }

  @Test func whatCouldNotBeAssessedFails() {
    let gate = Gate(policy: Policy(.partners))
    for report in [nil, Self.report(Self.clean, controlRows: nil)] {
      let lines = gate.attackLines(report)
      #expect(lines.map(\.outcome) == [.notAssessed])
      #expect(lines.allSatisfy { $0.sentence.contains("--control FILE") })
    }
    // A kind of attack that was promised and not made.
    let lines = gate.evidenceLines(
      attacks: Self.report([Self.clean[0], Self.clean[2]]), quality: nil, modelledColumns: 5, fault: nil)
    #expect(lines.filter { $0.outcome == .notAssessed }.map(\.name) == ["attack linkability", "utility"])
  }

  @Test func aPolicyMayAskForLess() {
    var policy = Policy(.partners)
    policy.attacks = nil
    (policy.utility.highestColumnDistance, policy.utility.highestPairDistance) = (nil, nil)
    #expect(Gate(policy: policy).evidenceLines(attacks: nil, quality: nil, modelledColumns: 3, fault: nil).isEmpty)
    policy.attacks = Policy(.partners).attacks
    policy.attacks?.forbidsCopies = false
    #expect(Gate(policy: policy).attackLines(Self.report(Self.clean, copies: (true, true))).allSatisfy { $0.outcome == .met })
  }
}
