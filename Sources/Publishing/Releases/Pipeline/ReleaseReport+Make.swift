import Accounting
import Curation
import DomainLearning
import Encoding
import Foundation
import Ledger
import Manifests
import Quality
import Reports
import Synthesis
import Tables

extension ReleaseReport {
  /// Creates the report that travels, from public knowledge, paid-for results and the synthetic
  /// table itself.
  /// - Parameter files: of the release, in the order in which they are listed.
  init(
    manifest: Manifest, learned: Learned, synthetic: Table, blueprint: Blueprint,
    files: [ReleaseArtefact]
  ) {
    let forecast = ErrorForecast(
      learned.domain, blueprint: blueprint, events: learned.events, total: learned.model.total,
      length: learned.length)
    let expected = ExpectedError(
      forecast, rows: manifest.rows, unlearned: learned.unlearned)
    let modelled = Set(manifest.columns.filter { $0.isModelled && !$0.isEmpty }.map(\.name))
    let shown = TableSketch(
      of: Table(columns: synthetic.columns.filter { modelled.contains($0.name) }))
    let margins = BarMargins(forecast, rows: manifest.rows)
    let distributions =
      shown.distributions.map(margins.added)
      + ReleaseReport.emptyDistributions(of: learned.unlearned, in: synthetic)
    self.init(
      title: manifest.table, software: "\(manifest.software.name) \(manifest.software.version)",
      date: String(manifest.created.prefix(10)),
      guarantee: ReportGuarantee(manifest), rows: manifest.rows,
      hazards: manifest.hazards.map(\.reported),
      budget: ReleaseReport.budget(manifest), events: ReleaseReport.events(manifest),
      columns: manifest.columns,
      distributions: distributions, associations: shown.associations,
      cliques: ReleaseReport.cliques(learned),
      expectedError: expected, sigma: ReleaseReport.sigma(manifest), trial: manifest.trial,
      gate: manifest.gate,
      review: manifest.schema.reviewed, learning: manifest.schema.learned,
      attempts: manifest.attempts,
      evidence: EvidenceTable(basis: EvidenceBasis(manifest)).lines,
      sampleCommand: "understudy sample . --rows 10000 -o more.csv",
      verifyCommand: "understudy verify .",
      files: files.filter { $0 != .report }.map {
        ReleaseFile(name: $0.name, purpose: $0.purpose)
      },
      fitness: Fitness(
        expected, targets: manifest.columns.filter { $0.isTarget && !$0.isEmpty }.map(\.name)),
      declared: DeclaredFacts.of(blueprint.schema) + ReleaseReport.publicTables(manifest))
  }

  /// Returns the table that the owner declared public, as a fact beside those of the schema.
  private static func publicTables(_ manifest: Manifest) -> [DeclaredFacts] {
    manifest.publicTable.map {
      [
        DeclaredFacts(
          kind: "a public table, from whose relations the model starts", names: [$0.name])
      ]
    } ?? []
  }

  /// Returns the pictures of columns without a value, which one row shows as well as all.
  private static func emptyDistributions(of names: [String], in synthetic: Table)
    -> [ColumnDistribution]
  {
    let columns = synthetic.columns.filter { names.contains($0.name) }
    return columns.map {
      Column(name: $0.name, type: $0.type, cells: $0.cells.picking(Array(0..<min($0.count, 1))))
    }
    .flatMap { TableSketch(of: Table(columns: [$0])).distributions }
  }

  static func budget(_ manifest: Manifest) -> [BudgetShare] {
    // In a fixed order: a dictionary's order varies, and with it the last digit of the sum.
    let total = max(
      Purpose.allCases.reduce(0) { $0 + (manifest.spending.byPurpose[$1.rawValue] ?? 0) },
      .leastNonzeroMagnitude)
    return Purpose.allCases.compactMap { purpose in
      guard let rho = manifest.spending.byPurpose[purpose.rawValue], rho > 0 else { return nil }
      return BudgetShare(stage: purpose.title, share: rho / total, detail: purpose.explanation)
    }
  }

