import ColumnRoles
import Curation
import DelimitedText
import Foundation
import ProseRedaction
import Pseudonyms
import Releases
import SchemaFiles
import Tables

/// The facts visible in a table, for its owner.
package struct TableInspection {
  /// For the owner, like everything here.
  let table: Table
  /// Types, roles and format as they appear; everything else is left to be learned, but
  /// the rules that hold in every row.
  package let schema: Schema
  let advice: [ColumnAdvice]
  let observed: InspectionNotes
  /// Roles and the column sets that single people out, for machines.
  let scan: TableScan
  /// The decisions that the reader had to make.
  let readingNotes: [String]

  /// The comments for the schema's file.
  package var annotations: SchemaAnnotations { observed.annotations }

  /// Reads a file and looks at it.
  /// - Throws: the errors of tables; ``ProseError`` if the column names cannot be searched.
  package init(_ file: URL, options: ReadOptions = ReadOptions()) throws {
    let table = try SensitiveTable.read(file, options: options)
    try self.init(
      of: table.openForOwner(reason: .inspection), name: file.tableName, format: table.format,
      readingNotes: table.notes.map(\.description))
  }

  private init(of people: OwnerTable, name: String, format: TableFormat, readingNotes: [String])
    throws
  {
    let table = people.ownersRows
    self.table = table
    advice = RoleAdvisor.advise(table: table)
    let inferred = Schema.inferred(from: table, format: format, name: name, advice: advice)
    let forms = inferred.withForms(of: table, advice: advice)
    observed = InspectionNotes(
      table: table, schema: forms.schema, advice: advice, comments: forms.comments)
    schema = forms.schema.keeping(observed.suggestions.rules).withPlace(of: table)
    scan = TableScan(table: table, advice: advice)
    let header = try HeaderSearch(format.hasHeader ? table.columns.map(\.header) : [])
    self.readingNotes = readingNotes + [header.note].compactMap(\.self)
  }
}

extension Schema {
  fileprivate func keeping(_ rules: [Rule]) -> Schema {
    var schema = self
    schema.rules = rules
    return schema
  }
}
