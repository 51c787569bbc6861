import Basics
import Curation
import Encoding
import Foundation
import Ledger
import Testing
import VectorKernels

@Suite struct ClippedSumTests {
  private let blocks = [
    GradientBlock(inputs: 7, outputs: 5, hasBias: true), GradientBlock(inputs: 1, outputs: 9),
    GradientBlock(inputs: 4, outputs: 3, pairs: 2),
  ]

  private func factors(_ rows: Int, scale: Float, seed: UInt64 = 1) -> GradientFactors {
    let factors = GradientFactors(blocks: blocks, rowCapacity: rows)
    var generator = SamplingGenerator(seed: seed)
    func fill(_ buffer: UnsafeMutableBufferPointer<Float>, _ scale: Float) {
      for index in buffer.indices {
        buffer[index] = (Float(generator.next() >> 40) / Float(1 << 23) - 1) * scale
      }
    }
    for index in blocks.indices {
      fill(factors.inputs(index), 2)
      fill(factors.outputs(index), scale)
    }
    return factors
  }

  /// Every unit's gradient written out, from the floats.
  private func gradient(_ factors: GradientFactors, _ unit: Range<Int>) -> [Double] {
    var all: [Double] = []
    for (index, block) in blocks.enumerated() {
      var matrix = [Double](repeating: 0, count: block.count)
      for pair in unit.lowerBound * block.pairs..<unit.upperBound * block.pairs {
        for input in 0..<block.inputs + (block.hasBias ? 1 : 0) {
          let a =
            input < block.inputs ? Double(factors.inputs(index)[pair * block.inputs + input]) : 1
          for output in 0..<block.outputs {
            matrix[input * block.outputs + output] +=
              a * Double(factors.outputs(index)[pair * block.outputs + output])
          }
        }
      }
      all += matrix
    }
    return all
  }

  private func sum(
    _ factors: GradientFactors, rows: Int, units: [Range<Int>], clip: Double,
    sensitivity: Int = 1 << 22
  ) -> [Double] {
    var clipped = ClippedSum(
      blocks: blocks, rowCapacity: factors.rowCapacity, sensitivity: sensitivity, clip: clip,
      unitRows: units.map(\.count).max() ?? 1)
    var sums = [Double](repeating: 0, count: blocks.reduce(0) { $0 + $1.count })
    sums.withUnsafeMutableBufferPointer { clipped.add(factors, rows: rows, units: units, to: $0) }
    return sums
  }

