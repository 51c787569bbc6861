import ColumnRoles
import Foundation
import Tables
import Words

/// An inspection in printed form. It holds counts and column names, and no cell's value.
struct InspectionReport: Encodable {
  struct ColumnReport: Encodable {
    let name: String
    let type: String
    /// `direct-identifier`, `quasi-identifier`, `sensitive`, `ordinary` or `prose`.
    let role: String
    /// The type of identifier, such as `EMAIL`; absent if there is none.
    let identifier: String?
    /// The reason for the role.
    let reason: String
    /// 0 to 1.
    let confidence: Double
    let missing: Int
    let distinct: Int
    /// Unusual features, in words.
    let unusual: [String]
  }

  let file: String
  let rows: Int
  let delimiter: String
  let hasHeader: Bool
  let columns: [ColumnReport]
  let suggestedPersonColumn: String?
  /// The sets of one to four columns that single out most rows.
  let quasiIdentifierSets: [TableScan.SetFinding]
  /// Rules that hold in every row, in words.
  let suggestedRules: [String]
  let notes: [String]
  let advice: [String]
  let schemaFile: String

  init(_ inspection: Inspection, schemaFile: URL) {
    file = InputFile.name(inspection.file)
    rows = inspection.table.rowCount
    delimiter = InspectionWords.delimiter(inspection.schema.format.delimiter)
    hasHeader = inspection.schema.format.hasHeader
    columns = zip(inspection.table.columns, zip(inspection.schema.columns, inspection.advice)).map { column, described in
      ColumnReport(column, schema: described.0, advice: described.1)
    }
    suggestedPersonColumn = inspection.observed.suggestedPersonColumn
    quasiIdentifierSets = inspection.scan.quasiIdentifierSets
    suggestedRules = inspection.schema.rules.map(InspectionWords.rule)
    notes = inspection.readingNotes
    self.schemaFile = InputFile.name(schemaFile)
    advice = InspectionWords.advice(inspection, columns: columns, schemaFile: schemaFile)
  }
}

extension InspectionReport.ColumnReport {
  init(_ column: Column, schema: ColumnSchema, advice: ColumnAdvice) {
    let counts = column.counts()
    name = column.name
    type = InspectionWords.type(schema.type)
    role = schema.role.disclosure
    identifier = advice.identifier?.rawValue
    reason = advice.reason
    confidence = advice.confidence
    missing = column.missingCount
    distinct = counts.count
    unusual = InspectionWords.unusual(column, schema: schema, counts: counts)
  }
}
