/// A public table that a release cannot start from, with the remedy.
package enum PublicTableFault: Error, Equatable, CustomStringConvertible {
  case isTheTable(String)
  case lacksColumns(String, [String])
  case noRows(String)
  case needsSchema
  case unused(engine: String)

  package var description: String {
    switch self {
    case .isTheTable(let file):
      "public: \(file) is the table of people itself, which is not public. Name another table of the same kind."
    case .lacksColumns(let file, let columns):
      "public: \(file) lacks \(columns.count == 1 ? "a column" : "\(columns.count) columns") of the schema: "
        + columns.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
        + ". Add them, or drop them in the schema. A column of which nothing is public can have empty cells."
    case .noRows(let file):
      "public: \(file) has no rows. Name a table with some, or leave it out."
    case .needsSchema:
      "public: a public table is read under a schema. Write one with `understudy inspect FILE`, read it, and give it."
    case .unused(let engine):
      "public: the engine \(engine) does not start from a public table. Take the engine aim, or leave the public table out."
    }
  }

  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .isTheTable: "public.is-the-table"
    case .lacksColumns: "public.lacks-columns"
    case .noRows: "public.no-rows"
    case .needsSchema: "public.needs-schema"
    case .unused: "public.unused"
    }
  }
}
