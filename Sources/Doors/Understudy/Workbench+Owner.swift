import Attacks
import Foundation
import Policies
import Releases
import SchemaFiles
import Tables

/// What stays with the owner of the data: it is measured on the rows, and nothing is charged for
/// it.
extension Workbench {
  /// Looks at a table: types, roles and what names a person. Gives a schema to read and correct.
  public func inspect(_ table: TableSource) async throws -> Inspection {
    try await perform { files, _ in
      let inspection = try TableInspection(
        files.url(of: table, under: nil), options: StagedFiles.reading(table))
      let report = InspectionReport(
        inspection, file: table.name, schemaFile: "the schema",
        use: "Then give it to the request for a release.")
      let schema = SchemaFile.text(inspection.schema, annotations: inspection.annotations)
      return Inspection(report: Inspection.Report(inspection: report, schema: schema))
    }
  }

  /// Compares a table with its schema before anything is spent.
  public func check(_ table: TableSource, schema: TableSchema) async throws -> TableFit {
    try await perform { files, _ in
      guard let schema = try files.url(of: schema) else {
        preconditionFailure("a schema has a file")
      }
      return TableFit(
        report: try TableCheck.of(files.url(of: table, under: schema), schemaFile: schema))
    }
  }

  /// Compares a synthetic table, made by any tool, with its original.
  public func evaluate(_ request: Comparison) async throws -> Evaluation {
    try await perform { files, check in
      let schema = try files.url(of: request.schema)
      var comparison = TableComparison(
        original: try files.url(of: request.original, under: schema),
        synthetic: try files.url(of: request.synthetic, under: schema))
      comparison.holdout = try request.others.map { try files.url(of: $0, under: schema) }
      comparison.schema = try schema.map(SchemaFile.read)
      (comparison.target, comparison.ignoring) = (request.target, request.ignoring)
      return Evaluation(report: try comparison.run(check: check))
    }
  }

  /// Attacks a synthetic table, made by any tool, and judges what an adversary would learn of the
  /// original's people.
  /// - Parameter progress: Called for each step of the attacks, on the thread of the work.
  public func attack(
    _ request: Comparison, progress: @escaping @Sendable (WorkProgress) -> Void = { _ in }
  ) async throws -> AttackVerdict {
    try await perform { files, check in
      let policy = try request.policy.map { try PolicyFile(named: $0).policy }
      if let policy, policy.attacks == nil {
        throw UnderstudyError(
          "The policy '\(policy.name)' asks for no attacks.",
          remedy: "Give one that does, or leave the policy out.")
      }
      let thresholds = policy?.attackThresholds ?? AttackThresholds()
      var attack = try request.attack(files)
      attack.options.limit = thresholds.highestRisk
      let report = try attack.run {
        try check()
        progress(WorkProgress(phase: $0.step, fraction: $0.fraction, detail: ""))
      }
      let document = AttackDocument(report, thresholds: thresholds, policy: policy)
      return AttackVerdict(
        report: .init(verdict: document.verdict, failures: document.failures, attacks: report))
    }
  }
}

extension Comparison {
  fileprivate func attack(_ files: StagedFiles) throws -> TableAttack {
    let schemaFile = try files.url(of: schema)
    var attack = TableAttack(
      original: try files.url(of: original, under: schemaFile),
      synthetic: try files.url(of: synthetic, under: nil))
    attack.control = try others.map { try files.url(of: $0, under: nil) }
    (attack.schema, attack.ignoring) = (try schemaFile.map(SchemaFile.read), ignoring)
    return attack
  }
}

extension TableSource {
  /// The name by which its owner knows it.
  var name: String {
    switch self {
    case .file(let url): url.lastPathComponent
    case .rows(let name, _): name
    }
  }
}
