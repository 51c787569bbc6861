import Attacks
import Basics
import DomainLearning
import Encoding
import Foundation
import Ledger
import Manifests
import Policies
import Reports
import Synthesis
import Tables

/// The table drawn from the learned model, and the curator's answers about it.
struct Drawn {
  let learned: Learned
  /// The first rows, at least ``shownRows`` of them.
  let synthetic: Table
  /// Rows of `synthetic.csv`.
  let rows: Int
  /// A message for the owner if a public limit cut the number of rows.
  let rowMessage: String?
  let scores: [PaidScore]

  /// Rows that stand for all of them in reports if nothing needs the others.
  static let shownRows = 500_000
}

/// A release that is drawn and paid for but not yet published. It is tried and judged, and then
/// published or refused.
struct Draft {
  let request: SynthesisRequest
  let schema: Schema
  /// The table that the owner declares public; nil if none was given.
  let publicFile: Manifest.DeclaredFile?
  let drawn: Drawn
  let account: Account
  /// The policy's lines that were met before any question was put to the rows.
  let promises: [GateLine]
  let folder: ReleaseFolder
  let messages: [String]

  private var learned: Learned { drawn.learned }

  /// Tries and judges the rows, and publishes the release. Its session is settled.
  /// - Throws: ``GateRefusal`` if the release does not meet its policy; nothing is published then.
  func publish(
    original: OwnerTable?, control: People.Control?,
    progress: @escaping (SynthesisProgress) throws -> Void
  ) throws -> SynthesisSummary {
    var manifest = try Manifest(request: request, schema: schema, drawn: drawn, account: account)
    manifest.publicTable = publicFile
    func tried() throws -> ReleaseTrial? {
      try original.map {
        try self.trial(original: $0, control: control, manifest.columns, progress)
      }
    }
    let isJudgedByRows = request.policy?.policy.decidesByRows == true
    var verdict = publicVerdict(columns: manifest.columns)
    manifest.gate = request.policy.map {
      GateRecord(
        $0, lines: verdict?.publicLines ?? [],
        modelledColumns: manifest.columns.count(where: \.isModelled), scores: drawn.scores)
    }
    var trial: ReleaseTrial?
    if isJudgedByRows || (verdict?.isPassed == false && request.comparesWithOriginal) {
      trial = try tried()
      if isJudgedByRows {
        verdict = verdict?.judging(
          trial, modelledColumns: manifest.columns.count(where: \.isModelled), request.policy)
      }
    }
    if let verdict, !verdict.isPassed { try refuse(verdict, trial: trial, manifest: manifest) }
    try folder.seal(try artefacts(manifest), with: &manifest, signedBy: account.signingKey)
    try folder.publish()
    let isNoted = (try? account.session.notePublication()) != nil
    // Measurements that decide nothing come afterwards: the release cannot depend on them and is
    // not lost with them.
    if trial == nil { trial = try? tried() }
    verdict?.addLater(
      trial, modelledColumns: manifest.columns.count(where: \.isModelled), request.policy)
    return summary(manifest, trial: trial, verdict: verdict, isNoted: isNoted)
  }

  private func trial(
    original: OwnerTable, control: People.Control?, _ columns: [ColumnTreatment],
    _ progress: (SynthesisProgress) throws -> Void
  ) throws -> ReleaseTrial {
    try ReleaseTrial(
      request, original: original, control: control, synthetic: drawn.synthetic, columns: columns
    ) {
      try progress(
        SynthesisProgress(phase: .attacking, fraction: $0.fraction, detail: $0.step.lowercased()))
    }
  }

  /// Returns the verdict on facts that are public or were paid for.
  private func publicVerdict(columns: [ColumnTreatment]) -> GateVerdict? {
    guard let policy = request.policy?.policy else { return nil }
    let gate = Gate(policy: policy)
    let modelled = Set(columns.filter(\.isModelled).map(\.name))
    return GateVerdict(
      policy: policy.name,
      publicLines: promises + gate.identifierLines(drawn.synthetic, modelled: modelled)
        + gate.scoreLines(drawn.scores), ownerLines: [])
  }

