import Encoding
import Foundation
import MarginalSynthesis
import Privacy
import Tables

/// What a release may spend, and where it is charged.
struct Account {
  /// Rho of the whole release.
  let rho: Rho
  /// What naming labels and ticks may spend of delta itself.
  let labelDelta: Delta
  /// What training a network may.
  let trainingDelta: Delta
  let session: LedgerSession
  /// Read before anything is charged, so that a budget is not spent on what cannot be signed.
  let signingKey: SigningKey
  let ownerMessages: [String]

  /// Recognises the dataset, grants on first use, and reserves the whole of what the release may spend before any question is asked.
  static func open(_ request: SynthesisRequest, table: borrowing SensitiveTable, blueprint: Blueprint) throws -> Account {
    let ledger = try Ledger(at: request.ledger)
    let signingKey = try SigningKey(keptIn: request.keysInUse)
    let fingerprint = ledger.fingerprint(of: table.openForOwner(reason: .fingerprint))
    try ledger.requireAcceptance(of: fingerprint, epsilon: request.epsilon, delta: request.delta) { request.grantCommand }
    var messages: [String] = []
    if case .resembles(let other, let resemblance) = try ledger.recognise(fingerprint) {
      messages.append(
        "This table resembles '\(other.name)', which has a budget of its own: \(resemblance). "
          + "If the same people are in both, what they lose adds up: count both budgets together.")
    }
    let dataset = try ledger.register(fingerprint, name: request.input.lastPathComponent)
    if try ledger.grantOnFirstUse(dataset, epsilon: request.epsilon, delta: request.delta) {
      messages.append(
        "First use of this table: granted epsilon \(ReportText.parameter(request.epsilon.value)) at delta "
          + "\(ReportText.parameter(request.delta.value)). "
          + "Further releases need what is left of it, or 'understudy budget grant'.")
    }
    let (rho, labelDelta, trainingDelta) = budget(of: request, blueprint: blueprint)
    let session = try ledger.openSession(
      dataset: dataset, reserving: PrivacyCost(rho: rho, delta: labelDelta + trainingDelta),
      purpose: "synthesize --epsilon \(request.epsilon) --engine \(request.engine.rawValue)", unit: blueprint.schema.unit)
    return Account(
      rho: rho, labelDelta: labelDelta, trainingDelta: trainingDelta, session: session, signingKey: signingKey,
      ownerMessages: messages)
  }

  /// Rho and the events' deltas that keep the release within its epsilon and delta.
  static func budget(of request: SynthesisRequest, blueprint: Blueprint) -> (rho: Rho, labelDelta: Delta, trainingDelta: Delta) {
    let discovers = blueprint.variables.contains { $0.isOrdered || blueprint.categories(of: $0) == .learned }
    let labelDelta = discovers ? request.delta.share(SynthesisRequest.eventShare) : .zero
    let trainingDelta = request.engine == .gan ? request.delta.share(SynthesisRequest.trainingShare) : .zero
    let rho = LedgerBalance.reservation(
      epsilon: request.epsilon.value, delta: request.delta.value, eventDelta: (labelDelta + trainingDelta).value)
    return (Rho(checked: rho), labelDelta, trainingDelta)
  }
}

extension Ledger {
  /// Beyond the limits nothing is granted, and no earlier grant is used, unless the owner accepted in so many words.
  fileprivate func requireAcceptance(
    of fingerprint: DatasetFingerprint, epsilon: Epsilon, delta: Delta, command: () -> String
  ) throws {
    guard PromiseLimits.needAcceptance(epsilon: epsilon.value, delta: delta.value), try !hasAcceptedGrant(fingerprint) else { return }
    throw ReleaseError.hardlyPrivate(epsilon: epsilon.value, delta: delta.value, command: command())
  }
}

extension SynthesisRequest {
  /// The very command that grants what the request asks for, however little that promises.
  fileprivate var grantCommand: String {
    ShellWord.grant(input, epsilon: epsilon, delta: delta, schema: schemaFile, ledger: ledger) + " --accept"
  }
}

extension PrivateInspection {
  /// The dataset's budget, with the whole of what the look may spend reserved.
  func open() throws -> (session: LedgerSession, ownerMessages: [String], rho: Rho) {
    let book = try Ledger(at: ledger)
    var options = ReadOptions(delimiter: format.delimiter, hasHeader: format.hasHeader)
    options.missingTokens = format.missingTokens
    let fingerprint = book.fingerprint(of: try SensitiveTable.read(input, options: options).openForOwner(reason: .fingerprint))
    try book.requireAcceptance(of: fingerprint, epsilon: epsilon, delta: delta) {
      ShellWord.grant(input, epsilon: epsilon, delta: delta, schema: nil, ledger: ledger) + " --accept"
    }
    let dataset = try book.register(fingerprint, name: input.lastPathComponent)
    var messages: [String] = []
    if try book.grantOnFirstUse(dataset, epsilon: epsilon, delta: delta) {
      messages.append(
        "First use of this table: granted epsilon \(ReportText.parameter(epsilon.value)) at delta \(ReportText.parameter(delta.value)), "
          + "which this look uses up. A release needs a grant of its own, such as: "
          + ShellWord.grant(input, epsilon: Epsilon(checked: 1), delta: delta, schema: nil, ledger: ledger))
    }
    let rho = Rho(checked: LedgerBalance.reservation(epsilon: epsilon.value, delta: delta.value, eventDelta: 0))
    let session = try book.openSession(
      dataset: dataset, reserving: PrivacyCost(rho: rho, delta: .zero), purpose: "inspect --private --epsilon \(epsilon)", unit: unit)
    return (session, messages, rho)
  }
}

/// Commands to be typed.
enum ShellWord {
  static func grant(_ input: URL, epsilon: Epsilon, delta: Delta, schema: URL?, ledger: URL) -> String {
    let schema = schema.map { " --schema \(quoted($0.relativePath))" } ?? ""
    return "understudy budget grant \(quoted(input.relativePath)) --epsilon \(epsilon.value) --delta \(delta.value)\(schema) --ledger "
      + quoted(ledger.relativePath)
  }

  /// The text as a shell takes it for one word.
  static func quoted(_ text: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-+=:,@%")
    return !text.isEmpty && !text.hasPrefix("-") && text.allSatisfy(plain.contains)
      ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
