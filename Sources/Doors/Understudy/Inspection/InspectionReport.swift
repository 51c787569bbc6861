import ColumnRoles
import Foundation
import Tables
import Words

/// An inspection in printed form. It holds counts and column names, and no cell's value.
package struct InspectionReport: Sendable, Codable {
  package struct ColumnReport: Sendable, Codable {
    package let name: String
    package let type: String
    /// `direct-identifier`, `quasi-identifier`, `sensitive`, `ordinary` or `prose`.
    package let role: String
    /// The type of identifier, such as `EMAIL`; absent if there is none.
    package let identifier: String?
    /// The reason for the role.
    package let reason: String
    /// 0 to 1.
    package let confidence: Double
    package let missing: Int
    package let distinct: Int
    /// Unusual features, in words.
    package let unusual: [String]
  }

  package let file: String
  package let rows: Int
  package let delimiter: String
  package let hasHeader: Bool
  package let columns: [ColumnReport]
  package let suggestedPersonColumn: String?
  /// The sets of one to four columns that single out most rows.
  package let quasiIdentifierSets: [TableScan.SetFinding]
  /// Rules that hold in every row, in words.
  package let suggestedRules: [String]
  package let notes: [String]
  package let advice: [String]
  package let schemaFile: String

  /// - Parameters:
  ///   - file: The table's name, as its owner knows it.
  ///   - schemaFile: The name of the schema that is written.
  ///   - use: A sentence on how the schema is passed on.
  package init(_ inspection: TableInspection, file: String, schemaFile: String, use: String) {
    self.file = file
    rows = inspection.table.rowCount
    delimiter = InspectionWords.delimiter(inspection.schema.format.delimiter)
    hasHeader = inspection.schema.format.hasHeader
    columns = zip(inspection.table.columns, zip(inspection.schema.columns, inspection.advice)).map {
      column, described in
      ColumnReport(column, schema: described.0, advice: described.1)
    }
    suggestedPersonColumn = inspection.observed.suggestedPersonColumn
    quasiIdentifierSets = inspection.scan.quasiIdentifierSets
    suggestedRules = inspection.schema.rules.map(InspectionWords.rule)
    notes = inspection.readingNotes + (inspection.dictionary?.sentences ?? [])
    self.schemaFile = schemaFile
    advice = InspectionWords.advice(inspection, columns: columns, schemaFile: schemaFile, use: use)
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
