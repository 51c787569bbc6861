import Basics
import Quality

/// Draws the distribution of one column's values: filled bars for the synthetic table, and a line
/// for the original if it is shown. A whisker spans the shares that the original may have.
struct DistributionChart {
  private static let width = 240.0
  private static let rowHeight = 17.0
  private static let labelWidth = 92.0
  private static let barEnd = 202.0
  private static let histogramHeight = 92.0

  let distribution: ColumnDistribution

  private var showsOriginal: Bool { distribution.missing.original != nil }

  /// Single values that are each drawn as a line of the chart.
  private var rows: [ColumnDistribution.Bar] {
    var rows = distribution.kind == .categories ? distribution.bars : distribution.spikes
    if distribution.missing.synthetic > 0 || (distribution.missing.original ?? 0) > 0 {
      rows.append(distribution.missing)
    }
    return rows
  }

  func svg() -> String {
    let rows = rows
    let hasHistogram = distribution.kind != .categories && !distribution.bars.isEmpty
    let rowsHeight = Double(rows.count) * Self.rowHeight
    let height = rowsHeight + (hasHistogram ? Self.histogramHeight + 22 : 2)
    var svg = SVG(width: Self.width, height: max(height, 20))
    for (index, row) in rows.enumerated() {
      let isSpike = distribution.kind != .categories && index < distribution.spikes.count
      draw(
        row, at: Double(index) * Self.rowHeight, prefix: isSpike ? "= " : "",
        isMissing: row == distribution.missing, in: &svg)
    }
    if hasHistogram { drawHistogram(top: rowsHeight + 4, in: &svg) }
    return svg.document(title: title, class: "distribution")
  }

  private var title: String {
    let largest = (rows + (distribution.kind == .categories ? [] : distribution.bars)).max {
      $0.synthetic < $1.synthetic
    }
    let most =
      largest.map { ": most common \($0.label), \(NumberText.percent($0.synthetic))" } ?? ""
    return "Distribution of \(distribution.column)\(most)"
  }

  private func draw(
    _ bar: ColumnDistribution.Bar, at top: Double, prefix: String, isMissing: Bool,
    in svg: inout SVG
  ) {
    let span = Self.barEnd - Self.labelWidth
    let tip = NumberText.comparison(bar)
    svg.text(
      SVG.clipped(prefix + bar.label, to: 13), x: 0, y: top + 12, class: isMissing ? "quiet" : "")
    svg.rect(x: Self.labelWidth, y: top + 3, width: span, height: 11, class: "track")
    svg.rect(
      x: Self.labelWidth, y: top + 3,
      width: max(span * min(bar.synthetic, 1), bar.synthetic > 0 ? 1 : 0), height: 11,
      class: isMissing ? "bar missing" : "bar", title: tip)
    if let margin = bar.margin {
      let low = Self.labelWidth + span * max(0, bar.synthetic - margin)
      let high = Self.labelWidth + span * min(1, bar.synthetic + margin)
      let middle = SVG.number(top + 8.5)
      svg.path("M\(SVG.number(low)) \(middle)H\(SVG.number(high))", class: "whisker")
    }
    if let original = bar.original {
      let x = Self.labelWidth + span * min(original, 1)
      svg.path("M\(SVG.number(x)) \(SVG.number(top + 1))v15", class: "original")
    }
    svg.text(
      NumberText.percent(bar.synthetic), x: Self.width, y: top + 12, class: "figure", anchor: .end)
  }

  private func drawHistogram(top: Double, in svg: inout SVG) {
    let bars = distribution.bars
    let peak = max(
      bars.map { max($0.synthetic + ($0.margin ?? 0), $0.original ?? 0) }.max() ?? 0, 1e-12)
    let base = top + Self.histogramHeight
    let step = Self.width / Double(bars.count)
    let gap = step > 12 ? 1.5 : step > 4 ? 1.0 : 0.3
    func height(_ share: Double) -> Double { share / peak * (Self.histogramHeight - 6) }
    for (index, bar) in bars.enumerated() {
      let x = Double(index) * step
      svg.rect(
        x: x + gap / 2, y: base - height(bar.synthetic), width: step - gap,
        height: height(bar.synthetic), class: "bar",
        title: NumberText.comparison(bar, interval: true))
      guard let margin = bar.margin else { continue }
      let low = base - height(max(0, bar.synthetic - margin))
      let high = base - height(bar.synthetic + margin)
      svg.path(
        "M\(SVG.number(x + step / 2)) \(SVG.number(low))V\(SVG.number(high))", class: "whisker")
    }
    if showsOriginal {
      var line = "M0 \(SVG.number(base))"
      for (index, bar) in bars.enumerated() {
        line +=
          "V\(SVG.number(base - height(bar.original ?? 0)))H\(SVG.number(Double(index + 1) * step))"
      }
      svg.path(line + "V\(SVG.number(base))", class: "original")
    }
    svg.path("M0 \(SVG.number(base))H\(SVG.number(Self.width))", class: "axis")
    svg.text(NumberText.grouped(bars[0].label), x: 0, y: base + 14, class: "quiet")
    if let last = distribution.upperLabel {
      svg.text(NumberText.grouped(last), x: Self.width, y: base + 14, class: "quiet", anchor: .end)
    }
  }
}
