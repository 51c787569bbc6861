import Attacks
import Policies
import Testing

/// The lines of a gate that depend on attacks.
@Suite struct GateTests {
  private static func attack(
    _ name: String, value: Double, low: Double, high: Double, attempts: Int = 2000
  ) -> AttackResult {
    AttackResult(
      name: name, attempts: attempts, successes: attempts / 20, controlAttempts: 2000,
      controlSuccesses: 90, baselineAttempts: 2000,
      baselineSuccesses: 2, risk: RiskEstimate(value: value, low: low, high: high),
      smallestDetectable: 0.02)
  }

  private static func report(
    _ attacks: [AttackResult], membership: Double = 0,
    copies: (exact: Bool, near: Bool) = (false, false), controlRows: Int? = 900
  ) -> AttackReport {
    AttackReport(
      originalRows: 9000, syntheticRows: 9000, controlRows: controlRows, attacks: attacks,
      copies: CopyCounts(
        exact: 12, near: 40, expectedFromControl: 10, nearExpectedFromControl: 38,
        exactIsBeyondChance: copies.exact,
        nearIsBeyondChance: copies.near),
      membership: [
        MembershipResult(
          name: "membership-distance", members: 9000, nonMembers: 900, auc: 0.5,
          truePositiveRateAtThousandth: RiskEstimate(
            value: membership, low: membership, high: membership + 0.005))
      ])
  }

  private static let clean = ["singling-out-univariate", "linkability", "attribute-inference"].map {
    attack($0, value: 0.01, low: 0, high: 0.03)
  }

  static let reports: [(report: AttackReport, failing: [String: GateLine.Outcome])] = [
    (report(clean), [:]),
    (report(clean, membership: 0.02), ["attack membership-distance": .notMet]),
    (report(clean, membership: 0.0009), [:]),
    (report(clean, copies: (true, false)), ["copies-exact": .notMet]),
    (report(clean, copies: (false, true)), ["copies-near": .notMet]),
    (
      report(clean + [attack("linkability-b", value: 0.05, low: 0, high: 0.091)]),
      ["attack linkability-b": .saysNothing]
    ),
    (report(clean + [attack("linkability-b", value: 0.05, low: 0, high: 0.09)]), [:]),
    (
      report(clean + [attack("inference-worst", value: 0.05, low: 0, high: 0.2)]),
      ["attack inference-worst": .saysNothing]
    ),
    (
      report(clean + [attack("inference-worst", value: 0.05, low: 0.01, high: 0.2)]),
      ["attack inference-worst": .notMet]
    ),
    (
      report(clean + [attack("inference-worst", value: 0, low: 0, high: 1)]),
      ["attack inference-worst": .saysNothing]
    ),
    (
      report(clean + [attack("singling-out-b", value: 0, low: 0, high: 0, attempts: 0)]),
      ["attack singling-out-b": .saysNothing]
    ),
  ]

  /// Each fault is named, and the gate fails exactly the lines that the attacks themselves fail.
  @Test(arguments: reports.indices) func theGateAgreesWithTheAttacks(_ index: Int) {
    let (report, expected) = Self.reports[index]
    let gate = Gate(policy: Policy(.partners))
    let failures = gate.attackLines(report).filter { $0.outcome != .met }
    #expect(Dictionary(uniqueKeysWithValues: failures.map { ($0.name, $0.outcome) }) == expected)
    let sentences = report.failures(under: AttackThresholds())
    #expect(sentences.count == failures.count)
    #expect(
      report.finding()
        == (expected.values.contains(.notMet) ? .notMet : expected.isEmpty ? .met : .saysNothing))
    for line in failures {
      #expect(
        !line.remedy.isEmpty
          && line.sentence.contains(line.outcome == .saysNothing ? "says nothing:" : "found:"))
      #expect(
        line.outcome == .notMet
          || line.remedy.contains("leave out: [") && line.remedy.contains("--control"))
    }
    #expect(
      GateVerdict(policy: "p", publicLines: [], ownerLines: gate.attackLines(report)).isPassed
        == expected.isEmpty)
  }

  /// Attempts, rates on both sides, and the smallest risk that would have been detected: enough to
  /// recompute the power.
  @Test func aLineShowsItsPower() throws {
    let line = try #require(
      Gate(policy: Policy(.partners)).attackLines(Self.report(Self.clean)).first)
    for words in [
      "1 % (0 % to 3 %) more often", "right in 5 % of 2,000 attempts",
      "in 4.5 % of 2,000 on strangers", "2 % would have shown",
    ] {
      #expect(line.found.contains(words), "\(line.found)")
    }
    let membership = try #require(
      Gate(policy: Policy(.partners)).attackLines(Self.report(Self.clean)).first {
        $0.name.contains("membership")
      })
    #expect(membership.found.contains("of 9,000") && membership.found.contains("900 strangers"))
  }

  @Test func anAttackMayBeLeftOut() throws {
    let text =
      "version: 2\npolicy: p\nattacks:\n  leave out: [attribute-inference-worst, linkability]\n"
    let policy = try PolicyFile.parse(text, file: "p.yaml")
    let report = Self.report(
      [
        Self.clean[0], Self.clean[2],
        Self.attack("attribute-inference-worst", value: 0.5, low: 0.4, high: 0.6),
      ])
    let lines = Gate(policy: policy).evidenceLines(attacks: report, modelledColumns: 4, fault: nil)
    #expect(
      lines.allSatisfy { $0.outcome == .met }
        && !lines.contains { $0.name.contains("worst") || $0.name.contains("linkability") })
    let record = GateRecord(PolicyFile(.partners), lines: [], modelledColumns: 4)
    #expect(record.attested.count == 5 && record.assessedAfterwards == nil)
  }

  @Test func whatCouldNotBeAssessedFails() {
    let gate = Gate(policy: Policy(.partners))
    for report in [nil, Self.report(Self.clean, controlRows: nil)] {
      let lines = gate.attackLines(report)
      #expect(lines.map(\.outcome) == [.saysNothing])
      #expect(lines.allSatisfy { $0.sentence.contains("--control FILE") })
    }
    // A kind of attack that was promised and not made.
    let lines = gate.evidenceLines(
      attacks: Self.report([Self.clean[0], Self.clean[2]]), modelledColumns: 5, fault: nil)
    #expect(lines.filter { $0.outcome == .saysNothing }.map(\.name) == ["attack linkability"])
  }

  @Test func aPolicyMayAskForLess() {
    var policy = Policy(.partners)
    policy.attacks = nil
    #expect(
      Gate(policy: policy).evidenceLines(attacks: nil, modelledColumns: 3, fault: nil).isEmpty)
    policy.attacks = Policy(.partners).attacks
    policy.attacks?.forbidsCopies = false
    #expect(
      Gate(policy: policy).attackLines(Self.report(Self.clean, copies: (true, true))).allSatisfy {
        $0.outcome == .met
      })
  }
}
