import Quality

/// The nearest rows found so far for one query.
struct NearestRows: Sendable {
  private let count: Int
  private(set) var distances: [Double] = []
  private(set) var rows: [Int32] = []
  /// The nearest row with each column left out, and its distance.
  private(set) var rowsWithout: [Int32]
  private var distancesWithout: [Double]
  /// The largest of ``distancesWithout``.
  private var furthestWithout: Double

  init(count: Int, columns: Int) {
    self.count = count
    rowsWithout = [Int32](repeating: -1, count: columns)
    distancesWithout = [Double](repeating: .infinity, count: columns)
    furthestWithout = columns > 0 ? .infinity : -.infinity
    distances.reserveCapacity(count + 1)
    rows.reserveCapacity(count + 1)
  }

  /// The distance beyond which no row changes anything: leaving out a column shortens a distance by
  /// at most 1.
  var limit: Double {
    max(distances.count < count ? .infinity : distances[count - 1], furthestWithout + 1)
  }

  /// - Parameters:
  ///   - cells: the row's cells; `query`: the query's cells. Labels come first.
  mutating func consider(
    _ row: Int32, _ cells: UnsafeBufferPointer<Double>, _ query: UnsafeBufferPointer<Double>,
    labelCount: Int
  ) {
    var distance = 0.0
    for column in 0..<labelCount where cells[column] != query[column] { distance += 1 }
    for column in labelCount..<cells.count {
      distance += min(abs(cells[column] - query[column]), 1)
    }
    if distances.count < count || distance <= distances[count - 1] { insert(row, distance) }
    guard distance - 1 <= furthestWithout else { return }
    for column in rowsWithout.indices where distance - 1 <= distancesWithout[column] {
      let gap =
        column < labelCount
        ? (cells[column] == query[column] ? 0 : 1) : min(abs(cells[column] - query[column]), 1)
      considerWithout(column, row, distance - gap)
    }
  }

  /// Differences below this come from the order of summation.
  private static let tie = 1e-11

  private mutating func considerWithout(_ column: Int, _ row: Int32, _ distance: Double) {
    let best = distancesWithout[column]
    guard distance <= best + NearestRows.tie else { return }
    guard distance < best - NearestRows.tie || NearestRows.precedes(row, rowsWithout[column]) else {
      return
    }
    rowsWithout[column] = row
    guard distance < best else { return }
    distancesWithout[column] = distance
    if best == furthestWithout { furthestWithout = distancesWithout.reduce(-.infinity, max) }
  }

  private mutating func insert(_ row: Int32, _ distance: Double) {
    var place = distances.count
    while place > 0,
      distance < distances[place - 1]
        || (distance == distances[place - 1] && NearestRows.precedes(row, rows[place - 1]))
    {
      place -= 1
    }
    guard place < count else { return }
    if distances.count == count {
      distances.removeLast()
      rows.removeLast()
    }
    distances.insert(distance, at: place)
    rows.insert(row, at: place)
  }

  /// Whether a row precedes another in a fixed order, independent of the order of the file.
  private static func precedes(_ first: Int32, _ second: Int32) -> Bool {
    if second < 0 { return true }
    return RowHash.mix(UInt64(UInt32(bitPattern: first)))
      < RowHash.mix(UInt64(UInt32(bitPattern: second)))
  }
}
