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
  /// Types, roles and format as they appear; everything else is left to be learned, but
  /// the rules that hold in every row.
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
    observed = InspectionNotes(table: table, schema: forms.schema, advice: advice, comments: forms.comments)
    schema = forms.schema.keeping(observed.suggestions.rules)
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
