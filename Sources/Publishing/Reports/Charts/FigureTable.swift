import Basics
import Quality

/// A table of figures, as templates show it.
struct FigureTable {
  struct Cell {
    var text: String
    var isNumber: Bool
  }

  struct Row {
    var cells: [Cell]
  }

  var summary: String
  var heads: [Cell]
  var rows: [Row]

  /// Treats the first `textColumns` columns as words and the others as figures.
  init(_ summary: String, heads: [String], rows: [[String]], textColumns: Int = 1) {
    func cells(_ texts: [String]) -> [Cell] {
      texts.enumerated().map { Cell(text: $1, isNumber: $0 >= textColumns) }
    }
    self.summary = summary
    self.heads = cells(heads)
    self.rows = rows.map { Row(cells: cells($0)) }
  }

  /// Shows the bars of a distribution.
  init(_ distribution: ColumnDistribution) {
    let hasOriginal = distribution.missing.original != nil
    let hasMargin = distribution.missing.margin != nil
    func row(_ label: String, _ bar: ColumnDistribution.Bar) -> [String] {
      [label, NumberText.percent(bar.synthetic)]
        + (hasMargin ? [bar.margin.map(NumberText.percent) ?? "–"] : [])
        + (bar.original.map { [NumberText.percent($0)] } ?? [])
    }
    var rows = distribution.spikes.map { row("exactly \($0.label)", $0) }
    rows += distribution.bars.map { row($0.lower == nil ? $0.label : "from \($0.label)", $0) }
    rows.append(row("missing", distribution.missing))
    self.init(
      "Figures",
      heads: ["value", "synthetic"] + (hasMargin ? ["±"] : []) + (hasOriginal ? ["original"] : []),
      rows: rows)
  }
}
