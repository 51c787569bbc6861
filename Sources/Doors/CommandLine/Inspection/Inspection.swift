import ColumnRoles
import Foundation
import ProseRedaction
import Pseudonyms
import Releases
import Tables

/// The facts visible in a table, for its owner.
struct Inspection {
  let file: URL
  /// For the owner, like everything here.
  let table: Table
  /// Types, roles and format as they appear; everything else is left to be learned.
  let schema: Schema
  let advice: [ColumnAdvice]
  let observed: InspectionNotes
  /// Roles and the column sets that single people out, for machines.
  let scan: TableScan
  /// The decisions that the reader had to make.
  let readingNotes: [String]

  /// - Throws: ``ProseError`` if the column names cannot be searched.
  init(of people: OwnerTable, file: URL, format: TableFormat, readingNotes: [String]) throws {
    let table = people.ownersRows
    (self.file, self.table) = (file, table)
    advice = RoleAdvisor.advise(table: table)
    let inferred = Schema.inferred(from: table, format: format, name: file.tableName, advice: advice)
    let forms = inferred.withForms(of: table, advice: advice)
    schema = forms.schema
    observed = InspectionNotes(table: table, schema: schema, advice: advice, comments: forms.comments)
    scan = TableScan(table: table, advice: advice)
    let header = try HeaderSearch(format.hasHeader ? table.columns.map(\.header) : [])
    self.readingNotes = readingNotes + [header.note].compactMap(\.self)
  }
}
