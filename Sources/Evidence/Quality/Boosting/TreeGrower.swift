/// Grows one regression tree leaf by leaf, the most promising first.
struct TreeGrower {
  static let mostLeaves = 31

  private struct Leaf {
    var node: Int
    var rows: Range<Int>
    var total: BinStatistics
    var histogram: [BinStatistics]
    var candidate: SplitFinder.Candidate
  }

  let finder: SplitFinder
  /// `[features][rows]`.
  let bins: [[UInt8]]
  let shrinkage: Double

  /// Fits `gradients` and `hessians` of the rows in `rows`, and adds the leaf values to `scores`.
  /// `rows` is reordered so that each leaf's rows lie together.
  func grow(rows: inout [Int32], gradients: [Float], hessians: [Float], scores: inout [Double])
    -> [TreeNode]
  {
    var nodes = [TreeNode()]
    var scratch = rows
    var open = [
      leaf(node: 0, rows: 0..<rows.count, order: rows, gradients: gradients, hessians: hessians)
    ]
    var closed: [Leaf] = []
    while open.count + closed.count < TreeGrower.mostLeaves {
      guard
        let index = open.indices.max(by: {
          (open[$0].candidate.gain, $1) < (open[$1].candidate.gain, $0)
        }),
        open[index].candidate.isFound
      else { break }
      let parent = open.remove(at: index)
      let middle = partition(&rows, &scratch, parent)
      let (left, right) = children(
        of: parent, middle: middle, order: rows, gradients: gradients, hessians: hessians,
        first: nodes.count)
      nodes[parent.node].split = parent.candidate.split
      nodes[parent.node].leftChild = nodes.count
      nodes[parent.node].rightChild = nodes.count + 1
      nodes.append(contentsOf: [TreeNode(), TreeNode()])
      for child in [left, right] {
        if child.candidate.isFound { open.append(child) } else { closed.append(child) }
      }
    }
    for leaf in open + closed {
      let value =
        leaf.total.hessian > 0 ? -shrinkage * leaf.total.gradient / (leaf.total.hessian + 1e-15) : 0
      nodes[leaf.node].value = value
      for position in leaf.rows { scores[Int(rows[position])] += value }
    }
    return nodes
  }

  private func leaf(
    node: Int, rows: Range<Int>, order: [Int32], gradients: [Float], hessians: [Float]
  ) -> Leaf {
    let histogram = histogram(order, rows, gradients, hessians)
    let total = histogram[0..<SplitFinder.binsPerFeature].reduce(BinStatistics(), +)
    return Leaf(
      node: node, rows: rows, total: total, histogram: histogram,
      candidate: finder.best(histogram, node: total))
  }

  /// Counts the smaller child, and subtracts it from the parent to get the other.
  private func children(
    of parent: Leaf, middle: Int, order: [Int32], gradients: [Float], hessians: [Float], first: Int
  ) -> (Leaf, Leaf) {
    let ranges = [parent.rows.lowerBound..<middle, middle..<parent.rows.upperBound]
    let totals = [parent.candidate.left, parent.total - parent.candidate.left]
    let smaller = ranges[0].count <= ranges[1].count ? 0 : 1
    let counted = histogram(order, ranges[smaller], gradients, hessians)
    var other = parent.histogram
    for index in other.indices { other[index] = other[index] - counted[index] }
    let histograms = smaller == 0 ? [counted, other] : [other, counted]
    let leaves = (0..<2).map { side in
      Leaf(
        node: first + side, rows: ranges[side], total: totals[side], histogram: histograms[side],
        candidate: finder.best(histograms[side], node: totals[side]))
    }
    return (leaves[0], leaves[1])
  }

  /// Moves the rows that go left to the front, keeping their order, and returns the start of the
  /// others.
  private func partition(_ rows: inout [Int32], _ scratch: inout [Int32], _ leaf: Leaf) -> Int {
    let column = bins[leaf.candidate.split.feature]
    let set = leaf.candidate.split.left
    var front = leaf.rows.lowerBound
    var kept = 0
    for position in leaf.rows {
      let row = rows[position]
      if set.contains(column[Int(row)]) {
        rows[front] = row
        front += 1
      } else {
        scratch[kept] = row
        kept += 1
      }
    }
    for index in 0..<kept { rows[front + index] = scratch[index] }
    return front
  }

  /// Returns `[features][256]`, flat.
  private func histogram(
    _ order: [Int32], _ range: Range<Int>, _ gradients: [Float], _ hessians: [Float]
  ) -> [BinStatistics] {
    var result = [BinStatistics](
      repeating: BinStatistics(), count: max(bins.count, 1) * SplitFinder.binsPerFeature)
    // Gathers the derivatives of the node's rows once, in the order in which every feature reads
    // them.
    let nodeGradients = range.map { gradients[Int(order[$0])] }
    let nodeHessians = range.map { hessians[Int(order[$0])] }
    let count = range.count
    let base = range.lowerBound
    result.withUnsafeMutableBufferPointer { result in
      order.withUnsafeBufferPointer { order in
        for feature in bins.indices {
          let start = feature &* SplitFinder.binsPerFeature
          bins[feature].withUnsafeBufferPointer { column in
            for position in 0..<count {
              let slot = start &+ Int(column[Int(order[base &+ position])])
              result[slot].gradient += Double(nodeGradients[position])
              result[slot].hessian += Double(nodeHessians[position])
              result[slot].count += 1
            }
          }
        }
      }
    }
    return result
  }
}

/// A node of a regression tree over binned features.
struct TreeNode: Sendable {
  /// The split that decides where the rows of a node go.
  struct Split: Sendable {
    var feature: Int
    /// The bins of 0 to 255, the last of which is missing, that go to the left child.
    var left: BinSet
  }

  var split: Split?
  var leftChild = 0
  var rightChild = 0
  var value = 0.0
}

/// A set of bins.
struct BinSet: Sendable, Equatable {
  private var words = SIMD4<UInt64>()

  func contains(_ bin: UInt8) -> Bool { words[Int(bin >> 6)] >> UInt64(bin & 63) & 1 == 1 }

  mutating func insert(_ bin: UInt8) { words[Int(bin >> 6)] |= 1 << UInt64(bin & 63) }
}
