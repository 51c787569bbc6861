import Basics
import Foundation

/// Named shares as a table with a bar in each row, whose letters keep their size on a phone.
struct ShareBars {
  struct Row {
    let label: String
    let value: Double
    let figure: String
  }

  let rows: [Row]
  /// The value of a full bar.
  let full: Double

  /// - Parameter title: said to those who cannot see the table.
  func html(title: String) -> String {
    let lines = rows.map { row in
      let percent = min(max(row.value / max(full, 1e-12), 0), 1) * 100
      let width = String(format: "%.1f", percent)
      return
        "<tr><th scope=\"row\">\(SVG.escape(row.label))</th><td><i><b style=\"width:\(width)%\"></b></i></td>"
        + "<td class=\"n\">\(SVG.escape(row.figure))</td></tr>"
    }
    return
      "<table class=\"shares\" aria-label=\"\(SVG.escape(title))\"><tbody>\(lines.joined())</tbody></table>"
  }
}
