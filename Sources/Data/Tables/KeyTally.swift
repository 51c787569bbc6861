/// The keys of the present cells of a column (``Cells/key(_:)``), ascending, and how many rows hold
/// each.
///
/// Numbers that lie close together, as most do, are counted in a table with a place for each
/// number between the least and the greatest; others are sorted. Both cost far less than a
/// dictionary with a look-up for each row.
package struct KeyTally: Sendable, Equatable {
  package private(set) var keys: [Int64] = []
  package private(set) var counts: [Int] = []
  /// The least and the greatest value that is no code word, if their places fit a table.
  private var span: ClosedRange<Int64>?

  package init(_ cells: Cells) {
    switch cells {
    case .ticks(let ticks): count(ticks)
    case .labels(let codes, let dictionary):
      var byCode = [Int](repeating: 0, count: dictionary.count)
      for code in codes where code != Cells.missingCode { byCode[Int(code)] += 1 }
      for (code, count) in byCode.enumerated() where count > 0 { append(Int64(code), count) }
    }
  }

  /// - Parameter ticks: the cells of an ordered column.
  package init(ticks: [Int64]) { count(ticks) }

  /// The number of present cells.
  package var present: Int { counts.reduce(0, +) }

  /// Returns for each cell the place of its key in ``keys``, or -1 if it is missing.
  /// - Parameter cells: the cells that were counted.
  package func places(of cells: Cells) -> [Int32] {
    switch cells {
    case .ticks(let ticks):
      if let span { return places(of: ticks, in: span) }
      let known = Dictionary(uniqueKeysWithValues: keys.indices.map { (keys[$0], Int32($0)) })
      return ticks.map { known[$0] ?? -1 }
    case .labels(let codes, let dictionary):
      var known = [Int32](repeating: -1, count: dictionary.count)
      for (place, key) in keys.enumerated() { known[Int(key)] = Int32(place) }
      return codes.map { $0 == Cells.missingCode ? -1 : known[Int($0)] }
    }
  }

  private mutating func append(_ key: Int64, _ count: Int) {
    keys.append(key)
    counts.append(count)
  }

  private mutating func count(_ ticks: [Int64]) {
    var (low, high) = (Int64.max, Int64.min)
    var words = [Int](repeating: 0, count: Cells.mostCodes)
    var values = 0
    for tick in ticks {
      if Cells.isValue(tick) {
        (low, high) = (min(low, tick), max(high, tick))
        values += 1
      } else if let word = Cells.code(tick) {
        words[word] += 1
      }
    }
    for (word, count) in words.enumerated() where count > 0 { append(Cells.codeTick(word), count) }
    guard values > 0 else { return }
    let width = UInt64(bitPattern: high &- low)
    if width < UInt64(max(KeyTally.leastTable, 2 * ticks.count)) {
      span = low...high
      countDensely(ticks, from: low, width: Int(width) + 1)
    } else {
      countSorted(ticks.filter(Cells.isValue).sorted())
    }
  }

  /// The places of a table that is small beside any column.
  private static let leastTable = 1 << 16

  private mutating func countDensely(_ ticks: [Int64], from low: Int64, width: Int) {
    var table = [UInt32](repeating: 0, count: width)
    for tick in ticks where tick >= low { table[Int(tick &- low)] &+= 1 }
    for (place, count) in table.enumerated() where count > 0 {
      append(low + Int64(place), Int(count))
    }
  }

  private mutating func countSorted(_ values: [Int64]) {
    var start = 0
    for place in values.indices where place + 1 == values.count || values[place + 1] > values[place]
    {
      append(values[place], place + 1 - start)
      start = place + 1
    }
  }

  private func places(of ticks: [Int64], in span: ClosedRange<Int64>) -> [Int32] {
    let low = span.lowerBound
    var table = [Int32](repeating: -1, count: Int(span.upperBound &- low) + 1)
    var words = [Int32](repeating: -1, count: Cells.mostCodes)
    for (place, key) in keys.enumerated() {
      if let word = Cells.code(key) {
        words[word] = Int32(place)
      } else {
        table[Int(key &- low)] = Int32(place)
      }
    }
    return ticks.map { tick in
      if Cells.isValue(tick) { return table[Int(tick &- low)] }
      return Cells.code(tick).map { words[$0] } ?? -1
    }
  }
}
