import Basics
import Quality

/// A heat map of all pairs with its legend and the pairs behind it, as templates show it.
struct PairMap {
  static let mostListed = 60
  static let mostBars = 12

  var caption: String
  var picture: String
  var legend: String
  var isWide: Bool
  /// Whether it is known what each value rests on.
  var hasGrounds: Bool
  var barsTitle: String
  /// The pairs with the highest values as bars; nil if pairs are not listed.
  var bars: String?
  var table: FigureTable?

  /// Creates a map from the `values` of all pairs, in the order (0, 1), (0, 2), …, (1, 2), …
  ///
  /// If the `grounds` of the values are known, only relations are ranked, and others are drawn as
  /// such.
  init(
    _ caption: String, columns: [String], values: [Double], colours: HeatMap.Colours = .sequential,
    strongest: Double,
    low: String, high: String, heads: String, barsTitle: String = "",
    listTitle: String = "The strongest", listsPairs: Bool = true,
    grounds: [HeatMap.Ground]? = nil,
    figure: (Double) -> String = { NumberText.decimal($0, digits: 2) }
  ) {
    let matrix = AssociationMatrix(columns: columns, cramersV: values)
    func ground(_ first: Int, _ second: Int) -> HeatMap.Ground {
      grounds?[AssociationMatrix.place(first, second, of: columns.count)] ?? .counted
    }
    let map = HeatMap(
      columns: columns, colours: colours, strongest: strongest, ground: ground
    ) { matrix.value($0, $1) }
    self.caption = caption
    picture = map.svg(title: caption)
    legend = map.legend(low: low, high: high)
    hasGrounds = grounds != nil
    isWide = columns.count > HeatMap.mostNotedColumns
    self.barsTitle = barsTitle
    guard listsPairs else { return }
    var pairs: [(first: String, second: String, value: Double, ground: HeatMap.Ground)] = []
    for first in columns.indices {
      for second in columns.indices where second > first {
        pairs.append(
          (columns[first], columns[second], matrix.value(first, second), ground(first, second)))
      }
    }
    let ranked = pairs.enumerated().sorted {
      (abs($1.element.value), $0.offset) < (abs($0.element.value), $1.offset)
    }.map(\.element)
    let rows = ranked.filter { $0.ground == .counted }.prefix(Self.mostBars).map {
      RankedBars.Row(label: "\($0.first) × \($0.second)", value: $0.value, figure: figure($0.value))
    }
    bars = RankedBars(rows: rows, full: strongest).svg(title: barsTitle)
    let isCut = ranked.count > Self.mostListed
    table = FigureTable(
      isCut
        ? "\(listTitle) \(Self.mostListed) of \(NumberText.count(ranked.count)) pairs" : "Figures",
      heads: ["column", "column"] + (grounds == nil ? [] : ["ground"]) + [heads],
      rows: ranked.prefix(Self.mostListed).map {
        [$0.first, $0.second] + (grounds == nil ? [] : [$0.ground.rawValue])
          + [NumberText.decimal($0.value, digits: 3)]
      }, textColumns: grounds == nil ? 2 : 3)
  }
}
