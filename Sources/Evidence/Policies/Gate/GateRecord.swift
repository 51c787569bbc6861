import Attacks
import Basics

/// The manifest's record of the gate: the policy, the part of the verdict that anyone can check,
/// and the owner's attestations.
///
/// It contains no figure of an attack. If attacks were judged before publication, being published
/// says that they passed. That decision rests on the rows and was not paid for: the hazard
/// ``Hazard/gateDecision``.
package struct GateRecord: Sendable, Codable, Equatable {
  /// The policy's name.
  package let policy: String
  /// SHA-256 of ``text``, in hexadecimal.
  package let sha256: String
  /// The text of the policy file.
  package let text: String
  /// Requirements decided by facts that are public or were paid for. All are met.
  package let lines: [GateLine]
  /// Requirements that the owner attests. The measurements stay with the owner.
  package let attested: [Attestation]
  /// The closeness of the table, from answers that were paid for; nil if the policy limits no
  /// distance. New in format 4.
  package let scores: [PaidScore]?
  /// Requirements assessed after the release was published. Only the owner knows the outcome. New
  /// in format 4.
  package let assessedAfterwards: [Attestation]?

  /// A requirement that rests on figures that do not travel.
  package struct Attestation: Sendable, Codable, Equatable {
    /// The name for machines: `singling-out`, `copies`, `prediction`.
    package let name: String
    /// The requirement, in words.
    package let requirement: String
  }

  package init(
    _ file: PolicyFile, lines: [GateLine], modelledColumns: Int, scores: [PaidScore] = []
  ) {
    policy = file.policy.name
    sha256 = ContentDigest.sha256(of: file.text)
    text = file.text
    self.lines = lines
    self.scores = scores.isEmpty ? nil : scores
    let ofAttacks = Self.attestations(file.policy, modelledColumns: modelledColumns)
    attested = file.policy.decidesByRows ? ofAttacks : []
    let later = (file.policy.decidesByRows ? [] : ofAttacks) + Self.prediction(file.policy)
    assessedAfterwards = later.isEmpty ? nil : later
  }

  /// Returns the attestations, made from the policy and the schema alone.
  private static func attestations(_ policy: Policy, modelledColumns: Int) -> [Attestation] {
    guard let rules = policy.attacks else { return [] }
    let risk = NumberText.percent(rules.highestRisk)
    let rate = NumberText.percent(rules.highestMembershipRate)
    var attested = AttackKind.judged(rules, modelledColumns: modelledColumns).map { kind in
      Attestation(
        name: kind.rawValue,
        requirement: kind == .membership
          ? "\(kind.sentence) works for at most \(rate) of the people while one in 1,000 strangers is wrongly named, "
            + "at the upper end of the "
            + "95 % interval."
          : "\(kind.sentence) succeeds at most \(risk) more often on people of the table than on strangers, at the upper end of the 95 % "
            + "interval.")
    }
    if rules.forbidsCopies {
      attested.append(
        Attestation(
          name: "copies",
          requirement: "There are no more copies or near copies of rows than chance explains."))
    }
    return attested
  }

  private static func prediction(_ policy: Policy) -> [Attestation] {
    guard let least = policy.utility.lowestPrediction else { return [] }
    return [
      Attestation(
        name: "prediction",
        requirement:
          "At least \(NumberText.percent(least)) of what the original teaches about the target is kept, where there is a target."
      )
    ]
  }
}
