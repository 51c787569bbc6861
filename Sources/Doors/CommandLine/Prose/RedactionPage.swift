import ProseRedaction
import Understudy

/// The report as a page to read.
enum RedactionPage {
  static func text(
    _ report: RedactionReport, tally: FindingTally, output: String, run: DocumentRun,
    terminal: Terminal
  ) -> String {
    var page = Section(terminal: terminal)
    page.heading(
      "\(report.file): \(Numbers.count(report.found, "identifier")) treated in \(Numbers.count(report.documents, run.noun)). "
        + "Written to \(output).")
    if !report.types.isEmpty {
      var table = TextTable([("Type", .left), ("Found", .right), ("Treated by", .left)])
      for entry in report.types { table.add(entry.type, Numbers.count(entry.found), entry.mode) }
      page.table(table)
    }
    page.list(FindingsPage.apart(tally))
    if let uses = run.uses {
      page.heading("Columns")
      var table = TextTable([("Name", .left), ("Treated as", .left), ("Found", .right)])
      for (name, column) in zip(run.columnNames, uses.columns) {
        table.add(
          name, FindingsPage.word(column.use),
          Numbers.count(report.fields[name]?.values.reduce(0, +) ?? 0))
      }
      page.table(table)
    }
    if let lines = report.lines {
      page.heading("Safe Harbor, 45 CFR 164.514(b)(2)(i)")
      var table = TextTable([("", .left), ("Line", .left), ("Found", .right), ("Standing", .left)])
      for line in lines {
        table.add(line.line, line.title, Numbers.count(line.found), line.standing)
      }
      page.table(table)
      page.heading("What is left to you")
      page.list(lines.compactMap { line in line.note.map { "\(line.line): \($0)" } })
      page.list([
        "All lines: a program that reads text misses some. Read a sample before you hand it over."
      ])
    }
    return page.text
  }
}
