import GraphicalModels

/// A table of counts from a random causal structure, and noisy marginals of it.
struct Population {
  let sizes: [Int]
  let columns: [[UInt16]]

  /// Each attribute is a noisy function of one or two earlier ones; codes are unevenly frequent.
  init(attributes: Int, rows: Int, cells: ClosedRange<Int>, seed: UInt64) {
    var lottery = Lottery(seed)
    let sizes = (0..<attributes).map { _ in cells.lowerBound + lottery.below(cells.count) }
    var columns: [[UInt16]] = []
    for attribute in 0..<attributes {
      let sources = attribute == 0 ? [] : lottery.clique(of: 2, attributes: attribute)
      let weights = sources.map { _ in lottery.unit() * 2 }
      let scale = 0.1 + 0.5 * lottery.unit()
      columns.append(
        (0..<rows).map { row in
          var center = 0.0
          for (source, weight) in zip(sources, weights) {
            center += weight * Double(columns[source][row]) / Double(sizes[source])
          }
          let value = abs(center / 2 + scale * lottery.gaussian() * lottery.unit())
          return UInt16(min(sizes[attribute] - 1, Int(value * Double(sizes[attribute]))))
        })
    }
    self.sizes = sizes
    self.columns = columns
  }

  func measure(_ clique: Clique, sigma: Double, lottery: inout Lottery) -> Measurement {
    let counts = SamplerTests.counts(columns, clique: clique, sizes: sizes)
    return Measurement(
      clique: clique, values: counts.map { ($0 + sigma * lottery.gaussian()).rounded() },
      variance: sigma * sigma)
  }

  /// All one-way marginals, then random two-way and three-way ones, as long as the model stays
  /// below `cellLimit`.
  func measurements(pairs: Int, triples: Int, sigma: Double, cellLimit: Int, seed: UInt64)
    -> [Measurement]
  {
    var lottery = Lottery(seed)
    var cliques = sizes.indices.map { Clique([$0]) }
    for (count, order) in [(pairs, 2), (triples, 3)] {
      var added = 0
      var tried = 0
      while added < count && tried < 2000 {
        tried += 1
        let clique = Clique(lottery.clique(of: order, attributes: sizes.count))
        guard !cliques.contains(clique),
          JunctionTree.cellCount(cliques: cliques + [clique], sizes: sizes) <= cellLimit
        else { continue }
        cliques.append(clique)
        added += 1
      }
    }
    return cliques.map { measure($0, sigma: sigma, lottery: &lottery) }
  }
}
