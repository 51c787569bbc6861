import Accounting
import Basics
import ColumnRoles
import Curation
import DelimitedText
import Foundation
import Ledger
import Policies
import Tables

extension Ledger {
  /// Throws if the budget is beyond the limits and the owner of the people's budget has not
  /// explicitly accepted it. Nothing is granted then, and no earlier grant is used. Runs before a
  /// table is admitted, so nothing is written.
  /// - Throws: ``ReleaseError/hardlyPrivate(epsilon:delta:command:)``.
  func requireAcceptance(
    of fingerprint: DatasetFingerprint, _ claim: PeopleClaim, epsilon: Epsilon, delta: Delta,
    command: () -> String
  ) throws {
    guard PromiseLimits.needAcceptance(epsilon: epsilon.value, delta: delta.value),
      try !standing(of: fingerprint, claim: claim).isAccepted
    else { return }
    throw ReleaseError.hardlyPrivate(epsilon: epsilon.value, delta: delta.value, command: command())
  }
}

extension SynthesisRequest {
  /// The exact command that grants the requested budget, however little that promises.
  var grantCommand: String {
    let claim = PeopleClaim(samePeopleAs: samePeopleAs, areOthers: hasOtherPeople)
    return ShellWord.grant(
      input, epsilon: epsilon, delta: delta, schema: schemaFile, claim, ledger: ledger)
      + " --accept"
  }
}

extension PrivateInspection {
  /// Opens the budget of the table's people and reserves everything that the look may spend.
  ///
  /// The table is read as in a release without a schema, only to recognise it by its keyed
  /// fingerprint.
  /// - Throws: ``LedgerError/decisionNeeded(_:)`` if the owner must first say whose people they
  ///   are; ``ReleaseError/hardlyPrivate(epsilon:delta:command:)``. Nothing is charged or granted
  ///   then.
  func open() throws -> (session: LedgerSession, ownerMessages: [String], rho: Rho) {
    let book = try Ledger(at: ledger)
    let options = ReadOptions(
      delimiter: format.delimiter, hasHeader: format.hasHeader, missingTokens: format.missingTokens)
    let rows = try SensitiveTable.read(input, options: options).openForOwner(reason: .fingerprint)
    var described = Schema.inferred(from: rows.ownersRows, format: format)
    described.unit = unit
    let fingerprint = book.fingerprint(of: rows, schema: described)
    let command = { (epsilon: Epsilon) in
      ShellWord.grant(input, epsilon: epsilon, delta: delta, schema: nil, claim, ledger: ledger)
    }
    try book.requireAcceptance(of: fingerprint, claim, epsilon: epsilon, delta: delta) {
      command(epsilon) + " --accept"
    }
    let admission = try book.admit(fingerprint, name: input.lastPathComponent, claim: claim)
    var messages = admission.messages
    if try book.grantOnFirstUse(admission.dataset, epsilon: epsilon, delta: delta) {
      messages.append(
        "First use of \(admission.isShared ? "this population" : "this table"): granted epsilon \(NumberText.parameter(epsilon.value)) at "
          + "delta \(NumberText.parameter(delta.value)), which this look uses up. A release needs a grant of its own, such as: "
          + command(Epsilon(checked: 1)))
    }
    let rho = Rho(
      checked: LedgerBalance.reservation(epsilon: epsilon.value, delta: delta.value, eventDelta: 0))
    let session = try book.openSession(
      dataset: admission.dataset, reserving: PrivacyCost(rho: rho, delta: .zero),
      purpose: "inspect --private --epsilon \(epsilon)",
      unit: unit)
    return (session, messages, rho)
  }
}
