import Foundation

/// A question that researchers put to a table: the analysis as `understudy ask` reads it.
package struct Question: Sendable, Codable, Equatable {
  package var kind: String
  package var outcome: String?
  package var value: String?
  package var by: [String] = []
  package var terms: [String] = []
  package var time: String?
  package var event: String?
  /// Labels or ranges by column.
  package var conditions: [String: [String]] = [:]
  package var level = 0.95

  package init(kind: String) { self.kind = kind }

  /// The columns that it asks about, in order of their names.
  package var columns: [String] {
    Set(
      [outcome, time, event].compactMap(\.self) + by + terms + Array(conditions.keys)
    ).sorted()
  }

  /// The contents of an analysis file: JSON with sorted keys, the same for the same question.
  package func file() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(
      AnalysisFile(
        kind: kind, outcome: outcome, value: value, by: by.isEmpty ? nil : by,
        terms: terms.isEmpty ? nil : terms, time: time, event: event,
        where: conditions.isEmpty ? nil : conditions, level: level))
  }

  /// The question in a line of words.
  package var summary: String {
    var words = [kind]
    if let outcome { words.append("of \(outcome)") }
    if let value { words.append("= \(value)") }
    if let time, let event { words.append("of \(event) over \(time)") }
    if !terms.isEmpty { words.append("on \(terms.joined(separator: ", "))") }
    if !by.isEmpty { words.append("by \(by.joined(separator: ", "))") }
    let among = conditions.sorted { $0.key < $1.key }.map {
      "\($0.key) \($0.value.joined(separator: " or "))"
    }
    if !among.isEmpty { words.append("among \(among.joined(separator: " and "))") }
    return words.joined(separator: " ")
  }

  private struct AnalysisFile: Encodable {
    let kind: String
    let outcome, value: String?
    let by, terms: [String]?
    let time, event: String?
    let `where`: [String: [String]]?
    let level: Double
  }
}
