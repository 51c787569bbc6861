import ProseRedaction
import Words

/// The findings and the treatments of a redaction: types, counts and modes, never a text.
struct RedactionReport: Encodable {
  struct Entry: Encodable {
    let type: String
    let found: Int
    let mode: String
  }

  struct PolicyLine: Encodable {
    let line: String
    let title: String
    /// `handled`, `absent`, or `needs a person's eye`.
    let standing: String
    let found: Int
    let note: String?
  }

  let file: String
  let documents: Int
  let found: Int
  let types: [Entry]
  /// By column or field.
  let fields: [String: [String: Int]]
  /// Findings of values of a row's identifier columns in its prose.
  let ownValues: Int
  /// Findings of words of the `--always` list.
  let always: Int
  /// Findings that were left because of the `--never` list, by type.
  let never: [String: Int]
  /// Words in scripts that no detector reads, by script.
  let unread: [String: Int]
  /// Findings in column names.
  let header: Int
  /// Lines above the header, such as titles, which are not in the output.
  let linesLeftOut: Int
  let policy: String?
  let lines: [PolicyLine]?

  init(file: String, tally: FindingTally, plan: RedactionPlan, isSafeHarbor: Bool, linesLeftOut: Int) {
    self.file = file
    (header, self.linesLeftOut) = (tally.inHeader, linesLeftOut)
    documents = tally.documents
    found = tally.total
    types = tally.byCount.map { Entry(type: $0.type.rawValue, found: $0.count, mode: plan[$0.type].rawValue) }
    fields = Dictionary(uniqueKeysWithValues: tally.fields.keys.map { ($0, tally.named($0)) })
    ownValues = tally.ownValues
    always = tally.always
    never = Dictionary(uniqueKeysWithValues: tally.left.map { ($0.key.rawValue, $0.value) })
    unread = tally.unreadByScript
    policy = isSafeHarbor ? "hipaa-safe-harbor" : nil
    lines =
      !isSafeHarbor
      ? nil
      : SafeHarbor.lines.map { line in
        let (standing, found) = SafeHarbor.standing(line, counts: tally.counts, left: tally.left)
        return PolicyLine(line: line.letter, title: line.title, standing: standing.rawValue, found: found, note: line.eye(left: tally.left))
      }
  }
}

/// The report as a page to read.
enum RedactionPage {
  static func text(_ report: RedactionReport, tally: FindingTally, output: String, run: DocumentRun, terminal: Terminal) -> String {
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
        table.add(name, FindingsPage.word(column.use), Numbers.count(report.fields[name]?.values.reduce(0, +) ?? 0))
      }
      page.table(table)
    }
    if let lines = report.lines {
      page.heading("Safe Harbor, 45 CFR 164.514(b)(2)(i)")
      var table = TextTable([("", .left), ("Line", .left), ("Found", .right), ("Standing", .left)])
      for line in lines { table.add(line.line, line.title, Numbers.count(line.found), line.standing) }
      page.table(table)
      page.heading("What is left to you")
      page.list(lines.compactMap { line in line.note.map { "\(line.line): \($0)" } })
      page.list(["All lines: a program that reads text misses some. Read a sample before you hand it over."])
    }
    return page.text
  }
}
