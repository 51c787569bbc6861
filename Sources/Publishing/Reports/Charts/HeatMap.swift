import Basics
import Quality

/// Draws a value for every pair of columns as a square of colours.
struct HeatMap {
  enum Colours {
    /// From 0 to 1.
    case sequential
    /// From -1 to 1.
    case diverging
  }

  /// What the value of a pair rests on.
  enum Ground: String {
    /// The two columns were counted together, and their association stands out of the noise.
    case counted = "counted together"
    /// They were counted together, and noise alone may show as much.
    case noise = "no more than noise"
    /// They were not counted together: their association follows from others.
    case implied = "follows from others"
  }

  /// The largest number of columns whose cells have notes. Above it, cells of one colour are drawn
  /// as one path without notes.
  static let mostNotedColumns = 24
  static let levels = 9

  let columns: [String]
  let colours: Colours
  /// The value with the strongest colour.
  let strongest: Double
  /// The ground of a pair's value: noise is left blank, and a value that follows from others is
  /// hatched.
  let ground: (Int, Int) -> Ground
  let value: (Int, Int) -> Double

  func svg(title: String) -> String {
    let count = columns.count
    let cell = count <= 16 ? 27.0 : count <= HeatMap.mostNotedColumns ? 21.0 : 13.0
    let longest = min(columns.map(\.count).max() ?? 0, 16)
    let left = Double(longest) * 6.2 + 8
    let top = left * 0.72 + 6
    // Turned labels of the last columns extend beyond the square.
    var svg = SVG(
      width: left + Double(count) * cell + top * 0.9, height: top + Double(count) * cell + 2)
    for index in 0..<count {
      let middle = Double(index) * cell + cell / 2
      svg.text(
        SVG.clipped(columns[index], to: 16), x: left - 6, y: top + middle + 3.5, anchor: .end)
      svg.text(SVG.clipped(columns[index], to: 16), x: left + middle + 2, y: top - 5, turned: -45)
    }
    if count <= HeatMap.mostNotedColumns {
      drawCells(cell: cell, left: left, top: top, in: &svg)
    } else {
      drawPaths(cell: cell, left: left, top: top, in: &svg)
    }
    return svg.document(
      title: title, class: count <= HeatMap.mostNotedColumns ? "heat small" : "heat")
  }

  private func drawCells(cell: Double, left: Double, top: Double, in svg: inout SVG) {
    for row in columns.indices {
      for column in columns.indices {
        let isSelf = row == column
        let (x, y) = (left + Double(column) * cell, top + Double(row) * cell)
        svg.rect(
          x: x, y: y, width: cell - 1, height: cell - 1,
          class: isSelf ? "self" : colourClass(row, column),
          title: isSelf ? nil : note(row, column))
        if isHatched(row, column) {
          svg.path(Self.hatch(x: x, y: y, side: cell - 1), class: "hatch")
        }
      }
    }
  }

  private func drawPaths(cell: Double, left: Double, top: Double, in svg: inout SVG) {
    var paths: [String: String] = [:]
    var hatches = ""
    let side = SVG.number(cell - 1)
    for row in columns.indices {
      for column in columns.indices where row != column {
        let x = SVG.number(left + Double(column) * cell)
        let y = SVG.number(top + Double(row) * cell)
        paths[colourClass(row, column), default: ""] += "M\(x) \(y)h\(side)v\(side)h-\(side)z"
        if isHatched(row, column) {
          hatches += Self.hatch(
            x: left + Double(column) * cell, y: top + Double(row) * cell, side: cell - 1)
        }
      }
    }
    for (name, commands) in paths.sorted(by: { $0.key < $1.key }) {
      svg.path(commands, class: name)
    }
    if !hatches.isEmpty { svg.path(hatches, class: "hatch") }
  }

  private func note(_ row: Int, _ column: Int) -> String {
    let figure = NumberText.decimal(value(row, column), digits: 3)
    let ground = ground(row, column)
    return "\(columns[row]) × \(columns[column]): \(figure)"
      + (ground == .counted ? "" : ", \(ground.rawValue)")
  }

  private func isHatched(_ row: Int, _ column: Int) -> Bool {
    row != column && ground(row, column) == .implied && colourClass(row, column) != "h0"
  }

  /// Returns three slanted strokes across a square.
  private static func hatch(x: Double, y: Double, side: Double) -> String {
    let (half, whole) = (SVG.number(side / 2), SVG.number(side))
    let (left, centre) = (SVG.number(x), SVG.number(x + side / 2))
    let (middle, foot) = (SVG.number(y + side / 2), SVG.number(y + side))
    return "M\(left) \(middle)l\(half)-\(half)M\(left) \(foot)l\(whole)-\(whole)"
      + "M\(centre) \(foot)l\(half)-\(half)"
  }

  /// Returns `h0` to `h8` for 0 up to the strongest value, and `n1` to `n8` for values below 0.
  private func colourClass(_ row: Int, _ column: Int) -> String {
    let figure = ground(row, column) == .noise ? 0 : value(row, column)
    let level = Int((abs(figure) / max(strongest, 1e-12) * Double(HeatMap.levels - 1)).rounded())
    let bounded = min(max(level, 0), HeatMap.levels - 1)
    if bounded == 0 { return "h0" }
    switch colours {
    case .sequential: return "h\(bounded)"
    case .diverging: return figure < 0 ? "n\(bounded)" : "p\(bounded)"
    }
  }

  /// Returns a legend: the colours from one end to the other, with the values at the ends.
  func legend(low: String, high: String) -> String {
    let names =
      switch colours {
      case .sequential: (0..<HeatMap.levels).map { "h\($0)" }
      case .diverging:
        (1..<HeatMap.levels).reversed().map { "n\($0)" } + ["h0"]
          + (1..<HeatMap.levels).map { "p\($0)" }
      }
    let step = 162 / Double(names.count)
    var svg = SVG(width: 162, height: 10)
    for (index, name) in names.enumerated() {
      svg.rect(x: Double(index) * step, y: 0, width: step, height: 10, class: name)
    }
    let picture = svg.document(title: "Colours from \(low) to \(high)", class: "legend")
    return
      "<p class=\"scale\"><span>\(SVG.escape(low))</span>\(picture)<span>\(SVG.escape(high))</span></p>"
  }
}
