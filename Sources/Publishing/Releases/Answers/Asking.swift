import Accounting
import Analyses
import Basics
import Curation
import Encoding
import Foundation
import Ledger
import Manifests
import Tables

/// Puts a question to the real table: checks it against the release, charges the ledger, asks the
/// curator, and writes a signed answer.
package enum Asking {
  /// - Parameter check: called between the steps that cost nothing, and before each question; an
  ///   error that it throws (such as `CancellationError`) ends the run. Before the first question
  ///   nothing is charged; between two of them, the session is settled with what was charged. After
  ///   the last one it is not called: an answer that was paid for is always written.
  /// - Throws: ``AnalysisFault``, ``ReleaseError``, ``LedgerError`` and the errors of tables. None
  ///   of them depends on the contents of a row.
  package static func run(_ request: AskRequest, check: () throws -> Void = {}) throws
    -> AskSummary
  {
    guard request.delta.value > 0, request.delta.value < 1 else {
      throw ReleaseError.deltaOutOfRange
    }
    let folder = try ReleaseFolder(at: request.output, replaces: false, rule: request.outputRule)
    let release = try ReleaseReader(request.release)
    let inquiry = try release.inquiry(request.analysis)
    try check()
    let table = try SensitiveTable.read(request.input, schema: release.schema)
    try check()
    let account = try AnswerAccount(request, release: release, table: table)
    let stored = account.store.record
    let asked: Asked
    if let stored {
      asked = Asked(record: stored, isPrivate: true)
    } else {
      try check()
      asked = try ask(inquiry, request, release, table, account, check: check)
    }
    let answer = try document(request, release, inquiry, asked, signer: account.signingKey.signer)
    try write(answer, to: folder, signedBy: account.signingKey)
    return AskSummary(
      answer: answer, wasStored: stored != nil,
      ownerMessages: account.admission.messages + [asked.message].compactMap(\.self))
  }

  /// An answer, from the curator or the store.
  private struct Asked {
    let record: AnswerStore.Record
    let isPrivate: Bool
    var message: String?
  }

  private static func ask(
    _ inquiry: Inquiry, _ request: AskRequest, _ release: ReleaseReader,
    _ table: consuming SensitiveTable, _ account: AnswerAccount, check: () throws -> Void
  ) throws -> Asked {
    let (session, message) = try account.open()
    let curator = request.curator(of: table, blueprint: release.blueprint, session: session)
    do {
      // A little less than all, because the price of an answer is rounded up.
      let findings = try inquiry.ask(
        curator, rho: account.rho.share(1 - 1e-6), check: check)
      let record = AnswerStore.Record(
        findings: findings, rho: curator.spent.rho.value,
        questions: curator.events.map(\.question.summary))
      // Before the session is settled: the answer of a closed session is always kept, even if the
      // process is killed here.
      if curator.isPrivate { try account.store.keep(record) }
      try session.close()
      return Asked(record: record, isPrivate: curator.isPrivate, message: message)
    } catch {
      _ = try? session.close()
      throw error
    }
  }

  private static func document(
    _ request: AskRequest, _ release: ReleaseReader, _ inquiry: Inquiry, _ asked: Asked,
    signer: ManifestSigner
  ) throws -> AnswerDocument {
    let unit = release.schema.unit
    let name = if case .person(let column, _) = unit { column } else { "row" }
    let guarantee = AnswerDocument.Guarantee(
      isPrivate: asked.isPrivate, epsilon: request.epsilon.value, delta: request.delta.value,
      rho: asked.record.rho, unit: name,
      maximumRowsPerUnit: unit.maximumRows, questions: asked.record.questions)
    return AnswerDocument(
      created: request.now().ISO8601Format(), table: release.schema.name,
      analysis: request.analysis, findings: asked.record.findings,
      standIn: inquiry.predicted(rho: .infinity, unitRows: unit.maximumRows),
      release: release.digest, guarantee: guarantee,
      methods: MethodsWording.asked(request.analysis, table: release.schema.name, guarantee),
      signer: signer)
  }

  private static func write(
    _ answer: AnswerDocument, to folder: ReleaseFolder, signedBy key: SigningKey
  ) throws {
    let bytes = try CanonicalJSON.lines(answer)
    try folder.write(bytes, as: AnswerDocument.name)
    try folder.write(Data(AnswerPage.html(answer).utf8), as: AnswerDocument.page)
    try folder.write(CanonicalJSON.lines(key.sign(bytes)), as: AnswerDocument.signature)
    try folder.publish()
  }
}

extension AskRequest: ChargedRequest {
  /// The paths that the answer must not overwrite.
  fileprivate var outputRule: OutputRule {
    var rule = OutputRule()
    rule.protect(input, as: "the table that is read")
    rule.protect(release, as: "the release that is read")
    rule.protect(ledger, as: "the ledger")
    rule.protect(keysInUse, as: "the folder of the owner's keys")
    return rule
  }
}

/// The budget that a question draws on, and the place of its answer.
private struct AnswerAccount {
  let rho: Rho
  let store: AnswerStore
  let signingKey: SigningKey
  let admission: Admission
  private let ledger: Ledger
  private let request: AskRequest
  private let unit: PrivacyUnit

  /// Finds the account of the table's people. Nothing is granted or charged.
  init(_ request: AskRequest, release: ReleaseReader, table: borrowing SensitiveTable) throws {
    ledger = try Ledger(at: request.ledger)
    signingKey = try SigningKey(keptIn: request.keysInUse)
    let fingerprint = ledger.fingerprint(
      of: table.openForOwner(reason: .fingerprint), schema: release.schema)
    let claim = PeopleClaim(
      population: release.schema.people, samePeopleAs: request.samePeopleAs,
      areOthers: request.hasOtherPeople)
    try ledger.requireAcceptance(
      of: fingerprint, claim, epsilon: request.epsilon, delta: request.delta
    ) {
      ShellWord.grant(
        request.input, epsilon: request.epsilon, delta: request.delta, schema: nil, claim,
        ledger: request.ledger)
        + " --accept"
    }
    admission = try ledger.admit(fingerprint, name: request.input.lastPathComponent, claim: claim)
    store = try AnswerStore(
      ledger: request.ledger, dataset: admission.dataset,
      question: StoredQuestion(
        analysis: request.analysis.canonicalText, release: release.digest,
        epsilon: request.epsilon.value, delta: request.delta.value))
    rho = Rho(
      checked: LedgerBalance.reservation(
        epsilon: request.epsilon.value, delta: request.delta.value, eventDelta: 0))
    (self.request, unit) = (request, release.schema.unit)
  }

  /// Grants on first use, and reserves everything that the question may spend.
  func open() throws -> (session: LedgerSession, message: String?) {
    let isFirst = try ledger.grantOnFirstUse(
      admission.dataset, epsilon: request.epsilon, delta: request.delta)
    let session = try ledger.openSession(
      dataset: admission.dataset, reserving: PrivacyCost(rho: rho, delta: .zero),
      at: request.delta,
      purpose: "ask \(request.analysis.kind.rawValue) --epsilon \(request.epsilon)", unit: unit)
    let message =
      isFirst
      ? "First use of \(admission.isShared ? "this population" : "this table"): granted epsilon "
        + "\(NumberText.parameter(request.epsilon.value)) at delta \(NumberText.parameter(request.delta.value)), which this question "
        + "uses up."
      : nil
    return (session, message)
  }
}
