import Basics

/// Hands the codes that a group of rows is due to its rows so that pairs of attributes that share
/// no clique, and of few rows triples, come out close to the model's too: a dithering of counts.
///
/// In the model, an attribute that a node adds depends on the attributes drawn before it through
/// the node's separator alone. Handed out in random order, its pairs with them have the errors of
/// independent draws, which for a few thousand rows outweigh the noise. So for each pair of codes
/// the balance keeps the number of rows expected so far less the number drawn, and each row gets
/// the code, of those still due, that reduces the sum of the squares of these differences most.
/// What a group as a whole gets is not changed. Takes time proportional to rows, the attributes
/// balanced with, and codes.
package struct PairBalance {
  /// An attribute that the node adds, with the differences from each of the others.
  private struct Part {
    let stride: Int
    let size: Int
    /// For each key, a row of one difference per code of this attribute.
    var differences: [Float]
    /// The probability of each code within the current group.
    var shares: [Float]
    /// The sum of the differences of the current row.
    var sums: [Float]

    /// Adds what is expected of a row with these keys, and sums up its differences.
    mutating func expect(_ keys: ArraySlice<UInt32>) {
      let size = size
      sums.withUnsafeMutableBufferPointer { sums in
        sums.update(repeating: 0)
        shares.withUnsafeBufferPointer { shares in
          differences.withUnsafeMutableBufferPointer { differences in
            for key in keys {
              let start = Int(key) * size
              for code in 0..<size {
                let difference = differences[start + code] + shares[code]
                differences[start + code] = difference
                sums[code] += difference
              }
            }
          }
        }
      }
    }
  }

  private var parts: [Part]
  /// For each row, the numbers of its codes, and of its pairs of codes, among those of all the
  /// others.
  private let keys: [UInt32]
  private let keysPerRow: Int
  private var due: [(cell: Int, count: Int)] = []

  /// The most pairs of other attributes in all rows for which triples are balanced.
  private static let mostJointKeys = 1_000_000

  /// - Parameters:
  ///   - added: The attributes that the node adds: strides in a cell's number, and sizes.
  ///   - others: The attributes to balance with.
  ///   - sizes: The number of codes of every attribute.
  ///   - columns: The codes of the rows, by attribute.
  package init(
    added: [(attribute: Int, stride: Int, size: Int)], others: [Int], sizes: [Int],
    columns: [[UInt16]], rows: Int
  ) {
    var combinations = others.map { [$0] }
    if rows * others.count * (others.count - 1) / 2 <= Self.mostJointKeys {
      for (place, second) in others.enumerated() {
        combinations += others[..<place].map { [$0, second] }
          .filter { sizes[$0[0]] * sizes[$0[1]] <= rows }
      }
    }
    var keys = [UInt32](repeating: 0, count: rows * combinations.count)
    var start = 0
    for (place, combination) in combinations.enumerated() {
      for row in 0..<rows {
        let code = combination.reduce(0) { $0 * sizes[$1] + Int(columns[$1][row]) }
        keys[row * combinations.count + place] = UInt32(start + code)
      }
      start += combination.reduce(1) { $0 * sizes[$1] }
    }
    self.keys = keys
    keysPerRow = combinations.count
    parts = added.map { part in
      Part(
        stride: part.stride, size: part.size,
        differences: [Float](repeating: 0, count: start * part.size),
        shares: [Float](repeating: 0, count: part.size),
        sums: [Float](repeating: 0, count: part.size))
    }
  }

  /// Hands the cells of a group to its rows anew.
  ///
  /// - Parameters:
  ///   - group: Rows in random order.
  ///   - chosen: The cell of each row, ascending in the group's order.
  ///   - shares: The probability of each cell.
  package mutating func exchange(
    _ group: UnsafeMutableBufferPointer<UInt32>, _ chosen: UnsafeMutableBufferPointer<Int>,
    shares: [Double]
  ) {
    due.removeAll(keepingCapacity: true)
    for row in group {
      let cell = chosen[Int(row)]
      if due.last?.cell == cell { due[due.count - 1].count += 1 } else { due.append((cell, 1)) }
    }
    for index in parts.indices {
      let (stride, size) = (parts[index].stride, parts[index].size)
      for code in 0..<size { parts[index].shares[code] = 0 }
      for (cell, share) in shares.enumerated() {
        parts[index].shares[cell / stride % size] += Float(share)
      }
    }
    for row in group {
      expect(Int(row))
      let place = mostLacking()
      let cell = due[place].cell
      take(cell, row: Int(row))
      chosen[Int(row)] = cell
      due[place].count -= 1
    }
  }

  /// Returns the place of the cell that the current row lacks most, of those still due.
  private func mostLacking() -> Int {
    var best = -1
    var most = -Float.infinity
    for (place, item) in due.enumerated() where item.count > 0 {
      var lacking: Float = 0
      for part in parts { lacking += part.sums[item.cell / part.stride % part.size] }
      if lacking > most { (best, most) = (place, lacking) }
    }
    return best
  }

  /// Adds what is expected of a row, and sums up its differences.
  private mutating func expect(_ row: Int) {
    let keys = keys[row * keysPerRow..<(row + 1) * keysPerRow]
    for index in parts.indices { parts[index].expect(keys) }
  }

  private mutating func take(_ cell: Int, row: Int) {
    for index in parts.indices {
      let size = parts[index].size
      let code = cell / parts[index].stride % size
      for key in keys[row * keysPerRow..<(row + 1) * keysPerRow] {
        parts[index].differences[Int(key) * size + code] -= 1
      }
    }
  }
}
