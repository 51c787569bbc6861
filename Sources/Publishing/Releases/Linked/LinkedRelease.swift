import Accounting
import Basics
import Curation
import Encoding
import Foundation
import Ledger
import LinkedSynthesis
import LinkedTables
import Manifests
import Mechanisms
import Reports
import SchemaFiles
import Synthesis
import Tables

/// Makes a release of linked tables: a signed folder with a file for each of them.
package enum LinkedRelease {
  /// Reads, charges, learns, draws and writes; the folder appears whole or not at all.
  /// - Parameter progress: an error that it throws ends the run. Charges stand.
  /// - Throws: ``LinkedFault``, ``ReleaseError``, and the errors of tables, schemas and the ledger.
  ///   None of them depends on the contents of a row.
  package static func run(
    _ linked: LinkedRequest, progress: @escaping (SynthesisProgress) throws -> Void = { _ in }
  ) throws -> LinkedSummary {
    let request = linked.request
    guard request.delta.value > 0, request.delta.value < 1 else {
      throw ReleaseError.deltaOutOfRange
    }
    let schema = try linked.readSchema()
    let plan = LinkedPlan(schema)
    guard plan.tables.count > 1 else { throw LinkedFault.noTableBelow(schema.person) }
    let promises = try linked.promises(schema)
    let folder = try ReleaseFolder(
      at: request.output, replaces: request.replacesOutput,
      kind: .linkedRelease(tables: schema.tables.map(\.file)), rule: request.outputRule)
    let people = try SensitivePeople.read(request.input, schema: schema)
    let account = try Account.open(
      request, table: people.root(), blueprint: try Blueprint(schema: schema.root),
      purpose: "synthesize --epsilon \(request.epsilon), linked tables", namesLabels: true)
    let curator = try linked.curator(of: people, anchor: plan.anchor, session: account.session)
    let model: LinkedModel
    do {
      model = try LinkedLearner(
        curator: curator, plan: plan, rho: account.rho.share(1 - 1e-6),
        labelDelta: account.labelDelta, seed: request.seed ?? SecureRandom().next(),
        progress: progress
      ).learn()
      try account.session.close()
    } catch {
      // Settles to the charges made. If even that fails, the whole reservation stays counted.
      _ = try? account.session.close()
      throw error
    }
    return try LinkedDraft(
      linked: linked, plan: plan, model: model, account: account,
      promises: promises + account.promises, folder: folder,
      events: curator.desk.events, spent: curator.desk.spent, isPrivate: curator.isPrivate
    ).publish(progress: progress)
  }

  /// Draws more people from a release, at no privacy cost, into a new folder with all its tables:
  /// public ones are copied. Returns the number of rows of the tables of people.
  /// - Throws: ``LinkedFault``, ``ReleaseError``.
  package static func sample(_ release: URL, people: Int, output: URL, seed: UInt64?) throws -> Int
  {
    guard (1...100_000_000).contains(people) else { throw LinkedFault.peopleOutOfRange(people) }
    let file = try LinkedModelFile.read(release)
    let schema = try SchemaFile.parseLinked(file.schema, file: ReleaseArtefact.linkedModel.name)
    var rule = OutputRule()
    rule.protect(release, as: "the release that is sampled")
    try rule.folder(output, replaces: false, made: "a folder of tables") { _ in false }
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    let written = try LinkedTableWriter(
      plan: LinkedPlan(schema), model: file.model, seed: seed ?? SecureRandom().next()
    ).write(people: people) { output.appendingPathComponent($0) }
    try schema.copyPublicTables(from: release) { output.appendingPathComponent($0) }
    return written.reduce(0) { $0 + $1.table.rowCount }
  }

  /// Whether a folder is a release of linked tables.
  package static func isOne(_ release: URL) -> Bool { LinkedModelFile.isThere(release) }

  /// Whether people drawn from a release are private.
  package static func isPrivate(_ release: URL) throws -> Bool {
    try LinkedModelFile.read(release).isPrivate
  }
}

extension LinkedSchema {
  /// The schema of the table with a row for each person, by which their budget is found.
  package var root: Schema {
    var root = table(named: person)?.schema ?? promised
    root.people = people
    return root
  }
}

/// The result of a release of linked tables.
package struct LinkedSummary: Sendable {
  package let release: URL
  package let epsilon: Double
  package let delta: Double
  package let isPrivate: Bool
  package let people: Int
  /// The rows of each table of people.
  package let rows: [String: Int]
  /// The columns about which nothing was learned: their cells are empty.
  package let unlearned: [String]
  package let hazards: [String]
  /// Sentences for the owner. They never travel.
  package let ownerMessages: [String]
}
