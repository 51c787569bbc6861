import Basics
import Foundation

extension TripReport {
  /// `report.html`: what the trips look like, what was promised, and what it was spent on.
  package func html() -> String {
    let wording = TripWording(self)
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
      <title>Report: trips of \(SVG.escape(table))</title><style>\(ReportStyle.sheet)\(TripWording.style)</style></head>
      <body>\(wording.parts.banner)<header class="top"><p class="overline">Understudy · synthetic trips</p>
      <h1>\(SVG.escape(table))</h1><p class="lead">\(SVG.escape(wording.lead))</p></header>
      <main>\(wording.emptyNotice)\(wording.charts)
      <section><h2>How to read the table</h2>\(PageParts.paragraphs(wording.reading))</section>
      <section><h2>What is promised, exactly</h2>\(PageParts.paragraphs(wording.promises))
      \(wording.analogy.map { "<h3>In plain words</h3><p>\(SVG.escape($0))</p>" } ?? "")</section>
      <section><h2>What the budget was spent on</h2>\(wording.budget)</section>
      <section><h2>What lies outside the promise</h2><dl class="scope">\(wording.outside)</dl></section>
      <section><h2>What you accept</h2>\(wording.parts.hazardNotices)</section>
      <section><h2>The files</h2>\(wording.parts.fileTable)</section></main>
      <footer>Made by \(SVG.escape(software)) on \(SVG.escape(String(created.prefix(10)))).</footer></body></html>

      """
  }
}

/// The sentences and charts of a report on trips.
private struct TripWording {
  let parts: PageParts
  private let report: TripReport
  private let wording: GuaranteeWording

  init(_ report: TripReport) {
    self.report = report
    wording = GuaranteeWording(report.guarantee)
    parts = PageParts(
      guarantee: report.guarantee, hazards: report.hazards, files: report.files)
  }

  static let style =
    "svg.distribution{width:100%;max-width:34rem;height:auto}" + MapStyle.squares
    + "h2.next{margin-top:2rem}" + MapStyle.shares

  var lead: String {
    let drawn =
      "\(NumberText.plural(report.trips, "trip", "trips")) of \(NumberText.count(report.people)) people whom nobody is. "
    return report.guarantee.isPrivate
      ? drawn
        + "The table is differentially private (\(parts.size)): it looks almost the same whether or not any one \(wording.unitNoun) "
        + "was learned from."
      : drawn + "A trial that promises no privacy."
  }

  var emptyNotice: String {
    guard report.isEmpty else { return "" }
    return
      "<div class=\"notice caution\"><h3>Nothing stands out of the noise</h3><p>At this budget no place holds enough homes to be told from "
      + "noise, so there are no trips. That is an answer that was paid for; it does not say that nobody is here.</p></div>"
  }

  var charts: String {
    guard !report.isEmpty else { return "" }
    let lengths = report.lengths.enumerated().map { index, length in
      let from = index > 0 ? report.lengths[index - 1].kilometres ?? 0 : 0
      return RankedBars.Row(
        label: length.kilometres.map { "up to \(NumberText.parameter($0)) km" }
          ?? "beyond \(NumberText.parameter(from)) km",
        value: share(length.trips),
        figure: NumberText.percent((share(length.trips) * 1_000).rounded() / 1_000))
    }
    return
      "<section class=\"split\"><div><h2>Where the trips run</h2>\(picture)</div><div><h2>When they begin</h2>\(hours)"
      + "<h2 class=\"next\">How long they are</h2>\(bars(lengths, "Trips by length"))</div></section>"
  }

  private func share(_ trips: Int) -> Double { Double(trips) / Double(max(report.trips, 1)) }

  private func bars(_ rows: [RankedBars.Row], _ title: String) -> String {
    RankedBars(rows: rows, full: rows.map(\.value).max() ?? 1).html(title: title)
  }

  /// A bar for each hour of the day.
  private var hours: String {
    let (step, height) = (16.0, 92.0)
    let peak = Double(max(report.hours.max() ?? 1, 1))
    var svg = SVG(width: 24 * step, height: height + 20)
    for (hour, trips) in report.hours.enumerated() {
      let tall = Double(trips) / peak * (height - 4)
      svg.rect(
        x: Double(hour) * step + 1, y: height - tall, width: step - 2, height: tall, class: "bar",
        title: "\(hour):00: \(NumberText.percent(share(trips)))")
      if hour % 6 == 0 {
        svg.text("\(hour):00", x: Double(hour) * step, y: height + 15, class: "quiet")
      }
    }
    svg.path("M0 \(SVG.number(height))H\(SVG.number(24 * step))", class: "axis")
    return svg.document(title: "Trips by the hour at which they begin", class: "distribution")
  }

  /// The synthetic points, darker for more, by their order, so that few busy squares do not hide
  /// the others.
  private var picture: String {
    let picture = report.picture
    let (width, rows) = (400.0, picture.rows)
    let side = width / Double(max(picture.columns, 1))
    let tall = side * picture.aspect
    let busy = picture.points.filter { $0 > 0 }.sorted()
    let steps = (1..<HeatMap.levels).map { level in
      busy.isEmpty ? 0 : busy[(busy.count - 1) * (level - 1) / (HeatMap.levels - 1)]
    }
    var svg = SVG(width: width, height: tall * Double(rows))
    svg.rect(x: 0, y: 0, width: width, height: tall * Double(rows), class: "h0")
    for (index, points) in picture.points.enumerated() where points > 0 {
      let level = max(steps.count { points >= $0 }, 1)
      svg.rect(
        x: Double(index % picture.columns) * side,
        y: Double(rows - 1 - index / picture.columns) * tall, width: side, height: tall,
        class: "h\(level)")
    }
    return svg.document(
      title: "Squares that the synthetic trips pass, in a stronger colour for more points",
      class: "squares")
  }

  var reading: [String] {
    [
      "A row is a point: a person, a trip, a time and a place. Each synthetic person has a home, most have a second anchor such as a "
        + "place of work, and their trips begin and end there as often as the noisy answers say. Nobody in it is a person of the table.",
      "Ways lead from square to neighbouring square of \(PageParts.metres(report.cellMetres)), \(followed). They are no recorded "
        + "ways: use the table for where trips begin and end, how long they are and when, not for single streets.",
      "No trip is faster than \(report.fastest) m/s between two points, by construction. A trip ends where the next point is more than "
        + "\(NumberText.parameter(report.pauseMinutes)) minutes away.",
    ]
  }

  private var followed: String {
    report.roads.map { "along the roads of \($0), from the road nearest to where they begin" }
      ?? "where people pass"
  }

  var promises: [String] { wording.promises }
  var analogy: String? { wording.analogy }

  var budget: String {
    bars(
      report.budget.map {
        RankedBars.Row(label: $0.name, value: $0.share, figure: NumberText.percent($0.share))
      }, "Shares of the budget")
  }

  private var declaredRoads: String { report.roads == nil ? "" : ", the roads" }

  var outside: String {
    parts.outside([
      (
        "Where and when",
        "The declared bounds of the coordinates and of the time, areas that are left out, the pause that ends a trip\(declaredRoads) and "
          + "the greatest speed are taken as public."
      ),
      (
        "Groups and places",
        "The promise is for one \(wording.unitNoun). A quarter where many people live shows, and so does a way that many take."
      ),
    ])
  }
}
