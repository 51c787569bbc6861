import Accounting
import ColumnRoles
import Foundation
import Releases
import Tables
import Understudy

/// The result of a look that was paid for. All of it is in the schema file too.
struct PrivateInspectionReport: Encodable {
  struct ColumnReport: Encodable {
    let name: String
    let type: String
    let role: String
    /// Whether cells may be missing.
    let missing: Bool
    /// Whether values recur in several rows; absent if this was not asked or cannot be determined.
    let repeats: Bool?
    /// The facts hidden by the noise, in words.
    let doubts: [String]
  }

  let file: String
  let epsilon: Double
  let delta: Double
  /// The approximate number of rows; absent if the noise hides it.
  let rows: Int?
  /// The standard deviation of the noise on the deciding counts, in rows.
  let sigma: Double
  let columns: [ColumnReport]
  let notes: [String]
  let schemaFile: String

  init(_ outcome: PrivateInspection.Outcome, of inspection: PrivateInspection, schemaFile: URL) {
    file = InputFile.name(inspection.input)
    epsilon = inspection.epsilon.value
    delta = inspection.delta.value
    rows = outcome.schema.approximateRows
    sigma = outcome.sigma
    columns = outcome.schema.columns.map { column in
      ColumnReport(
        name: column.name, type: InspectionWords.type(column.type), role: column.role.disclosure,
        missing: column.isNullable,
        repeats: column.repeats, doubts: outcome.doubts[column.name] ?? [])
    }
    notes = outcome.ownerMessages
    self.schemaFile = InputFile.name(schemaFile)
  }
}

/// The same result as a page to read.
enum PrivateInspectionPage {
  static func text(_ report: PrivateInspectionReport, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    let rows =
      report.rows.map { "about \(Numbers.count($0, "row"))" }
      ?? "a number of rows that the noise hides"
    page.heading("\(report.file): \(rows), \(Numbers.count(report.columns.count, "column"))")
    page.line(
      "Learned at epsilon \(Numbers.short(report.epsilon)) and delta \(Numbers.short(report.delta)), which is charged. Counts that decided "
        + "carry noise of about \(Numbers.count(Int(report.sigma.rounded()), "row")); what is rarer than a few times that is not seen."
    )
    page.heading("Columns")
    var table = TextTable([
      ("Name", .left), ("Type", .left), ("Role", .left), ("Missing", .left), ("Repeats", .left),
    ])
    for column in report.columns {
      table.add(
        column.name, column.type, column.role, column.missing ? "yes" : "no",
        column.repeats.map { $0 ? "yes" : "no" } ?? "")
    }
    page.table(table)
    let doubts = report.columns.filter { !$0.doubts.isEmpty }
    if !doubts.isEmpty {
      page.heading("What could not be told")
      page.pairs(doubts.map { ($0.name, $0.doubts.joined(separator: " ")) })
    }
    page.heading("Advice")
    page.list(
      report.notes + [
        "Roles come from the header alone: read \(report.schemaFile), correct it, and pass it with --schema. What it says of the rows "
          + "was paid for, so that a release under it accepts no hazard for it.",
        "Whom a row stands for is for you to say: `unit` in the schema.",
      ])
    page.heading("Schema written to \(report.schemaFile)")
    return page.text
  }
}
