import Basics
import Foundation
import Tables

/// A dictionary of a table's columns, made from its schema, for those who receive a release.
///
/// It repeats the facts of the schema and reads no row. A schema with facts that were
/// seen in rows and that nobody has signed for has no codebook: it would tell them to everybody.
package struct Codebook: Sendable {
  private let schema: Schema

  /// - Throws: ``CodebookError/unsigned(facts:)``.
  package init(_ schema: Schema) throws(CodebookError) {
    let observed = schema.observedFacts
    guard observed.isEmpty else { throw .unsigned(facts: observed.map(\.name)) }
    self.schema = schema
  }

  // MARK: Frictionless

  /// A Frictionless Table Schema (version 2.0) in a resource, as JSON.
  package func frictionless() throws -> Data {
    try CanonicalJSON.lines(Resource(schema)) + Data("\n".utf8)
  }

  private struct Resource: Encodable {
    struct Dialect: Encodable { let delimiter: String, header: Bool }
    struct TableSchema: Encodable { let fields: [Field], missingValues: [String] }

    let name: String
    let dialect: Dialect
    let schema: TableSchema

    init(_ schema: Schema) {
      name = schema.name
      dialect = Dialect(
        delimiter: String(UnicodeScalar(schema.format.delimiter)), header: schema.format.hasHeader)
      self.schema = TableSchema(
        fields: schema.columns.filter { $0.role != .drop }.map(Field.init),
        missingValues: schema.format.missingTokens)
    }
  }

  // MARK: Markdown

  /// A page for people.
  package var markdown: String {
    let columns = schema.columns.filter { $0.role != .drop }
    var lines = [
      "# Codebook: \(Self.inline(schema.name))", "",
      "Made from the schema of the table"
        + (schema.provenance.review.map {
          ", which \(Self.inline($0.by)) read on \($0.on) and answers for"
        } ?? "") + ". It describes columns, and no person.", "",
      "| column | meaning | type | values | may be missing |", "|---|---|---|---|---|",
    ]
    lines += columns.map { column in
      "| "
        + [
          column.name, column.meaning ?? "", Self.type(column), Self.values(column),
          column.isNullable ? "yes" : "no",
        ].map(Self.inline).joined(separator: " | ") + " |"
    }
    for column in columns where !column.labels.isEmpty {
      lines += ["", "## \(Self.inline(column.name))", "", "| code | meaning |", "|---|---|"]
      lines += column.sortedLabels.map { "| \(Self.inline($0.code)) | \(Self.inline($0.label)) |" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func type(_ column: ColumnSchema) -> String {
    switch column.role {
    case .identifier: return "\(column.type.schemaWord), replaced by invented values"
    case .prose: return "text, replaced by a placeholder"
    case .ordinary, .quasiIdentifier, .sensitive, .target, .drop: break
    }
    switch column.type {
    case .date(let format): return "date \(format.pattern)"
    case .timestamp(let format): return "\(column.type.schemaWord) \(format.pattern)"
    case .decimal(let digits): return "decimal, up to \(digits) digits"
    case .integer, .scientific, .boolean, .category, .identifier, .text:
      return column.type.schemaWord
    }
  }

  private static func values(_ column: ColumnSchema) -> String {
    if case .declared(let range) = column.bounds {
      return
        "\(column.type.format(tick: range.lowerBound)) to \(column.type.format(tick: range.upperBound))"
    }
    if case .declared(let labels) = column.categories {
      return NumberText.list(labels, most: 20)
    }
    if case .boolean(let words) = column.type { return "\(words.whenFalse), \(words.whenTrue)" }
    return ""
  }

  /// Escapes everything that Markdown or HTML would act on.
  private static func inline(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\\", "|", "*", "_", "[", "]", "#", "`": result += "\\\(character)"
      case "\n", "\r", "\r\n": result += " "
      default: result.append(character)
      }
    }
  }
}

/// A reason why there is no codebook.
package enum CodebookError: Error, Sendable, Equatable, CustomStringConvertible {
  case unsigned(facts: [String])

  /// Names the facts, with the remedy in the last sentence.
  package var description: String {
    switch self {
    case .unsigned(let facts):
      "The schema says things that were seen in the rows, and nobody has signed for them: \(NumberText.list(facts, most: 3)). "
        + "Read the schema and add the line `reviewed: {by: NAME, on: YYYY-MM-DD}`."
    }
  }

  /// A stable name for programs that read errors.
  package var id: String {
    switch self {
    case .unsigned: "codebook.unsigned"
    }
  }
}

extension ColumnSchema {
  /// The meanings of codes, in the order of the declared categories and then of the codes.
  var sortedLabels: [(code: String, label: String)] {
    var order: [String: Int] = [:]
    if case .declared(let codes) = categories {
      for (place, code) in codes.enumerated() { order[code] = place }
    }
    return labels.sorted {
      (order[$0.key] ?? Int.max, $0.key) < (order[$1.key] ?? Int.max, $1.key)
    }.map { ($0.key, $0.value) }
  }
}
