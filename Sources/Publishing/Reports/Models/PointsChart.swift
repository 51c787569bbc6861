import Foundation
import Prediction

/// Draws the points of one column: a bar for each bin or category, to the right if the score rises,
/// with a line of one standard error to either side.
struct PointsChart {
  private static let width = 260.0
  private static let rowHeight = 17.0
  private static let labelWidth = 100.0
  private static let middle = 176.0
  private static let reach = 72.0

  let column: ColumnPoints
  /// The points at the end of the scale, the same for all columns.
  let largest: Double

  func svg() -> String {
    let lines = column.lines.filter { $0.error != nil }
    var svg = SVG(width: Self.width, height: max(Double(lines.count) * Self.rowHeight + 4, 20))
    svg.path(
      "M\(SVG.number(Self.middle)) 0V\(SVG.number(Double(lines.count) * Self.rowHeight))",
      class: "axis")
    for (index, line) in lines.enumerated() {
      draw(line, at: Double(index) * Self.rowHeight, in: &svg)
    }
    return svg.document(title: "Points of \(column.name)", class: "distribution")
  }

  private func draw(_ line: ColumnPoints.Line, at top: Double, in svg: inout SVG) {
    let label = ModelWording.label(line.cells)
    let isQuiet = line.cells == .missing || line.cells == .other
    svg.text(SVG.clipped(label, to: 17), x: 0, y: top + 12, class: isQuiet ? "quiet" : "")
    let (from, to) = (place(min(line.points, 0)), place(max(line.points, 0)))
    svg.rect(
      x: from, y: top + 3, width: max(to - from, 1), height: 11,
      class: isQuiet ? "bar missing" : "bar",
      title: "\(label): \(ModelWording.short(line.points)) ± \(ModelWording.short(line.error ?? 0))"
    )
    let (low, high) = (
      place(line.points - (line.error ?? 0)), place(line.points + (line.error ?? 0))
    )
    svg.path(
      "M\(SVG.number(low)) \(SVG.number(top + 8.5))H\(SVG.number(high))", class: "original")
  }

  private func place(_ points: Double) -> Double {
    Self.middle + min(max(points / max(largest, 1e-9), -1), 1) * Self.reach
  }
}
