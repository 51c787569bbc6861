import Basics
import Releases
import Understudy

/// How a table fits its schema, for its owner.
package enum CheckPage {
  package static func text(_ check: TableCheck, file: String, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading("\(file) against its schema. NOT PRIVATE: for the owner of the data only.")
    page.pairs(
      [("Rows", rows(check)), ("Fits", fit(check))]
        + check.repetitions.map { ("Persons", persons($0)) })
    if !check.header.isEmpty {
      page.heading("The header")
      page.list(check.header.map(\.sentence))
      page.line("The rows are compared once the header fits.")
    }
    if !check.findings.isEmpty {
      page.heading("The rows")
      for finding in check.findings {
        page.list([finding.sentence])
        for line in texts(finding) { page.line(line, indentation: 6) }
      }
    }
    if !check.notes.isEmpty {
      page.heading("To know")
      page.list(check.notes)
    }
    return page.text
  }

  /// Adds the findings in short to a plan: how many cells, never a text.
  static func add(_ check: TableCheck, to page: inout Section) {
    page.heading("The table itself. NOT PRIVATE: for the owner of the data only")
    page.pairs(
      [("Rows", rows(check)), ("Fits its schema", fit(check))]
        + check.repetitions.map { ("Persons", persons($0)) })
    page.list((check.header + check.findings).map(\.sentence))
    if !check.fits { page.line("`understudy check` shows the texts that do not fit.") }
  }

  private static func rows(_ check: TableCheck) -> String {
    let said = check.declaredRows.map { "the schema says about \(Numbers.count($0))" }
    guard let rows = check.rows else { return said ?? "not read" }
    return Numbers.count(rows) + (said.map { " (\($0))" } ?? "")
  }

  private static func fit(_ check: TableCheck) -> String {
    let count = check.header.count + check.findings.count
    return check.fits ? "yes" : "no: \(Numbers.count(count, "difference"))"
  }

  private static func persons(_ found: TableCheck.Repetition) -> String {
    "'\(found.column)' has \(Numbers.count(found.values, "value")) and at most \(Numbers.count(found.mostRows, "row")) of one"
      + (found.isUnit ? "; each is protected as a whole" : "")
  }

  private static func texts(_ finding: TableCheck.Finding) -> [String] {
    guard !finding.texts.isEmpty else { return [] }
    let listed = finding.texts.map { "'\(visible($0.text))' (\(Numbers.count($0.rows, "row")))" }
      .joined(separator: ", ")
    return [
      listed
        + (finding.furtherTexts > 0
          ? " and \(Numbers.count(finding.furtherTexts, "further text"))" : "")
    ]
  }

  private static let mostCharacters = 60

  /// Returns a cell's text in one line that cannot steer a terminal.
  private static func visible(_ text: String) -> String {
    let safe = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
    return safe.count > mostCharacters ? String(safe.prefix(mostCharacters)) + "…" : safe
  }
}
