import Foundation
import GraphicalModels
import Testing

@Suite struct InferenceTests {
  @Test(arguments: [1.0, 30.0, 600.0])
  func matchesBruteForceOnRandomModels(spread: Double) throws {
    var lottery = Lottery(UInt64(spread))
    for _ in 0..<400 {
      let (sizes, parameters) = lottery.smallModel(spread: spread)
      let total = 1 + 1000 * lottery.unit()
      let model = try GraphicalModel(sizes: sizes, total: total, parameters: parameters)
      let oracle = BruteForce(sizes: sizes, parameters: parameters)
      #expect(isClose(model.logPartition, oracle.logPartition, relative: 1e-12, absolute: 1e-12))
      let cliques = (0..<4).map { _ in
        Clique(lottery.clique(of: lottery.below(5), attributes: sizes.count))
      }
      let together = try model.marginals(of: cliques)
      for (clique, found) in zip(cliques, together) {
        #expect(try model.marginal(of: clique) == found)
        for (a, b) in zip(found, oracle.marginal(clique)) {
          #expect(isClose(a, b * total, relative: 1e-9, absolute: 1e-150))
        }
      }
    }
  }

  @Test func structuralZerosMatchBruteForce() throws {
    var lottery = Lottery(5)
    var impossible = 0
    for _ in 0..<400 {
      let (sizes, parameters) = lottery.smallModel(spread: 2)
      let zeros = (0..<1 + lottery.below(2)).map { _ in
        let clique = Clique(lottery.clique(of: 1 + lottery.below(2), attributes: sizes.count))
        return StructuralZeros(
          clique: clique,
          isPossible: (0..<clique.cellCount(sizes: sizes)).map { _ in lottery.unit() < 0.6 })
      }
      let oracle = BruteForce(sizes: sizes, parameters: parameters, zeros: zeros)
      guard oracle.logPartition > -.infinity else {
        impossible += 1
        #expect(throws: GraphicalModelError.impossible) {
          try GraphicalModel(sizes: sizes, total: 1, parameters: parameters, structuralZeros: zeros)
        }
        continue
      }
      let model = try GraphicalModel(
        sizes: sizes, total: 1, parameters: parameters, structuralZeros: zeros)
      let clique = Clique(lottery.clique(of: 3, attributes: sizes.count))
      for (a, b) in zip(try model.marginal(of: clique), oracle.marginal(clique)) {
        #expect(isClose(a, b, relative: 1e-9, absolute: 1e-300))
      }
    }
    #expect(impossible > 10)
  }

  /// Tables larger than a block, cut within rows and between them.
  @Test(arguments: [[70, 60, 3, 2], [5000, 2, 3], [3, 5000], [2, 90, 70, 1]])
  func largeTablesMatchBruteForce(sizes: [Int]) throws {
    var lottery = Lottery(9)
    let cliques =
      sizes.count > 2
      ? [
        Clique([0, 1]), Clique([1, 2]), Clique(0..<sizes.count - 1), Clique([sizes.count - 1, 0]),
      ] : [Clique([0, 1])]
    let parameters = cliques.map { clique in
      ParameterTable(
        clique: clique,
        values: (0..<clique.cellCount(sizes: sizes)).map { _ in 3 * lottery.gaussian() })
    }
    let model = try GraphicalModel(sizes: sizes, total: 10, parameters: parameters)
    let oracle = BruteForce(sizes: sizes, parameters: parameters)
    for clique in cliques + [Clique(0..<sizes.count)] {
      for (a, b) in zip(try model.marginal(of: clique), oracle.marginal(clique)) {
        #expect(isClose(a, 10 * b, relative: 1e-9, absolute: 1e-300))
      }
    }
  }

  @Test func conditioningMatchesBruteForce() throws {
    var lottery = Lottery(6)
    for _ in 0..<500 {
      let (sizes, parameters) = lottery.smallModel(spread: 2)
      let attribute = lottery.below(sizes.count)
      let allowed = Set(
        (0..<1 + lottery.below(sizes[attribute])).map { _ in lottery.below(sizes[attribute]) })
      let model = try GraphicalModel(sizes: sizes, total: 7, parameters: parameters).conditioned(
        on: [attribute: allowed])
      let zeros = StructuralZeros(
        clique: Clique([attribute]), isPossible: (0..<sizes[attribute]).map(allowed.contains))
      let oracle = BruteForce(sizes: sizes, parameters: parameters, zeros: [zeros])
      let clique = Clique(lottery.clique(of: 2, attributes: sizes.count))
      for (a, b) in zip(try model.marginal(of: clique), oracle.marginal(clique)) {
        #expect(isClose(a, 7 * b, relative: 1e-9, absolute: 1e-300))
      }
    }
  }

  @Test func storedModelsComeBackTheSame() throws {
    var lottery = Lottery(7)
    for _ in 0..<50 {
      let (sizes, parameters) = lottery.smallModel(spread: 2)
      let model = try GraphicalModel(sizes: sizes, total: 7.5, parameters: parameters)
      let again = try JSONDecoder().decode(GraphicalModel.self, from: JSONEncoder().encode(model))
      #expect(again.parameters == model.parameters)
      #expect(again.total == model.total && again.sizes == model.sizes)
      let all = model.tree.cliques
      #expect(try again.marginals(of: all) == (try model.marginals(of: all)))
    }
  }

  @Test func storedModelsAreCheckedOnReading() throws {
    let broken = [
      #"{"version":9,"sizes":[2],"total":1,"parameters":[],"structuralZeros":[]}"#,
      #"{"version":1,"sizes":[0],"total":1,"parameters":[],"structuralZeros":[]}"#,
      #"{"version":1,"sizes":[2],"total":-1,"parameters":[],"structuralZeros":[]}"#,
      #"{"version":1,"sizes":[2],"total":1,"parameters":[{"attributes":[0],"values":[1]}],"structuralZeros":[]}"#,
      #"{"version":1,"sizes":[2],"total":1,"parameters":[{"attributes":[3],"values":[1,2]}],"structuralZeros":[]}"#,
      #"{"version":1,"sizes":[2],"total":1,"parameters":[],"structuralZeros":[{"attributes":[0],"possible":[2]}]}"#,
    ]
    for text in broken {
      #expect(throws: GraphicalModelError.self) {
        try JSONDecoder().decode(GraphicalModel.self, from: Data(text.utf8))
      }
    }
  }

  @Test func tooLargeMarginalsAreRefused() throws {
    let sizes = [10, 10, 10, 10]
    let model = try GraphicalModel.uniform(sizes: sizes, total: 1)
    #expect(throws: GraphicalModelError.tooManyCells(needed: 1000, allowed: 500)) {
      try model.marginal(of: Clique([0, 1, 2]), cellLimit: 500)
    }
    #expect(
      try model.marginal(of: Clique([0, 1]), cellLimit: 500).allSatisfy { abs($0 - 0.01) < 1e-15 })
  }
}