  /// Returns the noise on relations, or on single columns if no relation was measured: the mean of
  /// its standard deviations.
  private static func sigma(_ manifest: Manifest) -> Double? {
    for purpose in [Purpose.measurement, .oneWay] {
      let sigmas = manifest.events.compactMap { event -> Double? in
        guard event.purpose == purpose else { return nil }
        return event.event.varianceInRows(shortenedTo: manifest.guarantee.length)?.squareRoot()
      }
      if !sigmas.isEmpty { return sigmas.reduce(0, +) / Double(sigmas.count) }
    }
    return nil
  }

  /// Combines alike questions into one line.
  private static func events(_ manifest: Manifest) -> [BudgetEvent] {
    var events: [BudgetEvent] = []
    for event in manifest.events {
      let (question, mechanism) = (event.question.summary, event.event.mechanismName)
      if let last = events.last, last.question == question, last.mechanism == mechanism {
        events[events.count - 1].times += 1
        events[events.count - 1].rho = (last.rho ?? 0) + event.rho
      } else {
        events.append(BudgetEvent(question: question, mechanism: mechanism, rho: event.rho))
      }
    }
    return events
  }

  private static func cliques(_ learned: Learned) -> [SelectedClique] {
    let sizes = Dictionary(
      uniqueKeysWithValues: zip(
        learned.domain.domain.variables.map(\.name), learned.domain.domain.sizes))
    let unlearned = Set(learned.domain.unlearned.map { learned.domain.domain.variables[$0].name })
    return learned.events.compactMap { event in
      guard event.purpose == .measurement, let marginal = event.question.marginal(sizes: sizes),
        unlearned.isDisjoint(with: marginal.variables)
      else { return nil }
      let cells = marginal.sizes.reduce(1, *)
      return SelectedClique(
        columns: marginal.variables, cells: cells,
        expectedError: noiseError(
          cells: Double(cells), event.event, rows: learned.rows, length: learned.length))
    }
  }

  private static func noiseError(cells: Double, _ event: PrivacyEvent, rows: Int, length: Int?)
    -> Double?
  {
    guard let variance = event.varianceInRows(shortenedTo: length) else { return nil }
    return min(1, 0.5 * cells * (variance * 2 / .pi).squareRoot() / Double(max(rows, 1)))
  }
}

extension Purpose {
  fileprivate var title: String {
    switch self {
    case .domain: "Learning the domain"
    case .oneWay: "Each column alone"
    case .selection: "Choosing relations"
    case .measurement: "Measuring relations"
    case .training: "Training a network"
    case .judgement: "Judging the table"
    }
  }

  fileprivate var explanation: String {
    switch self {
    case .domain: "Bounds, bins and categories that nobody declared."
    case .oneWay: "The distribution of each column."
    case .selection: "Which columns' relations the model got most wrong."
    case .measurement: "Noisy counts of those relations."
    case .training: "Sums of clipped gradients over random samples, with noise."
    case .judgement: "How far the drawn table is from the rows, for the policy’s limits."
    }
  }
}

extension PrivacyEvent {
  fileprivate var mechanismName: String {
    switch self {
    case .discreteGaussian(_, _, let sigmaSquared):
      "discrete Gaussian, sigma \(rounded(sigmaSquared.roundedUp.squareRoot()))"
    case .discreteLaplace(_, _, let scale): "discrete Laplace, scale \(rounded(scale.roundedUp))"
    case .exponentialMechanism(_, _, _, let epsilon):
      "exponential mechanism, epsilon \(rounded(epsilon.value))"
    case .partitionSelection(_, _, let sigmaSquared, let threshold):
      "partition selection, sigma \(rounded(sigmaSquared.roundedUp.squareRoot())), threshold \(threshold)"
    case .noisyGradients(_, let rate, let sensitivity, let steps, _, _):
      "Gaussian, rounded down, sampling rate \(rounded(rate)), noise multiplier \(rounded(0x1p24 / Double(sensitivity))), \(steps) steps"
    case .composed(_, let events): "\(events.count) mechanisms"
    }
  }

  /// Rounds to three significant digits.
  private func rounded(_ value: Double) -> String { String(format: "%.3g", value) }
}
