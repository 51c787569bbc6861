import Foundation

/// Draws named values as bars, one below the other.
struct RankedBars {
  struct Row {
    var label: String
    var value: Double
    var figure: String
  }

  let rows: [Row]
  /// The value of a full bar.
  let full: Double

  /// Returns the length of a row's bar as a share of a full one.
  private func share(_ row: Row) -> Double { min(max(row.value / max(full, 1e-12), 0), 1) }

  /// Draws a table with a bar in each row, whose letters keep their size on a phone.
  ///
  /// - Parameter title: read to those who cannot see the table.
  func html(title: String) -> String {
    let lines = rows.map { row in
      let width = String(format: "%.1f", share(row) * 100)
      return
        "<tr><th scope=\"row\">\(SVG.escape(row.label))</th><td><i><b style=\"width:\(width)%\"></b></i></td>"
        + "<td class=\"n\">\(SVG.escape(row.figure))</td></tr>"
    }
    return
      "<table class=\"shares\" aria-label=\"\(SVG.escape(title))\"><tbody>\(lines.joined())</tbody></table>"
  }

  func svg(title: String) -> String {
    let labelWidth = min(Double(rows.map { min($0.label.count, 27) }.max() ?? 0) * 7 + 10, 199)
    let barWidth = 389 - labelWidth
    var svg = SVG(width: labelWidth + barWidth + 48, height: Double(rows.count) * 22)
    for (index, row) in rows.enumerated() {
      let top = Double(index) * 22
      svg.text(SVG.clipped(row.label, to: 27), x: 0, y: top + 15)
      svg.rect(x: labelWidth, y: top + 5, width: barWidth, height: 12, class: "track")
      svg.rect(
        x: labelWidth, y: top + 5, width: max(barWidth * share(row), 1), height: 12, class: "bar",
        title: "\(row.label): \(row.figure)")
      svg.text(row.figure, x: labelWidth + barWidth + 8, y: top + 15, class: "figure")
    }
    return svg.document(title: title, class: "ranked")
  }
}
