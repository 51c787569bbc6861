import Accounting
import Basics
import CountedTables
import Curation
import DomainLearning
import Encoding
import Foundation
import GraphicalModels
import Ledger
import Manifests
import MarginalSynthesis
import Mechanisms
import Policies
import Quality
import Synthesis
import TableSources
import Tables

/// The main job: a table of people goes in; a differentially private stand-in and its evidence come
/// out.
package enum Synthesis {
  /// Reads, charges, learns, samples and writes the release folder, which appears whole or not at
  /// all.
  ///
  /// - Parameter progress: called often; an error that it throws (such as `CancellationError`) ends
  ///   the run. Charges stand.
  /// - Throws: ``GateRefusal`` if the release does not meet its policy; ``ReleaseError``, and the
  ///   errors of tables, schemas, mechanisms and the ledger. All are sentences with a remedy.
  package static func run(
    _ request: SynthesisRequest, progress: @escaping (SynthesisProgress) throws -> Void = { _ in }
  ) throws -> SynthesisSummary {
    try request.check()
    let folder = try ReleaseFolder(
      at: request.output, replaces: request.replacesOutput, rule: request.outputRule)
    let source = try request.readSource()
    let schema = source.schema
    let blueprint = try Blueprint(schema: schema)
    guard !blueprint.variables.isEmpty else { throw ReleaseError.nothingToModel }
    let (request, reason) = request.choosingEngine(blueprint)
    try request.checkPublicTable()
    try request.checkPersonBound(blueprint)
    let promises = try promises(of: request, blueprint: blueprint)
    try checkSteps(of: request, blueprint: blueprint)
    let given = try request.readControl(for: source.table, schema: schema)
    let account = try Account.open(request, table: source.table, blueprint: blueprint)
    let messages =
      [reason, given?.message].compactMap { $0 } + source.ownerMessages + account.ownerMessages
    let control: People.Control?
    let original: OwnerTable?
    let drawn: Drawn
    let publicTable = source.publicTable
    do {
      let people = request.divide(source.consumeTable(), schema: schema, given: given)
      control = people.control
      original = request.needsOriginal ? people.training.openForOwner(reason: .ownerReport) : nil
      drawn = try draw(
        request, from: people.consumeTraining(), publicTable, blueprint: blueprint,
        account: account, promises: promises, into: folder,
        progress: progress)
      #if PLANTED_FAULTS
        try PlantedFloor.judge(
          drawn.synthetic, original: original, blueprint: blueprint, request, promises: promises)
      #endif
      try account.session.close()
    } catch {
      // Settles to the charges made. If even that fails, the whole reservation stays counted.
      _ = try? account.session.close()
      throw error
    }
    let draft = Draft(
      request: request, schema: schema, publicFile: publicTable?.file, drawn: drawn,
      account: account,
      promises: promises + account.promises, folder: folder,
      messages: messages + [request.counted?.traffic].compactMap(\.self))
    return try draft.publish(original: original, control: control, progress: progress)
  }

  /// Puts all questions to the rows: learns, draws the table, and has it judged if the policy
  /// limits a distance. The curator, and the rows with it, are gone afterwards.
  private static func draw(
    _ request: SynthesisRequest, from table: consuming SensitiveTable,
    _ publicTable: DeclaredTable?, blueprint: Blueprint, account: Account, promises: [GateLine],
    into folder: ReleaseFolder, progress: @escaping (SynthesisProgress) throws -> Void
  ) throws -> Drawn {
    let judge = request.judge(rho: account.rho, blueprint: blueprint)
    let curator = request.curator(of: table, blueprint: blueprint, session: account.session)
    var learned = try request.learn(
      from: curator, publicRows: publicTable?.curator(blueprint),
      rho: judge?.learningRho ?? account.rho, account: account, progress: progress
    ) {
      try refuse(judge?.learnedLines($0) ?? [], promises: promises, request, charged: curator.spent)
    }
    let (asked, limit) = RowLimit(blueprint.schema).settle(
      asked: request.rows, learned: learned.rows)
    // Copies are searched for among all rows, never in a sample.
    let written = try SyntheticWriter(
      schema: blueprint.schema, domain: learned.domain.domain, model: learned.model,
      unlearned: learned.unlearned,
      seed: request.seed ?? SecureRandom().next()
    ).write(
      rows: asked, to: folder.url(ReleaseArtefact.table.name),
      parquet: request.writesParquet ? folder.url(ReleaseArtefact.parquetTable.name) : nil,
      keeping: request.makesAttacks ? asked : Drawn.shownRows, progress: progress)
    let scores =
      try judge?.scores(of: written.first, learned: learned.domain, rows: learned.rows, by: curator)
      ?? []
    learned.settle(curator)
    let shortage = SyntheticWriter.shortage(written.rows, of: asked, schema: blueprint.schema)
    let message = [limit, shortage].compactMap(\.self).joined(separator: " ")
    return Drawn(
      learned: learned, synthetic: written.first, rows: written.rows,
      rowMessage: message.isEmpty ? nil : message, scores: scores)
  }

  /// Returns the policy's lines that need no row. A release that fails them is refused before
  /// anything is charged.
  static func promises(of request: SynthesisRequest, blueprint: Blueprint) throws -> [GateLine] {
    guard let policy = request.policy?.policy else { return [] }
    let rho = Account.budget(of: request, blueprint: blueprint).rho
    let judge = request.judge(rho: rho, blueprint: blueprint)
    let judging =
      judge?.planLines(blueprint.schema.publicRows.map { .declared($0) } ?? .unknown) ?? []
    let lines = Gate(policy: policy).promiseLines(
      request.facts(for: blueprint.schema), schema: blueprint.schema, judging: judging)
    try refuse(lines, promises: [], request, charged: nil)
    return lines
  }

  static func refuse(
    _ lines: [GateLine], promises: [GateLine], _ request: SynthesisRequest, charged: PrivacyCost?
  ) throws {
    let verdict = GateVerdict(
      policy: request.policy?.policy.name ?? "", publicLines: promises + lines, ownerLines: [])
    guard !verdict.isPassed else { return }
    throw GateRefusal(
      verdict: verdict, isCharged: charged != nil,
      epsilon: charged.map { request.epsilon(of: $0) } ?? request.epsilon.value,
      ownerReport: nil)
  }
}

