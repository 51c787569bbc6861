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
  /// - Throws: ``ReleaseError``, and the errors of tables, schemas, mechanisms and the ledger; all are sentences with a remedy.
  public static func run(
    _ request: SynthesisRequest, progress: @escaping (SynthesisProgress) throws -> Void = { _ in }
  ) throws -> SynthesisSummary {
    try request.check()
    let folder = try ReleaseFolder(at: request.output, replaces: request.replacesOutput)
    let source = try request.readSource()
    let schema = source.schema
    let blueprint = try Blueprint(schema: schema)
    guard !blueprint.variables.isEmpty else { throw ReleaseError.nothingToModel }
    let account = try Account.open(request, table: source.table, blueprint: blueprint)
    let messages = source.ownerMessages + account.ownerMessages
    let original = request.comparesWithOriginal ? source.table.openForOwner(reason: .ownerReport) : nil
    let learned: Learned
    do {
      learned = try request.learn(from: source.consumeTable(), blueprint: blueprint, account: account, progress: progress)
      try account.session.close()
    } catch {
      // Settles to what was charged; where even that fails, the whole reservation stays counted.
      _ = try? account.session.close()
      throw error
    }
    return try publish(
      request, schema: schema, learned: learned, account: account, original: original, messages: messages, folder: folder,
      progress: progress)
  }

  private static func publish(
    _ request: SynthesisRequest, schema: Schema, learned: Learned, account: Account, original: Table?, messages: [String],
    folder: ReleaseFolder, progress: @escaping (SynthesisProgress) throws -> Void
  ) throws -> SynthesisSummary {
    let rows = request.rows ?? learned.rows
    let seed = request.seed ?? SecureRandom().next()
    let synthetic = try SyntheticWriter(schema: schema, domain: learned.domain.domain, model: learned.model, seed: seed)
      .write(rows: rows, to: folder.url(ReleaseFileName.table), keeping: 500_000, progress: progress)
    let model = ModelFile(
      schema: schema, domain: learned.domain.domain, model: learned.model, rows: learned.rows, isPrivate: learned.isPrivate)
    try folder.write(JSON.encode(model), as: ReleaseFileName.model)
    var manifest = try Manifest(request: request, schema: schema, learned: learned, rows: rows, account: account)
    let report = try ReleaseReport(manifest: manifest, learned: learned, synthetic: synthetic).html()
    try folder.write(Data(report.utf8), as: ReleaseFileName.report)
    manifest.files = try folder.hashes()
    let bytes = try JSON.encode(manifest)
    try folder.write(bytes, as: ReleaseFileName.manifest)
    try folder.write(JSON.encode(account.signingKey.sign(bytes)), as: ManifestSignature.fileName)
    try folder.publish()
    var (ownerReport, messages): (URL?, [String]) = (nil, messages)
    if let original {
      do {
        ownerReport = try OwnerFolder(beside: folder.destination).write(original: original, synthetic: synthetic, manifest: manifest)
      } catch {
        // The release is paid for and published: that it could not be compared is no reason to lose it.
        messages.append("The owner's report was left out. \(error)")
      }
    }
    return SynthesisSummary(
      release: folder.destination, ownerReport: ownerReport, rows: rows, epsilon: manifest.guarantee.epsilon,
      delta: manifest.guarantee.delta, isPrivate: manifest.guarantee.isPrivate, hazards: manifest.hazards.map(\.explanation),
      ownerMessages: messages)
  }
}

/// The names of the files of a release.
enum ReleaseFileName {
  static let table = "synthetic.csv"
  static let model = ModelFile.name
  static let manifest = "manifest.json"
  static let report = "report.html"
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
  /// Refuses what cannot be meant, before anything is read.
  func check() throws {
    guard delta.value > 0, delta.value < 1 else { throw ReleaseError.deltaOutOfRange }
    if let rows, rows < 1 { throw ReleaseError.rowsOutOfRange(rows) }
  }
}
