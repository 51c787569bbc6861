import Tables

/// The facts known about several tables of the same people: the tables, the keys between them, and
/// the rules that reach from one to another.
///
/// One table, the root, has a row for each person. Every other table either belongs to people or is
/// public. A row of a table of people belongs to one row of the table's *owner*, and through it to
/// one person: the tables form a tree below the root (docs/decisions/0035-linked-tables.md).
package struct LinkedSchema: Sendable, Equatable {
  /// The version of the file format: a schema of several tables is a file of version 6.
  package static let currentVersion = 6

  /// The name of the whole in reports.
  package var name: String
  /// The tables, in the order of the file. Parents may stand behind their children.
  package var tables: [LinkedTable]
  /// The name of the table with a row for each person.
  package var person: String
  /// Rules that reach over tables or rows. Rules within a row stand in the table's own schema.
  package var rules: [LinkRule]
  /// The population that the people belong to. Tables of one population share one budget.
  package var people: String?
  /// The provenance of the links and of every fact without its own; the tables' schemas inherit it.
  package var facts = Provenance.declared
  /// The provenance of single rules over tables, if it is not ``facts``.
  package var ruleProvenance: [LinkRule: Provenance] = [:]
  /// The person who answers for the observed facts; nil as long as nobody does.
  package var review: SchemaReview?

  /// Creates a schema of several tables; by default without rules over tables.
  package init(
    name: String, tables: [LinkedTable], person: String, rules: [LinkRule] = [],
    people: String? = nil
  ) {
    self.name = name
    self.tables = tables
    self.person = person
    self.rules = rules
    self.people = people
  }

  /// Returns the table with the given name; nil if there is none.
  package func table(named name: String) -> LinkedTable? { tables.first { $0.name == name } }

  /// Returns the place of a table in ``tables``; nil if there is none of that name.
  package func index(of name: String) -> Int? { tables.firstIndex { $0.name == name } }

  /// Returns the description of a column; nil if there is none.
  package func column(_ place: ColumnPlace) -> ColumnSchema? {
    table(named: place.table)?.schema.column(named: place.column)
  }
}

/// One of several linked tables: its columns as in a schema of its own, and its links.
package struct LinkedTable: Sendable, Equatable {
  /// The name, format, columns and rules within a row. Its unit is the row and has no meaning here:
  /// the unit of linked tables is the person.
  package var schema: Schema
  /// The name of the file within the folder, such as `admissions.csv`.
  package var file: String
  /// The columns that together name a row; empty if nothing refers to the table.
  package var key: [String]
  /// The links to other tables by their keys. The first that leads to a table of people is the
  /// owner's; the others lead to one of the owner's own ancestors (and follow from the owner), to a
  /// row of another table of the same person, or to a public table.
  package var parents: [ParentLink]
  /// The column by which the rows of a person are in order: when the event was, or began.
  package var time: String?
  /// The column that says when the event ended.
  package var end: String?
  /// Whether no row is about a person, so that a release copies the table: a dictionary of codes or
  /// a catalogue of products.
  package var isPublic: Bool

  /// Creates a table; by default without key, links and times, and of people.
  package init(
    schema: Schema, file: String, key: [String] = [], parents: [ParentLink] = [],
    time: String? = nil, end: String? = nil, isPublic: Bool = false
  ) {
    self.schema = schema
    self.file = file
    self.key = key
    self.parents = parents
    self.time = time
    self.end = end
    self.isPublic = isPublic
  }

  /// The table's name.
  package var name: String { schema.name }
}

/// A foreign key: columns of a table that hold the key of a row of another.
package struct ParentLink: Sendable, Hashable {
  /// The columns, in the order of the other table's key.
  package var columns: [String]
  /// The name of the table that they refer to.
  package var table: String

  package init(_ columns: [String], to table: String) {
    (self.columns, self.table) = (columns, table)
  }
}

/// A column of one of several tables.
package struct ColumnPlace: Sendable, Hashable {
  package var table: String
  package var column: String

  package init(_ table: String, _ column: String) { (self.table, self.column) = (table, column) }

  /// The place as rules and messages name it: `admissions.admit`.
  package var text: String { "\(table).\(column)" }
}
