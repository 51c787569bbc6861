import Accounting
import Curation
import Encoding
import Examples
import Foundation
import Ledger
import Prediction
import Quality
import Tables

/// The numbers of the story of the dosing model.
package struct DosingStorySettings: Sendable, Encodable {
  /// As many as two thirds and a third of the consortium's patients whose genotypes are known.
  package var members = 2_638
  package var strangers = 1_319
  /// Fresh tables of patients, each with models of its own.
  package var tables = 10
  package var epsilon = 1.0
  package var delta = 1e-9
  package var seed: UInt64 = 2026

  package init() {}
}

/// The genotypes that dosing models tell of the patients whom they were made from, and of others
/// (Fredrikson et al. 2014; docs/why-privacy.md).
package struct DosingStory: Sendable, Encodable {
  /// The models, and a guess without any.
  package enum Model: String, Sendable, Encodable, CaseIterable {
    case origin = "no model: the origin alone"
    case linear = "linear model, as published"
    case tree = "grown-out tree"
    case neighbour = "nearest patient"
    case privately = "linear model, private"
  }

  /// The mean over tables, and its standard error.
  package struct Figure: Sendable, Encodable {
    package let value: Double
    package let error: Double

    init(_ values: [Double]) {
      let mean = values.reduce(0, +) / Double(max(values.count, 1))
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      value = mean
      error = (squares / Double(max(values.count - 1, 1)) / Double(max(values.count, 1)))
        .squareRoot()
    }
  }

  /// The figures of one kind of model.
  package struct Finding: Sendable, Encodable {
    package let model: Model
    /// The share of people whose VKORC1 genotype is guessed.
    package let members: Figure
    package let strangers: Figure
    /// Members minus strangers.
    package let gap: Figure
    /// The chance that a member has the smaller error of two people; nil without a model.
    package let membership: Figure?
    /// The mean error of the dose of strangers, in milligrams a week; nil without a model.
    package let doseError: Figure?
  }

  package let settings: DosingStorySettings
  package let findings: [Finding]

  /// Tells the story of invented patients.
  /// - Throws: an error that `check` throws, and the errors of training.
  package init(_ settings: DosingStorySettings, check: () throws -> Void = {}) throws {
    let tables = (0..<settings.tables).map { table in
      let patients = DosingExample.patients(
        settings.members + settings.strangers,
        seed: settings.seed &+ UInt64(table) &* 1_000_003)
      return DosingTable(
        members: Array(patients[..<settings.members]),
        strangers: Array(patients[settings.members...]))
    }
    try self.init(settings, tables: tables, check: check)
  }

  /// Tells the story of the patients in some tables.
  package init(
    _ settings: DosingStorySettings, tables: [DosingTable], check: () throws -> Void = {}
  ) throws {
    self.settings = settings
    var trials = [Model: [DosingTrial]]()
    for table in tables {
      let attack = GenotypeAttack(table)
      for model in Model.allCases {
        try check()
        trials[model, default: []].append(try attack.trial(model, settings))
      }
    }
    findings = Model.allCases.map { model in Finding(model, trials[model] ?? []) }
  }

  package func finding(_ model: Model) -> Finding? { findings.first { $0.model == model } }

  /// The reasons why the story does not hold, a sentence each; empty if it does.
  package var failures: [String] {
    var failures: [String] = []
    if let tree = finding(.tree), tree.gap.value < 0.4 {
      failures.append("The grown-out tree does not betray its members.")
    }
    if let neighbour = finding(.neighbour), neighbour.gap.value < 0.3 {
      failures.append("The nearest patient does not betray its members.")
    }
    if let linear = finding(.linear), let origin = finding(.origin),
      linear.members.value > origin.members.value
    {
      failures.append("The published model tells more of genotypes than the origin does.")
    }
    guard let ours = finding(.privately), let linear = finding(.linear) else { return failures }
    if ours.gap.value > max(0.01, 2 * ours.gap.error) {
      failures.append("The private model tells more of members than of strangers.")
    }
    if let area = ours.membership, area.value > max(0.51, 0.5 + 2 * area.error) {
      failures.append("The private model tells who its members are.")
    }
    if let own = ours.doseError, let plain = linear.doseError, own.value > 1.05 * plain.value {
      failures.append("The private model is off by more than 5 % beyond the published one.")
    }
    return failures
  }

  package var holds: Bool { failures.isEmpty }
}

extension DosingStory.Finding {
  fileprivate init(_ model: DosingStory.Model, _ trials: [DosingTrial]) {
    self.model = model
    members = DosingStory.Figure(trials.map(\.members))
    strangers = DosingStory.Figure(trials.map(\.strangers))
    gap = DosingStory.Figure(trials.map { $0.members - $0.strangers })
    let (areas, errors) = (trials.compactMap(\.membership), trials.compactMap(\.doseError))
    membership = areas.isEmpty ? nil : DosingStory.Figure(areas)
    doseError = errors.isEmpty ? nil : DosingStory.Figure(errors)
  }
}

/// Patients whom models are made from, and others of the same kind.
package struct DosingTable: Sendable {
  package let members: [DosingPatient]
  package let strangers: [DosingPatient]

  package init(members: [DosingPatient], strangers: [DosingPatient]) {
    (self.members, self.strangers) = (members, strangers)
  }

  /// Trains a private model of the members, under a budget of its own: they are invented, or in a
  /// test.
  func trained(_ settings: DosingStorySettings) throws -> PredictiveModel {
    var schema = DosingExample.schema
    schema.approximateRows = members.count
    var task = PredictionTask(target: "dose")
    (task.form, task.takesRoot) = (.linear, true)
    let view = try task.view(of: schema)
    let delta = try Delta(settings.delta)
    let (labels, training) = (delta.share(0.4), delta.share(0.1))
    let rho = LedgerBalance.reservation(
      epsilon: settings.epsilon, delta: settings.delta, eventDelta: (labels + training).value)
    let curator = Curator(
      SensitiveTable(table: DosingExample.table(of: members)),
      blueprint: try Blueprint(schema: view.schema), budget: StoryBudget())
    return try PredictionTraining(
      task, view: view, curator: curator, rho: Rho(checked: rho), labelDelta: labels,
      trainingDelta: training
    ).run(epsilon: settings.epsilon) { _, _ in }
  }
}

/// The budget of invented people.
struct StoryBudget: BudgetSession {
  func charge(_ event: PrivacyEvent) {}
}
