import Basics
import Manifests

/// The contents of the report of a release of linked tables: all of it is public, declared, paid
/// for, or counted in the synthetic tables.
package struct LinkedReport: Codable, Sendable {
  /// A value and its share of the rows.
  package struct Share: Codable, Sendable, Equatable {
    package var value: String
    package var share: Double

    package init(value: String, share: Double) { (self.value, self.share) = (value, share) }
  }

  /// How the values of a column follow one another: the share of each value after each other one.
  package struct Transitions: Codable, Sendable, Equatable {
    package var column: String
    package var values: [String]
    package var shares: [[Double]]

    package init(column: String, values: [String], shares: [[Double]]) {
      (self.column, self.values, self.shares) = (column, values, shares)
    }
  }

  /// A column, and what its value was found to depend on.
  package struct Dependence: Codable, Sendable, Equatable {
    package var column: String
    package var on: [String]

    package init(column: String, on: [String]) { (self.column, self.on) = (column, on) }
  }

  /// One synthetic table.
  package struct TableFigures: Codable, Sendable, Equatable {
    package var name: String
    package var owner: String?
    package var rows: Int
    /// The share of owners with so many rows.
    package var rowsOfAnOwner: [Share] = []
    /// The quartiles of the days from one row of an owner to the next.
    package var gapDays: [Double] = []
    package var transitions: [Transitions] = []
    /// The most frequent values of the columns with many of them.
    package var top: [String: [Share]] = [:]
    package var dependences: [Dependence] = []
    /// The length to which each person's counts were clipped; nil for the people themselves.
    package var clip: Double?

    package init(name: String, owner: String?, rows: Int) {
      (self.name, self.owner, self.rows) = (name, owner, rows)
    }
  }

  package var table: String
  package var created: String
  package var software: String
  package var guarantee: ReportGuarantee
  package var hazards: [ReportHazard]
  package var unlearned: [String]
  package var tables: [TableFigures]
  package var files: [ReleaseFile]

  package init(_ manifest: Manifest, tables: [TableFigures], files: [ReleaseFile]) {
    table = manifest.table
    created = manifest.created
    software = "\(manifest.software.name) \(manifest.software.version)"
    guarantee = ReportGuarantee(manifest)
    hazards = manifest.hazards.map(\.reported)
    unlearned = manifest.unlearned ?? []
    (self.tables, self.files) = (tables, files)
  }
}

// MARK: The page

