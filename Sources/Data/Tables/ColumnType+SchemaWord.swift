extension ColumnType {
  /// The word for the type in a schema file, in reports and in messages.
  package var schemaWord: String {
    switch self {
    case .integer: "integer"
    case .decimal: "decimal"
    case .boolean: "boolean"
    case .date: "date"
    case .timestamp: "timestamp"
    case .category: "category"
    case .identifier: "identifier"
    case .text: "text"
    }
  }
}
