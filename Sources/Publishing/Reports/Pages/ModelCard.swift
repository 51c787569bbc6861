import Basics
import Foundation
import Manifests
import Policies

/// `model-card.md`: the maker, source, purpose, promise and evidence of the release, in Markdown
/// (after Mitchell et al. 2019, *Model Cards for Model Reporting*).
package struct ModelCard {
  private let report: ReleaseReport

  package init(_ report: ReleaseReport) { self.report = report }

  package var text: String {
    [head, fitness, promise, scope, declared, hazards, columns, evidence, use].compactMap(\.self)
      .joined(separator: "\n\n") + "\n"
  }

  private var coverage: Coverage { Coverage(report.columns) }
  private var wording: GuaranteeWording { GuaranteeWording(report.guarantee) }
  private var useWording: UseWording { UseWording(report) }

  private var head: String {
    var lines = [
      "# \(Self.inline(report.title)): a synthetic table", "",
      wording.verdict(
        rows: report.rows, policy: report.gate?.policy,
        assessesLater: report.gate?.assessedAfterwards != nil,
        coverage: coverage), "",
      "| | |", "|---|---|", Self.row("Made", "\(report.date) with \(report.software)"),
      Self.row("Rows", NumberText.count(report.rows)),
      Self.row("Columns", NumberText.count(report.columns.count { $0.treatment != .dropped })),
    ]
    if let note = coverage.note { lines.append(Self.row("Not learned", note)) }
    lines.append(
      Self.row("Model", "a graphical model of noisy counts; `model.json` draws more rows"))
    if let origin = SchemaWording.origin(report.review, report.learning, beside: report.guarantee) {
      lines.append(Self.row("Schema", origin))
    }
    lines.append(Self.row("Policy", report.gate?.policy ?? "none was asked for"))
    return lines.joined(separator: "\n")
  }

  private var promise: String {
    var paragraphs =
      ["## What is promised"] + (wording.analogy.map { [$0] } ?? []) + wording.promises
    paragraphs.append(
      [
        "| ε | δ | protects | accounting |", "|---|---|---|---|",
        Self.row(
          NumberText.parameter(report.guarantee.epsilon), NumberText.small(report.guarantee.delta),
          "\(wording.unitTitle) (\(wording.unitNote))", report.guarantee.accounting),
      ].joined(separator: "\n"))
    let tables = [wording.groupTable, wording.columnTable, wording.curveTable].compactMap(\.self)
    if !wording.losses.isEmpty {
      paragraphs +=
        ["### Several people, and single columns"] + wording.losses + tables.map(Self.table)
    }
    paragraphs += ["### What was attacked"] + TrialWording(report).sentences
    return paragraphs.map { $0.hasPrefix("|") || $0.hasPrefix("#") ? $0 : Self.inline($0) }.joined(
      separator: "\n\n")
  }

  private var fitness: String? {
    guard let fitness = report.fitness else { return nil }
    let uses = fitness.uses.map {
      "- **\(Self.inline($0.title)):** \(Self.answer($0.answer)). \(Self.inline($0.detail))"
    }
    let expected =
      report.expectedError.map {
        ["", Self.inline(ReleasePage.errorSentences($0).joined(separator: " "))]
      } ?? []
    return (["## What it is good for", "", fitness.sentence, ""] + uses + expected).joined(
      separator: "\n")
  }

  private static func answer(_ answer: Fitness.Use.Answer) -> String {
    switch answer {
    case .yes: "yes"
    case .partly: "in part"
    case .no: "no"
    }
  }

  private var declared: String? {
    guard let declared = report.declared, !declared.isEmpty else { return nil }
    return "## What the owner declared as public\n\n"
      + declared.map { "- **\($0.kind):** \(Self.inline($0.names.joined(separator: ", ")))" }
      .joined(separator: "\n")
  }

  private var scope: String {
    "## What lies outside the promise\n\n"
      + GuaranteeScope.outside.map { "- **\($0.title).** \(Self.inline($0.detail))" }.joined(
        separator: "\n")
  }

  private var hazards: String {
    "## What you accept\n\n"
      + (report.hazards.isEmpty
        ? "Nothing beyond the promise: no hazard was recorded."
        : report.hazards.map { "- **\(Self.inline($0.title)).** \(Self.inline($0.detail))" }.joined(
          separator: "\n"))
  }

  private var columns: String {
    ([
      "## Columns", "", "| column | type | treatment | bounds and categories | detail |",
      "|---|---|---|---|---|",
    ]
      + report.columns.map {
        Self.row(
          $0.name, $0.type, $0.isEmpty ? "empty" : $0.treatment.rawValue, $0.provenance.rawValue,
          $0.detail)
      })
      .joined(separator: "\n")
  }

  private var evidence: String {
    (["## Evidence", "", "| who asks | requirement | answer | because |", "|---|---|---|---|"]
      + report.evidence.map { Self.row($0.source, $0.requirement, $0.status.words, $0.basis) })
      .joined(separator: "\n")
  }

  private var conclusions: [String] {
    let relations = report.associations.map { Relations($0, report.expectedError) }
    return ConclusionWording(report, relations).sentences
  }

  private var use: String {
    "## How to use and cite it\n\n" + Self.list(useWording.advice)
      + "\n\nCite as: \(Self.inline(useWording.citation))\n\n"
      + "## What may be concluded\n\n" + conclusions.joined(separator: "\n\n") + "\n\n"
      + "## What it must not be used for\n\n" + Self.list(useWording.prohibitions)
  }

  private static func table(_ table: FigureTable) -> String {
    let heads = "| " + table.heads.map { inline($0.text) }.joined(separator: " | ") + " |"
    let rule = "|" + table.heads.map { _ in "---" }.joined(separator: "|") + "|"
    return
      ([heads, rule]
      + table.rows.map { row in
        "| " + row.cells.map { inline($0.text) }.joined(separator: " | ") + " |"
      })
      .joined(separator: "\n")
  }

  private static func list(_ items: [String]) -> String {
    items.map { "- \(inline($0))" }.joined(separator: "\n")
  }

  private static func row(_ cells: String...) -> String {
    "| " + cells.map { inline($0) }.joined(separator: " | ") + " |"
  }

  /// Escapes everything that Markdown or HTML would act on: text from a schema can hold anything.
  private static func inline(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\\", "|", "*", "_", "[", "]", "#", "!": result += "\\\(character)"
      case "\n", "\r", "\r\n": result += " "
      default: result.append(character)
      }
    }
    return result
  }
}

extension UseWording {
  init(_ report: ReleaseReport) {
    self.init(
      title: report.title, date: report.date, software: report.software,
      guarantee: report.guarantee, sigma: report.sigma)
  }
}
