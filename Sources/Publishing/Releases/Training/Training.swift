import Accounting
import Basics
import Curation
import Encoding
import EncryptedScoring
import Foundation
import Ledger
import Manifests
import Policies
import Prediction
import Reports
import Synthesis
import Tables

/// Makes a release of a predictive model: a table of people goes in; points, their errors and a
/// signed account of what they cost come out.
package enum Training {
  /// Reads, charges, trains and writes the release folder, which appears whole or not at all.
  /// - Throws: `PredictionFault`, `GateRefusal`, ``ReleaseError``, and the errors of tables,
  ///   schemas, mechanisms and the ledger. None depends on the contents of a row.
  package static func run(
    _ request: TrainingRequest, progress: (SynthesisProgress) throws -> Void = { _ in }
  ) throws -> TrainingSummary {
    let release = request.release
    try release.check()
    let folder = try ReleaseFolder(
      at: release.output, replaces: release.replacesOutput, rule: release.outputRule)
    if release.schemaFile != nil { _ = try request.task.view(of: release.schemaForPlan()) }
    let source = try release.readSource()
    let view = try request.task.view(of: source.schema)
    let promises = try request.promises(view)
    let account = try Account.open(
      release, table: source.table, blueprint: Blueprint(schema: source.schema),
      purpose: "train \(request.task.form.rawValue) --epsilon \(release.epsilon)",
      training: TrainingRequest.trainingDelta)
    let messages = source.ownerMessages + account.ownerMessages
    let learned: Trained
    do {
      learned = try train(
        request, on: source.consumeTable(), view: view, account: account, progress: progress)
      try account.session.close()
    } catch {
      // Settles to the charges made. If even that fails, the whole reservation stays counted.
      _ = try? account.session.close()
      throw error
    }
    return try publish(
      request, view, learned, account, promises: promises + account.promises, in: folder,
      messages: messages)
  }

  /// A model, and what was asked for it.
  private struct Trained {
    let model: PredictiveModel
    let events: [RecordedEvent]
    let spent: PrivacyCost
    let isPrivate: Bool
  }

  /// Puts all questions to the rows, which are gone afterwards.
  private static func train(
    _ request: TrainingRequest, on table: consuming SensitiveTable, view: PredictionView,
    account: Account, progress: (SynthesisProgress) throws -> Void
  ) throws -> Trained {
    let curator = request.release.curator(
      of: table, blueprint: try Blueprint(schema: view.schema), session: account.session)
    let model = try PredictionTraining(
      request.task, view: view, curator: curator, rho: account.rho,
      labelDelta: account.labelDelta, trainingDelta: account.trainingDelta
    ).run(epsilon: request.release.epsilon.value) { stage, fraction in
      switch stage {
      case .column(let name):
        try progress(SynthesisProgress(phase: .domain, fraction: fraction, detail: name))
      case .points:
        try progress(SynthesisProgress(phase: .training, fraction: fraction, detail: "points"))
      case .assessment:
        try progress(SynthesisProgress(phase: .training, fraction: 1, detail: "assessment"))
      }
    }
    return Trained(
      model: model, events: curator.events, spent: curator.spent, isPrivate: curator.isPrivate)
  }

  private static func publish(
    _ request: TrainingRequest, _ view: PredictionView, _ learned: Trained, _ account: Account,
    promises: [GateLine], in folder: ReleaseFolder, messages: [String]
  ) throws -> TrainingSummary {
    let columns = treatments(view, learned.model)
    var manifest = try Manifest(
      request: request.release, schema: view.schema,
      thing: ReleasedThing(
        engine: "prediction-\(request.task.form.rawValue)", columns: columns,
        unlearned: learned.model.leftOut.filter { $0.reason == .notLearned }.map(\.name), rows: 0,
        events: learned.events, spent: learned.spent, isPrivate: learned.isPrivate),
      account: account)
    manifest.gate = request.release.policy.map {
      GateRecord(
        $0, lines: promises, modelledColumns: columns.count(where: \.isModelled), scores: [])
    }
    let card = try learned.model.scorecard()
    // A score that does not fit an encrypted number would make the card useless.
    _ = try PublicCard(card)
    let report = ModelReport(manifest: manifest, model: learned.model)
    try folder.seal(
      [
        PendingArtefact(.scorecard) { try card.json() },
        PendingArtefact(.points) { Data(report.pointsFile.utf8) },
        PendingArtefact(.report) { Data(report.html().utf8) },
        PendingArtefact(.reportData) { try CanonicalJSON.lines(report) },
        PendingArtefact(.modelCard) { Data(report.card.utf8) },
      ], with: &manifest, signedBy: account.signingKey)
    try folder.publish()
    let isNoted = (try? account.session.notePublication()) != nil
    let note =
      "The ledger could not note that this release is out: the next one will name it as an attempt that was not published."
    return TrainingSummary(
      release: folder.destination, epsilon: manifest.guarantee.epsilon,
      delta: manifest.guarantee.delta, isPrivate: learned.isPrivate, model: learned.model,
      hazards: manifest.hazards.map(\.explanation), policy: request.release.policy?.policy.name,
      ownerMessages: messages + (isNoted ? [] : [note]))
  }

  private static func treatments(_ view: PredictionView, _ model: PredictiveModel)
    -> [ColumnTreatment]
  {
    view.schema.columns.map { column in
      let isTarget = column.name == model.target
      let points = model.columns.first { $0.name == column.name }
      let isUsed = isTarget || points != nil
      let left = model.leftOut.first { $0.name == column.name }
      let detail =
        isTarget
        ? "predicted"
        : points.map { NumberText.plural($0.lines.count, "line", "lines") + " of points" }
      return ColumnTreatment(
        name: column.name, type: column.type.schemaWord, treatment: isUsed ? .modelled : .dropped,
        provenance: isUsed ? Manifest.provenance(of: column, in: view.schema) : .notNeeded,
        detail: detail ?? left?.words ?? "left out", isTarget: isTarget,
        isUnlearned: left?.reason == .notLearned ? true : nil)
    }
  }
}

extension TrainingRequest {
  /// Returns the policy's lines, all of which are met without a look at the rows.
  /// - Throws: `GateRefusal`; `PredictionFault` for a policy that a model cannot be judged by.
  func promises(_ view: PredictionView) throws -> [GateLine] {
    guard let policy = release.policy?.policy else { return [] }
    let utility = policy.utility
    guard policy.attacks == nil, !policy.forbidsIdentifiers, utility.highestColumnDistance == nil,
      utility.highestPairDistance == nil, utility.lowestPrediction == nil
    else { throw PredictionFault.policyOnTables(policy.name) }
    let lines = Gate(policy: policy).promiseLines(
      release.facts(for: view.schema), schema: view.schema, judging: [])
    try Synthesis.refuse(lines, promises: [], release, charged: nil)
    return lines
  }
}
