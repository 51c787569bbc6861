import GraphicalModels
import Testing

@Suite struct PairBalanceTests {
  /// The plain version: dictionaries of differences by attributes and their codes.
  private struct SlowBalance {
    let added: [(attribute: Int, stride: Int, size: Int)]
    let combinations: [[Int]]
    let columns: [[UInt16]]
    var differences: [[Int]: Float] = [:]

    private func key(_ part: Int, _ combination: [Int], _ row: Int, _ code: Int) -> [Int] {
      [part] + combination + combination.map { Int(columns[$0][row]) } + [-1, code]
    }

    mutating func exchange(_ group: [Int], _ chosen: inout [Int], shares: [Double]) {
      var due: [(cell: Int, count: Int)] = []
      for row in group {
        if due.last?.cell == chosen[row] {
          due[due.count - 1].count += 1
        } else {
          due.append((chosen[row], 1))
        }
      }
      for row in group {
        var lacking = [Float](repeating: 0, count: due.count)
        for (part, (_, stride, size)) in added.enumerated() {
          var expected = [Float](repeating: 0, count: size)
          for (cell, share) in shares.enumerated() {
            expected[cell / stride % size] += Float(share)
          }
          var sums = [Float](repeating: 0, count: size)
          for combination in combinations {
            for code in 0..<size {
              let key = key(part, combination, row, code)
              differences[key, default: 0] += expected[code]
              sums[code] += differences[key]!
            }
          }
          for place in due.indices { lacking[place] += sums[due[place].cell / stride % size] }
        }
        var best = -1
        for place in due.indices where due[place].count > 0 {
          if best < 0 || lacking[place] > lacking[best] { best = place }
        }
        chosen[row] = due[best].cell
        due[best].count -= 1
        for (part, (_, stride, size)) in added.enumerated() {
          for combination in combinations {
            let code = chosen[row] / stride % size
            differences[key(part, combination, row, code)]! -= 1
          }
        }
      }
    }
  }

  /// The kernel agrees with the plain version row by row, with pairs of others and without.
  @Test(arguments: [true, false]) func agreesWithThePlainVersion(hasFewRows: Bool) throws {
    var lottery = Lottery(31)
    let sizes = [3, 4, 2, 3, 2]
    let rows = hasFewRows ? 300 : 400_000
    let columns = sizes.map { size in (0..<rows).map { _ in UInt16(lottery.below(size)) } }
    let added = [(attribute: 3, stride: 2, size: 3), (attribute: 4, stride: 1, size: 2)]
    let others = [0, 1, 2]
    var combinations = others.map { [$0] }
    if hasFewRows { combinations += [[0, 1], [0, 2], [1, 2]] }
    var slow = SlowBalance(added: added, combinations: combinations, columns: columns)
    var quick = PairBalance(
      added: added, others: others, sizes: sizes, columns: columns, rows: rows)
    var group = Array(0..<min(rows, 300))
    for _ in 0..<5 {
      for index in group.indices { group.swapAt(index, lottery.below(group.count)) }
      let rowsOfGroup = Array(group.prefix(1 + lottery.below(100)))
      let weights = (0..<6).map { _ in lottery.unit() }
      let shares = weights.map { $0 / weights.reduce(0, +) }
      let drawn = rowsOfGroup.map { _ in lottery.below(6) }.sorted()
      var chosen = [Int](repeating: 0, count: rows)
      for (row, cell) in zip(rowsOfGroup, drawn) { chosen[row] = cell }
      var expected = chosen
      slow.exchange(rowsOfGroup, &expected, shares: shares)
      var order = rowsOfGroup.map { UInt32($0) }
      order.withUnsafeMutableBufferPointer { order in
        chosen.withUnsafeMutableBufferPointer { quick.exchange(order, $0, shares: shares) }
      }
      #expect(chosen == expected)
      #expect(rowsOfGroup.map { chosen[$0] }.sorted() == drawn)
    }
  }
}
