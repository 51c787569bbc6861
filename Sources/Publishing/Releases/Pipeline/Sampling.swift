import AdversarialSynthesis
import Basics
import Encoding
import Foundation
import GraphicalModels
import MarginalSynthesis
import Mechanisms
import SchemaFiles
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
    let schema = try SchemaFile.parse(file.schema, file: ModelFile.name)
    let (domain, shares) = try ConditionReader(
      schema: schema, isPublic: file.isPrivate, unlearned: Set(file.unlearned ?? [])
    ).restrict(file.domain, to: request.conditions)
    let model: FittedModel
    do {
      model = try file.fitted.weighted(by: shares)
    } catch {
      throw ReleaseError.conditionImpossible(column: request.conditions.map(\.column).joined(separator: "', '"))
    }
    let seed = request.seed ?? SecureRandom().next()
    do {
      return try SyntheticWriter(schema: schema, domain: domain, model: model, unlearned: file.unlearned ?? [], seed: seed)
        .write(rows: request.rows, to: request.output, progress: progress).rows
    } catch is NetworkSamplingError {
      throw ReleaseError.conditionImpossible(column: request.conditions.map(\.column).joined(separator: "', '"))
    }
  }
}

extension GraphicalModel {
  /// Returns the same model with the weight of each code of the named attributes multiplied. The
  /// total stays.
  func weighted(by shares: [Int: [Double]]) throws -> GraphicalModel {
    if shares.isEmpty { return self }
    let weights = shares.sorted { $0.key < $1.key }.map { attribute, shares in
      ParameterTable(clique: Clique([attribute]), values: shares.map { log($0) })
    }
    return try GraphicalModel(
      sizes: sizes, total: total, parameters: parameters + weights, structuralZeros: structuralZeros, tree: tree)
  }
}
