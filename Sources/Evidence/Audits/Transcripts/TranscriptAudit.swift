import Accounting
import Attacks
import Curation
import Encoding
import Ledger
import Tables

/// An audit of anything that asks a curator, by an adversary who sees every noisy answer: more than
/// any release shows.
///
/// Each run is tested against the other table: the same code runs there with the same answers. The
/// exact answers under both and the recorded events give the likelihood ratio of all answers, the
/// best possible statistic. If the other table leads to another question, the questions depend on
/// rows, and the tables are told apart with certainty.
package struct TranscriptAudit: Sendable {
  /// The tables without and with the person.
  package var without: Table
  package var with: Table
  /// Models a table. An honest model does not look at the table.
  package var blueprint: @Sendable (Table) throws -> Blueprint
  /// The total cost that the answers may have.
  package var allotted: PrivacyCost
  package var claim: PrivacyClaim
  package var observes: Observation
  package var fault: PlantedFault
  /// Asks the questions.
  package var ask: @Sendable (Curator) throws -> Void

  /// The observations of an adversary.
  package enum Observation: Sendable {
    /// The likelihood ratios of all answers, under the noise that the events state.
    case likelihood
    /// The counts themselves, from which the audit learns a discriminant. It sees noise that is not
    /// as stated, such as noise used twice.
    case counts
  }

  package init(
    without: Table, with: Table, blueprint: Blueprint, allotted: PrivacyCost,
    claim: PrivacyClaim? = nil,
    observes: Observation = .likelihood, ask: @escaping @Sendable (Curator) throws -> Void
  ) {
    self.without = without
    self.with = with
    self.blueprint = { _ in blueprint }
    self.allotted = allotted
    self.claim = claim ?? PrivacyClaim(allotted)
    self.observes = observes
    self.fault = PlantedFault()
    self.ask = ask
  }

  /// The observations from one run.
  private struct Sight: Sendable {
    var numbers: [Double]
    var unpaid: Int
    var answers: Int
    var hasOverspent: Bool
    var hasDiverged: Bool
  }

  /// Runs on both tables and judges.
  package func run(_ effort: AuditEffort) throws -> AuditResult {
    let each = effort.runs
    let sights = try ParallelRuns.collect(2 * each, progress: effort.progress) { run, _ in
      try observe(isIn: run < each)
    }
    let verdict = ManyRunAudit(claim: claim, falseAlarm: effort.falseAlarm)
      .judge(with: sights[..<each].map(\.numbers), without: sights[each...].map(\.numbers))
    var result = AuditResult(
      verdict, runs: sights.count, cost: allotted, falseAlarm: effort.falseAlarm)
    // These do not depend on chance: an honest build never shows any of them.
    let (unpaid, answers) = sights.reduce((0, 0)) { ($0.0 + $1.unpaid, $0.1 + $1.answers) }
    if unpaid > 0 {
      result.failures.append(
        "\(unpaid) of \(answers) answers were given without a charge before them.")
    }
    let overspent = sights.count(where: \.hasOverspent)
    if overspent > 0 {
      result.failures.append(
        "\(overspent) of \(sights.count) runs were charged more than they were given.")
    }
    let diverged = sights.count(where: \.hasDiverged)
    if diverged > 0 {
      result.failures.append(
        "In \(diverged) of \(sights.count) runs what was asked depended on the rows, not only on earlier answers."
      )
    }
    return result
  }

  private func observe(isIn: Bool) throws -> Sight {
    let (mine, other) = isIn ? (with, without) : (without, with)
    let purse = Purse()
    let probe = TranscriptProbe(purse: purse, fault: fault.alteration?())
    let events = try self.events(
      on: mine, budget: fault.budget?(purse) ?? purse, seed: fault.seed, probe: probe)
    var sight = Sight(
      numbers: [], unpaid: probe.unpaid, answers: probe.exchanges.count,
      hasOverspent: Self.exceeds(purse.total, allotted), hasDiverged: false)
    switch observes {
    case .counts: sight.numbers = probe.exchanges.flatMap(\.noisy.counts)
    case .likelihood:
      let twin = TranscriptProbe(replaying: probe.exchanges)
      _ = try self.events(on: other, budget: Purse(), seed: 0, probe: twin)
      sight.hasDiverged = !twin.followed
      let ratios = probe.exchanges.logLikelihoodRatios(
        to: twin.followed ? twin.exchanges : [], events: events)
      sight.numbers = isIn ? ratios : ratios.map(-)
    }
    return sight
  }

  /// Returns whether the spent cost exceeds the allotted one. Costs add up with upward rounding, so
  /// a billionth is not overspending.
  private static func exceeds(_ spent: PrivacyCost, _ allotted: PrivacyCost) -> Bool {
    spent.rho.value > allotted.rho.value * (1 + 1e-9)
      || spent.delta.value > allotted.delta.value * (1 + 1e-9)
  }

  private func events(
    on table: Table, budget: any BudgetSession, seed: UInt64?, probe: TranscriptProbe
  ) throws -> [PrivacyEvent] {
    let curator = Curator(
      audited: SensitiveTable(table: table), blueprint: try blueprint(table), budget: budget,
      seed: seed, probe: probe)
    try ask(curator)
    return curator.events.map(\.event)
  }
}

extension Answer {
  /// The numbers of an answer that consists of counts.
  fileprivate var counts: [Double] {
    guard case .counts(let values) = self else { return [] }
    return values.map(Double.init)
  }
}
