import VectorKernels

/// Exact marginals of a log-linear model by message passing on a junction tree, in two passes that
/// allocate nothing.
///
/// Upwards, each node's log-potentials are gathered block by block, exponentiated relative to the
/// block's largest and summed per separator configuration; the table then holds the distribution of
/// the node given its separator, up to a factor per row. Downwards, these conditionals are only
/// multiplied by the separator's probabilities, so a whole pass costs one exponential per cell. If
/// the block's own maximum would lose a row to underflow, the log-sum-exp is taken per row, so
/// results are exact to rounding for potentials of any size, minus infinity included; probabilities
/// below 1e-150 can come out as 0.
final class InferenceEngine {
  let plan: InferencePlan
  /// Parameters first; the caller writes them before `upward()`.
  let potentials: UnsafeMutablePointer<Double>
  /// Parameter cells' probabilities first, after `downward()`.
  let probabilities: UnsafeMutablePointer<Double>
  /// One conditional table per node after `upward()`; marginals after `downward(keepingTables:
  /// true)`.
  let tables: UnsafeMutablePointer<Double>
  private let rowSums: UnsafeMutablePointer<Double>
  private let ratios: UnsafeMutablePointer<Double>
  /// For blocks that are parts of a row: each block's factor.
  private let blockScales: [UnsafeMutableBufferPointer<Double>]
  private let scratch: UnsafeMutablePointer<Double>
  private(set) var passes = 0

  init(plan: InferencePlan) {
    self.plan = plan
    potentials = .allocate(capacity: plan.smallCells + 1)
    potentials.initialize(repeating: 0, count: plan.smallCells + 1)
    probabilities = .allocate(capacity: plan.smallCells + 1)
    probabilities.initialize(repeating: 0, count: plan.smallCells + 1)
    rowSums = .allocate(capacity: plan.smallCells + 1)
    rowSums.initialize(repeating: 0, count: plan.smallCells + 1)
    tables = .allocate(capacity: plan.tableCells + 1)
    tables.initialize(repeating: 0, count: plan.tableCells + 1)
    ratios = .allocate(capacity: plan.largestMessage)
    ratios.initialize(repeating: 0, count: plan.largestMessage)
    scratch = .allocate(capacity: InferencePlan.blockCells)
    scratch.initialize(repeating: 0, count: InferencePlan.blockCells)
    blockScales = plan.nodes.map { node in
      let scales = UnsafeMutableBufferPointer<Double>.allocate(
        capacity: node.blocksHoldRows ? 0 : 2 * node.blocks.count)
      scales.initialize(repeating: 0)
      return scales
    }
  }

  deinit {
    potentials.deallocate()
    probabilities.deallocate()
    tables.deallocate()
    rowSums.deallocate()
    ratios.deallocate()
    scratch.deallocate()
    for scales in blockScales { scales.deallocate() }
  }

  /// The log of the sum over the domain from the last `upward()`.
  var logPartition: Double { plan.nodes.first.map { potentials[$0.message] } ?? 0 }

  /// Passes messages from the leaves to the root and returns the log of the sum over all cells of
  /// the domain of exp(potential): minus infinity if nothing is possible.
  func upward() -> Double {
    passes += 1
    for index in plan.nodes.indices.reversed() {
      let node = plan.nodes[index]
      if node.blocksHoldRows {
        gatherRows(node)
      } else {
        gatherPartsOfRows(node, scales: blockScales[index])
      }
    }
    return logPartition
  }

  /// Turns conditionals into marginals from the root down and sums them onto the parameters' and
  /// separators' cells. Needs a finite `upward()` before. With `keepingTables`, each node's table
  /// becomes its marginal and another `upward()` is needed before the next call.
  func downward(keepingTables: Bool) {
    guard let root = plan.nodes.first else { return }
    probabilities.update(repeating: 0, count: plan.smallCells)
    probabilities[root.message] = 1
    for (index, node) in plan.nodes.enumerated() {
      for row in 0..<node.rows {
        let sum = rowSums[node.message + row]
        ratios[row] = sum > 0 ? probabilities[node.message + row] / sum : 0
      }
      spread(node, scales: blockScales[index], keepingTables: keepingTables)
    }
  }

  private func gather(
    _ block: InferencePlan.Block, _ index: Int, of node: InferencePlan.Node,
    into target: UnsafeMutablePointer<Double>
  ) {
    target.update(repeating: 0, count: block.count)
    for operand in node.operands {
      let steps = block.isTail ? operand.tail : operand.full
      vk_broadcast_add(
        target, potentials + operand.start + operand.offsets[index], steps.sizes.count, steps.sizes,
        steps.strides)
    }
  }

