import Foundation
import Releases
import SchemaFiles

/// A look at a table, for its owner. It comes from the rows and is not private.
public struct Inspection: Reported {
  package struct Report: Sendable, Codable {
    package let inspection: InspectionReport
    package let schema: String
  }

  package let report: Report
  package init(report: Report) { self.report = report }

  /// The text of a schema, to be read and corrected by the owner.
  public var schema: String { report.schema }
  /// The number of rows.
  public var rows: Int { report.inspection.rows }
  /// The columns, in the order of the file.
  public var columns: [InspectedColumn] { report.inspection.columns.map(InspectedColumn.init) }
  /// Choices that were made while reading, in sentences.
  public var notes: [String] { report.inspection.notes }
  /// Advice on the schema, in sentences.
  public var advice: [String] { report.inspection.advice }
}

/// The facts that are visible in a column. They hold no cell's value.
public struct InspectedColumn: Reported {
  package let report: InspectionReport.ColumnReport
  package init(report: InspectionReport.ColumnReport) { self.report = report }

  /// The name.
  public var name: String { report.name }
  /// The type, in words.
  public var type: String { report.type }
  /// `direct-identifier`, `quasi-identifier`, `sensitive`, `ordinary` or `prose`.
  public var role: String { report.role }
  /// The reason for the role.
  public var reason: String { report.reason }
}

/// How a table fits its schema. It comes from the rows, the texts of cells among it, and is not
/// private.
public struct TableFit: Reported {
  package let report: TableCheck
  package init(report: TableCheck) { self.report = report }

  /// Whether a release would use every cell as it stands.
  public var fits: Bool { report.fits }
  /// A sentence for each difference: its kind, its treatment in a release and its remedy.
  public var differences: [String] { (report.header + report.findings).map(\.sentence) }
  /// Sentences on the reading and the schema that are no differences.
  public var notes: [String] { report.notes }
}
