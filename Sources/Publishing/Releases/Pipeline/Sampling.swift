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
  /// Draws more rows from a release's model, at no privacy cost, and writes them. Returns how many were written.
  /// - Throws: ``ReleaseError`` where the model cannot be read, a condition cannot be met, or the output exists.
  @discardableResult
  public static func sample(
    _ request: SampleRequest, progress: (SynthesisProgress) throws -> Void = { _ in }
  ) throws -> Int {
    guard request.rows >= 1 else { throw ReleaseError.rowsOutOfRange(request.rows) }
    var rule = OutputRule()
    rule.protect(request.release, as: "the release that is sampled")
    try rule.file(request.output, replaces: request.replacesOutput)
    let file = try ModelFile.read(request.release)
    let schema = try SchemaFile.parse(file.schema, file: ModelFile.name)
    let (domain, shares) = try ConditionReader(schema: schema).restrict(file.domain, to: request.conditions)
    let model: FittedModel
    do {
      model = try file.fitted.weighted(by: shares)
    } catch {
      throw ReleaseError.conditionImpossible(column: request.conditions.map(\.column).joined(separator: "', '"))
    }
    let seed = request.seed ?? SecureRandom().next()
    do {
      try SyntheticWriter(schema: schema, domain: domain, model: model, seed: seed)
        .write(rows: request.rows, to: request.output, progress: progress)
    } catch is NetworkSamplingError {
      throw ReleaseError.conditionImpossible(column: request.conditions.map(\.column).joined(separator: "', '"))
    }
    return request.rows
  }
}

/// Turns conditions as people write them into codes that the model may take and ticks that they decode to.
struct ConditionReader {
  let schema: Schema

  /// The domain that decodes to values that meet the conditions, and for each variable with a condition the share of each code that does.
  func restrict(_ domain: Domain, to conditions: [(column: String, value: String)]) throws -> (domain: Domain, shares: [Int: [Double]]) {
    var codecs = domain.codecs
    var shares: [Int: [Double]] = [:]
    for condition in conditions {
      guard let index = domain.variables.firstIndex(where: { $0.source.columns.first == condition.column && $0.isConditionable }),
        let column = schema.column(named: condition.column)
      else {
        let known = domain.variables.filter(\.isConditionable).compactMap(\.source.columns.first)
        throw ReleaseError.unknownConditionColumn(condition.column, nearest: SchemaWords.nearest(to: condition.column, in: known))
      }
      guard shares[index] == nil else { throw ReleaseError.conditionTwice(column: condition.column) }
      let (codec, share) = try restrict(codecs[index], column: column, value: condition.value)
      guard share.contains(where: { $0 > 0 }) else { throw ReleaseError.conditionImpossible(column: column.name) }
      codecs[index] = codec
      shares[index] = share
    }
    return (Domain(variables: domain.variables, codecs: codecs), shares)
  }

  private func restrict(_ codec: Codec, column: ColumnSchema, value: String) throws -> (Codec, [Double]) {
    func only(_ codes: [Int]) -> [Double] { (0..<codec.size).map { codes.contains($0) ? 1 : 0 } }
    if value == column.missingToken, let missing = codec.missingCode { return (codec, only([missing])) }
    switch codec {
    case .labels(let labels): return (codec, only(labels.codes(of: value)))
    case .ordered(let ordered):
      guard let range = column.type.range(value) else {
        throw ReleaseError.conditionUnreadable(column: column.name, type: column.type.schemaWord)
      }
      let restricted = ordered.restricted(to: range)
      return (.ordered(restricted.codec), restricted.shares)
    }
  }
}

extension GraphicalModel {
  /// The same model with the weight of each code of the named attributes multiplied; the total stays.
  func weighted(by shares: [Int: [Double]]) throws -> GraphicalModel {
    if shares.isEmpty { return self }
    let weights = shares.sorted { $0.key < $1.key }.map { attribute, shares in
      ParameterTable(clique: Clique([attribute]), values: shares.map { log($0) })
    }
    return try GraphicalModel(
      sizes: sizes, total: total, parameters: parameters + weights, structuralZeros: structuralZeros, tree: tree)
  }
}

extension Variable {
  /// Gaps have no value that a person could name.
  fileprivate var isConditionable: Bool {
    if case .gap = source { return false }
    return true
  }
}

extension ColumnType {
  /// The ticks of `low..high`, or of one value.
  fileprivate func range(_ text: String) -> ClosedRange<Int64>? {
    if let tick = parse(text) { return tick...tick }
    guard let dots = text.range(of: ".."), let low = parse(text[..<dots.lowerBound]), let high = parse(text[dots.upperBound...]),
      low <= high
    else { return nil }
    return low...high
  }
}
