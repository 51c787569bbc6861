/// An inspection, to read.
enum InspectionPage {
  static func text(_ report: InspectionReport, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading(
      "\(report.file): \(Numbers.count(report.rows, "row")), \(Numbers.count(report.columns.count, "column")). For the owner only.")
    page.line("Cells are separated by \(report.delimiter); the first line holds \(report.hasHeader ? "names" : "data").")
    page.heading("Columns")
    page.table(columns(report))
    let reasons = report.columns.filter { $0.role != "ordinary" }
    if !reasons.isEmpty {
      page.heading("Why some are not modelled")
      page.pairs(reasons.map { ($0.name, "\($0.role), because \($0.reason)") })
    }
    if !report.suggestedConstraints.isEmpty {
      page.heading("Rules that hold in every row")
      page.list(report.suggestedConstraints)
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

  private static func columns(_ report: InspectionReport) -> TextTable {
    var table = TextTable([("Name", .left), ("Type", .left), ("Role", .left), ("Values", .right), ("Unusual", .left)])
    for column in report.columns {
      table.add(column.name, column.type, column.role, Numbers.count(column.distinct), column.unusual.joined(separator: "; "))
    }
    return table
  }
}
