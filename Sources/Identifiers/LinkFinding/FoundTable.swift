import ColumnRoles
import LinkedTables
import SchemaFiles
import Tables

/// One of the tables of a folder, as its owner's inspection found it.
package struct FoundTable: Sendable {
  /// The name of the file within the folder.
  package let file: String
  /// The rows, for their owner.
  package var table: Table
  /// The schema as inferred, with the table's name.
  package var schema: Schema
  package let advice: [ColumnAdvice]
  /// The lines beside `treatment:`, by column.
  package let comments: [String: [String]]

  package init(
    file: String, table: Table, schema: Schema, advice: [ColumnAdvice],
    comments: [String: [String]] = [:]
  ) {
    self.file = file
    self.table = table
    self.schema = schema
    self.advice = advice
    self.comments = comments
  }

  var name: String { schema.name }

  /// The number of columns that are about a person, such as a birth date, an income or a name.
  var personalColumns: Int {
    advice.count { advice in
      switch advice.role {
      case .quasiIdentifier, .sensitive: true
      case .identifier: isPersonal(advice)
      case .ordinary, .target, .prose, .drop: false
      }
    }
  }

  /// Whether a column says directly who somebody is.
  var namesPeople: Bool { advice.contains(where: isPersonal) }

  private func isPersonal(_ advice: ColumnAdvice) -> Bool {
    guard case .identifier(let kind) = advice.role else { return false }
    switch kind {
    case .personName, .givenName, .familyName, .email, .phone, .socialSecurityNumber, .creditCard,
      .iban, .address:
      return true
    case .uuid, .code, .other, .url, .ipAddress, .macAddress: return false
    }
  }

  /// Whether a column names the person behind a row, as far as its header and values tell.
  func namesPerson(_ column: String) -> Bool {
    advice.contains { $0.column == column && $0.isPersonCandidate }
  }

  /// Makes the cells of an ordered column labels, as its text shows them.
  mutating func makeLabels(_ name: String) {
    guard let column = table.column(named: name), case .ticks(let ticks) = column.cells else {
      return
    }
    let texts = ticks.map { $0 == Cells.missingTick ? nil : column.text(ofKey: $0) }
    let labels = Column(
      name: column.name, type: .identifier, cells: Cells(labels: texts),
      missingToken: column.missingToken, header: column.header)
    table = Table(columns: table.columns.map { $0.name == name ? labels : $0 })
    change(name) { $0.type = .identifier }
  }

  mutating func change(_ column: String, _ body: (inout ColumnSchema) -> Void) {
    guard let index = schema.columns.firstIndex(where: { $0.name == column }) else { return }
    body(&schema.columns[index])
  }
}

/// What was found in a folder: a schema to read and correct, and the evidence for it.
package struct FoundLinks: Sendable {
  package let schema: LinkedSchema
  /// Comments for the schema's file. A release reads none of them.
  package let annotations: LinkedAnnotations
  /// The tables that the schema describes, in its order, with their keys as it reads them.
  package let data: LinkedData
  /// Sentences on tables that were left out and links that were not kept.
  package let notes: [String]
}

/// A folder whose tables could not be linked.
package enum LinkFindingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No column of a table holds the keys of another.
  case noLinks(tables: Int)
  /// A column names persons, and no table has a row for each of them.
  case noTableOfPersons(column: String, table: String)
  /// The folder holds fewer than two tables.
  case noFolderOfTables(folder: String, tables: Int)
  /// The folder lacks a file that the schema describes.
  case missingFile(folder: String, file: String)

  package var id: String {
    switch self {
    case .noLinks: "linked.no-links"
    case .noTableOfPersons: "linked.no-table-of-persons"
    case .noFolderOfTables: "linked.no-folder-of-tables"
    case .missingFile: "linked.file-missing"
    }
  }

  package var description: String {
    switch self {
    case .noLinks(let tables):
      "None of the \(tables) tables refers to another: no column holds the key of another table's rows. "
        + "Give tables of the same people, or inspect each table by itself."
    case .noTableOfPersons(let column, let table):
      "'\(table).\(column)' seems to name persons, but no table has one row for each of them. "
        + "Add such a table, even one with this column alone, or inspect '\(table)' by itself with a person column."
    case .noFolderOfTables(let folder, let tables):
      "\(folder): the folder holds \(tables == 0 ? "no table" : "one table alone"). Give a folder with several CSV files, or one file."
    case .missingFile(let folder, let file):
      "\(folder): the folder has no file \(file), which the schema describes. "
        + "Name the folder that holds the tables, or correct `file:` in the schema."
    }
  }
}