  /// Refuses the release, leaving only the owner's report.
  private func refuse(_ verdict: GateVerdict, trial: ReleaseTrial?, manifest: Manifest) throws
    -> Never
  {
    var report: URL?
    if request.comparesWithOriginal, let trial {
      report = try OwnerFolder(request, isRefused: true).write(
        trial, verdict: verdict, manifest: manifest)
    }
    throw GateRefusal(
      verdict: verdict, isCharged: true, epsilon: request.epsilon(of: learned.spent),
      ownerReport: report)
  }

  /// Returns the files of the release, a table among them, which is drawn already.
  private func artefacts(_ manifest: Manifest) throws -> [PendingArtefact] {
    let model = ModelFile(
      schema: schema, domain: learned.domain.domain, model: learned.model,
      unlearned: learned.unlearned, rows: learned.rows,
      isPrivate: learned.isPrivate)
    let report = ReleaseReport(
      manifest: manifest, learned: learned, synthetic: drawn.synthetic,
      blueprint: try Blueprint(schema: schema),
      files: ReleaseArtefact.ofTables.filter { $0 != .parquetTable || request.writesParquet })
    return [.drawn(.table)] + (request.writesParquet ? [.drawn(.parquetTable)] : []) + [
      PendingArtefact(.model) { try CanonicalJSON.lines(model) },
      PendingArtefact(.report) { Data(try report.html().utf8) },
      PendingArtefact(.reportData) { try CanonicalJSON.lines(report) },
      PendingArtefact(.modelCard) { Data(ModelCard(report).text.utf8) },
    ]
  }

  private func summary(
    _ manifest: Manifest, trial: ReleaseTrial?, verdict: GateVerdict?, isNoted: Bool
  ) -> SynthesisSummary {
    var messages = messages + [drawn.rowMessage].compactMap(\.self) + (trial?.faults ?? [])
    if !isNoted {
      messages.append(
        "The ledger could not note that this release is out: the next one will name it as an attempt that was not published."
      )
    }
    var ownerReport: URL?
    if request.comparesWithOriginal, let trial {
      do {
        ownerReport = try OwnerFolder(request).write(trial, verdict: verdict, manifest: manifest)
      } catch {
        // The release is paid for and published. A failed comparison does not justify losing it.
        messages.append("The owner's report was left out. \(error)")
      }
    }
    return SynthesisSummary(
      release: folder.destination, ownerReport: ownerReport, rows: manifest.rows,
      epsilon: manifest.guarantee.epsilon,
      delta: manifest.guarantee.delta, isPrivate: manifest.guarantee.isPrivate,
      learnedColumns: manifest.columns.count { $0.isModelled && !$0.isEmpty },
      unlearned: learned.unlearned,
      hazards: manifest.hazards.map(\.explanation),
      policy: verdict?.policy,
      laterFailures: verdict?.laterLines.filter { $0.outcome != .met }.map(\.sentence) ?? [],
      ownerMessages: messages)
  }
}

extension GateVerdict {
  /// Returns the verdict with attack results, which decide about publication.
  fileprivate func judging(_ trial: ReleaseTrial?, modelledColumns: Int, _ file: PolicyFile?)
    -> GateVerdict
  {
    guard let policy = file?.policy else { return self }
    let lines = Gate(policy: policy).evidenceLines(
      attacks: trial?.attacks, modelledColumns: modelledColumns, fault: trial?.faults.first)
    return GateVerdict(policy: self.policy, publicLines: publicLines, ownerLines: lines)
  }

  /// Adds the lines that the policy assesses after publication.
  fileprivate mutating func addLater(
    _ trial: ReleaseTrial?, modelledColumns: Int, _ file: PolicyFile?
  ) {
    guard let policy = file?.policy, policy.judgesAfterwards else { return }
    let gate = Gate(policy: policy)
    if policy.attacks?.judged == .afterPublication {
      laterLines += gate.evidenceLines(
        attacks: trial?.attacks, modelledColumns: modelledColumns, fault: trial?.faults.first)
    }
    laterLines += gate.laterLines(trial?.quality, fault: trial?.faults.last)
  }
}
