import Basics
import Encoding
import Foundation
import Manifests
import Mechanisms
import SchemaFiles
import Synthesis
import Tables

extension Synthesis {
  /// Draws more rows from a release's model, at no privacy cost, and writes them. Returns the
  /// number written.
  /// - Throws: ``ReleaseError`` if the model cannot be read, a condition cannot be met, or the
  ///   output exists.
  @discardableResult
  package static func sample(
    _ request: SampleRequest, progress: (SynthesisProgress) throws -> Void = { _ in }
  ) throws -> Int {
    guard request.rows >= 1 else { throw ReleaseError.rowsOutOfRange(request.rows) }
    var rule = OutputRule()
    rule.protect(request.release, as: "the release that is sampled")
    try rule.file(request.output, replaces: request.replacesOutput)
    let file = try ModelFile.read(request.release)
    let schema = try SchemaFile.parse(file.schema, file: ReleaseArtefact.model.name)
    let (domain, shares) = try ConditionReader(
      schema: schema, isPublic: file.isPrivate, unlearned: Set(file.unlearned ?? [])
    ).restrict(file.domain, to: request.conditions)
    let model: any FittedModel
    do {
      model = try file.model.weighted(by: shares)
    } catch {
      throw ReleaseError.conditionImpossible(
        column: request.conditions.map(\.column).joined(separator: "', '"))
    }
    let seed = request.seed ?? SecureRandom().next()
    do {
      let writer = SyntheticWriter(
        schema: schema, domain: domain, model: model, unlearned: file.unlearned ?? [], seed: seed)
      guard request.writesParquet else {
        return try writer.write(rows: request.rows, to: request.output, progress: progress).rows
      }
      var written = 0
      try WholeFile.make(request.output) { draft in
        written = try writer.write(
          rows: request.rows, to: nil, parquet: draft, progress: progress
        ).rows
      }
      return written
    } catch is RareConditionsError {
      throw ReleaseError.conditionImpossible(
        column: request.conditions.map(\.column).joined(separator: "', '"))
    }
  }
}
