import Understudy

/// The inspection of a folder as a page to read.
enum FolderPage {
  static func text(_ report: FolderReport, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    let people = Numbers.count(report.persons, "person", "people")
    page.heading(
      "\(report.folder): \(Numbers.count(report.tables.count, "table")) of \(people). For the owner only."
    )
    page.line("A row of '\(report.person)' is a person.")
    page.heading("Tables")
    page.table(tables(report.tables))
    page.heading("Links")
    page.table(links(report.tables))
    if !report.rules.isEmpty {
      page.heading("Rules over tables that hold in every row")
      page.list(report.rules.map { "\($0.rule) (\(Numbers.count($0.checked, "row")))" })
    }
    if !report.notes.isEmpty {
      page.heading("Choices made")
      page.list(report.notes)
    }
    page.heading("Advice")
    page.list(report.advice)
    page.heading("Schema written to \(report.schemaFile)")
    return page.text
  }

  static func text(_ check: FolderCheck, folder: String, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading("\(folder) against its schema. NOT PRIVATE: for the owner of the data only.")
    page.pairs([
      ("People", Numbers.count(check.persons)),
      ("Fits", check.fits ? "yes" : "no: a release leaves out rows of nobody and keeps the rules"),
    ])
    page.heading("Tables")
    page.table(tables(check.tables))
    page.heading("Links")
    page.table(links(check.tables))
    if !check.brokenRules.isEmpty {
      page.heading("Rules that some rows break")
      page.list(
        check.brokenRules.map {
          "\($0.rule): \(Numbers.count($0.broken)) of \(Numbers.count($0.checked, "row"))"
        })
    }
    return page.text
  }

  private static func tables(_ tables: [FolderReport.OneTable]) -> TextTable {
    var table = TextTable([
      ("Table", .left), ("Rows", .right), ("Key", .left), ("Time", .left), ("End", .left),
      ("Unusual", .left),
    ])
    for one in tables {
      var unusual = one.isPublic ? ["public"] : []
      if one.repeatedKeys > 0 {
        unusual.append("\(Numbers.count(one.repeatedKeys, "repeated key"))")
      }
      if one.ofNobody > 0 { unusual.append("\(Numbers.count(one.ofNobody, "row")) of nobody") }
      table.add(
        one.name, Numbers.count(one.rows), one.key.joined(separator: ", "), one.time ?? "",
        one.end ?? "", unusual.joined(separator: "; "))
    }
    return table
  }

  private static func links(_ tables: [FolderReport.OneTable]) -> TextTable {
    var table = TextTable([
      ("From", .left), ("To", .left), ("Kind", .left), ("Without", .right), ("Unknown", .right),
      ("Of others", .right),
    ])
    for one in tables {
      for link in one.parents {
        table.add(
          "\(one.name).\(link.columns.joined(separator: ", "))", link.table, link.kind,
          Numbers.count(link.missing), Numbers.count(link.unknown), Numbers.count(link.ofOthers))
      }
    }
    return table
  }
}
