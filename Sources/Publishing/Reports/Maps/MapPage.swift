import Basics
import Foundation
import Tables

extension MapReport {
  /// `map.html`: the map for people, in one file that needs nothing else: no tiles, no network.
  package func mapHTML() throws -> String {
    let wording = MapWording(self)
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
      <title>Map: \(SVG.escape(table))</title><style>\(ReportStyle.sheet)\(MapStyle.sheet)</style></head>
      <body>\(wording.banner)<header class="top"><p class="overline">Understudy · a private heat map</p>
      <h1>Where people are: \(SVG.escape(table))</h1><p class="lead">\(SVG.escape(wording.lead))</p></header>
      <main>\(wording.emptyNotice)
      <figure class="map"><div class="bar">\(controls)</div>
      <div class="frame"><canvas id="map" tabindex="0" role="img" aria-label="\(SVG.escape(wording.label))" \
      style="aspect-ratio:\(String(format: "%.4f", region.columns / region.rows))"></canvas>
      <div class="zoom"><button id="in" aria-label="Zoom in">+</button><button id="out" aria-label="Zoom out">−</button>\
      <button id="whole" aria-label="Show all">⤢</button></div></div>
      <div class="key" id="key" aria-hidden="true"></div>
      <figcaption id="said" aria-live="polite">Point at a cell or tap it, or use the arrow keys and + and −.</figcaption></figure>
      <noscript><p>The map is drawn by a script in this page. Its numbers are in <code>heat.geojson</code> too.</p></noscript>
      <section><h2>How to read it</h2>\(PageParts.paragraphs(wording.reading))</section>
      \(wording.areaSection)
      <section><h2>What is promised</h2>\(PageParts.paragraphs(wording.promises))
      <p>More is in <a href="report.html">the report</a>.</p></section></main>
      <footer>\(SVG.escape(wording.footer))</footer>
      <script>const M=\(try data());\(MapScript.text)</script></body></html>

      """
  }

  /// `report.html`: what was promised, measured and paid for.
  package func reportHTML() -> String {
    let wording = MapWording(self)
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
      <title>Report: map of \(SVG.escape(table))</title><style>\(ReportStyle.sheet)\(MapStyle.squares)</style></head>
      <body>\(wording.banner)<header class="top"><p class="overline">Report of a heat map</p>
      <h1>\(SVG.escape(table))</h1><p class="lead">\(SVG.escape(wording.lead))</p></header>
      <main>\(wording.pictureSection)<section><h2>What is promised, exactly</h2>\(PageParts.paragraphs(wording.promises))
      \(wording.analogy.map { "<h3>In plain words</h3><p>\(SVG.escape($0))</p>" } ?? "")</section>
      <section><h2>What the map can show</h2>\(PageParts.paragraphs(wording.limits))\(wording.levelTable)</section>
      <section><h2>What lies outside the promise</h2><dl class="scope">\(wording.outside)</dl></section>
      <section><h2>What you accept</h2>\(wording.hazards)</section>
      <section><h2>The files</h2>\(wording.fileTable)</section></main>
      <footer>\(SVG.escape(wording.footer))</footer></body></html>

      """
  }

  private var controls: String {
    let views =
      "<label><input type=\"radio\" name=\"view\" value=\"0\" checked> Heat</label>"
      + "<label><input type=\"radio\" name=\"view\" value=\"1\"> Uncertainty</label>"
    guard slices.count > 1 else { return views }
    return views
      + "<label class=\"time\">Time <input id=\"slice\" type=\"range\" min=\"-1\" max=\"\(slices.count - 1)\" value=\"-1\">"
      + " <output id=\"when\">all</output></label>"
  }

  /// The numbers of the map for its script, which never become markup there.
  private func data() throws -> String {
    struct Drawn: Encodable {
      let columns, rows, metres: Double
      let west, south, width, height: Double
      let degrees: Bool
      let slices: [String]
      let holes: [[Double]]
      let cells: [[Double]]
    }
    let drawn = Drawn(
      columns: region.columns, rows: region.rows, metres: region.cellMetres, west: region.west,
      south: region.south, width: region.cellWidth, height: region.cellHeight,
      degrees: region.plane == .degrees, slices: slices, holes: region.excluded,
      cells: cells.map {
        [
          Double($0.column), Double($0.row), Double($0.size), Double($0.slice),
          ($0.heat * 100).rounded() / 100, ($0.standardError * 100).rounded() / 100,
        ]
      })
    return try CanonicalJSON.line(drawn).replacing("<", with: "\\u003c")
  }
}

/// The sentences of a map's page and report.
private struct MapWording {
  private let report: MapReport
  private let wording: GuaranteeWording

  init(_ report: MapReport) {
    self.report = report
    wording = GuaranteeWording(report.guarantee)
  }

  private var parts: PageParts {
    PageParts(guarantee: report.guarantee, hazards: report.hazards, files: report.files)
  }

