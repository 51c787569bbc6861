/// Cuts a row-major table into blocks of consecutive cells: one axis is cut into runs, the axes
/// after it are whole, and the axes before it have one index per block.
struct Cutting {
  private let axes: [Int]
  /// The axis that is cut.
  private let axis: Int
  /// Indices of the cut axis in a block, and in the last block along it.
  private let run: Int
  private let tailRun: Int
  let blocks: [InferencePlan.Block]

  /// Cuts blocks of at most `limit` cells.
  init(axes allAxes: [Int], limit: Int) {
    axes = allAxes.isEmpty ? [1] : allAxes
    var axis = axes.count - 1
    var inner = 1
    while axis > 0 && inner * axes[axis] <= limit {
      inner *= axes[axis]
      axis -= 1
    }
    run = min(axes[axis], max(1, limit / inner))
    tailRun = axes[axis] % run == 0 ? run : axes[axis] % run
    self.axis = axis
    var blocks: [InferencePlan.Block] = []
    let runs = (axes[axis] + run - 1) / run
    let outer = axes[..<axis].reduce(1, *)
    var start = 0
    for block in 0..<outer * runs {
      let isTail = block % runs == runs - 1 && tailRun != run
      let count = (isTail ? tailRun : run) * inner
      blocks.append(.init(start: start, count: count, isTail: isTail))
      start += count
    }
    self.blocks = blocks
  }

  /// Returns the plan of a small table with these strides along all axes, inside one block.
  func plan(strides: [Int], isTail: Bool) -> StridePlan {
    guard !strides.isEmpty else { return StridePlan(sizes: [], strides: []) }
    return StridePlan(
      sizes: [isTail ? tailRun : run] + axes[(axis + 1)...], strides: Array(strides[axis...]))
  }

  /// Returns, for each block, the offset into a small table with these strides.
  func offsets(strides: [Int]) -> [Int] {
    guard !strides.isEmpty else { return [0] }
    return blocks.map { block in
      var rest = block.start
      var offset = 0
      for a in axes.indices.reversed() {
        offset += rest % axes[a] * strides[a]
        rest /= axes[a]
      }
      return offset
    }
  }
}
