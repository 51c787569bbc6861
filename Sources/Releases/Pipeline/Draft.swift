import Attacks
import DomainLearning
import Foundation
import MarginalSynthesis
import Privacy
import Tables

/// A release that has been learned and is not yet published: drawn, put to its trial, judged, and then published or refused.
struct Draft {
  let request: SynthesisRequest
  let schema: Schema
  let learned: Learned
  let account: Account
  /// Lines of the policy that were met before any row was asked.
  let promises: [GateLine]
  let folder: ReleaseFolder
  let messages: [String]

  /// Rows that stand for all of them in reports, where nothing needs the others.
  private static let shownRows = 500_000

  /// Draws the rows, tries and judges them, and publishes the release.
  /// - Throws: ``GateRefusal`` where it does not meet its policy: nothing is published then.
  func publish(
    original: Table?, control: People.Control?, progress: @escaping (SynthesisProgress) throws -> Void
  ) throws -> SynthesisSummary {
    let (rows, rowMessage) = RowLimit(schema).settle(asked: request.rows, learned: learned.rows)
    let seed = request.seed ?? SecureRandom().next()
    // Copies are looked for among all rows, never among a sample.
    let synthetic = try SyntheticWriter(schema: schema, domain: learned.domain.domain, model: learned.model, seed: seed)
      .write(
        rows: rows, to: folder.url(ReleaseFileName.table), keeping: request.makesAttacks ? rows : Self.shownRows, progress: progress)
    var manifest = try Manifest(request: request, schema: schema, learned: learned, rows: rows, account: account)
    func tried() throws -> ReleaseTrial? {
      try original.map { try self.trial(original: $0, control: control, synthetic: synthetic, manifest.columns, progress) }
    }
    let isJudgedByRows = request.policy?.policy.looksAtRows == true
    var trial = isJudgedByRows ? try tried() : nil
    let verdict = self.verdict(trial, synthetic: synthetic, columns: manifest.columns)
    manifest.gate = request.policy.map {
      GateRecord($0, lines: verdict?.publicLines ?? [], modelledColumns: manifest.columns.count(where: \.isModelled))
    }
    if let verdict, !verdict.isPassed { try refuse(verdict, trial: trial, manifest: manifest) }
    try write(&manifest, synthetic: synthetic)
    try folder.publish()
    // What decides nothing is measured afterwards: the release cannot depend on it, and is not lost with it.
    if !isJudgedByRows { trial = try? tried() }
    return summary(manifest, trial: trial, verdict: verdict, rowMessage: rowMessage)
  }

  private func trial(
    original: Table, control: People.Control?, synthetic: Table, _ columns: [ColumnTreatment],
    _ progress: (SynthesisProgress) throws -> Void
  ) throws -> ReleaseTrial {
    try ReleaseTrial(request, original: original, control: control, synthetic: synthetic, columns: columns) {
      try progress(SynthesisProgress(phase: .attacking, fraction: $0.fraction, detail: $0.step.lowercased()))
    }
  }

  private func verdict(_ trial: ReleaseTrial?, synthetic: Table, columns: [ColumnTreatment]) -> GateVerdict? {
    guard let policy = request.policy?.policy else { return nil }
    let gate = Gate(policy: policy)
    let modelled = Set(columns.filter(\.isModelled).map(\.name))
    return GateVerdict(
      policy: policy.name, publicLines: promises + gate.identifierLines(synthetic, modelled: modelled),
      ownerLines: gate.evidenceLines(
        attacks: trial?.attacks, quality: trial?.quality, modelledColumns: modelled.count, fault: trial?.faults.first))
  }

  /// Leaves the owner's report of the attempt, and nothing else.
  private func refuse(_ verdict: GateVerdict, trial: ReleaseTrial?, manifest: Manifest) throws -> Never {
    var report: URL?
    if request.comparesWithOriginal, let trial {
      report = try OwnerFolder(beside: folder.destination, isRefused: true).write(trial, verdict: verdict, manifest: manifest)
    }
    throw GateRefusal(verdict: verdict, isCharged: true, epsilon: request.epsilon.value, ownerReport: report)
  }

  private func write(_ manifest: inout Manifest, synthetic: Table) throws {
    let model = ModelFile(
      schema: schema, domain: learned.domain.domain, model: learned.model, rows: learned.rows, isPrivate: learned.isPrivate)
    try folder.write(JSON.encode(model), as: ReleaseFileName.model)
    let report = try ReleaseReport(manifest: manifest, learned: learned, synthetic: synthetic)
    try folder.write(Data(report.html().utf8), as: ReleaseFileName.report)
    try folder.write(JSON.encode(report), as: ReleaseFileName.reportData)
    try folder.write(Data(ModelCard(report).text.utf8), as: ReleaseFileName.modelCard)
    manifest.files = try folder.hashes()
    let bytes = try JSON.encode(manifest)
    try folder.write(bytes, as: ReleaseFileName.manifest)
    try folder.write(JSON.encode(account.signingKey.sign(bytes)), as: ManifestSignature.fileName)
  }

  private func summary(
    _ manifest: Manifest, trial: ReleaseTrial?, verdict: GateVerdict?, rowMessage: String?
  ) -> SynthesisSummary {
    var messages = messages + [rowMessage].compactMap { $0 } + (trial?.faults ?? [])
    var ownerReport: URL?
    if request.comparesWithOriginal, let trial {
      do {
        ownerReport = try OwnerFolder(beside: folder.destination).write(trial, verdict: verdict, manifest: manifest)
      } catch {
        // The release is paid for and published: that it could not be compared is no reason to lose it.
        messages.append("The owner's report was left out. \(error)")
      }
    }
    return SynthesisSummary(
      release: folder.destination, ownerReport: ownerReport, rows: manifest.rows, epsilon: manifest.guarantee.epsilon,
      delta: manifest.guarantee.delta, isPrivate: manifest.guarantee.isPrivate, hazards: manifest.hazards.map(\.explanation),
      policy: verdict?.policy, ownerMessages: messages)
  }
}

extension ColumnTreatment {
  /// Whether its values come from the model.
  var isModelled: Bool { treatment == .modelled || treatment == .derived }
}
