import GraphicalModels
import Testing

@Suite struct SamplerTests {
  static func counts(_ columns: [[UInt16]], clique: Clique, sizes: [Int]) -> [Double] {
    var counts = [Double](repeating: 0, count: clique.cellCount(sizes: sizes))
    for row in columns[0].indices {
      counts[clique.attributes.reduce(0) { $0 * sizes[$1] + Int(columns[$1][row]) }] += 1
    }
    return counts
  }

  /// The count of every cell of the root is its exact share, rounded up or down.
  @Test func oneNodeIsRoundedProportionally() throws {
    var lottery = Lottery(21)
    for round in 0..<200 {
      let sizes = [1 + lottery.below(5), 1 + lottery.below(5)]
      let clique = Clique([0, 1])
      let values = (0..<clique.cellCount(sizes: sizes)).map { _ in 3 * lottery.gaussian() }
      let rows = 1 + lottery.below(500)
      let model = try GraphicalModel(
        sizes: sizes, total: Double(rows),
        parameters: [ParameterTable(clique: clique, values: values)])
      let sample = try ModelSampler.sample(model, rows: rows, seed: UInt64(round))
      for (found, due) in zip(
        SamplerTests.counts(sample, clique: clique, sizes: sizes), try model.marginal(of: clique))
      {
        #expect(abs(found - due) < 1 + 1e-9)
      }
    }
  }

  /// For each tree node, a cell's count is within one of its share of its separator group.
  @Test func everyGroupIsRoundedProportionally() throws {
    var lottery = Lottery(22)
    for round in 0..<300 {
      let (sizes, parameters) = lottery.smallModel(spread: 1)
      let rows = 1 + lottery.below(3000)
      let model = try GraphicalModel(sizes: sizes, total: Double(rows), parameters: parameters)
      let sample = try ModelSampler.sample(model, rows: rows, seed: UInt64(round))
      #expect(sample.count == sizes.count && sample.allSatisfy { $0.count == rows })
      for (node, clique) in model.tree.cliques.enumerated() {
        let separator = model.tree.separators[node]
        let groups = SamplerTests.counts(sample, clique: separator, sizes: sizes)
        let due = try model.marginal(of: separator)
        let found = SamplerTests.counts(sample, clique: clique, sizes: sizes)
        for (cell, expected) in try model.marginal(of: clique).enumerated() {
          let codes = BruteForce.codes(cell, sizes: clique.attributes.map { sizes[$0] })
          let group = zip(clique.attributes, codes).filter { separator.attributes.contains($0.0) }
            .reduce(0) { $0 * sizes[$1.0] + $1.1 }
          #expect(abs(found[cell] - groups[group] * expected / due[group]) < 1 + 1e-6)
        }
      }
    }
  }

  /// A long chain: low-order marginals of the sample stay far closer to the model's than
  /// independent draws would be. The chi-square of a two-way marginal of independent draws has mean
  /// (cells - 1). Here it must stay below a fifth of that on the model's cliques. Elsewhere, pairs
  /// are balanced: below three fifths, and within 1.6 times it in a sample too large for that.
  @Test func marginalsAreCloserThanIndependentDraws() throws {
    var lottery = Lottery(23)
    let sizes = [Int](repeating: 8, count: 10)
    let parameters = (0..<9).map { left in
      ParameterTable(
        clique: Clique([left, left + 1]), values: (0..<64).map { _ in 0.7 * lottery.gaussian() })
    }
    for (rows, elsewhere) in [(16_000, 63 * 0.6), (60_000, 63 * 1.6)] {
      let model = try GraphicalModel(sizes: sizes, total: Double(rows), parameters: parameters)
      let sample = try ModelSampler.sample(model, rows: rows, seed: 3)
      func chiSquare(_ clique: Clique) throws -> Double {
        zip(
          SamplerTests.counts(sample, clique: clique, sizes: sizes), try model.marginal(of: clique)
        )
        .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
      }
      for left in 0..<9 { #expect(try chiSquare(Clique([left, left + 1])) < 63 / 5) }
      for attribute in 0..<10 { #expect(try chiSquare(Clique([attribute])) < 7 / 5) }
      for left in 0..<7 { #expect(try chiSquare(Clique([left, left + 3])) < elsewhere) }
    }
  }

  /// Of few rows triples are balanced too: three attributes that hang on a fourth alone.
  @Test func triplesOfFewRowsAreCloserThanIndependentDraws() throws {
    var lottery = Lottery(26)
    let sizes = [2, 4, 4, 4]
    let parameters = (1...3).map { leaf in
      ParameterTable(
        clique: Clique([0, leaf]), values: (0..<8).map { _ in 0.7 * lottery.gaussian() })
    }
    let model = try GraphicalModel(sizes: sizes, total: 2_000, parameters: parameters)
    let triple = Clique([1, 2, 3])
    let expected = try model.marginal(of: triple)
    var sum = 0.0
    for seed in 0..<20 {
      let sample = try ModelSampler.sample(model, rows: 2_000, seed: UInt64(seed))
      sum += zip(SamplerTests.counts(sample, clique: triple, sizes: sizes), expected)
        .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
    }
    #expect(sum / 20 < 63 * 0.5)
  }

  @Test func blocksAndSeedsAreRepeatable() throws {
    var lottery = Lottery(24)
    let (sizes, parameters) = lottery.smallModel(spread: 1)
    let model = try GraphicalModel(sizes: sizes, total: 100, parameters: parameters)
    let sampler = try ModelSampler(model: model)
    let whole = sampler.sample(rows: 1000, seed: 5, blockRows: 300)
    #expect(whole == sampler.sample(rows: 1000, seed: 5, blockRows: 300))
    #expect(whole != sampler.sample(rows: 1000, seed: 6, blockRows: 300))
    #expect(Array(whole[0][900...]) == sampler.block(3, rows: 1000, seed: 5, blockRows: 300)[0])
    #expect(sampler.sample(rows: 0, seed: 1).allSatisfy { $0.isEmpty })
  }

  @Test func evidenceIsKept() throws {
    var lottery = Lottery(25)
    for round in 0..<100 {
      let (sizes, parameters) = lottery.smallModel(spread: 1)
      let attribute = lottery.below(sizes.count)
      let code = lottery.below(sizes[attribute])
      let model = try GraphicalModel(sizes: sizes, total: 100, parameters: parameters)
      let sample = try ModelSampler.sample(
        model, rows: 50, seed: UInt64(round), evidence: [attribute: [code]])
      #expect(sample[attribute].allSatisfy { Int($0) == code })
    }
    let model = try GraphicalModel.uniform(sizes: [3], total: 1)
    #expect(throws: GraphicalModelError.impossible) {
      try ModelSampler(model: model, evidence: [0: []])
    }
    #expect(throws: GraphicalModelError.impossible) {
      try ModelSampler(model: model, evidence: [0: [7]])
    }
  }
}
