import Accounting
import Attacks
import Curation
import DomainLearning
import Encoding
import Ledger
import Mechanisms
import Synthesis
import Tables

/// An audit of a whole synthesizer by one run. Every canary has its own declared category, and the
/// adversary looks at the noisy count of every cell that only this canary can fall into.
package struct CanaryAudit: Sendable {
  package let engine: Engine
  package let canaries: Int
  /// A planted mistake, for tests.
  package var fault = PlantedFault()

  private static let rho = Rho(checked: 0.15)
  /// Far below the probability of a false alarm divided by the number of canaries: a larger delta
  /// would hide any breach from one run.
  private static let delta = Delta(checked: 1e-12)
  private static let others = 500
  private static let parts = 4

  package init(engine: Engine, canaries: Int) {
    self.engine = engine
    self.canaries = canaries
  }

  package func run(_ effort: AuditEffort) throws -> AuditResult {
    var random = SecureRandom()
    let audit = OneRunAudit(canaries: canaries, using: &random)
    let blueprint = try Blueprint(schema: schema)
    let purse = Purse()
    let probe = TranscriptProbe(purse: purse, fault: fault.alteration?())
    let curator = Curator(
      audited: SensitiveTable(table: table(including: audit.included, others: Self.others)),
      blueprint: blueprint,
      budget: fault.budget?(purse) ?? purse, seed: fault.seed, probe: probe)
    try effort.progress(0)
    let learned = try engine.synthesizer.learn(
      from: curator, rho: Self.rho, labelDelta: .zero, options: SynthesisOptions()
    ) { progress in
      try effort.progress(
        progress.phase == .fitting ? 0.1 + 0.9 * progress.fraction : 0.1 * progress.fraction)
    }
    let scores = scores(
      probe.exchanges, events: curator.events.map(\.event), domain: learned.domain.domain)
    let claim = PrivacyClaim.Pair(
      epsilon: Accountant.epsilon(rho: Self.rho, delta: Self.delta).value, delta: Self.delta.value)
    var result = AuditResult(
      audit.verdict(scores: scores, claim: claim, falseAlarm: effort.falseAlarm), claim: claim,
      cost: PrivacyCost(rho: Self.rho),
      falseAlarm: effort.falseAlarm)
    if probe.unpaid > 0 {
      result.failures.append(
        "\(probe.unpaid) of \(probe.exchanges.count) answers were given without a charge before them."
      )
    }
    return result
  }

  // MARK: The table

  private var schema: Schema {
    Schema(
      name: "canaries",
      columns: [
        ColumnSchema(
          name: "code", type: .category,
          categories: .declared(["none"] + (0..<canaries).map { "canary \($0)" })),
        ColumnSchema(name: "part", type: .integer, bounds: .declared(0...Int64(Self.parts - 1))),
      ])
  }

  /// Returns a table of the chosen canaries, after rows that are not canaries.
  private func table(including included: [Int], others: Int) -> Table {
    let codes = [Int32](repeating: 0, count: others) + included.map { Int32($0 + 1) }
    let parts = (0..<others).map { Int64($0 % Self.parts) } + included.map(part)
    var dictionary = LabelDictionary()
    if case .declared(let labels) = schema.columns[0].categories {
      dictionary = LabelDictionary(labels)
    }
    return Table(columns: [
      schema.columns[0].filled(with: .labels(codes: codes, dictionary: dictionary)),
      schema.columns[1].filled(with: .ticks(parts)),
    ])
  }

  private func part(_ canary: Int) -> Int64 { Int64(canary % 7 % Self.parts) }

  // MARK: The adversary

  /// Returns the logarithm of each canary's likelihood ratio, in over out: its cells hold one row
  /// or none.
  private func scores(_ exchanges: [Exchange], events: [PrivacyEvent], domain: Domain) -> [Double] {
    let all = table(including: Array(0..<canaries), others: 0)
    let codes = zip(domain.codecs, all.columns).map { $0.encode($1.cells) }
    let names = domain.variables.map(\.name)
    var scores = [Double](repeating: 0, count: canaries)
    for (exchange, event) in zip(exchanges, events) {
      guard case .marginal(let variables) = exchange.question, variables.contains("code"),
        case .counts(let counts) = exchange.noisy,
        case .discreteGaussian(_, _, let sigmaSquared) = event
      else { continue }
      let attributes = variables.compactMap(names.firstIndex)
      for canary in scores.indices {
        let cell = attributes.reduce(0) { $0 * domain.sizes[$1] + codes[$1][canary] }
        scores[canary] += (2 * Double(counts[cell]) - 1) / (2 * sigmaSquared.roundedUp)
      }
    }
    return scores
  }
}
