/// What a manifest says of the gate: the policy, what of the verdict anybody can check, and what the owner attests.
///
/// No figure of an attack is in it. That the release was published at all says that it passed: one bit that came from the rows and was not
/// paid for, named as the hazard ``Hazard/gateDecision`` where the policy looks at rows.
public struct GateRecord: Sendable, Codable, Equatable {
  /// The policy's name.
  public let policy: String
  /// Of ``text``, in hexadecimal.
  public let sha256: String
  /// The policy's file.
  public let text: String
  /// Requirements that what is public decides, all met.
  public let lines: [GateLine]
  /// Requirements that the owner attests; what was measured stays with the owner.
  public let attested: [Attestation]

  /// A requirement that was met by figures that do not travel.
  public struct Attestation: Sendable, Codable, Equatable {
    /// For machines: `singling-out`, `copies`, `column-distance`.
    public let name: String
    /// In words.
    public let requirement: String
  }

  package init(_ file: PolicyFile, lines: [GateLine], modelledColumns: Int) {
    policy = file.policy.name
    sha256 = Fingerprints.sha256(of: file.text)
    text = file.text
    self.lines = lines
    attested = Self.attestations(file.policy, modelledColumns: modelledColumns)
  }

  /// Made of the policy and the schema alone.
  private static func attestations(_ policy: Policy, modelledColumns: Int) -> [Attestation] {
    var attested: [Attestation] = []
    if let rules = policy.attacks {
      let highest = ReportText.percent(rules.highestRisk)
      for kind in AttackKind.expected(modelledColumns: modelledColumns) {
        attested.append(
          Attestation(
            name: kind.rawValue,
            requirement: kind == .membership
              ? "\(kind.sentence) was not shown to work for more than \(ReportText.percent(rules.highestMembershipRate)) of the people "
                + "while one in 1,000 strangers is wrongly named."
              : "\(kind.sentence) was not shown to succeed more than \(highest) more often on people of the table than on strangers."))
      }
      if rules.forbidsCopies {
        attested.append(Attestation(name: "copies", requirement: "There are no more copies or near copies of rows than chance explains."))
      }
    }
    let floors = policy.utility
    if let highest = floors.highestColumnDistance {
      attested.append(
        Attestation(
          name: "column-distance",
          requirement: "The mean distance of columns from the original is at most \(ReportText.parameter(highest))."))
    }
    if let highest = floors.highestPairDistance {
      attested.append(
        Attestation(
          name: "pair-distance", requirement: "The mean distance of pairs from the original is at most \(ReportText.parameter(highest))."))
    }
    if let least = floors.lowestPrediction {
      attested.append(
        Attestation(
          name: "prediction",
          requirement:
            "At least \(ReportText.percent(least)) of what the original teaches about the target is kept, where there is a target."))
    }
    return attested
  }
}
