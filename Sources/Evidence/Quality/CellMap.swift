/// The cells into which one column is cut for a comparison, fixed on the original alone.
///
/// The definition is that of the neutral judge, so that figures agree. For text, and numbers with
/// at most 20 distinct values, each value is a cell, and the values beyond the 60 most frequent
/// share one. For other numbers, each value that alone holds at least 5 % of the present rows is a
/// cell (an atom); the rest is cut at its own quantiles into 20 × (share of the rest) bins, at
/// least 5 and at most 20. Missing is a cell; so is any value that the original lacks (unseen).
package struct CellMap: Sendable {
  private enum Rule: Sendable {
    /// Sorted atoms, and the upper edges of the bins between which the rest falls.
    case numbers(atoms: [Double], edges: [Double]?, low: Double, high: Double)
    case distinctNumbers([Double: Int])
    case labels([Int])
  }

  static let frequentLabels = 60
  static let fewestBins = 5
  static let mostBins = 20
  static let atomShare = 0.05

  /// The number of cells; the last two are "missing" and "unseen".
  package let size: Int
  private let rule: Rule

  var missingCell: Int { size - 2 }
  var unseenCell: Int { size - 1 }

  /// Learns the cells of `original`. If `asText`, numbers are treated as words, each its own
  /// category.
  package init(original: ColumnValues, labelCount: Int, asText: Bool = false) {
    switch original {
    case .labels(let codes):
      var counts = [Int](repeating: 0, count: labelCount)
      for code in codes where code >= 0 { counts[Int(code)] += 1 }
      let present = counts.indices.filter { counts[$0] > 0 }
      let (cells, count) = CellMap.frequent(present.map { ($0, counts[$0]) })
      var cellOfLabel = [Int](repeating: count + 1, count: labelCount)
      for (label, cell) in zip(present, cells) { cellOfLabel[label] = cell }
      rule = .labels(cellOfLabel)
      size = count + 2
    case .numbers(let values) where asText:
      var order: [Double] = []
      var counts: [Double: Int] = [:]
      for value in values where value.isFinite {
        if counts[value] == nil { order.append(value) }
        counts[value, default: 0] += 1
      }
      let (cells, count) = CellMap.frequent(order.map { ($0, counts[$0] ?? 0) })
      rule = .distinctNumbers(Dictionary(uniqueKeysWithValues: zip(order, cells)))
      size = count + 2
    case .numbers(let values):
      (rule, size) = CellMap.numberRule(values)
    }
  }

  /// Returns the cell of every row.
  package func codes(_ values: ColumnValues) -> [UInt8] {
    switch (values, rule) {
    case (.labels(let codes), .labels(let cells)):
      return codes.map {
        UInt8($0 < 0 ? missingCell : Int($0) < cells.count ? cells[Int($0)] : unseenCell)
      }
    case (.numbers(let values), .distinctNumbers(let cells)):
      return values.map { UInt8($0.isNaN ? missingCell : cells[$0] ?? unseenCell) }
    case (.numbers(let values), .numbers(let atoms, let edges, let low, let high)):
      return values.map { value in
        if value.isNaN { return UInt8(missingCell) }
        let index = CellMap.lowerBound(atoms, value)
        if index < atoms.count, atoms[index] == value { return UInt8(index) }
        guard let edges, value >= low, value <= high else { return UInt8(unseenCell) }
        return UInt8(atoms.count + CellMap.lowerBound(edges, value))
      }
    default: preconditionFailure("cells of numbers and of labels are not interchangeable")
    }
  }

  /// Gives one cell each to the most frequent, in the order given, and one to all others. Ties go
  /// to the earlier.
  private static func frequent<Key>(_ counted: [(Key, Int)]) -> (cells: [Int], count: Int) {
    let ranked = counted.indices.sorted { (counted[$1].1, $0) < (counted[$0].1, $1) }
    var cells = [Int](repeating: min(frequentLabels, counted.count), count: counted.count)
    for (cell, index) in ranked.prefix(frequentLabels).enumerated() { cells[index] = cell }
    return (cells, min(counted.count, frequentLabels + 1))
  }

  private static func numberRule(_ values: [Double]) -> (Rule, Int) {
    let present = values.filter(\.isFinite).sorted()
    guard let low = present.first, let high = present.last else {
      return (.numbers(atoms: [], edges: nil, low: 0, high: 0), 2)
    }
    var distinct: [(value: Double, count: Int)] = []
    for value in present {
      if distinct.last?.value == value {
        distinct[distinct.count - 1].count += 1
      } else {
        distinct.append((value, 1))
      }
    }
    if distinct.count <= 20 {
      return (
        .numbers(atoms: distinct.map(\.value), edges: nil, low: low, high: high), distinct.count + 2
      )
    }
    let threshold = atomShare * Double(present.count)
    let atoms = distinct.filter { Double($0.count) >= threshold }.map(\.value)
    let isAtom = Set(atoms)
    let rest = present.filter { !isAtom.contains($0) }
    let share = (20 * Double(rest.count) / Double(present.count)).rounded(.toNearestOrEven)
    let edges = quantiles(sorted: rest, parts: min(max(Int(share), fewestBins), mostBins))
    return (
      .numbers(atoms: atoms, edges: edges, low: low, high: high), atoms.count + edges.count + 3
    )
  }

  /// Returns the distinct inner quantiles that cut `sorted` into `parts`, each a value of it (the
  /// inverse of its distribution function).
  static func quantiles(sorted: [Double], parts: Int) -> [Double] {
    var edges: [Double] = []
    for part in 1..<parts {
      let position = Double(sorted.count) * (Double(part) / Double(parts)) - 1
      let value = sorted[min(max(Int(position.rounded(.up)), 0), sorted.count - 1)]
      if edges.last != value { edges.append(value) }
    }
    return edges
  }

  /// Returns the first index whose value is at least `value`.
  static func lowerBound(_ sorted: [Double], _ value: Double) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
