import Attacks
import Basics
import Manifests
import Policies
import Tables

/// The checklist of a privacy officer, line by line: each is *met*, *not met*, *says nothing*
/// (``AttackFinding``) or *not assessed*, with the number that it rests on.
///
/// Sources: WP29 Opinion 05/2014; GDPR recital 26; HIPAA 45 CFR 164.514(b); CCPA 1798.140(m); NIST
/// SP 800-226 (2025); NIST SP 800-188 (2023); ISO/IEC 27559:2022; EMA policy 0070 and Health
/// Canada.
package struct EvidenceTable {
  let basis: EvidenceBasis

  package init(basis: EvidenceBasis) { self.basis = basis }

  package var lines: [EvidenceLine] {
    attackLines + lawLines + guaranteeLines + processLines + [europeanLimit]
  }

  /// The highest risk of re-identification that EMA and Health Canada accept.
  static let acceptedRisk = 0.09

  // MARK: Attacks

  private var attackLines: [EvidenceLine] {
    let source = "WP29 Opinion 05/2014"
    return [
      attack(source, "No person can be singled out", .singlingOut),
      attack(source, "Records of one person cannot be linked", .linkability),
      attack(
        source, "A value about one person cannot be inferred better than about strangers",
        .inference),
    ]
  }

  private func attack(_ source: String, _ requirement: String, _ kind: AttackKind) -> EvidenceLine {
    if let figures = basis.figures, let report = figures.attacks {
      let attacks = report.attacks.filter { AttackKind(attack: $0.name) == kind }
      guard let worst = attacks.max(by: { $0.risk.high < $1.risk.high }), report.hasComparison
      else {
        return EvidenceLine(
          source, requirement, .notAssessed, "No attack of this kind could be judged.")
      }
      return EvidenceLine(
        source, requirement, EvidenceLine.Status(Self.worst(attacks)),
        worst.attempts > 0
          ? "Worst of \(NumberText.plural(attacks.count, "attack", "attacks")): \(Gate.interval(worst.risk)) "
            + "more often than on strangers, in "
            + "\(NumberText.plural(worst.attempts, "attempt", "attempts")); "
            + "accepted are \(NumberText.percent(Self.acceptedRisk)) at the upper "
            + "end."
          : "There was nothing to attempt for ‘\(AttackWording.title(worst.name))’.")
    }
    guard let gate = basis.gate, let rules = gate.attackRules else {
      return EvidenceLine(
        source, requirement, .notAssessed, "No attack was judged. \(boundOnAttacks)")
    }
    if let attested = gate.attested.first(where: { $0.name == kind.rawValue }) {
      return EvidenceLine(
        source, requirement, rules.highestRisk <= Self.acceptedRisk ? .met : .notMet,
        "Attested by the owner under ‘\(gate.policy)’: \(attested.requirement)"
          + (rules.highestRisk <= Self.acceptedRisk
            ? "" : " Accepted are \(NumberText.percent(Self.acceptedRisk)).")
          + leftOut(rules, kind))
    }
    return EvidenceLine(
      source, requirement, .notAssessed,
      gate.assessedAfterwards?.contains { $0.name == kind.rawValue } == true
        ? "Attacks were judged after publication; the owner knows what came of them."
        : "The policy ‘\(gate.policy)’ leaves this attack out.")
  }

  private static func worst(_ attacks: [AttackResult]) -> AttackFinding {
    let findings = attacks.map { $0.finding(under: acceptedRisk) }
    return findings.contains(.notMet)
      ? .notMet : findings.contains(.saysNothing) ? .saysNothing : .met
  }

  private func leftOut(_ rules: Policy.AttackRules, _ kind: AttackKind) -> String {
    let names = rules.leavesOut.filter { AttackKind(attack: $0) == kind }.map {
      "‘\(AttackWording.title($0))’"
    }
    return names.isEmpty ? "" : " Left out by the policy: \(names.joined(separator: ", "))."
  }

  private var boundOnAttacks: String {
    basis.guarantee.isPrivate
      ? "Of any attack, \(basis.epsilon) bounds the change of the odds by \(basis.oddsFactor)\(exception)."
      : "A seeded run promises nothing."
  }

  /// The exception to the bound on the odds: with the chance δ it does not hold.
  private var exception: String {
    GuaranteeWording(basis.guarantee).exception.map { ", \($0)" } ?? ""
  }

  private var europeanLimit: EvidenceLine {
    let (source, requirement) = (
      "EMA policy 0070, Health Canada", "The risk of re-identification is at most 0.09"
    )
    if let report = basis.figures?.attacks, report.hasComparison,
      let highest = report.attacks.map(\.risk.high).max()
    {
      return EvidenceLine(
        source, requirement, EvidenceLine.Status(Self.worst(report.attacks)),
        "The highest upper end of all attacks is \(NumberText.decimal(highest, digits: 3)).")
    }
    if let gate = basis.gate, let rules = gate.attackRules, rules.judged == .beforePublication,
      rules.highestRisk <= Self.acceptedRisk
    {
      let judged =
        rules.leavesOut.isEmpty
        ? "the upper end of every attack is"
        : "the upper end of every attack that the policy judges is"
      return EvidenceLine(
        source, requirement, .met,
        "Attested by the owner under ‘\(gate.policy)’: \(judged) at most "
          + "\(NumberText.parameter(rules.highestRisk)).")
    }
    return EvidenceLine(source, requirement, .notAssessed, "No attack was judged by this limit.")
  }

  // MARK: Law

  private var lawLines: [EvidenceLine] {
    let replaced = basis.columns.count { $0.treatment == .replaced || $0.treatment == .dropped }
    let isTried = isTriedAndPassed
    return [
      EvidenceLine(
        "GDPR recital 26", "All means that are reasonably likely to be used were considered",
        !basis.guarantee.isPrivate || basis.guarantee.isHardlyAny
          ? .notMet : isTried ? .met : .notAssessed,
        (basis.guarantee.isPrivate
          ? "The guarantee holds whatever an attacker knows, as long as ciphers hold: odds change by at most "
            + "\(basis.oddsFactor)\(exception)."
          : boundOnAttacks)
          + (isTried
            ? " Attacks of \(basis.trial?.attacks.count ?? 0) kinds were made."
            : " No attack was judged.")),
      EvidenceLine(
        "HIPAA 164.514(b)(1)", "An expert found the risk very small, and documented it",
        .notAssessed,
        "For an expert to say. The methods are in manifest.json, the figures of attacks in the owner’s report."
      ),
      EvidenceLine(
        "HIPAA 164.514(b)(2)", "The eighteen identifiers of Safe Harbor are gone", .notAssessed,
        "\(NumberText.plural(replaced, "column", "columns")) of identifiers or prose \(replaced == 1 ? "was" : "were") replaced or left "
          + "out. Dates, places and ages over 89 were not checked against the list."),
      EvidenceLine(
        "CCPA 1798.140(m)",
        "There are measures, a public commitment not to re-identify, and contracts", .notAssessed,
        "For the organisation to say. The technical measure is differential privacy at \(basis.epsilon), δ = "
          + "\(NumberText.small(basis.guarantee.delta))."),
    ]
  }

  private var isTriedAndPassed: Bool {
    if let verdict = basis.figures?.verdict {
      return verdict.isPassed && !verdict.ownerLines.isEmpty
    }
    return basis.gate?.attackRules?.judged == .beforePublication
  }

  // MARK: Guarantee

  private var guaranteeLines: [EvidenceLine] {
    let source = "NIST SP 800-226"
    let guarantee = basis.guarantee
    let weakening: Set<Hazard> = [.largeEpsilon, .largeDelta, .rowUnit, .repeatedPersons]
    let isStrong = guarantee.isPrivate && weakening.isDisjoint(with: basis.hazards)
    let wording = GuaranteeWording(guarantee)
    let seen: String? =
      basis.hazards.contains(.inferredSchema)
      ? "; types and roles were inferred from the rows."
      : basis.hazards.contains(.observedFacts)
        ? "; what the schema says was seen in the rows, and nobody answers for it." : nil
    let rows = GuaranteeWording.maximumRows(guarantee.unit)
    func count(_ provenance: ColumnTreatment.Provenance) -> Int {
      basis.columns.count { $0.provenance == provenance }
    }
    return [
      EvidenceLine(
        source, "ε, δ and the unit of privacy are stated, and the promise is strong",
        isStrong ? .met : .notMet,
        "\(basis.epsilon), δ = \(NumberText.small(guarantee.delta)), for \(wording.unitTitle)"
          + (guarantee.isPrivate ? "." : "; but the run was seeded and promises nothing.")),
      EvidenceLine(
        source, "What one unit contributes is bounded", .met,
        guarantee.personBound == .norm
          ? "All rows of each person are used, and their counts are shortened to the length of \(NumberText.plural(rows, "row", "rows"))."
          : "At most \(NumberText.plural(rows, "row", "rows")) of each \(wording.unitNoun) \(rows == 1 ? "is" : "are") used."
      ),
      EvidenceLine(
        source, "Bounds and categories are public, or paid for", seen == nil ? .met : .notMet,
        "\(count(.declared)) declared, \(count(.learned)) learned and paid for" + (seen ?? ".")
          + (SchemaWording.origin(basis.review, basis.learning, beside: guarantee).map { " \($0)" }
            ?? "")),
      EvidenceLine(
        source, "The noise is safe from the gaps of floating point", .met,
        "Whole-number noise, drawn exactly; see docs/proofs of the software."),
      EvidenceLine(
        source, "The cost of all questions is added up", .met,
        "\(NumberText.plural(basis.questions, "question was", "questions were")) charged to a ledger before their noise was drawn; "
          + "understudy verify adds them up again."),
      EvidenceLine(
        source, "Side channels are closed, such as the time that a run takes", .notAssessed,
        "Timing is not hidden from who watches the run."),
      EvidenceLine(
        source, "How the data were exposed before, from their collection on, is known",
        .notAssessed, "For the organisation to say."),
    ]
  }

  // MARK: Process

  private var processLines: [EvidenceLine] {
    let count =
      basis.figures?.verdict?.lines.count ?? basis.gate.map { $0.lines.count + $0.attested.count }
    let policy = basis.gate?.policy ?? basis.figures?.verdict?.policy
    let failures = basis.figures?.verdict?.failures.count ?? 0
    return [
      EvidenceLine(
        "NIST SP 800-188", "There is a measurable standard for release",
        policy == nil ? .notAssessed : failures > 0 ? .notMet : .met,
        policy.map {
          "Policy ‘\($0)’: "
            + (failures > 0
              ? "\(failures) of \(count ?? 0) requirements not met."
              : "all \(count ?? 0) requirements met.")
        } ?? "No policy was given; `--policy` takes one."),
      EvidenceLine(
        "NIST SP 800-188", "A disclosure review board approved", .notAssessed,
        "For the organisation to say."),
      EvidenceLine(
        "ISO/IEC 27559", "Identifiability was tested by adversaries",
        basis.figures?.attacks != nil || isTriedAndPassed ? .met : .notAssessed,
        basis.trial.map { "Attacks of \($0.attacks.count) kinds. \($0.control)" }
          ?? "No attack was made."),
      EvidenceLine(
        "ISO/IEC 27559", "Context, governance and mitigation are documented", .notAssessed,
        "For the organisation to say."),
    ]
  }
}

extension GateRecord {
  /// The policy's rules on attacks; nil if it has none.
  package var attackRules: Policy.AttackRules? {
    (try? PolicyFile.parse(text, file: policy))?.attacks
  }
}