extension SynthesisRequest {
  /// The paths that the release must not overwrite: everything that is read, and the owner's ledger
  /// and keys.
  var outputRule: OutputRule {
    var rule = OutputRule()
    rule.protect(input, as: "the table that is read")
    rule.protect(schemaFile, as: "the schema that is read")
    rule.protect(control, as: "the control that is read")
    rule.protect(publicTable, as: "the public table that is read")
    rule.protect(ledger, as: "the ledger")
    rule.protect(keysInUse, as: "the folder of the owner's keys")
    return rule
  }

  /// Refuses settings that cannot be meant, before anything is read.
  func check() throws {
    guard delta.value > 0, delta.value < 1 else { throw ReleaseError.deltaOutOfRange }
    if let ownerFolder, ownerFolder.isInside(output) {
      throw ReleaseError.ownerFolderInRelease(ownerFolder.path)
    }
    if let rows, rows < 1 { throw ReleaseError.rowsOutOfRange(rows) }
    if publicTable != nil, schemaFile == nil { throw PublicTableFault.needsSchema }
    if counted != nil, let fault = useOfRows { throw fault }
  }

  /// Refuses a public table for an engine that would not look at its relations.
  func checkPublicTable() throws {
    guard publicTable != nil, !engine.synthesizer.startsFromPublicRows else { return }
    throw PublicTableFault.unused(engine: engine.name)
  }

  /// Refuses to bound lengths for what needs a bound on rows, before anything is charged.
  func checkPersonBound(_ blueprint: Blueprint) throws {
    guard personBound == .norm else { return }
    guard blueprint.schema.unit != .row else { throw ReleaseError.lengthOfRows }
    guard engine.synthesizer.modelKind == MarginalFit.self, engine.synthesizer.budget.training == 0
    else { throw ReleaseError.lengthWithNetwork(engine.name) }
    let rho = Account.budget(of: self, blueprint: blueprint).rho
    guard judge(rho: rho, blueprint: blueprint) == nil else {
      throw ReleaseError.lengthWithDistances
    }
  }

  /// The first thing in the request for which rows must be here; nil if there is none.
  package var useOfRows: CountingFault? {
    if makesAttacks || control != nil { return .request(.attacks) }
    if engine.synthesizer.trainsWithoutGuarantee { return .request(.network) }
    if isStrict { return .request(.strict) }
    return comparesWithOriginal || policy?.policy.judgesAfterwards == true
      ? .request(.ownerReport) : nil
  }

  /// Whether anything compares the release with the rows.
  var needsOriginal: Bool {
    #if PLANTED_FAULTS
      if PlantedControl.chosen == .exactFloor { return true }
    #endif
    return comparesWithOriginal || makesAttacks || policy?.policy.judgesAfterwards == true
  }

  /// Returns the facts that a policy judges before anything is charged.
  func facts(for schema: Schema) -> ReleaseFacts {
    let modelled = schema.columns.filter { Blueprint.isModelled($0, unit: schema.unit) }
    return ReleaseFacts(
      epsilon: epsilon.value, delta: delta.value,
      isRepeatable: (seed != nil || probe != nil) && !gateAdmitsTestRuns,
      hasOwnControl: control != nil,
      sources: Set(
        modelled.compactMap { Policy.Provenance(Manifest.provenance(of: $0, in: schema)) }))
  }

  /// Returns the judge of the distances that the policy limits; nil if it limits none.
  func judge(rho: Rho, blueprint: Blueprint) -> UtilityJudge? {
    UtilityJudge(
      policy?.policy, rho: rho, unitRows: blueprint.schema.unit.maximumRows,
      variables: blueprint.variables.count)
  }

  /// Returns the charges for a release as epsilon at its delta, or all of its epsilon if that
  /// cannot be determined.
  func epsilon(of spent: PrivacyCost) -> Double {
    let left = delta.value - spent.delta.value
    guard left > 0 else { return epsilon.value }
    return min(
      GaussianCurve.epsilon(rho: spent.rho, delta: Delta(checked: left)).value, epsilon.value)
  }
}

extension Policy.Provenance {
  /// Creates the policy's word for the source of bounds or categories; nil if there are none.
  init?(_ provenance: ColumnTreatment.Provenance) {
    switch provenance {
    case .declared: self = .declared
    case .learned: self = .learned
    case .inferred, .observed: self = .inferred
    case .notNeeded: return nil
    }
  }
}
