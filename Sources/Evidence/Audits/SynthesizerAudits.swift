import Accounting
import AdversarialSynthesis
import Attacks
import Curation
import DomainLearning
import Encoding
import Engines
import MarginalSynthesis
import Synthesis

/// Audits of whole synthesizers, from the search for the domain to the fitted model, as
/// `understudy synthesize` runs them.
package enum SynthesizerAudits {
  package static var all: [Audit] {
    Engine.ofMarginals.map { engine in
      Audit(
        name: engine.name, summary: summary, method: .manyRuns, usualRuns: 10_000,
        run: transcript(engine).run)
    }
      + [
        Audit(
          name: Engine.gem.name, summary: summary, method: .manyRuns, usualRuns: 10_000,
          run: gem.run)
      ]
      + Engine.ofMarginals.map { engine in
        Audit(
          name: "\(engine.name)-canaries",
          summary: "All answers of one synthesis of a table with canaries.", method: .oneRun,
          usualRuns: 2_000, mostRuns: mostCanaries
        ) { try CanaryAudit(engine: engine, canaries: $0.runs).run($0) }
      } + [
        Audit(
          name: "gan-canaries",
          summary:
            "All answers of one training of a generator and its critic, on a table with canaries.",
          method: .oneRun, usualRuns: 10_000, mostRuns: mostCanaries
        ) { try TrainingAudit(canaries: $0.runs).run($0) }
      ]
  }

  private static let summary =
    "All answers of a synthesis, a person with five rows, of which two are used, more or fewer."

  /// Each canary has its own category, and a column has at most 65,536 codes.
  private static let mostCanaries = 60_000

  /// Mu is one if all of it is spent on counts.
  private static let given = PrivacyCost(rho: Rho(checked: 0.5), delta: Delta(checked: 1e-3))

  /// Returns the part of the budget that an engine may spend: columns that are learned alone
  /// cost the search for the domain alone.
  private static func allotted(_ engine: Engine) -> PrivacyCost {
    guard !engine.synthesizer.budget.spendsRest else { return given }
    let columns = SimulatedPeople.blueprint.variables.count
    let budget = DomainBudget(
      total: given.rho, delta: given.delta, variables: columns, rows: 100, unitRows: 1)
    let once = DomainBudget.rowCount(total: given.rho) + budget.secondLook + budget.frequentTicks
    let rho = (0..<columns).reduce(once) { sum, _ in
      sum + budget.search + budget.crowding + budget.grain + budget.oneWay
    }
    return PrivacyCost(rho: rho, delta: given.delta)
  }

  /// Small, so that the size limit of the model matters too.
  private static let options = SynthesisOptions(modelCells: 40_000)

  /// Returns an audit of every answer that an engine of marginals is given.
  package static func transcript(_ engine: Engine) -> TranscriptAudit {
    transcript(allotted(engine)) { curator in
      _ = try engine.synthesizer.learn(
        from: curator, rho: given.rho, labelDelta: given.delta, options: options)
    }
  }

  /// An audit of every answer that the generator fitted to marginals is given. Its network is small
  /// and hardly trained. Its fit decides which marginals are chosen, and the questions must follow
  /// from the answers however well it learns.
  package static var gem: TranscriptAudit {
    transcript(given) { curator in
      let (learned, left) = try LearnedDomain.learn(
        from: curator, rho: given.rho, labelDelta: given.delta
      ) { _ in }
      let scale = GenerativeMechanism.Scale(
        shape: GeneratorShape(noiseWidth: 4, width: 8, isConditional: false), batchRows: 16)
      _ = try GenerativeMechanism(
        curator: curator, learned: learned, rho: left, seed: 1, steps: .init(round: 2, last: 10),
        scale: scale
      ).fit()
    }
  }

  private static func transcript(
    _ allotted: PrivacyCost, ask: @escaping @Sendable (Curator) throws -> Void
  ) -> TranscriptAudit {
    TranscriptAudit(
      without: SimulatedPeople.table(people: 100, withThePerson: false),
      with: SimulatedPeople.table(people: 100, withThePerson: true),
      blueprint: SimulatedPeople.blueprint, allotted: allotted, ask: ask)
  }
}
