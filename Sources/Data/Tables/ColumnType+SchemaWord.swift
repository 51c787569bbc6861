extension ColumnType {
  /// The word for the type in schema files, reports and messages.
  package var schemaWord: String {
    switch self {
    case .integer: "integer"
    case .decimal: "decimal"
    case .scientific: "scientific"
    case .boolean: "boolean"
    case .date: "date"
    case .timestamp: TimePattern(self)?.isClock == true ? "time" : "timestamp"
    case .category: "category"
    case .identifier: "identifier"
    case .text: "text"
    }
  }
}
