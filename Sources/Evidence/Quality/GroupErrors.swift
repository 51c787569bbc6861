/// The error of a target within groups of people: for each value of a column, the distance of the
/// target's distribution among its rows from that in the original. A release that is right on
/// average may be wrong about those who are few.
///
/// Groups are the cells of a comparison (``CellMap``): each frequent value, and intervals of
/// numbers. Cells of fewer than ``fewestRows`` rows of the original are not judged.
package struct GroupErrors: Codable, Sendable, Equatable {
  package struct Group: Codable, Sendable, Equatable {
    /// The value, the ends of the interval, or *missing*.
    package var name: String
    /// The rows of the group in the original and in the synthetic table.
    package var rows: Int
    package var syntheticRows: Int
    /// The total variation distance of the target's cells within the group, 0 to 1.
    package var distance: Double
    /// The mean distance of two samples of as many people with the same distribution.
    package var noise: Double
  }

  package var target: String
  /// The column whose values make the groups.
  package var by: String
  /// From the largest excess of distance over noise to the smallest.
  package var groups: [Group]
  /// The number of groups left out because they are small.
  package var smallGroups: Int

  package var worst: Group? { groups.first }

  /// The fewest rows of the original of a group that is judged.
  package static let fewestRows = 30

  init(target: Int, by column: Int, of columns: [AlignedColumn], cells: CellTable) {
    self.target = columns[target].name
    by = columns[column].name
    let clique = [column, target]
    let (mine, theirs) = (
      cells.counts(cells.original, clique: clique), cells.counts(cells.synthetic, clique: clique)
    )
    let width = cells.sizes[target]
    let names = GroupNames(
      columns[column], codes: cells.original[column], size: cells.sizes[column])
    var groups: [Group] = []
    var small = 0
    // The last cell holds what the original lacks.
    for cell in 0..<cells.sizes[column] - 1 {
      let place = cell * width..<(cell + 1) * width
      let (first, second) = (Array(mine[place]), Array(theirs[place]))
      let rows = first.reduce(0) { $0 + Int($1) }
      let made = second.reduce(0) { $0 + Int($1) }
      if rows == 0 { continue }
      guard rows >= Self.fewestRows else {
        small += 1
        continue
      }
      groups.append(
        Group(
          name: names.name(of: cell), rows: rows, syntheticRows: made,
          distance: CellTable.distance(first, second),
          noise: Self.noise(of: first, sizes: (rows, max(made, 1)))))
    }
    self.groups = groups.sorted {
      ($1.distance - $1.noise, $0.name) < ($0.distance - $0.noise, $1.name)
    }
    smallGroups = small
  }

  /// Returns the mean distance of two samples of a distribution: half the sum of the mean absolute
  /// values of differences that are nearly normal.
  private static func noise(of counts: [Int32], sizes: (Int, Int)) -> Double {
    let total = counts.reduce(0.0) { $0 + Double($1) }
    let spread = 2 / Double.pi * (1 / Double(sizes.0) + 1 / Double(sizes.1))
    return counts.reduce(0.0) { sum, count in
      let share = Double(count) / total
      return sum + (spread * share * (1 - share)).squareRoot() / 2
    }
  }
}

/// The names of a column's cells.
private struct GroupNames {
  private var labels: [Int: Set<Int32>] = [:]
  private var ends: [Int: (Double, Double)] = [:]
  private let column: AlignedColumn
  private let missing: Int

  init(_ column: AlignedColumn, codes: [UInt8], size: Int) {
    self.column = column
    missing = size - 2
    switch column.original {
    case .labels(let values):
      for (cell, value) in zip(codes, values) where value >= 0 {
        labels[Int(cell), default: []].insert(value)
      }
    case .numbers(let values):
      for (cell, value) in zip(codes, values) where !value.isNaN {
        let known = ends[Int(cell)] ?? (value, value)
        ends[Int(cell)] = (min(known.0, value), max(known.1, value))
      }
    }
  }

  func name(of cell: Int) -> String {
    if cell == missing { return "missing" }
    if let (low, high) = ends[cell] {
      let first = Label.text(low, column.scale)
      return low == high ? first : "\(first) to \(Label.text(high, column.scale))"
    }
    let own = labels[cell] ?? []
    return own.count == 1 ? column.labels[Int(own.first ?? 0)] : "\(own.count) rarer values"
  }
}
