import Basics

/// The expected error of columns and pairs, as templates show it.
struct ForecastView {
  /// The columns, the worst first; nil if there are no figures.
  let table: FigureTable?
  /// All pairs; nil if there are too few or too many to be seen.
  let map: PairMap?
  private let columns: [String: ExpectedError.Column]

  private static let mostMapped = 40

  init(_ error: ExpectedError?) {
    let found = error?.columns ?? []
    columns = Dictionary(found.map { ($0.column, $0) }) { first, _ in first }
    let sorted = found.enumerated().sorted {
      ($1.element.distance, $0.offset) < ($0.element.distance, $1.offset)
    }.map(\.element)
    table =
      sorted.isEmpty
      ? nil
      : FigureTable(
        "Every column, the least close first", heads: ["column", "most of it from", "of 100 rows"],
        rows: sorted.map { [$0.column, $0.cause.words, Self.rows($0.distance)] }, textColumns: 2)
    // Pairs with an empty column are wrong in every row, which needs no picture.
    let names = found.filter { $0.cause != .empty }.map(\.column)
    let filled = Set(names)
    let pairs = (error?.pairs ?? []).filter {
      filled.contains($0.first) && filled.contains($0.second)
    }
    guard names.count > 2, names.count <= Self.mostMapped,
      pairs.count == names.count * (names.count - 1) / 2
    else {
      map = nil
      return
    }
    map = PairMap(
      "Expected error of every pair of columns", columns: names, values: pairs.map(\.distance),
      strongest: 1, low: "0",
      high: "100 of 100 rows",
      heads: "of 1", barsTitle: "The least close pairs", listTitle: "The least close")
  }

  /// Returns a few words for a column's picture.
  func aside(of column: String) -> String? {
    guard let found = columns[column] else { return nil }
    if found.cause == .empty { return "nothing learned: every cell is empty" }
    let rows = Self.rows(found.distance)
    return "off in \(rows.hasPrefix("under") ? rows : "about \(rows)") of 100 rows"
  }

  static func rows(_ distance: Double) -> String {
    let rows = 100 * distance
    return rows > 0 && rows < 0.1
      ? "under 0.1" : NumberText.decimal(rows, digits: rows < 10 ? 1 : 0)
  }
}

extension ExpectedError.Cause {
  var words: String {
    switch self {
    case .noise: "noise"
    case .rareLabels: "values too rare to be named"
    case .intervals: "the width of intervals"
    case .empty: "nothing was learned"
    }
  }
}
