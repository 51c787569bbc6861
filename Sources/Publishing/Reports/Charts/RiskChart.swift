import Attacks
import Basics

/// Draws the result of each attack: its risk, the interval around it, and the limit that the
/// interval must stay under.
struct RiskChart {
  struct Row {
    var label: String
    var value: Double
    var low: Double
    var high: Double
    /// The largest allowed value; nil if there is no limit.
    var limit: Double?
    /// The finding on the limit; nil if nothing is judged.
    var finding: AttackFinding?

    /// The sign after the figure.
    var sign: String {
      switch finding {
      case .met?, nil: ""
      case .notMet?: " ✕"
      case .saysNothing?: " ?"
      }
    }
    var isOver: Bool { !sign.isEmpty }
  }

  let rows: [Row]

  private static let width = 420.0
  /// Room for half a label of the axis.
  private static let margin = 14.0
  private static let rowHeight = 42.0

  /// The right end of the axis: a round share that covers every interval and limit.
  private var full: Double {
    let highest = rows.map { max($0.high, $0.limit ?? 0) }.max() ?? 0
    return [0.02, 0.05, 0.1, 0.2, 0.5].first { highest <= $0 * 0.98 } ?? 1
  }

  /// Draws the name and the figure of an attack above its bar, so that the picture fits a phone.
  func svg() -> String {
    let full = full
    let plot = Self.width - 2 * Self.margin
    func x(_ share: Double) -> Double { Self.margin + plot * min(max(share, 0), full) / full }
    let bottom = Double(rows.count) * Self.rowHeight
    var svg = SVG(width: Self.width, height: bottom + 22)
    for mark in [0, 0.5, 1] {
      for index in rows.indices {
        svg.path(
          "M\(SVG.number(x(full * mark))) \(SVG.number(Double(index) * Self.rowHeight + 20))v18",
          class: "grid")
      }
      svg.text(
        NumberText.percent(full * mark), x: x(full * mark), y: bottom + 13, class: "quiet",
        anchor: .middle)
    }
    for (index, row) in rows.enumerated() {
      draw(row, top: Double(index) * Self.rowHeight, x: x, in: &svg)
    }
    let over = rows.count { $0.isOver }
    let title =
      "Risk of \(NumberText.plural(rows.count, "attack", "attacks")) with intervals"
      + (rows.contains { $0.finding == nil }
        ? ", not judged" : ", \(over == 0 ? "all within" : "\(over) not within") the limit")
    return svg.document(title: title, class: "risks")
  }

  private func draw(_ row: Row, top: Double, x: (Double) -> Double, in svg: inout SVG) {
    let words =
      "\(row.label): \(NumberText.percent(row.value)), interval \(NumberText.percent(row.low)) to \(NumberText.percent(row.high))"
    let middle = top + 29
    svg.text(row.label, x: Self.margin, y: top + 14)
    svg.text(
      "up to \(NumberText.percent(row.high))" + row.sign, x: Self.width - Self.margin, y: top + 14,
      class: row.isOver ? "figure over" : "figure", anchor: .end)
    svg.rect(
      x: x(row.low), y: middle - 4, width: max(x(row.high) - x(row.low), 2), height: 8,
      class: row.isOver ? "bar over" : "bar", title: words
    )
    svg.rect(x: x(row.value) - 2, y: middle - 8, width: 4, height: 16, class: "mark")
    if let limit = row.limit {
      svg.path("M\(SVG.number(x(limit))) \(SVG.number(middle - 10))v20", class: "limit")
    }
  }
}
