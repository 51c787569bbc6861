import Encoding
import Foundation
import Tables

/// Converts conditions as people write them into codes that the model may take and the ticks that
/// they decode to.
struct ConditionReader {
  let schema: Schema
  /// Whether the values that the model can decode to were paid for or declared, so that an error
  /// may name them.
  let isPublic: Bool
  /// The columns about which nothing was learned. No condition on them can be met or missed.
  var unlearned: Set<String> = []

  /// Returns the domain that decodes to values meeting the conditions and, for each variable with a
  /// condition, the share of each code that meets it.
  func restrict(_ domain: Domain, to conditions: [(column: String, value: String)]) throws -> (
    domain: Domain, shares: [Int: [Double]]
  ) {
    var codecs = domain.codecs
    var shares: [Int: [Double]] = [:]
    for condition in conditions {
      guard !unlearned.contains(condition.column) else {
        throw ReleaseError.conditionUnlearned(column: condition.column)
      }
      guard
        let index = domain.variables.firstIndex(where: {
          $0.source.names.first == condition.column && $0.isConditionable
        }),
        let column = schema.column(named: condition.column)
      else {
        let known = domain.variables.filter(\.isConditionable).compactMap(\.source.names.first)
        throw ReleaseError.unknownConditionColumn(
          condition.column, nearest: SchemaWords.nearest(to: condition.column, in: known))
      }
      guard shares[index] == nil else {
        throw ReleaseError.conditionTwice(column: condition.column)
      }
      let (codec, share) = try restrict(codecs[index], column: column, value: condition.value)
      guard share.contains(where: { $0 > 0 }) else {
        let allowed =
          isPublic
          ? AllowedValues(codecs[index], type: column.type).advice(instead: condition.value) : nil
        throw ReleaseError.conditionImpossible(column: column.name, allowed: allowed)
      }
      codecs[index] = codec
      shares[index] = share
    }
    return (Domain(variables: domain.variables, codecs: codecs), shares)
  }

  private func restrict(_ codec: Codec, column: ColumnSchema, value: String) throws -> (
    Codec, [Double]
  ) {
    func only(_ codes: [Int]) -> [Double] { (0..<codec.size).map { codes.contains($0) ? 1 : 0 } }
    if value == column.missingToken, let missing = codec.missingCode {
      return (codec, only([missing]))
    }
    if case .ordered(let ordered) = codec, let word = column.codes.firstIndex(of: value),
      word < ordered.words
    {
      return (codec, only([ordered.bins.count + word]))
    }
    switch codec {
    case .labels(let labels): return (codec, only(labels.codes(of: value)))
    case .ordered(let ordered):
      guard let range = column.type.range(value) else {
        if column.type.isReversed(value) {
          throw ReleaseError.conditionReversed(column: column.name)
        }
        let allowed =
          isPublic ? AllowedValues(codec, type: column.type).advice(instead: value) : nil
        throw ReleaseError.conditionUnreadable(
          column: column.name, type: column.type.schemaWord, allowed: allowed)
      }
      let restricted = ordered.restricted(to: range)
      return (.ordered(restricted.codec), restricted.shares)
    }
  }
}

extension Variable {
  /// Whether a person could name one of the variable's values. Gaps have none.
  fileprivate var isConditionable: Bool {
    if case .gap = source { return false }
    return true
  }
}

extension ColumnType {
  /// Returns the ticks of `low..high`, or of one value.
  fileprivate func range(_ text: String) -> ClosedRange<Int64>? {
    if let tick = parse(text) { return tick...tick }
    guard let (low, high) = ends(text), low <= high else { return nil }
    return low...high
  }

  /// Returns whether a range is written with its higher end first.
  fileprivate func isReversed(_ text: String) -> Bool { ends(text).map { $0 > $1 } ?? false }

  private func ends(_ text: String) -> (low: Int64, high: Int64)? {
    guard let dots = text.range(of: ".."), let low = parse(text[..<dots.lowerBound]),
      let high = parse(text[dots.upperBound...])
    else { return nil }
    return (low, high)
  }
}
