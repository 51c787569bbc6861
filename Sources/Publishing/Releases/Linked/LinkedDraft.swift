import Accounting
import Basics
import Curation
import Encoding
import Foundation
import GraphicalModels
import Ledger
import LinkedSynthesis
import LinkedTables
import Manifests
import MarginalSynthesis
import Mechanisms
import Policies
import Reports
import SchemaFiles
import Synthesis
import Tables

/// A release of linked tables that is paid for but not yet published.
struct LinkedDraft {
  let linked: LinkedRequest
  let plan: LinkedPlan
  let model: LinkedModel
  let account: Account
  /// The lines of the policy, which are all met.
  let promises: [GateLine]
  let folder: ReleaseFolder
  let events: [RecordedEvent]
  let spent: PrivacyCost
  let isPrivate: Bool

  private var schema: LinkedSchema { plan.schema }
  private var request: SynthesisRequest { linked.request }

  /// Writes the files, signs the manifest and moves the folder into its place.
  func publish(progress: (SynthesisProgress) throws -> Void) throws -> LinkedSummary {
    try progress(SynthesisProgress(phase: .sampling, fraction: 0, detail: ""))
    let learned = max(1, Int(model.person.fit.model.total.rounded()))
    let people = linked.people ?? min(learned, RowLimit.usual)
    let written = try LinkedTableWriter(
      plan: plan, model: model, seed: request.seed ?? SecureRandom().next()
    ).write(people: people) { folder.url($0) }
    try schema.copyPublicTables(from: request.input) { folder.url($0) }
    var manifest = try manifest(people: people)
    let report = LinkedReport(
      manifest, tables: LinkedReportTables(plan: plan, model: model, written: written).tables,
      files: files.map { ReleaseFile(name: $0.name, purpose: $0.purpose) })
    try folder.seal(
      schema.tables.map { .drawn(.linkedTable($0.file, isPublic: $0.isPublic)) } + [
        PendingArtefact(.linkedModel) {
          try CanonicalJSON.lines(
            LinkedModelFile(schema: schema, model: model, isPrivate: isPrivate))
        },
        PendingArtefact(.report) { Data(report.html().utf8) },
        PendingArtefact(.reportData) { try CanonicalJSON.lines(report) },
      ], with: &manifest, signedBy: account.signingKey)
    try folder.publish()
    let rows = Dictionary(
      written.map { ($0.described.name, $0.table.rowCount) },
      uniquingKeysWith: { first, _ in first })
    return LinkedSummary(
      release: folder.destination, epsilon: request.epsilon.value, delta: request.delta.value,
      isPrivate: isPrivate, people: people, rows: rows, unlearned: unlearned,
      hazards: manifest.hazards.map(\.explanation), ownerMessages: messages(people: learned))
  }

  private var files: [ReleaseArtefact] {
    schema.tables.map { .linkedTable($0.file, isPublic: $0.isPublic) }
      + ReleaseArtefact.ofLinkedTables
  }

  private func messages(people: Int) -> [String] {
    var messages = account.ownerMessages
    if LinkedBudget.isThin(people: Double(people), rho: account.rho) {
      messages.append(
        "There are few people for this budget: what one event says of the next is hardly kept. About "
          + "\(NumberText.count(LinkedBudget.fewPeople(rho: account.rho))) people, or a larger epsilon, would tell more."
      )
    }
    if (try? account.session.notePublication()) == nil {
      messages.append(
        "The ledger could not note that this release is out: the next one will name it as an attempt that was not published."
      )
    }
    return messages
  }

  /// The columns about which nothing was learned, with their tables.
  private var unlearned: [String] {
    let root = model.person.unlearned.map {
      "\(plan.tables[0].name).\(model.person.domain.variables[$0].name)"
    }
    return root
      + model.tables.flatMap { table in
        table.unlearned.map {
          "\(schema.tables[table.table].name).\(table.domain.variables[$0].name)"
        }
      }
  }

  private func manifest(people: Int) throws -> Manifest {
    let reserved = account.session.reservation
    let promised = schema.promised
    let loss = LossRecord(
      questions: events.map { ($0.question, $0.event) }, reserved: reserved,
      delta: request.delta.value, blueprint: try Blueprint(schema: promised))
    var manifest = Manifest(
      software: .current, signer: account.signingKey.signer, marks: try account.session.marks(),
      created: request.now().ISO8601Format(), table: schema.name, driver: nil,
      guarantee: Manifest.Guarantee(
        isPrivate: isPrivate, epsilon: request.epsilon.value, delta: request.delta.value,
        spent: spent, unit: promised.unit, eachRowIsAPerson: true, loss: loss),
      schema: Manifest.SchemaRecord(
        sha256: ContentDigest.sha256(of: schema.canonicalText), origin: "declared",
        text: SchemaFile.text(schema), reviewed: schema.review, learned: nil),
      engine: "linked", modelCells: request.options.modelCells ?? 0, columns: treatments,
      unlearned: unlearned,
      hazards: linked.hazards(
        schema, unlearned: unlearned, restsOnOtherPeople: account.restsOnOtherPeople),
      rows: people, events: Manifest.records(of: events, reserved: reserved), trial: nil,
      attempts: Manifest.Attempts(
        try account.session.attempts(), epsilon: request.epsilon.value,
        delta: request.delta.value, eventsDelta: spent.delta.value))
    manifest.format = Manifest.linkedFormat
    manifest.gate = request.policy.map {
      GateRecord($0, lines: promises, modelledColumns: treatments.count(where: \.isModelled))
    }
    return manifest
  }

  private var treatments: [ColumnTreatment] {
    schema.tables.flatMap { table -> [ColumnTreatment] in
      let own = schema.index(of: table.name).map(plan.plan) ?? plan.tables[0]
      return table.schema.columns.map { column in
        var (treatment, detail) = (ColumnTreatment.Treatment.replaced, "invented")
        if table.isPublic {
          (treatment, detail) = (.derived, "copied: the table is public")
        } else if column.role == .drop {
          (treatment, detail) = (.dropped, "left out")
        } else if schema.isStructural(ColumnPlace(table.name, column.name)) {
          detail = "fresh keys"
        } else if own.times.contains(where: { $0.column == column.name }) {
          (treatment, detail) = (.modelled, "the distance from another time of the person")
        } else if column.isModelled {
          (treatment, detail) = (.modelled, "")
        }
        return ColumnTreatment(
          name: "\(table.name).\(column.name)", type: column.type.schemaWord, treatment: treatment,
          provenance: treatment == .modelled ? .learned : .notNeeded, detail: detail)
      }
    }
  }
}
