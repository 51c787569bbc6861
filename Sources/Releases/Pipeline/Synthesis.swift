import Basics
import DomainLearning
import Encoding
import Foundation
import GraphicalModels
import MarginalSynthesis
import Privacy
import Quality
import Tables

/// The main job: a table of people in, a differentially private stand-in and its evidence out.
public enum Synthesis {
  /// Reads, charges, learns, samples and writes the release folder, which appears whole or not at all.
  ///
  /// - Parameter progress: called often; what it throws (such as `CancellationError`) ends the run. What was charged stays charged.
  /// - Throws: ``GateRefusal`` where the release does not meet its policy; ``ReleaseError``, and the errors of tables, schemas, mechanisms
  ///   and the ledger; all are sentences with a remedy.
  public static func run(
    _ request: SynthesisRequest, progress: @escaping (SynthesisProgress) throws -> Void = { _ in }
  ) throws -> SynthesisSummary {
    try request.check()
    let folder = try ReleaseFolder(at: request.output, replaces: request.replacesOutput, rule: request.outputRule)
    let source = try request.readSource()
    let schema = source.schema
    let promises = try promises(of: request, schema: schema)
    let blueprint = try Blueprint(schema: schema)
    guard !blueprint.variables.isEmpty else { throw ReleaseError.nothingToModel }
    let (request, reason) = request.choosingEngine(blueprint)
    let given = try request.readControl(for: source.table, schema: schema)
    let account = try Account.open(request, table: source.table, blueprint: blueprint)
    let messages = [reason, given?.message].compactMap { $0 } + source.ownerMessages + account.ownerMessages
    let control: People.Control?
    let original: Table?
    let learned: Learned
    do {
      let people = request.divide(source.consumeTable(), schema: schema, given: given)
      control = people.control
      original = request.needsOriginal ? people.training.openForOwner(reason: .ownerReport) : nil
      learned = try request.learn(from: people.consumeTraining(), blueprint: blueprint, account: account, progress: progress)
      try account.session.close()
    } catch {
      // Settles to what was charged; where even that fails, the whole reservation stays counted.
      _ = try? account.session.close()
      throw error
    }
    let draft = Draft(
      request: request, schema: schema, learned: learned, account: account, promises: promises + account.promises, folder: folder,
      messages: messages)
    return try draft.publish(original: original, control: control, progress: progress)
  }

  /// The lines of the policy that need no row. A release that fails them is refused before anything is charged.
  private static func promises(of request: SynthesisRequest, schema: Schema) throws -> [GateLine] {
    guard let policy = request.policy?.policy else { return [] }
    let lines = Gate(policy: policy).promiseLines(request, schema: schema)
    let verdict = GateVerdict(policy: policy.name, publicLines: lines, ownerLines: [])
    guard verdict.isPassed else {
      throw GateRefusal(verdict: verdict, isCharged: false, epsilon: request.epsilon.value, ownerReport: nil)
    }
    return lines
  }
}

/// The names of the files of a release.
package enum ReleaseFileName {
  package static let table = "synthetic.csv"
  static let model = ModelFile.name
  static let manifest = "manifest.json"
  static let report = "report.html"
  static let reportData = "report.json"
  static let modelCard = "model-card.md"
  /// Every file that a release may hold.
  static let all: Set = [table, model, manifest, report, reportData, modelCard, ManifestSignature.fileName]
}

/// How the files of a release are written: sorted keys, so that equal values give equal bytes.
enum JSON {
  static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return try encoder.encode(value)
  }
}

extension SynthesisRequest {
  /// What the release must not be written over: everything that is read, and the owner's ledger and keys.
  var outputRule: OutputRule {
    var rule = OutputRule()
    rule.protect(input, as: "the table that is read")
    rule.protect(schemaFile, as: "the schema that is read")
    rule.protect(control, as: "the control that is read")
    rule.protect(ledger, as: "the ledger")
    rule.protect(keysInUse, as: "the folder of the owner's keys")
    return rule
  }

  /// Refuses what cannot be meant, before anything is read.
  func check() throws {
    guard delta.value > 0, delta.value < 1 else { throw ReleaseError.deltaOutOfRange }
    if let rows, rows < 1 { throw ReleaseError.rowsOutOfRange(rows) }
  }

  /// Whether anything compares the release with the rows.
  var needsOriginal: Bool { comparesWithOriginal || makesAttacks || policy?.policy.looksAtRows == true }
}
