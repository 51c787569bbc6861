/// Draws an index in proportion to weights in constant time (Vose 1991). Weights that sum to nothing count as equal.
struct AliasTable: Sendable {
  private var threshold: [Double]
  private var alias: [Int]

  init(weights: [Double]) {
    let count = weights.count
    let total = weights.reduce(0, +)
    var scaled = total > 0 ? weights.map { $0 / total * Double(count) } : [Double](repeating: 1, count: count)
    threshold = [Double](repeating: 1, count: count)
    alias = Array(0..<count)
    var small = scaled.indices.filter { scaled[$0] < 1 }
    var large = scaled.indices.filter { scaled[$0] >= 1 }
    while let less = small.popLast(), let more = large.popLast() {
      threshold[less] = scaled[less]
      alias[less] = more
      scaled[more] -= 1 - scaled[less]
      if scaled[more] < 1 { small.append(more) } else { large.append(more) }
    }
  }

  func sample(using generator: inout SamplingGenerator) -> Int {
    let index = Int(generator.next(below: UInt64(threshold.count)))
    return generator.nextUnit() < threshold[index] ? index : alias[index]
  }
}
