import Quality
import Tables

/// Counts the rows of a release that agree with a target on random subsets of columns.
struct ShadowFeatures {
  private let original: Table
  private let row: Int
  private let names: [String]
  private let maps: [CellMap]
  private let subsets: [[Int]]

  init(original: Table, row: Int, subsets: Int, _ draw: inout Draw) {
    let columns = original.columns.filter { $0.type != .identifier && $0.type != .text }
    self.original = original
    self.row = row
    names = columns.map(\.name)
    maps = columns.map { column in
      let aligned = AlignedColumn(original: column, synthetic: column, holdout: nil)
      return CellMap(original: aligned.original, labelCount: aligned.labels.count)
    }
    self.subsets = (0..<subsets).map { _ in draw.choose(1 + draw.below(columns.count), of: columns.count) }
  }

  func counts(in release: Table) -> [Double] {
    let agrees = names.indices.map { place -> [Bool] in
      guard let own = original.column(named: names[place]), let other = release.column(named: names[place]) else { return [] }
      let aligned = AlignedColumn(original: own, synthetic: other, holdout: nil)
      let target = maps[place].codes(aligned.original.selecting([row]))[0]
      return maps[place].codes(aligned.synthetic).map { $0 == target }
    }
    return subsets.map { subset in
      Double((0..<release.rowCount).count { row in subset.allSatisfy { agrees[$0].isEmpty || agrees[$0][row] } })
    }
  }
}

extension Table {
  /// Returns the table without one row, counted from 0.
  func removing(row: Int) -> Table {
    Table(
      columns: columns.map { column in
        let cells: Cells =
          switch column.cells {
          case .ticks(var ticks):
            {
              ticks.remove(at: row)
              return .ticks(ticks)
            }()
          case .labels(var codes, let dictionary):
            {
              codes.remove(at: row)
              return .labels(codes: codes, dictionary: dictionary)
            }()
          }
        return column.replacing(cells: cells)
      })
  }
}
