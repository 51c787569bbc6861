import Encoding
import GraphicalModels

/// Counting marginals of ten million rows, and drawing rows from a model.
enum TableBenchmarks {
  /// - Parameter limit: The rate at which one core reads memory, in gigabytes per second.
  static func counting(rows: Int, limit: Double) -> [Figure] {
    var lottery = Lottery(2)
    let sizes = [12, 9, 16]
    let codes = sizes.map { size in (0..<rows).map { _ in UInt16(lottery.below(size)) } }
    let columns = zip(codes, sizes).map { CodeColumn($0, size: $1) }
    return (1...sizes.count).map { order in
      let attributes = Array(0..<order)
      var expected = [Int32](repeating: 0, count: sizes[..<order].reduce(1, *))
      for row in 0..<rows {
        expected[attributes.reduce(0) { $0 * sizes[$1] + Int(codes[$1][row]) }] += 1
      }
      let found = MarginalCounter.count(columns, attributes: attributes, sizes: sizes, rows: rows)
      precondition(found == expected, "counts differ from the obvious loop's")
      var sink = 0
      let time = Clock.nanoseconds {
        sink +=
          MarginalCounter.count(columns, attributes: attributes, sizes: sizes, rows: rows).count
      }
      precondition(sink > 0, "tables have cells")
      return Figure(
        kernel: "counting a \(order)-way marginal", elements: rows,
        nanosecondsPerElement: time / Double(rows),
        bytesPerElement: Double(order), limitGigabytesPerSecond: limit)
    }
  }

  /// - Parameter limit: The rate at which one core updates memory, in gigabytes per second.
  static func sampling(rows: Int, limit: Double) throws -> Figure {
    var lottery = Lottery(3)
    let sizes = (0..<15).map { _ in 4 + lottery.below(20) }
    let parameters = (0..<14).map { left in
      let clique = Clique([left, left + 1])
      return ParameterTable(
        clique: clique, values: (0..<clique.cellCount(sizes: sizes)).map { _ in 2 * lottery.unit() }
      )
    }
    let model = try GraphicalModel(sizes: sizes, total: Double(rows), parameters: parameters)
    let sample = try ModelSampler.sample(model, rows: rows, seed: 1)
    let due = try model.marginal(of: Clique([0]))
    var counts = [Double](repeating: 0, count: sizes[0])
    for code in sample[0] { counts[Int(code)] += 1 }
    // Each block of rows may round a cell up or down by one.
    let blocks = Double(rows / ModelSampler.defaultBlockRows + 1)
    precondition(
      zip(counts, due).allSatisfy { abs($0 - $1) <= blocks },
      "the sample's counts are not the model's")
    let sampler = try ModelSampler(model: model)
    var sink = 0
    let time = Clock.nanoseconds {
      sampler.sampleBlocks(rows: rows, seed: 2) { sink += $0[0].count }
    }
    precondition(sink >= rows, "all rows were drawn")
    return Figure(
      kernel: "drawing rows of 15 columns", elements: rows,
      nanosecondsPerElement: time / Double(rows), bytesPerElement: 30,
      limitGigabytesPerSecond: limit)
  }
}