  /// The row sum, relative to the block's largest cell, below which a row is summed again relative
  /// to its own largest.
  private static let smallestSafeSum = 1e-100

  private func gatherRows(_ node: InferencePlan.Node) {
    for (index, block) in node.blocks.enumerated() {
      let target = tables + node.start + block.start
      gather(block, index, of: node, into: target)
      let rows = block.count / node.rowLength
      let first = node.message + block.start / node.rowLength
      let sums = rowSums + first
      let message = potentials + first
      let largest = vk_max(target, block.count)
      guard largest > -.infinity else {
        target.update(repeating: 0, count: block.count)
        sums.update(repeating: 0, count: rows)
        message.update(repeating: -.infinity, count: rows)
        continue
      }
      vk_exp_shifted(target, block.count, largest)
      vk_row_sums(sums, target, rows, node.rowLength)
      vk_log(message, sums, rows)
      for row in 0..<rows { message[row] += largest }
      if vk_min(sums, rows) < InferenceEngine.smallestSafeSum {
        rescueRows(of: node, block: block, index: index, sums: sums, message: message)
      }
    }
  }

  /// The slow path for rows that all but vanish beside the block's largest cell.
  private func rescueRows(
    of node: InferencePlan.Node, block: InferencePlan.Block, index: Int,
    sums: UnsafeMutablePointer<Double>,
    message: UnsafeMutablePointer<Double>
  ) {
    gather(block, index, of: node, into: scratch)
    let target = tables + node.start + block.start
    for row in 0..<block.count / node.rowLength where sums[row] < InferenceEngine.smallestSafeSum {
      let own = scratch + row * node.rowLength
      let largest = vk_max(own, node.rowLength)
      guard largest > -.infinity else {
        sums[row] = 0
        message[row] = -.infinity
        (target + row * node.rowLength).update(repeating: 0, count: node.rowLength)
        continue
      }
      vk_exp_shifted(own, node.rowLength, largest)
      (target + row * node.rowLength).update(from: own, count: node.rowLength)
      sums[row] = vk_sum(own, node.rowLength)
      vk_log(message + row, sums + row, 1)
      message[row] += largest
    }
  }

  private func gatherPartsOfRows(
    _ node: InferencePlan.Node, scales: UnsafeMutableBufferPointer<Double>
  ) {
    let blocksPerRow = node.blocks.count / node.rows
    let blockSums = scales.baseAddress! + node.blocks.count
    for row in 0..<node.rows {
      let range = row * blocksPerRow..<(row + 1) * blocksPerRow
      for index in range {
        let block = node.blocks[index]
        let target = tables + node.start + block.start
        gather(block, index, of: node, into: target)
        scales[index] = vk_max(target, block.count)
        if scales[index] > -.infinity {
          vk_exp_shifted(target, block.count, scales[index])
          blockSums[index] = vk_sum(target, block.count)
        } else {
          target.update(repeating: 0, count: block.count)
          blockSums[index] = 0
        }
      }
      let largest = vk_max(scales.baseAddress! + range.lowerBound, blocksPerRow)
      guard largest > -.infinity else {
        rowSums[node.message + row] = 0
        potentials[node.message + row] = -.infinity
        continue
      }
      vk_exp_shifted(scales.baseAddress! + range.lowerBound, blocksPerRow, largest)
      let sum = vk_dot(
        scales.baseAddress! + range.lowerBound, blockSums + range.lowerBound, blocksPerRow)
      rowSums[node.message + row] = sum
      vk_log(potentials + node.message + row, rowSums + node.message + row, 1)
      potentials[node.message + row] += largest
    }
  }

  private func spread(
    _ node: InferencePlan.Node, scales: UnsafeMutableBufferPointer<Double>, keepingTables: Bool
  ) {
    for (index, block) in node.blocks.enumerated() {
      let source = tables + node.start + block.start
      let target = keepingTables ? source : scratch
      if node.blocksHoldRows {
        vk_scale_rows(
          target, source, ratios + block.start / node.rowLength, block.count / node.rowLength,
          node.rowLength)
      } else {
        var factor = ratios[block.start / node.rowLength] * scales[index]
        vk_scale_rows(target, source, &factor, 1, block.count)
      }
      for operand in node.operands where operand.returnsMarginal {
        let steps = block.isTail ? operand.tail : operand.full
        vk_project_add(
          probabilities + operand.start + operand.offsets[index], target, steps.sizes.count,
          steps.sizes, steps.strides)
      }
    }
  }
}
