import Attacks
import Basics
import Manifests
import Policies
import Tables

/// Says which attacks were made and which leaks would have been noticed, without any figure that
/// came from the rows and was not paid for.
struct TrialWording {
  let trial: Manifest.Trial?
  let gate: GateRecord?
  let attempts: Manifest.Attempts?
  let guarantee: ReportGuarantee
  /// The cost of the look at the rows that the schema rests on.
  let learning: LearningCost?

  var sentences: [String] { attacks + (gate?.scores == nil ? [] : [closeness]) + earlierAttempts }

  private var attacks: [String] {
    guard let trial else {
      return [
        "No attack was made on this release before it was published. The promise does not rest on attacks: it bounds them all, tried or "
          + "not."
      ]
    }
    let tried = Gate.list(
      trial.attacks.map { $0.sentence.prefix(1).lowercased() + $0.sentence.dropFirst() }, "and")
    guard let rules = gate?.attackRules, rules.judged == .beforePublication else {
      return [
        "The release was attacked when it was out: \(tried). \(trial.control)",
        "What came of it stays with the owner, and did not decide about publishing.",
      ]
    }
    return [
      "Before it was published, the release was attacked: \(tried). \(trial.control)",
      "It was published because every attack succeeded at most \(NumberText.percent(rules.highestRisk)) more often "
        + "on people of the table than "
        + "on strangers, at the upper end of its 95 % interval"
        + (rules.forbidsCopies ? ", and no more rows were copied than chance explains" : "")
        + ". An attack that could not have told so little from nothing would have kept it back too. The figures stay with the owner, who "
        + "attests the result.",
    ]
  }

  /// The guarantee of a decision that was paid for: `docs/proofs/gate-scores.md`.
  private var closeness: String {
    let (epsilon, delta) = (
      NumberText.parameter(guarantee.epsilon), NumberText.small(guarantee.delta)
    )
    let conditional = NumberText.small((1 + guarantee.oddsFactor) * guarantee.delta)
    let subject =
      gate?.attested.isEmpty == false ? "As far as that decided" : "That decided, and so"
    return
      "How close the table must be was judged by answers that were paid for. \(subject), whether it was published and all that it "
      + "contains are together within ε = \(epsilon) and δ = \(delta). To somebody to whom it is no news that it was published, what it "
      + "contains is within 2 ε = \(NumberText.parameter(2 * guarantee.epsilon)) and a δ of \(conditional) "
      + "divided by the chance of publication."
  }

  private var earlierAttempts: [String] {
    guard let attempts, attempts.count > 1 else { return [] }
    let earlier = attempts.count - 1
    return [
      "Since something of these people was last published, \(NumberText.plural(earlier, "other attempt", "other attempts")) "
        + (learning == nil ? "" : "(the look that the schema rests on may be among them) ")
        + "asked the rows and "
        + "\(earlier == 1 ? "was" : "were") not published, as far as the ledger knows. "
        + "That too can be seen. All of it together is within ε = "
        + "\(NumberText.parameter(attempts.epsilon)) at δ = \(NumberText.small(attempts.delta))."
    ]
  }
}

extension TrialWording {
  init(_ report: ReleaseReport) {
    self.init(
      trial: report.trial, gate: report.gate, attempts: report.attempts,
      guarantee: report.guarantee, learning: report.learning)
  }
}