  private func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }

  @Test(arguments: [0.001, 0.1, 3, 1e4] as [Float]) func agreesWithGradientsWrittenOut(
    _ scale: Float
  ) {
    let factors = factors(12, scale: scale)
    let units = [0..<1, 1..<2, 2..<5, 5..<6, 6..<10, 10..<12]
    var expected = [Double](repeating: 0, count: blocks.reduce(0) { $0 + $1.count })
    for unit in units {
      let own = gradient(factors, unit)
      let factor = min(1, 1 / norm(own))
      for index in expected.indices { expected[index] += own[index] * factor }
    }
    let found = sum(factors, rows: 12, units: units, clip: 1).map { $0 / Double(1 << 22) }
    #expect(norm(zip(found, expected).map { $0 - $1 }) < 0.02 * norm(expected) + 0.002)
  }

  /// The basis of the guarantee, exactly, on whole numbers, for persons of up to `mostRows` rows.
  /// Neighbours are made as in practice: the person leaves with all rows, the rows behind move up,
  /// and batches end elsewhere.
  @Test(arguments: [0.01, 1, 50, 1e30] as [Float], [1, 2, 7, 40])
  func takingAPersonOutMovesTheSumByTheirGradient(
    _ scale: Float, _ mostRows: Int
  ) {
    let units = units(count: 14, mostRows: mostRows)
    let rows = factors(units[units.count - 1].upperBound, scale: scale, seed: 5)
    for sensitivity in [5000, 1 << 17, 1 << 24] {
      func sum(_ units: [Range<Int>], capacity: Int) -> [Double] {
        batchedSum(
          rows, units: units, capacity: capacity, sensitivity: sensitivity, mostRows: mostRows)
      }
      let whole = sum(units, capacity: mostRows + 5)
      #expect(whole.allSatisfy { $0 == $0.rounded() && abs($0) < 0x1p52 })
      #expect(
        sum(units, capacity: 600) == whole && sum(units.reversed(), capacity: mostRows) == whole)
      for left in units.indices {
        let own = sum([units[left]], capacity: mostRows)
        let rest = sum(
          units.enumerated().filter { $0.offset != left }.map(\.element), capacity: mostRows + 5)
        #expect(zip(whole, rest).map { $0 - $1 } == own)
        #expect(norm(own) <= Double(sensitivity))
      }
    }
  }

  /// A person whose rows are all alike reaches the bound and does not exceed it.
  @Test(arguments: [1, 2, 7, 40]) func equalRowsAddUpToTheBound(_ mostRows: Int) {
    let one = factors(1, scale: 3, seed: 6)
    let rows = GradientFactors(blocks: blocks, rowCapacity: mostRows)
    for row in 0..<mostRows { copy(0, of: one, to: row, of: rows) }
    let sensitivity = 1 << 22
    let own = batchedSum(
      rows, units: [0..<mostRows], capacity: mostRows, sensitivity: sensitivity, mostRows: mostRows)
    #expect(norm(own) <= Double(sensitivity) && norm(own) > 0.98 * Double(sensitivity))
  }

  /// Persons of 1 to `mostRows` rows, one after the other; the first has `mostRows`.
  private func units(count: Int, mostRows: Int) -> [Range<Int>] {
    var generator = SamplingGenerator(seed: UInt64(mostRows))
    var units: [Range<Int>] = []
    for unit in 0..<count {
      let start = units.last?.upperBound ?? 0
      units.append(
        start..<start + (unit == 0 ? mostRows : 1 + Int(generator.next() % UInt64(mostRows))))
    }
    return units
  }

  /// The sum over units whose rows come from other places, with as many units in a batch as fit.
  private func batchedSum(
    _ rows: GradientFactors, units: [Range<Int>], capacity: Int, sensitivity: Int, mostRows: Int
  ) -> [Double] {
    var clipped = ClippedSum(
      blocks: blocks, rowCapacity: capacity, sensitivity: sensitivity, clip: 1, unitRows: mostRows)
    let batch = GradientFactors(blocks: blocks, rowCapacity: capacity)
    var sums = [Double](repeating: 0, count: blocks.reduce(0) { $0 + $1.count })
    var (runs, filled): ([Range<Int>], Int) = ([], 0)
    sums.withUnsafeMutableBufferPointer { sums in
      for unit in units {
        if filled + unit.count > capacity {
          clipped.add(batch, rows: filled, units: runs, to: sums)
          (runs, filled) = ([], 0)
        }
        for (place, row) in unit.enumerated() { copy(row, of: rows, to: filled + place, of: batch) }
        runs.append(filled..<filled + unit.count)
        filled += unit.count
      }
      clipped.add(batch, rows: filled, units: runs, to: sums)
    }
    return sums
  }

  private func copy(
    _ row: Int, of source: GradientFactors, to place: Int, of target: GradientFactors
  ) {
    for (index, block) in blocks.enumerated() {
      for (from, to, width) in [
        (source.inputs(index), target.inputs(index), block.pairs * block.inputs),
        (source.outputs(index), target.outputs(index), block.pairs * block.outputs),
      ] {
        for offset in 0..<width { to[place * width + offset] = from[row * width + offset] }
      }
    }
  }

  @Test func whatIsNoNumberIsLeftOut() {
    let good = factors(2, scale: 1)
    let bad = factors(3, scale: 1)
    for (index, block) in blocks.enumerated() {
      for (buffer, width) in [
        (bad.inputs(index), block.inputs), (bad.outputs(index), block.outputs),
      ] {
        let size = width * block.pairs
        for place in 0..<2 * size {
          buffer[place] = (width == block.inputs ? good.inputs(index) : good.outputs(index))[place]
        }
        for place in 2 * size..<3 * size {
          buffer[place] = [Float.nan, .infinity, -.infinity][place % 3]
        }
      }
    }
    #expect(
      sum(bad, rows: 3, units: [0..<1, 1..<2, 2..<3], clip: 1)
        == sum(good, rows: 2, units: [0..<1, 1..<2], clip: 1))
  }

  @Test func kernelsAreTheSlowLoops() {
    var generator = SamplingGenerator(seed: 9)
    for (rows, inputs, outputs, zeros) in [
      (1, 1, 1, 0), (5, 6, 32, 0), (17, 13, 45, 50), (40, 7, 100, 0), (30, 90, 9, 97),
      (9, 40, 1, 60),
    ] {
      let a = (0..<rows * inputs).map { _ in
        generator.next() % 100 < zeros ? 0 : Double(Int64(generator.next() >> 50)) - 8192
      }
      let b = (0..<rows * outputs).map { _ in Double(Int64(generator.next() >> 44)) - 524288 }
      var expected = (0..<inputs * outputs).map { Double($0) }
      var found = expected
      for row in 0..<rows {
        for i in 0..<inputs {
          for j in 0..<outputs {
            expected[i * outputs + j] += a[row * inputs + i] * b[row * outputs + j]
          }
        }
      }
      vk_exact_outer_sum(&found, a, b, rows, inputs, outputs)
      #expect(found == expected)
    }
    let values: [Float] = [0, 0.5, 1.5, -0.5, -2.6, 1e9, -1e9, 0.0018]
    var rounded = [Double](repeating: 0, count: values.count)
    vk_exact_round(&rounded, values, values.count, 256, 32768)
    #expect(rounded == [0, 128, 384, -128, -666, 32768, -32768, 0])
  }
}
