import Accounting
import AdversarialSynthesis
import Attacks
import Curation
import DomainLearning
import Encoding
import Foundation
import Ledger
import Mechanisms
import NeuralNetworks
import Synthesis
import Tables

/// An audit by one run of the training of a generator and its critic, as
/// `understudy synthesize --engine gan` runs it, on a table in which every canary has its own
/// declared categories.
///
/// The adversary sees the noisy counts of all categories and the noisy sum of gradients of every
/// step (``CriticAdversary``). It also chose the critic's start: the start is public, and the
/// guarantee holds for any. Nearly all of the budget goes to the gradients and none to pairs of
/// columns, because counts have audits of their own.
package struct TrainingAudit: Sendable {
  package let canaries: Int
  /// A planted mistake, for tests.
  package var fault = PlantedFault()
  /// The budget for gradients.
  package var rho = Rho(checked: 0.14)
  /// The approximate share of the rows that a step samples; all of them from 1 on.
  package var samplingRate = 0.1

  /// The budget for the search for the domain, which counts declared categories and leaves half.
  private static let domainRho = Rho(checked: 0.02)
  /// Far below the probability of a false alarm divided by the number of canaries: a larger delta
  /// would hide any breach from one run.
  private static let delta = Delta(checked: 1e-12)
  /// The part of `delta` that the training leaves out.
  private static let tail = Delta(checked: 1e-13)
  private static let columns = ["code", "mark"]
  private static let others = 500
  /// The number of categories that nobody has.
  private static let spares = 32
  private static let steps = 100
  private static let criticWidth = 8

  package init(canaries: Int) { self.canaries = canaries }

  /// The information that one run gave away.
  package struct Sight: Sendable {
    package let audit: OneRunAudit
    /// The logarithm of each canary's likelihood ratio, in over out.
    package let scores: [Double]
    /// The total charge.
    package let spent: PrivacyCost
    let answers: Int
    let unpaid: Int
  }

  package func run(_ effort: AuditEffort) throws -> AuditResult {
    let sight = try observe(progress: effort.progress)
    let claim = PrivacyClaim.Pair(
      epsilon: try Accountant(spent: sight.spent).epsilon(delta: Self.delta).value,
      delta: Self.delta.value)
    var result = AuditResult(
      sight.audit.verdict(scores: sight.scores, claim: claim, falseAlarm: effort.falseAlarm),
      claim: claim, cost: sight.spent,
      falseAlarm: effort.falseAlarm)
    if sight.unpaid > 0 {
      result.failures.append(
        "\(sight.unpaid) of \(sight.answers) answers were given without a charge before them.")
    }
    return result
  }

  /// Tosses the coins, trains once and scores every canary.
  package func observe(progress: (Double) throws -> Void = { _ in }) throws -> Sight {
    var random = SecureRandom()
    let audit = OneRunAudit(canaries: canaries, using: &random)
    let purse = Purse()
    let probe = CriticProbe(purse: purse, fault: fault.alteration?())
    let curator = Curator(
      audited: SensitiveTable(table: table(including: audit.included, others: Self.others)),
      blueprint: try Blueprint(schema: schema),
      budget: fault.budget?(purse) ?? purse, seed: fault.seed, probe: probe)
    try progress(0)
    let learned = try LearnedDomain.learn(from: curator, rho: Self.domainRho, labelDelta: .zero) {
      _ in
    }.domain
    let training = PrivateTraining(
      curator: curator, learned: learned, rho: rho, delta: Self.tail, options: options,
      seed: random.next())
    let trainer = try training.trainer()
    chooseStart(of: trainer)
    let adversary = adversary(
      of: trainer, domain: learned.domain, event: curator.events.last?.event)
    probe.adversary = adversary
    try TrainingRun(trainer).run { try progress(Double($0.step) / Double($0.steps)) }
    let counts = scores(probe.transcript.exchanges, domain: learned.domain)
    return Sight(
      audit: audit, scores: zip(counts, adversary.scores).map { $0 + $1 }, spent: purse.total,
      answers: probe.answers,
      unpaid: probe.unpaid)
  }

  // MARK: The table

  private var schema: Schema {
    let labels =
      ["none"] + (0..<canaries).map { "canary \($0)" } + (0..<Self.spares).map { "nobody \($0)" }
    return Schema(
      name: "canaries",
      columns: Self.columns.map {
        ColumnSchema(name: $0, type: .category, categories: .declared(labels))
      })
  }

  /// Returns a table of the chosen canaries, after rows that are not canaries.
  private func table(including included: [Int], others: Int) -> Table {
    filled(with: [Int32](repeating: 0, count: others) + included.map { Int32($0 + 1) })
  }

  /// Returns a table whose rows have the same declared category in every column.
  private func filled(with codes: [Int32]) -> Table {
    var dictionary = LabelDictionary()
    if case .declared(let labels) = schema.columns[0].categories {
      dictionary = LabelDictionary(labels)
    }
    return Table(
      columns: schema.columns.map { $0.filled(with: .labels(codes: codes, dictionary: dictionary)) }
    )
  }

  // MARK: The training

  private var options: AdversarialOptions {
    var options = AdversarialOptions.withGuarantee
    options.steps = Self.steps
    options.criticSteps = 1
    options.criticWidth = Self.criticWidth
    options.sampledRows = Int((samplingRate * Double(Self.others + canaries / 2)).rounded(.up))
    // Counts of pairs would tell about categories, not about the training.
    options.pairShare = 0
    // The generator is post-processing and need not be good. Thousands of categories are too many
    // for a small batch's conditions.
    options.shape = GeneratorShape(noiseWidth: 16, width: 32, isConditional: false)
    options.batchRows = 64
    return options
  }

  /// Makes the first layer's weights small and those of the second larger by the same factor. The
  /// critic computes the same function, but the signal back to the first layer is larger, so that
  /// two thirds of a clipped gradient's square are in the weights of the row's own codes.
  private func chooseStart(of trainer: AdversarialTrainer) {
    let layers = Architecture.critic(heads: trainer.heads, width: trainer.options.criticWidth)
      .linearLayers
    let second = layers[0].parameterCount
    for place in 0..<second { trainer.critic.base[place] /= Self.startScale }
    for place in second..<second + layers[1].inputWidth * layers[1].outputWidth {
      trainer.critic.base[place] *= Self.startScale
    }
  }

  private static let startScale: Float = 16

  // MARK: The adversary

  private func adversary(of trainer: AdversarialTrainer, domain: Domain, event: PrivacyEvent?)
    -> CriticAdversary
  {
    guard case .noisyGradients(_, let rate, let sensitivity, _, _, _) = event else {
      preconditionFailure("a training run is charged before its first step")
    }
    let codes = codes(of: domain)
    let rows = codes[0].indices.map { place in
      codes.indices.map { Int(trainer.heads.starts[$0]) + codes[$0][place] }
    }
    return CriticAdversary(
      network: Architecture.critic(heads: trainer.heads, width: trainer.options.criticWidth),
      parameters: trainer.critic,
      ownRows: Array(rows[..<canaries]), spareRows: rows[canaries...].flatMap { $0 }, rate: rate,
      clip: Double(trainer.options.clip), sensitivity: Double(sensitivity))
  }

  /// Returns, for each column, the codes of the canaries' categories, then of those that nobody
  /// has.
  private func codes(of domain: Domain) -> [[Int]] {
    let all = filled(with: (0..<Int32(canaries + Self.spares)).map { $0 + 1 })
    return zip(domain.codecs, all.columns).map { codec, column in
      let codes = codec.encode(column.cells)
      return (0..<codes.count).map { Int(codes[$0]) }
    }
  }

  /// Returns the contribution of the noisy counts to the logarithm of each canary's likelihood
  /// ratio. The noise is measured on categories that nobody has.
  private func scores(_ exchanges: [Exchange], domain: Domain) -> [Double] {
    var scores = [Double](repeating: 0, count: canaries)
    let codes = codes(of: domain)
    for exchange in exchanges {
      guard case .marginal(let variables) = exchange.question, variables.count == 1,
        case .counts(let counts) = exchange.noisy,
        let column = Self.columns.firstIndex(of: variables[0])
      else { continue }
      let seen = codes[column].map { Double(counts[$0]) }
      let variance = max(0.01, seen[canaries...].reduce(0) { $0 + $1 * $1 } / Double(Self.spares))
      for canary in scores.indices { scores[canary] += (2 * seen[canary] - 1) / (2 * variance) }
    }
    return scores
  }
}
