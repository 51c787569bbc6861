import Tables

/// The reason why a table cannot be counted where it is, so that its rows must be read. It is
/// public: it follows from the schema, the columns' types and the request, and never from a cell.
package enum CountingFault: Error, Equatable, Sendable, Codable {
  case column(String, ColumnReason)
  case columns(ColumnsReason)
  case schema(SchemaReason)
  /// A request for something that is found in rows.
  case request(RowUse)
  /// Nobody has said whose people the table holds, and a ledger cannot recognise them by counts.
  case people
  /// No way to count is known for a kind of source.
  case engine
  /// The database's texts are in an encoding in which Unicode's equivalences are not known.
  case encoding

  package enum ColumnReason: String, Sendable, Codable {
    /// The engine's type and the declared one are not known to give the same values there.
    case type
    /// Its categories are not declared, and those that occur would have to be sent one by one.
    case categories
  }

  package enum ColumnsReason: Equatable, Sendable, Codable {
    case other(String)
    case missing(String)
    case repeated
  }

  package enum SchemaReason: String, Sendable, Codable {
    case inferred
    case person
    case rules
    case missingWords
  }

  package enum RowUse: String, Sendable, Codable {
    case attacks, network, strict
    case ownerReport = "owner-report"
  }
}

extension CountingFault: CustomStringConvertible {
  /// Describes the fault, with the remedy in the last sentence.
  package var description: String { "\(reason) Have the rows read." }

  private var reason: String {
    switch self {
    case .column(let name, .type):
      "Column '\(name)' cannot be counted where it is: its type there and its type in the schema are not known to give the same values."
    case .column(let name, .categories):
      "Column '\(name)' cannot be counted where it is: the schema does not list its categories, and rare ones would have to be sent one by "
        + "one."
    case .columns(.other(let name)):
      "Column '\(name)' is in the table and not in the schema, so the table cannot be counted where it is."
    case .columns(.missing(let name)):
      "Column '\(name)' is in the schema and not in the table, so the table cannot be counted where it is."
    case .columns(.repeated):
      "Two columns have the same name, so the table cannot be counted where it is."
    case .schema(.inferred):
      "A table is counted where it is under a schema that its owner has declared, and there is none."
    case .schema(.person):
      "The schema says which column names the person, and people's rows are bounded here, where they are read."
    case .schema(.rules):
      "The schema has rules, and rows that break one are mended here, where they are read."
    case .schema(.missingWords):
      "The schema has no word for missing cells, so they cannot be told from others where they are."
    case .request(.attacks):
      "Attacks need the rows, which stay where they are if the table is counted there."
    case .request(.network):
      "Networks learn from the rows, which stay where they are if the table is counted there."
    case .request(.strict):
      "Whether every row fits the schema is found in the rows, which stay where they are if the table is counted there."
    case .request(.ownerReport):
      "A comparison with the original needs the rows, which stay where they are if the table is counted there."
    case .people:
      "A ledger recognises people by their rows, and these stay where they are: nobody has said whose people the table holds. Name the "
        + "population in the schema (`people:`)."
    case .engine: "No way to count the rows of this source where they are is known."
    case .encoding:
      "The database does not keep its texts in UTF-8, so that it cannot tell which of them are the same."
    }
  }

  /// A stable name for programs that read errors.
  package var id: String {
    switch self {
    case .column: "counting.column"
    case .columns: "counting.columns"
    case .schema: "counting.schema"
    case .request: "counting.request"
    case .people: "counting.people"
    case .engine: "counting.engine"
    case .encoding: "counting.encoding"
    }
  }

  /// Returns the first thing in a schema for which rows must be read; nil if there is none.
  package static func first(of schema: Schema) -> CountingFault? {
    if schema.origin != .declared { return .schema(.inferred) }
    if case .person = schema.unit { return .schema(.person) }
    if !schema.rules.isEmpty { return .schema(.rules) }
    if schema.format.missingTokens.isEmpty { return .schema(.missingWords) }
    let open = schema.columns.first {
      $0.isModelled && $0.type == .category && $0.categories == .learned
    }
    return open.map { .column($0.name, .categories) }
  }
}
