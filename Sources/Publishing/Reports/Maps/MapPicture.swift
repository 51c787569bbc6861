/// The cells of a map as a picture that needs no script: darker for more heat by their order, so
/// that few busy cells do not hide the others. All times are taken together.
struct MapPicture {
  private struct Square: Hashable {
    let column: Int
    let row: Int
    let size: Int
  }

  private let report: MapReport

  /// The width, and the most cells: of a larger map the largest cells are drawn.
  private static let width = 400.0
  private static let mostCells = 20_000

  init(_ report: MapReport) { self.report = report }

  var svg: String {
    var heats: [Square: Double] = [:]
    for cell in report.cells {
      heats[Square(column: cell.column, row: cell.row, size: cell.size), default: 0] += cell.heat
    }
    let drawn = heats.map {
      (square: $0.key, density: $0.value / Double($0.key.size * $0.key.size))
    }
    .sorted {
      ($1.square.size, $0.square.row, $0.square.column)
        < ($0.square.size, $1.square.row, $1.square.column)
    }.prefix(Self.mostCells)
    let densities = drawn.map(\.density).sorted()
    let steps = (1..<HeatMap.levels).map { level in
      densities.isEmpty ? 0 : densities[(densities.count - 1) * (level - 1) / (HeatMap.levels - 1)]
    }
    let scale = Self.width / report.region.columns
    let height = scale * report.region.rows
    var svg = SVG(width: Self.width, height: height)
    svg.rect(x: 0, y: 0, width: Self.width, height: height, class: "h0")
    for (square, density) in drawn {
      let (x, top) = (Double(square.column) * scale, Double(square.row + square.size) * scale)
      svg.rect(
        x: x, y: max(height - top, 0), width: min(Double(square.size) * scale, Self.width - x),
        height: min(Double(square.size) * scale, height - Double(square.row) * scale),
        class: "h\(max(steps.count { density >= $0 }, 1))")
    }
    return svg.document(
      title: "Cells of the map, in a stronger colour for more heat for each square kilometre",
      class: "squares")
  }
}
