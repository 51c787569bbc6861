import GraphicalModels
import Testing

@Suite struct JunctionTreeTests {
  @Test func treesHaveTheRunningIntersectionProperty() {
    var lottery = Lottery(11)
    for round in 0..<1000 {
      let count = round % 10 == 0 ? 100 + lottery.below(40) : 1 + lottery.below(12)
      let sizes = (0..<count).map { _ in 1 + lottery.below(6) }
      let cliques = (0..<lottery.below(count + 3)).map { _ in
        Clique(lottery.clique(of: 1 + lottery.below(3), attributes: count))
      }
      let tree = JunctionTree(cliques: cliques, sizes: sizes)
      for clique in cliques { #expect(tree.node(containing: clique) != nil) }
      #expect(Set(tree.cliques.flatMap(\.attributes)) == Set(0..<count))
      for (node, clique) in tree.cliques.enumerated() {
        // Maximal, and the attributes shared with any earlier node are those shared with the
        // parent.
        #expect(
          !tree.cliques.enumerated().contains {
            $0.offset != node && clique.isSubset(of: $0.element)
          })
        let earlier = Set(tree.cliques[..<node].flatMap(\.attributes))
        #expect(Clique(clique.attributes.filter(earlier.contains)) == tree.separators[node])
        #expect(node == 0 || tree.separators[node].isSubset(of: tree.cliques[tree.parents[node]]))
        #expect(
          Array(tree.layouts[node].prefix(tree.separators[node].count)).sorted()
            == tree.separators[node].attributes)
      }
      let cells = tree.cliques.reduce(0) { $0 + $1.cellCount(sizes: sizes) }
      if count < 13 { #expect(tree.totalCells == cells) }
      #expect(tree.totalCells == JunctionTree.cellCount(cliques: cliques, sizes: sizes))
    }
  }

  @Test func theSizeOracleAgreesWithTheTreesItSpeaksOf() {
    var lottery = Lottery(12)
    for _ in 0..<300 {
      let count = 3 + lottery.below(10)
      let sizes = (0..<count).map { _ in 1 + lottery.below(6) }
      let cliques = (0..<count).map { _ in Clique(lottery.clique(of: 2, attributes: count)) }
      let oracle = JunctionTree.SizeOracle(cliques: cliques, sizes: sizes)
      let tree = JunctionTree(cliques: cliques, sizes: sizes)
      for _ in 0..<5 {
        let more = Clique(lottery.clique(of: 3, attributes: count))
        let inside = tree.node(containing: more) != nil
        let expected =
          inside
          ? tree.totalCells : JunctionTree(cliques: cliques + [more], sizes: sizes).totalCells
        #expect(oracle.cells(adding: more) == expected)
      }
    }
  }

  /// Sparse graphs with many parts, bridges and isolated attributes, as in wide tables.
  @Test func theSizeOracleAgreesInWideTables() {
    var lottery = Lottery(13)
    for round in 0..<60 {
      let count = 30 + lottery.below(50)
      let sizes = (0..<count).map { _ in 1 + lottery.below(6) }
      let cliques = (0..<count * (1 + round % 3) / 3).map { _ in
        Clique(lottery.clique(of: 1 + lottery.below(3), attributes: count))
      }
      let oracle = JunctionTree.SizeOracle(cliques: cliques, sizes: sizes)
      let tree = JunctionTree(cliques: cliques, sizes: sizes)
      #expect(oracle.cells == tree.cliques.reduce(0) { $0 + $1.saturatingCellCount(sizes: sizes) })
      let more = (0..<40).map { _ in
        Clique(lottery.clique(of: 2 + lottery.below(3), attributes: count))
      }
      let expected = more.map { more in
        tree.node(containing: more) != nil
          ? tree.totalCells : JunctionTree(cliques: cliques + [more], sizes: sizes).totalCells
      }
      #expect(oracle.cells(adding: more) == expected)
    }
  }

  /// Two parts of a graph, linked by one pair, are triangulated as before.
  @Test func aBridgeCostsItsOwnCells() {
    let sizes = [2, 3, 4, 5, 6, 7, 8]
    let parts = [
      Clique([0, 1]), Clique([1, 2]), Clique([0, 2]), Clique([3, 4]), Clique([4, 5]),
    ]
    let oracle = JunctionTree.SizeOracle(cliques: parts, sizes: sizes)
    #expect(oracle.cells == 24 + 30 + 42 + 8)
    #expect(oracle.cells(adding: Clique([1, 4])) == oracle.cells + 18)
    #expect(oracle.cells(adding: Clique([2, 6])) == oracle.cells - 8 + 32)
    // A second link between the parts closes a cycle, whose chord is the cheapest.
    let tree = JunctionTree(cliques: parts + [Clique([1, 4])], sizes: sizes)
    #expect(
      tree.totalCells == oracle.cells + 18 && tree.node(containing: Clique([0, 1, 2])) != nil)
  }

  /// A chain and a cycle have known best triangulations; so has a clique that would overflow.
  @Test func knownGraphs() {
    let sizes = [10, 10, 10, 10, 10]
    let chain = (0..<4).map { Clique([$0, $0 + 1]) }
    #expect(JunctionTree.cellCount(cliques: chain, sizes: sizes) == 400)
    #expect(JunctionTree.cellCount(cliques: chain + [Clique([0, 4])], sizes: sizes) == 3000)
    #expect(JunctionTree.cellCount(cliques: [], sizes: sizes) == 50)
    #expect(
      JunctionTree.cellCount(cliques: [Clique(0..<70)], sizes: [Int](repeating: 2, count: 70))
        == Int.max)
    let uneven = [2, 100, 2, 100]
    // The cycle is cut by the chord between the two small attributes.
    let cycle = [Clique([0, 1]), Clique([1, 2]), Clique([2, 3]), Clique([3, 0])]
    #expect(JunctionTree.cellCount(cliques: cycle, sizes: uneven) == 800)
  }
}
