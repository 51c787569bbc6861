import ColumnRoles
import Understudy

/// An inspection as a page to read.
enum InspectionPage {
  static func text(_ report: InspectionReport, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading(
      "\(report.file): \(Numbers.count(report.rows, "row")), \(Numbers.count(report.columns.count, "column")). For the owner only."
    )
    page.line(
      "Cells are separated by \(report.delimiter); the first line holds \(report.hasHeader ? "names" : "data")."
    )
    page.heading("Columns")
    page.table(columns(report))
    let reasons = report.columns.filter { $0.role != "ordinary" }
    if !reasons.isEmpty {
      page.heading("Why")
      page.pairs(
        reasons.map {
          ($0.name, "\($0.role) (\(Numbers.percent($0.confidence)) sure): \($0.reason)")
        })
    }
    if !report.quasiIdentifierSets.isEmpty {
      page.heading("Who can be singled out by how little")
      page.line(
        "The share of rows that a set of columns tells from those of all other people, for the worst set of each size."
      )
      page.table(sets(report))
    }
    if !report.suggestedRules.isEmpty {
      page.heading("Rules that hold in every row")
      page.list(report.suggestedRules)
    }
    if !report.notes.isEmpty {
      page.heading("Choices made while reading")
      page.list(report.notes)
    }
    page.heading("Advice")
    page.list(report.advice)
    page.heading("Schema written to \(report.schemaFile)")
    return page.text
  }

  private static func sets(_ report: InspectionReport) -> TextTable {
    var table = TextTable([
      ("Columns", .left), ("Among", .left), ("Rows", .right), ("Share", .right),
      ("No set is above", .right),
    ])
    for set in report.quasiIdentifierSets {
      table.add(
        set.columns.joined(separator: ", "), set.among == "all" ? "all but identifiers" : set.among,
        Numbers.count(set.rows),
        Numbers.percent(set.share),
        set.largestShare <= set.share ? "this" : Numbers.percent(set.largestShare))
    }
    return table
  }

  private static func columns(_ report: InspectionReport) -> TextTable {
    var table = TextTable([
      ("Name", .left), ("Type", .left), ("Role", .left), ("Values", .right), ("Unusual", .left),
    ])
    for column in report.columns {
      table.add(
        column.name, column.type, column.identifier.map { "\(column.role): \($0)" } ?? column.role,
        Numbers.count(column.distinct),
        column.unusual.joined(separator: "; "))
    }
    return table
  }
}
