import ColumnRoles
import Foundation
import ProseRedaction
import Pseudonyms
import Releases
import Tables

/// What there is to see in a table, for its owner.
struct Inspection {
  let file: URL
  /// For the owner, like all that is here.
  let table: Table
  /// Types, roles and format as they seem; everything else left to be learned.
  let schema: Schema
  let advice: [ColumnAdvice]
  let observed: InspectionNotes
  /// Roles and the sets of columns that single people out, for machines.
  let scan: TableScan
  /// What the reader had to decide.
  let readingNotes: [String]

  /// - Throws: ``ProseError`` where the names of columns cannot be searched.
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