extension LinkedReport {
  /// `report.html`: what was promised, and what the synthetic tables look like.
  package func html() -> String {
    let size =
      "ε = \(NumberText.parameter(guarantee.epsilon)), δ = \(NumberText.small(guarantee.delta))"
    let lead =
      guarantee.isPrivate
      ? "These tables are differentially private (\(size)): they look almost the same whether or not any one person is in them, with every "
        + "row of theirs in every table."
      : "Trial tables that promise no privacy."
    let banner =
      guarantee.isPrivate
      ? ""
      : "<div class=\"banner\" role=\"note\">NOT PRIVATE: this run was seeded. Do not share it.</div>"
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
      <title>Report: \(SVG.escape(table))</title><style>\(ReportStyle.sheet)</style></head>
      <body>\(banner)<header class="top"><p class="overline">Report of linked tables</p>
      <h1>\(SVG.escape(table))</h1><p class="lead">\(SVG.escape(lead))</p></header>
      <main>\(tables.map(section).joined())
      <section><h2>What lies outside the promise</h2><dl class="scope">\(outside)</dl></section>
      <section><h2>What you accept</h2>\(hazardList)</section>
      <section><h2>The files</h2>\(fileTable)</section></main>
      <footer>Made by \(SVG.escape(software)) on \(created.prefix(10)).</footer></body></html>

      """
  }

  private func section(_ figures: TableFigures) -> String {
    var parts = ["<p>\(NumberText.count(figures.rows)) synthetic rows.</p>"]
    if let owner = figures.owner, !figures.rowsOfAnOwner.isEmpty {
      parts.append(
        "<h3>Rows for each of \(SVG.escape(owner))</h3>\(shares(figures.rowsOfAnOwner))")
    }
    if figures.gapDays.count == 3 {
      let days = figures.gapDays.map { NumberText.parameter(($0 * 10).rounded() / 10) }
      parts.append(
        "<h3>From one to the next</h3><p>A quarter come within \(days[0]) days, half within \(days[1]), three quarters within "
          + "\(days[2]).</p>")
    }
    for transitions in figures.transitions {
      parts.append(
        "<h3>\(SVG.escape(transitions.column)): what follows what</h3>\(matrix(transitions))")
    }
    for (column, values) in figures.top.sorted(by: { $0.key < $1.key }) {
      parts.append("<h3>\(SVG.escape(column)): the most frequent</h3>\(shares(values))")
    }
    if !figures.dependences.isEmpty {
      let lines = figures.dependences.map { dependence in
        "<tr><th scope=\"row\">\(SVG.escape(dependence.column))</th><td>"
          + (dependence.on.isEmpty
            ? "nothing that stood out of the noise"
            : SVG.escape(dependence.on.joined(separator: ", "))) + "</td></tr>"
      }
      parts.append(
        "<h3>What each column was found to depend on</h3><table class=\"stack\"><tbody>\(lines.joined())</tbody></table>"
      )
    }
    return "<section><h2>\(SVG.escape(figures.name))</h2>\(parts.joined())</section>"
  }

  private func percent(_ share: Double) -> String {
    "\(NumberText.parameter((share * 1000).rounded() / 10)) %"
  }

  private func shares(_ values: [Share]) -> String {
    let rows = values.map {
      "<tr><th scope=\"row\">\(SVG.escape($0.value))</th><td class=\"n\">\(percent($0.share))</td></tr>"
    }
    return "<table><tbody>\(rows.joined())</tbody></table>"
  }

  private func matrix(_ transitions: Transitions) -> String {
    let head = transitions.values.map { "<th scope=\"col\" class=\"n\">\(SVG.escape($0))</th>" }
    let rows = zip(transitions.values, transitions.shares).map { value, shares in
      "<tr><th scope=\"row\">after \(SVG.escape(value))</th>"
        + shares.map { "<td class=\"n\">\(percent($0))</td>" }.joined() + "</tr>"
    }
    return
      "<div class=\"scroll\"><table><thead><tr><th></th>\(head.joined())</tr></thead><tbody>\(rows.joined())</tbody></table></div>"
  }

  private var outside: String {
    let own = [
      (
        "Links and rules",
        "The keys, the links between the tables, their times and the rules of the schema are public, and so are tables without people."
      ),
      (
        "Empty columns",
        unlearned.isEmpty
          ? "Something was learned about every column."
          : "Nothing could be learned at this budget about \(unlearned.joined(separator: ", ")): their cells are empty."
      ),
    ]
    return (own + GuaranteeScope.outside.map { ($0.title, $0.detail) }).map {
      "<div><dt>\(SVG.escape($0.0))</dt><dd>\(SVG.escape($0.1))</dd></div>"
    }.joined()
  }

  private var hazardList: String {
    if hazards.isEmpty {
      return "<p>Nothing beyond the promise above: no hazard was recorded for this release.</p>"
    }
    return hazards.map {
      "<div class=\"notice \($0.severity.rawValue)\"><h3>\(SVG.escape($0.title))</h3><p>\(SVG.escape($0.detail))</p></div>"
    }.joined()
  }

  private var fileTable: String {
    let rows = files.map {
      "<tr><th scope=\"row\">\(SVG.escape($0.name))</th><td>\(SVG.escape($0.purpose))</td></tr>"
    }
    return "<table class=\"stack\"><tbody>\(rows.joined())</tbody></table>"
  }
}