  var banner: String { parts.banner }

  var lead: String {
    report.guarantee.isPrivate
      ? "This map is differentially private (\(parts.size)): it looks almost the same whether or not any one \(wording.unitNoun) is in it."
      : "A trial map that promises no privacy."
  }

  var label: String {
    "Map of heat with \(NumberText.plural(report.cells.count, "cell", "cells")). The list is in heat.geojson."
  }

  var emptyNotice: String {
    guard report.isEmpty else { return "" }
    return
      "<div class=\"notice caution\"><h3>Nothing stands out of the noise</h3><p>At this budget no cell holds enough people to be told from "
      + "noise. That is an answer that was paid for; it does not say that nobody is here. More people, a larger epsilon or a smaller "
      + "region would show more.</p></div>"
  }

  var reading: [String] {
    let finest = report.levels.last?.cellMetres ?? report.region.cellMetres
    return [
      "Everybody’s heat is 1, shared out over the places where their points are: somebody who spends half of them in a cell counts there "
        + "as half. So nobody weighs more by recording more. Heat is shown for each square kilometre.",
      "Cells are small where many people are, down to \(metres(finest)), and large elsewhere. A cell without colour does not mean that "
        + "nobody was there: too few were to be told from noise.",
      "Hatched cells are uncertain: their heat is less than twice its standard error. ‘Uncertainty’ colours every cell by that share.",
      "A group is not hidden. Some \(people(report.levels.last?.visibleGroup ?? 0)) people who spend all their time in one cell of "
        + "an empty quarter show in half of all maps; fewer show where a quarter is warm anyway. If a site itself is the secret, it must "
        + "be the unit of the promise, or be left out of the map by declaration.",
    ]
  }

  var limits: [String] {
    [
      "The region, its cells and the noise of each level were fixed before a row was read. A cell is divided, and shown, if its heat "
        + "stands \(NumberText.parameter(report.threshold)) standard deviations out of the noise of the next level.",
      "A lone group is so many people who spend all their time in one cell of an empty quarter. It shows in half of all maps.",
    ]
  }

  var promises: [String] { wording.promises.map { $0.replacing("this table", with: "this map") } }
  var analogy: String? { wording.analogy }

  var levelTable: String {
    let rows = report.levels.map {
      "<tr><th scope=\"row\">\(metres($0.cellMetres))</th><td class=\"n\">\(String(format: "%.1f", $0.sigma))</td>"
        + "<td class=\"n\">\(people($0.visibleGroup))</td></tr>"
    }
    return
      "<div class=\"scroll narrow\"><table><thead><tr><th scope=\"col\">cells of</th><th scope=\"col\" class=\"n\">noise, people</th>"
      + "<th scope=\"col\" class=\"n\">lone group, people</th></tr></thead>"
      + "<tbody>\(rows.joined())</tbody></table></div>"
  }

  /// The map in small, unless nothing stands out.
  var pictureSection: String {
    guard !report.isEmpty else { return emptyNotice }
    return
      "<section><h2>The map</h2>\(MapPicture(report).svg)<p>A stronger colour is more heat for each square kilometre. The map to "
      + "move about in, with its uncertainty, is <a href=\"map.html\">map.html</a>.</p></section>"
  }

  var areaSection: String {
    guard !report.areas.isEmpty else { return "" }
    let rows = report.areas.map { area in
      let figures =
        area.standardError.map {
          "<td class=\"n\">\(String(format: "%.0f", area.heat))</td><td class=\"n\">± \(String(format: "%.0f", 2 * $0))</td>"
        } ?? "<td class=\"n\" colspan=\"2\">too few to tell from noise</td>"
      return "<tr><th scope=\"row\">\(SVG.escape(area.name))</th>\(figures)</tr>"
    }
    return
      "<section><h2>Declared areas</h2><p>Heat in people, from the same cells, and twice the standard error of its noise. Heat that was "
      + "cut as noise is missing.</p><div class=\"scroll\"><table><thead><tr><th scope=\"col\">area</th>"
      + "<th scope=\"col\" class=\"n\">heat</th><th scope=\"col\" class=\"n\">uncertainty</th></tr></thead>"
      + "<tbody>\(rows.joined())</tbody></table></div></section>"
  }

  var outside: String {
    let own = [
      (
        "Where the map is",
        "The declared bounds of the coordinates, areas that are left out and the areas that are counted are taken as public."
      ),
      (
        "Groups and places",
        "The promise is for one \(wording.unitNoun). A place that many people visit shows, and so does a group that keeps together."
      ),
    ]
    return parts.outside(own)
  }

  var hazards: String { parts.hazardNotices }
  var fileTable: String { parts.fileTable }

  var footer: String { "Made by \(report.software) on \(report.created.prefix(10))." }

  private func metres(_ value: Double) -> String { PageParts.metres(value) }
  private func people(_ value: Double) -> String { NumberText.count(Int(value.rounded(.up))) }
}
