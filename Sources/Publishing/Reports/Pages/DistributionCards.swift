import Basics
import Quality

/// Small pictures of many columns. For a wide table, those beyond the first are folded away.
struct DistributionCards {
  struct Card {
    var name: String
    var aside: String?
    var chart: String
    var table: FigureTable?
  }

  static let shownAtFirst = 24

  var first: [Card]
  var more: [Card]
  var hasMore: Bool
  var moreSummary: String
  /// Whether bars show the shares that the original may have.
  var hasMargins: Bool

  init(_ distributions: [ColumnDistribution], aside: (ColumnDistribution) -> String? = { _ in nil })
  {
    let cards = distributions.map {
      Card(
        name: $0.column, aside: aside($0), chart: DistributionChart(distribution: $0).svg(),
        table: FigureTable($0))
    }
    first = Array(cards.prefix(Self.shownAtFirst))
    more = Array(cards.dropFirst(Self.shownAtFirst))
    hasMargins = distributions.contains { $0.missing.margin != nil }
    hasMore = !more.isEmpty
    moreSummary = "Show the other \(NumberText.plural(more.count, "column", "columns"))"
  }
}
