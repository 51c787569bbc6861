import Basics

/// One node of the tree, ready to be sampled given its separator.
struct SamplingNode: Sendable {
  static let goldenRatio = 0.618_033_988_749_894_9

  /// The separator's attributes and their strides in a configuration's number.
  private let given: [(attribute: Int, stride: Int)]
  /// The attributes that this node adds, with their strides in a cell's number and their sizes.
  private let added: [(attribute: Int, stride: Int, size: Int)]
  let configurations: Int
  private let cells: Int
  /// The attributes of nodes before this one that its separator lacks, the nearest last.
  private let others: [Int]
  private let sizes: [Int]
  /// For each configuration, the cumulative probabilities of its cells; infinite from the last
  /// possible cell on.
  private let cumulative: [Double]

  /// Buffers that the nodes of a block share.
  struct Workspace {
    fileprivate var codes: [Int]
    fileprivate var order: [UInt32]
    fileprivate var starts: [Int]

    init(rows: Int, configurations: Int) {
      codes = [Int](repeating: 0, count: rows)
      order = [UInt32](repeating: 0, count: rows)
      starts = [Int](repeating: 0, count: configurations + 1)
    }
  }

  /// - Parameter before: The attributes of the nodes before this one.
  init(_ model: GraphicalModel, node: Int, before: [Int]) {
    let tree = model.tree
    let layout = tree.layouts[node]
    let separator = Set(tree.separators[node].attributes)
    let above = layout.filter(separator.contains)
    let below = layout.filter { !separator.contains($0) }
    given = zip(above, TableOrder.strides(of: above, alongAxes: above, sizes: model.sizes)).map {
      ($0, $1)
    }
    added = zip(below, TableOrder.strides(of: below, alongAxes: below, sizes: model.sizes)).map {
      ($0, $1, model.sizes[$0])
    }
    others = before.filter { !separator.contains($0) }
    sizes = model.sizes
    configurations = TableOrder.cellCount(above, sizes: model.sizes)
    cells = TableOrder.cellCount(below, sizes: model.sizes)
    cumulative = SamplingNode.cumulative(model.tables[node], rowLength: cells)
  }

  private static func cumulative(_ table: [Double], rowLength: Int) -> [Double] {
    var result = table
    for start in stride(from: 0, to: table.count, by: rowLength) {
      let row = start..<start + rowLength
      let sum = table[row].reduce(0, +)
      let last = row.last { table[$0] > 0 } ?? row.upperBound - 1
      var running = 0.0
      for cell in row {
        running += table[cell]
        result[cell] = cell >= last ? .infinity : running / sum
      }
    }
    return result
  }

  /// The attributes that the node adds.
  var attributes: [Int] { added.map(\.attribute) }

  /// The most attributes that a node is balanced with: the nearest.
  private static let mostOthers = 30

  /// Returns a balance of this node's attributes with those drawn before it, if there are any.
  private func balance(_ columns: [[UInt16]], rows: Int) -> PairBalance? {
    let near = Array(others.suffix(Self.mostOthers))
    return near.isEmpty
      ? nil : PairBalance(added: added, others: near, sizes: sizes, columns: columns, rows: rows)
  }

  /// Fills in the added attributes of all rows, whose given attributes are set.
  ///
  /// - Parameter isBalanced: Whether a balance decides which row of a group gets which cell, rather
  ///   than chance.
  func fill(
    _ columns: inout [[UInt16]], rows: Int, offset: Double, isBalanced: Bool,
    workspace: inout Workspace, generator: inout SamplingGenerator
  ) {
    group(columns, rows: rows, workspace: &workspace)
    var balance = isBalanced ? self.balance(columns, rows: rows) : nil
    workspace.order.withUnsafeMutableBufferPointer { order in
      workspace.codes.withUnsafeMutableBufferPointer { chosen in
        var phase = offset - offset.rounded(.down)
        var start = 0
        for configuration in 0..<configurations {
          let end = workspace.starts[configuration]
          if end == start { continue }
          let group = UnsafeMutableBufferPointer(rebasing: order[start..<end])
          shuffle(group, generator: &generator)
          assign(group, configuration: configuration, phase: phase, chosen: chosen)
          balance?.exchange(group, chosen, shares: shares(configuration))
          phase += SamplingNode.goldenRatio
          if phase >= 1 { phase -= 1 }
          start = end
        }
      }
    }
    for (attribute, stride, size) in added {
      columns[attribute].withUnsafeMutableBufferPointer { column in
        workspace.codes.withUnsafeBufferPointer { codes in
          if added.count == 1 {
            for row in 0..<rows { column[row] = UInt16(truncatingIfNeeded: codes[row]) }
          } else {
            for row in 0..<rows {
              column[row] = UInt16(truncatingIfNeeded: codes[row] / stride % size)
            }
          }
        }
      }
    }
  }

  /// Sorts the rows by configuration (counting sort): afterwards `starts[c]` is the end of group c
  /// in `order`.
  private func group(_ columns: [[UInt16]], rows: Int, workspace: inout Workspace) {
    workspace.codes.withUnsafeMutableBufferPointer { codes in
      codes.update(repeating: 0)
      for (attribute, stride) in given {
        columns[attribute].withUnsafeBufferPointer { column in
          for row in 0..<rows { codes[row] += Int(column[row]) * stride }
        }
      }
      workspace.starts.withUnsafeMutableBufferPointer { starts in
        starts[0...configurations].update(repeating: 0)
        for row in 0..<rows { starts[codes[row] + 1] += 1 }
        for configuration in 0..<configurations {
          starts[configuration + 1] += starts[configuration]
        }
        workspace.order.withUnsafeMutableBufferPointer { order in
          for row in 0..<rows {
            let place = starts[codes[row]]
            order[place] = UInt32(truncatingIfNeeded: row)
            starts[codes[row]] = place + 1
          }
        }
      }
    }
  }

  private func shuffle(
    _ group: UnsafeMutableBufferPointer<UInt32>, generator: inout SamplingGenerator
  ) {
    var remaining = group.count
    while remaining > 1 {
      let other = generator.below(remaining)
      remaining -= 1
      group.swapAt(remaining, other)
    }
  }

  /// Gives the i-th of n rows the cell at quantile (i + phase) / n.
  private func assign(
    _ group: UnsafeMutableBufferPointer<UInt32>, configuration: Int, phase: Double,
    chosen: UnsafeMutableBufferPointer<Int>
  ) {
    cumulative.withUnsafeBufferPointer { cumulative in
      let row = UnsafeBufferPointer(
        rebasing: cumulative[configuration * cells..<(configuration + 1) * cells])
      let scale = 1 / Double(group.count)
      let walks = group.count >= cells / 8
      var cell = 0
      for index in group.indices {
        let quantile = (Double(index) + phase) * scale
        if walks {
          while row[cell] <= quantile { cell += 1 }
        } else {
          cell = SamplingNode.firstAbove(quantile, in: row)
        }
        chosen[Int(group[index])] = cell
      }
    }
  }

  /// Returns the probability of each cell of a configuration.
  private func shares(_ configuration: Int) -> [Double] {
    var below = 0.0
    return (configuration * cells..<(configuration + 1) * cells).map { index in
      let upTo = min(cumulative[index], 1)
      defer { below = max(below, upTo) }
      return max(upTo - below, 0)
    }
  }

  private static func firstAbove(_ quantile: Double, in row: UnsafeBufferPointer<Double>) -> Int {
    var low = 0
    var high = row.count - 1
    while low < high {
      let middle = (low + high) / 2
      if row[middle] > quantile { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
