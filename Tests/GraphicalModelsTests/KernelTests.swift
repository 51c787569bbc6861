import Foundation
import Testing
import VectorKernels

/// Each vector kernel compared with Foundation or the plain loop.
@Suite struct KernelTests {
  @Test func exponentialMatchesFoundation() {
    var lottery = Lottery(1)
    for count in [0, 1, 7, 8, 9, 1000] {
      let inputs = (0..<count).map { _ in -700 + 1400 * lottery.unit() }
      var x = inputs
      vk_exp_shifted(&x, count, 3)
      for (found, input) in zip(x, inputs) {
        #expect(isClose(found, exp(input - 3), relative: 1e-15, absolute: 0))
      }
    }
    var edges = [-Double.infinity, -1e300, -709, 0, 1]
    vk_exp_shifted(&edges, edges.count, 0)
    #expect(edges[0...2] == [0, 0, 0] && edges[3] == 1)
    #expect(abs(edges[4] - exp(1)) < 1e-15)
  }

  @Test func logarithmMatchesFoundation() {
    var lottery = Lottery(2)
    var inputs = (0..<5000).map { _ in exp(-740 + 1449 * lottery.unit()) }
    inputs += (0..<5000).map { _ in 0.5 + lottery.unit() }
    inputs += [1, 0x1p-1074, 0x1p-1022, 2, 0.5, Double.greatestFiniteMagnitude]
    var found = inputs
    vk_log(&found, inputs, inputs.count)
    for (a, input) in zip(found, inputs) {
      #expect(isClose(a, log(input), relative: 5e-16, absolute: 3e-16), "\(input)")
    }
    var zero = 0.0
    vk_log(&zero, [0], 1)
    #expect(zero == -.infinity)
  }

  @Test func reductionsMatchPlainLoops() {
    var lottery = Lottery(3)
    for count in 0..<70 {
      let x = (0..<count).map { _ in lottery.gaussian() }
      let y = (0..<count).map { _ in lottery.gaussian() }
      #expect(vk_max(x, count) == x.max() ?? -.infinity)
      #expect(vk_min(x, count) == x.min() ?? .infinity)
      #expect(abs(vk_sum(x, count) - x.reduce(0, +)) < 1e-13)
      #expect(abs(vk_dot(x, y, count) - zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }) < 1e-13)
      var sum = y
      vk_axpy(&sum, 0.3, x, count)
      for i in 0..<count { #expect(abs(sum[i] - (y[i] + 0.3 * x[i])) < 1e-15) }
    }
  }

  /// The same bits as the plain loops, whatever the shape.
  @Test func productsMatchPlainLoops() {
    var lottery = Lottery(5)
    for shape in 0..<300 {
      let (batches, rows) = (1 + lottery.below(3), 1 + lottery.below(20))
      let (inner, columns) = (1 + lottery.below(shape % 50 == 0 ? 700 : 20), 1 + lottery.below(30))
      let a = (0..<batches * rows * inner).map { _ in lottery.gaussian() }
      let b = (0..<batches * inner * columns).map { _ in lottery.gaussian() }
      var found = [Double](repeating: .nan, count: batches * rows * columns)
      vk_products(&found, a, b, batches, rows, inner, columns)
      for place in found.indices {
        let (row, column) = (place / columns, place % columns)
        var sum = 0.0
        for k in 0..<inner {
          sum += a[row * inner + k] * b[(row / rows * inner + k) * columns + column]
        }
        #expect(found[place] == sum, "\(batches) of \(rows) by \(inner) by \(columns)")
      }
    }
  }

  @Test func rowKernelsMatchPlainLoops() {
    var lottery = Lottery(4)
    for _ in 0..<200 {
      let (rows, columns) = (1 + lottery.below(20), 1 + lottery.below(40))
      let table = (0..<rows * columns).map { _ in lottery.gaussian() }
      let ratio = (0..<rows).map { _ in lottery.gaussian() }
      var sums = [Double](repeating: 0, count: rows)
      vk_row_sums(&sums, table, rows, columns)
      var scaled = table
      vk_scale_rows(&scaled, table, ratio, rows, columns)
      for r in 0..<rows {
        #expect(abs(sums[r] - table[r * columns..<(r + 1) * columns].reduce(0, +)) < 1e-13)
        for c in 0..<columns {
          #expect(scaled[r * columns + c] == table[r * columns + c] * ratio[r])
        }
      }
    }
  }

  /// Every subset of axes of tables with up to five axes.
  @Test func broadcastAndProjectionMatchPlainLoops() {
    var lottery = Lottery(5)
    for round in 0..<600 {
      let sizes = (0..<1 + lottery.below(5)).map { _ in 1 + lottery.below(5) }
      let kept = sizes.indices.map { round >> $0 & 1 == 1 }
      var strides = [Int](repeating: 0, count: sizes.count)
      var partCells = 1
      for axis in sizes.indices.reversed() where kept[axis] {
        strides[axis] = partCells
        partCells *= sizes[axis]
      }
      // The kernels need a last stride of 0 or 1. If a kept axis has a larger stride, the axis
      // after it has a size above 1 or stride 0.
      let cells = sizes.reduce(1, *)
      let table = (0..<cells).map { _ in lottery.gaussian() }
      let part = (0..<partCells).map { _ in lottery.gaussian() }
      var added = table
      vk_broadcast_add(&added, part, sizes.count, sizes, strides)
      var projected = part
      vk_project_add(&projected, table, sizes.count, sizes, strides)
      var expected = part
      for cell in 0..<cells {
        let codes = BruteForce.codes(cell, sizes: sizes)
        let place = zip(codes, strides).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(added[cell] == table[cell] + part[place])
        expected[place] += table[cell]
      }
      for (a, b) in zip(projected, expected) { #expect(abs(a - b) < 1e-12) }
    }
  }
}
